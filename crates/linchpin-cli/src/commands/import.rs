//! `linchpin import`

use super::import_file;
use super::import_model;
use crate::args;
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use crate::write;
use linchpin::atlas::Files;
use linchpin::atlas::files::{ASSUMPTIONS, MATCHES, is_table};
use linchpin::atlas::package;
use linchpin_import::archetype::OverrideFault;
use linchpin_import::bom::TreeFault;
use linchpin_import::cost::{RateFault, Rates};
use linchpin_import::file::Place;
use linchpin_import::import::{ImportFault, Request, import};
use linchpin_import::mapping::{Mapping, MappingFault};
use linchpin_import::model::is_model;
use linchpin_table::{Lang, Message, Unit};
use std::path::{Path, PathBuf};

/// The file that says how others were read.
const MAPPING: &str = "mapping.toml";
/// The user's own sheets with ours beside them.
const PARTS: &str = "parts.xlsx";
/// Questions to suppliers, in English and in Chinese.
const QUESTIONS: [&str; 2] = ["questions.en.xlsx", "questions.zh.xlsx"];
/// Events for `disrupt --file`, which users may keep beside their product.
const SCENARIO: &str = ".toml";
/// Country of a product that is only looked at.
pub(super) const ANYWHERE: &str = "CHN";

/// Products a year, if nobody says how many.
const VOLUME: f64 = 1000.0;

pub(crate) fn run(args: &args::Import, lang: Lang) -> Result<(), Fault> {
    if let Some(model) = args.files.iter().find(|file| is_model(file)) {
        return import_model::run(args, model, lang);
    }
    for (flag, given) in [("robot", args.robot.is_some()), ("assumptions", args.assumptions.is_some())] {
        if given {
            return Err(Fault::message(Message::new("error-import-no-model").text("flag", flag)));
        }
    }
    let volume = args.volume.unwrap_or(VOLUME);
    let alias = args.name.clone().unwrap_or_else(|| alias(&args.files[0]));
    let folder = args.to.clone().unwrap_or_else(|| PathBuf::from(&alias));
    let base = ground::shipped();
    let atlas = ground::atlas(None)?;
    // What was said of the parts of this product before is remembered.
    let remembered = Some(folder.join(MATCHES)).filter(|path| path.is_file());
    let request = Request {
        files: args.files.clone(),
        alias: alias.clone(),
        title: args.title.clone(),
        country: args.country.clone().unwrap_or_else(|| ANYWHERE.to_owned()),
        mass: args.mass,
        volume,
        rates: Rates::parse(&args.rate).map_err(wrong_rates)?,
        mapping: args.mapping.as_deref().map(text).transpose()?,
        matches: args.matches.clone().or(remembered).as_deref().map(bytes).transpose()?,
    };
    let imported = import(&atlas, &base, &request, &progress::context());
    progress::clear();
    let imported = imported.map_err(faults)?;
    // Before it is replaced.
    let differs = args.mapping.is_none() && maps_otherwise(&folder, &imported.mapping, &args.files);
    if !args.dry_run {
        let workbook = imported.beside.as_ref().ok().map(|bytes| (PARTS, bytes.as_slice()));
        let questions = QUESTIONS.into_iter().zip(imported.questionnaires.iter().flatten());
        let typed_into = workbook.into_iter().chain(questions.map(|(name, bytes)| (name, bytes.as_slice())));
        let typed_into = typed_into.chain([(MAPPING, imported.mapping.as_bytes())]).collect::<Vec<_>>();
        keep(&folder, &imported.files, &typed_into, (MATCHES, &imported.matches))?;
    }
    let mut answer = imported.answer;
    if differs {
        let name = if args.dry_run { MAPPING.to_owned() } else { before(MAPPING) };
        let path = folder.join(name).display().to_string();
        answer.headlines.push(Message::new("import-mapping-before").text("file", path));
    }
    if let Err(fault) = &imported.beside {
        answer.notes.push(Message::new("import-no-workbook").text("reason", fault.to_string()));
    }
    let next = if args.dry_run { "import-dry" } else { "import-kept" };
    let next = Message::new(next).text("folder", folder.display().to_string());
    answer.headlines.push(next);
    if !args.dry_run {
        let next = Message::new("import-next").text("folder", folder.display().to_string());
        answer.headlines.push(next.text("volume", volume.to_string()));
    }
    write::answer(answer, &args.output, lang)
}

/// Whether the mapping of an import before reads some table of these files otherwise than they were read now: it may have
/// been corrected by hand, or the files have changed since. It is told, not followed, for the latter's sake.
fn maps_otherwise(folder: &Path, now: &str, files: &[PathBuf]) -> bool {
    let Ok(before) = std::fs::read_to_string(folder.join(MAPPING)) else { return false };
    let names: Vec<String> =
        files.iter().filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned())).collect();
    match (Mapping::parse(&before), Mapping::parse(now)) {
        (Ok(before), Ok(now)) => now.differs(&before, &names),
        _ => true,
    }
}

/// Name of a product after its file: letters and digits.
pub(super) fn alias(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let words: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    words.trim_matches('_').chars().take(30).collect()
}

/// Writes the atlas of a product, in place of that of an import before, the files into which somebody may type, and the one that
/// remembers what was said. A folder that holds anything else is not touched.
pub(super) fn keep(
    folder: &Path,
    files: &Files,
    typed_into: &[(&str, &[u8])],
    remembered: (&str, &[u8]),
) -> Result<(), Fault> {
    let name = folder.display().to_string();
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let found: Vec<String> = found.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    if !found.is_empty() && (!is_import(folder) || found.iter().any(|n| !is_ours(n))) {
        return Err(Fault::message(Message::new("error-folder").text("folder", name)));
    }
    std::fs::create_dir_all(folder).map_err(|e| unwritten(&name, &e))?;
    for (file, bytes) in files {
        write::file(&folder.join(file), bytes)?;
    }
    // A table that the import before had and this one has not would go on counting.
    for stale in found.iter().filter(|n| is_table(n) && !files.contains_key(*n)) {
        std::fs::remove_file(folder.join(stale)).map_err(|e| unwritten(stale, &e))?;
    }
    for (name, bytes) in typed_into {
        put(folder, name, bytes)?;
    }
    write::file(&folder.join(remembered.0), remembered.1)
}

/// Writes a file into which somebody may have typed: one that differs is kept beside it.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let path = folder.join(name);
    if std::fs::read(&path).is_ok_and(|there| there != bytes) {
        let before = before(name);
        std::fs::rename(&path, folder.join(&before)).map_err(|e| unwritten(&before, &e))?;
    }
    write::file(&path, bytes)
}

/// What a file of the import before is called: `parts.before.xlsx`.
fn before(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.before.{ending}")
}

fn is_ours(name: &str) -> bool {
    let written = |n: &str| name == n || name == before(n);
    is_table(name)
        || name == package::FILE
        || name == MATCHES
        || name == ASSUMPTIONS
        || name.ends_with(SCENARIO)
        || [MAPPING, PARTS].into_iter().chain(QUESTIONS).any(written)
}

/// Whether a folder holds an atlas that extends another, as imports do.
fn is_import(folder: &Path) -> bool {
    let text = std::fs::read(folder.join(package::FILE)).unwrap_or_default();
    serde_json::from_slice::<serde_json::Value>(&text).is_ok_and(|json| json.get("extends").is_some())
}

fn unwritten(file: &str, e: &std::io::Error) -> Fault {
    Fault::message(Message::new("error-write").text("file", file).text("reason", e.to_string()))
}

pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|e| {
        let message = Message::new("error-import-file").text("file", path.display().to_string());
        Fault::message(message.text("reason", e.to_string()))
    })
}

fn text(path: &Path) -> Result<String, Fault> {
    Ok(String::from_utf8_lossy(&bytes(path)?).into_owned())
}

pub(super) fn faults(faults: Vec<ImportFault>) -> Fault {
    let mut messages = vec![];
    for fault in faults {
        match message(fault) {
            Ok(message) => messages.push(message),
            Err(fault) => return fault,
        }
    }
    if messages.is_empty() { Fault::Internal("import".to_owned()) } else { Fault::Messages(messages) }
}

pub(super) fn wrong_rates(faults: Vec<RateFault>) -> Fault {
    let message = |fault| match fault {
        RateFault::Form(rate) => Message::new("error-import-rate").text("rate", rate),
        RateFault::Dollar(rate) => Message::new("error-import-rate-dollar").text("rate", rate),
        RateFault::Twice(currency) => Message::new("error-import-rate-twice").text("currency", currency),
    };
    Fault::Messages(faults.into_iter().map(message).collect())
}

/// Why a mapping cannot be followed.
fn mapping_fault(fault: MappingFault) -> Message {
    let of = |id: &'static str, file: String, sheet: String| {
        Message::new(id)
            .text("place", import_file::place(&Place { file, sheet: Some(sheet), row: None, column: None }))
    };
    match fault {
        MappingFault::Text { line, reason } => {
            Message::new("error-import-mapping").integer("line", line as i64).text("reason", reason)
        }
        MappingFault::Sheet { file, sheet, known } => {
            of("error-import-mapping-sheet", file, sheet).text("known", known)
        }
        MappingFault::Row { file, sheet, row } => {
            of("error-import-mapping-row", file, sheet).integer("row", i64::from(row))
        }
        MappingFault::Absent { file, sheet, column, known } => {
            of("error-import-mapping-absent", file, sheet).text("column", column).text("known", known)
        }
        MappingFault::Column { column } => Message::new("error-import-mapping-column").text("column", column),
    }
}

/// Where a row stands.
fn at(file: String, sheet: String, row: u32) -> String {
    import_file::place(&Place { file, sheet: Some(sheet), row: Some(row), column: None })
}

pub(super) fn message(fault: ImportFault) -> Result<Message, Fault> {
    let message = match fault {
        ImportFault::File(fault) => import_file::message(fault),
        ImportFault::Mapping(fault) => mapping_fault(fault),
        ImportFault::Matches(OverrideFault::Item { row, item, nearest }) => {
            let message = Message::new("error-import-matches-item").integer("row", row as i64);
            message.text("item", item).text("nearest", nearest.join(", "))
        }
        ImportFault::Rate { currency, given, usual: (low, high) } => {
            let usual = if low < high { format!("{low}–{high}") } else { format!("{low:.3}") };
            let message = Message::new("error-import-rate-far").text("currency", currency);
            message.text("given", given.to_string()).text("usual", usual)
        }
        ImportFault::Twice(file) => Message::new("error-import-twice").text("file", file),
        ImportFault::Matches(fault) => match fault {
            OverrideFault::Header { found } => {
                Message::new("error-import-matches-header").text("found", found)
            }
            OverrideFault::Text { row } => {
                Message::new("error-import-matches-text").integer("row", row as i64)
            }
            OverrideFault::Twice { row, text } => {
                Message::new("error-import-matches-twice").integer("row", row as i64).text("text", text)
            }
            fault => Message::new("error-import-matches").text("reason", fault.to_string()),
        },
        ImportFault::Item { file, sheet, row, item, nearest } => {
            let message = Message::new("error-import-item").text("place", at(file, sheet, row));
            message.text("item", item).text("nearest", nearest.join(", "))
        }
        ImportFault::Company { file, sheet, row, company, nearest } => {
            let message = Message::new("error-import-company").text("place", at(file, sheet, row));
            message.text("company", company).text("nearest", nearest.join(", "))
        }
        ImportFault::TwoItems { file, sheet, rows, items } => {
            let message = Message::new("error-import-two-items").text("place", at(file, sheet, rows.1));
            let message = message.integer("first", i64::from(rows.0));
            message.text("one", items.0).text("other", items.1)
        }
        ImportFault::Tree { file, fault: TreeFault::Cycle(names), .. } => {
            Message::new("error-import-cycle").text("file", file).text("parts", names.join(" → "))
        }
        ImportFault::Tree { file, read, fault: TreeFault::Amount { row, amount, .. } } => {
            let message = Message::new("error-import-amount").text("file", file);
            message.integer("row", i64::from(row)).text("amount", amount.to_string()).text("read", read)
        }
        ImportFault::NoParts(tables) => {
            Message::new("error-import-no-parts").text("tables", tables.join("; "))
        }
        ImportFault::Alias(name) => Message::new("error-import-name").text("name", name),
        ImportFault::Country { typed, nearest } => {
            let message = Message::new("error-import-country").text("country", typed);
            message.text("nearest", nearest.join(", "))
        }
        ImportFault::Assumption(fault) => import_model::assumption(fault),
        ImportFault::Robots(names) => Message::new("error-import-model-robots").text("names", names),
        ImportFault::Robot { name, known } => {
            Message::new("error-import-model-robot").text("name", name).text("known", known)
        }
        ImportFault::Mass { total, links, heaviest, allowed: (least, most) } => {
            let message = Message::new("error-import-model-mass").number("total", total, Unit::Kg);
            let message = message.integer("links", links as i64).text("heaviest", heaviest);
            message.text("least", least.to_string()).text("most", most.to_string())
        }
        ImportFault::Room { total, actuators, carried } => {
            let message = Message::new("error-import-model-room").number("total", total, Unit::Kg);
            message.number("actuators", actuators, Unit::Kg).number("carried", carried, Unit::Kg)
        }
        ImportFault::NoDrives(joints) => {
            Message::new("error-import-model-no-drives").integer("joints", joints as i64)
        }
        ImportFault::Drives { count, most } => {
            let message = Message::new("error-import-model-drives").integer("count", count as i64);
            message.integer("most", most as i64)
        }
        ImportFault::Sizes => return Err(Fault::Internal("sizes of actuators".to_owned())),
        ImportFault::Atlas(problems) => {
            let first = problems.first().map(|p| format!("{p:?}")).unwrap_or_default();
            return Err(Fault::Internal(format!("imported atlas: {first}")));
        }
        ImportFault::Table(fault) => return Err(internal(&fault)),
        ImportFault::Model(problem) => import_model::problem(problem),
        ImportFault::Cancelled(_) => Message::new("error-cancelled"),
    };
    Ok(message)
}
