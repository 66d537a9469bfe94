//! `linchpin import` of a robot's model file.

use super::import::{ANYWHERE, alias, bytes, faults, keep};
use crate::args;
use crate::fault::Fault;
use crate::ground;
use crate::progress;
use crate::write;
use linchpin::atlas::files::ASSUMPTIONS;
use linchpin_import::design::assumptions::AssumptionFault;
use linchpin_import::design::{Request, design};
use linchpin_import::model::{Problem, What};
use linchpin_table::{Lang, Message};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &args::Import, model: &Path, lang: Lang) -> Result<(), Fault> {
    check(args, model)?;
    let alias = args.name.clone().unwrap_or_else(|| alias(model));
    let folder = args.to.clone().unwrap_or_else(|| PathBuf::from(&alias));
    let base = ground::shipped();
    let atlas = ground::atlas(None)?;
    // What was said of this robot before is remembered.
    let remembered = Some(folder.join(ASSUMPTIONS)).filter(|path| path.is_file());
    let request = Request {
        file: model.to_owned(),
        robot: args.robot.clone(),
        alias,
        title: args.title.clone(),
        country: args.country.clone().unwrap_or_else(|| ANYWHERE.to_owned()),
        mass: args.mass,
        assumptions: args.assumptions.clone().or(remembered).as_deref().map(bytes).transpose()?,
    };
    let designed = design(&atlas, &base, &request, &progress::context());
    progress::clear();
    let designed = designed.map_err(faults)?;
    let mut answer = designed.answer;
    let shown = folder.display().to_string();
    if args.dry_run {
        answer.headlines.push(Message::new("import-dry").text("folder", shown));
    } else {
        keep(&folder, &designed.files, &[], (ASSUMPTIONS, &designed.assumptions))?;
        answer.headlines.push(Message::new("model-kept").text("folder", shown.as_str()));
        answer.headlines.push(Message::new("model-next").text("folder", shown));
    }
    write::answer(answer, &args.output, lang)
}

/// A model is imported alone, and nothing that is typed for parts lists says anything of it.
fn check(args: &args::Import, model: &Path) -> Result<(), Fault> {
    let mut faults = vec![];
    if args.files.len() > 1 {
        faults.push(Message::new("error-import-model-alone").text("file", model.display().to_string()));
    }
    let flags = [
        ("volume", args.volume.is_some()),
        ("rate", !args.rate.is_empty()),
        ("mapping", args.mapping.is_some()),
        ("matches", args.matches.is_some()),
    ];
    let given = flags.iter().filter(|(_, given)| *given);
    faults.extend(given.map(|(flag, _)| Message::new("error-import-model-flag").text("flag", *flag)));
    if faults.is_empty() { Ok(()) } else { Err(Fault::Messages(faults)) }
}

/// Why a table of assumptions cannot be followed.
pub(super) fn assumption(fault: AssumptionFault) -> Message {
    let of = |id: &'static str, row: u64| Message::new(id).integer("row", row as i64);
    match fault {
        AssumptionFault::Header { found } => {
            Message::new("error-import-assumptions-header").text("found", found)
        }
        AssumptionFault::Text { row } => of("error-import-assumptions-text", row),
        AssumptionFault::Name { row, name, nearest } => {
            of("error-import-assumptions-name", row).text("name", name).text("nearest", nearest)
        }
        AssumptionFault::Twice { row, name } => of("error-import-assumptions-twice", row).text("name", name),
        AssumptionFault::Unit { row, name, unit, allowed } => {
            let message = of("error-import-assumptions-unit", row).text("name", name);
            message.text("unit", unit).text("allowed", allowed)
        }
        AssumptionFault::Undriven(name) => {
            Message::new("error-import-assumptions-undriven").text("name", name)
        }
        AssumptionFault::Value { row, name, value, allowed: (low, high) } => {
            let message = of("error-import-assumptions-value", row).text("name", name).text("value", value);
            message.text("low", low.to_string()).text("high", high.to_string())
        }
    }
}

/// Why a model cannot be read.
pub(super) fn problem(problem: Problem) -> Message {
    let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    let place = if problem.line > 0 { format!("{}: {}", problem.file, problem.line) } else { problem.file };
    Message::new("error-import-model-problem")
        .text("place", place)
        .text("of", or_none(problem.of))
        .word("what", word(problem.what))
        .text("value", or_none(problem.value))
}

fn word(what: What) -> &'static str {
    match what {
        What::Unreadable => "model-what-unreadable",
        What::Empty => "model-what-empty",
        What::TooLarge => "model-what-too-large",
        What::NotText => "model-what-not-text",
        What::NotXml => "model-what-not-xml",
        What::Truncated => "model-what-truncated",
        What::Dtd => "model-what-dtd",
        What::TooDeep => "model-what-too-deep",
        What::TooManyElements => "model-what-too-many-elements",
        What::TooManyAttributes => "model-what-too-many-attributes",
        What::TooManyLinks => "model-what-too-many-links",
        What::More => "model-what-more",
        What::NotModel => "model-what-not-model",
        What::Xacro => "model-what-xacro",
        What::Missing => "model-what-missing",
        What::NotNumber => "model-what-not-number",
        What::NotFinite => "model-what-not-finite",
        What::Negative => "model-what-negative",
        What::NotPositive => "model-what-not-positive",
        What::UnknownWord => "model-what-unknown-word",
        What::UnknownLink => "model-what-unknown-link",
        What::UnknownJoint => "model-what-unknown-joint",
        What::UnknownClass => "model-what-unknown-class",
        What::UnknownTendon => "model-what-unknown-tendon",
        What::Repeated => "model-what-repeated",
        What::TwoParents => "model-what-two-parents",
        What::Cycle => "model-what-cycle",
        What::MimicCycle => "model-what-mimic-cycle",
        What::NoLinks => "model-what-no-links",
        What::NoJoints => "model-what-no-joints",
        What::IncludeOutside => "model-what-include-outside",
        What::IncludeTwice => "model-what-include-twice",
        What::IncludeOther => "model-what-include-other",
    }
}
