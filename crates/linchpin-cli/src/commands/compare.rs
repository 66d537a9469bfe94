//! `linchpin compare`: two robots, revisions or scenarios, each worked out on a thread of its own.

use super::model_fault;
use crate::args::{self, Ground};
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use crate::write;
use linchpin::atlas::Atlas;
use linchpin::compare::{CompareError, Half, Request, Side, Wanted, beside};
use linchpin::model::{Model, ModelError, product};
use linchpin::slips::nearest;
use linchpin::swap::{Swap, Swaps};
use linchpin_table::{Lang, Message};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Rows of lines, and changes of each number, on a screen; files get all.
const SCREEN_ROWS: usize = 20;
const SCREEN_CHANGES: usize = 5;
/// The word for the atlas inside the program.
const SHIPPED: &str = "shipped";
/// Names that may be meant by what is none.
const NEAREST: usize = 5;

pub(crate) fn run(args: &args::Compare, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let request = Request {
        volume: args.volume,
        stop: args.stop.clone(),
        rows: args.limit.or(on_screen.then_some(SCREEN_ROWS)),
        changes: args.limit.or(on_screen.then_some(SCREEN_CHANGES)),
    };
    let swaps = ground::swaps(&args.swap)?;
    // Without a second side the first is set beside itself with what is swapped.
    let [a, b] = [&args.a, args.b.as_ref().unwrap_or(&args.a)].map(|text| Spelled::new(text));
    let (to_b, from_a) = channel();
    let (to_a, from_b) = channel();
    let (a, b) = thread::scope(|scope| {
        let other = scope.spawn(|| work(&b, args, &swaps, &request, to_a, from_a));
        let this = work(&a, args, &[], &request, to_b, from_b);
        (this, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    progress::clear();
    let (a, (b, swapped)) = both(a, b)?;
    let mut answer = beside(&a.0, &b, &request).map_err(fault)?;
    if !swaps.is_empty() {
        swapped.tell(&swaps, &mut answer).map_err(|e| internal(&e))?;
    }
    write::answer(answer, &args.output, lang)
}

/// A side, and what was swapped in it.
type Worked = (Side, Swaps);

/// Both sides, or all that is wrong with either.
fn both(
    a: Result<Option<Worked>, Fault>,
    b: Result<Option<Worked>, Fault>,
) -> Result<(Worked, Worked), Fault> {
    match (a, b) {
        (Ok(Some(a)), Ok(Some(b))) => Ok((a, b)),
        (Err(Fault::Messages(mut all)), Err(Fault::Messages(others))) => {
            let new: Vec<Message> = others.into_iter().filter(|m| !all.contains(m)).collect();
            all.extend(new);
            Err(Fault::Messages(all))
        }
        (Err(e), _) | (_, Err(e)) => Err(e),
        // A side without a result waited for one that failed.
        (Ok(None), _) | (_, Ok(None)) => Err(Fault::message(Message::new("error-cancelled"))),
    }
}

/// One side: where its atlas is, which robot, under which changes.
struct Spelled {
    /// As typed.
    text: String,
    folder: Option<PathBuf>,
    product: Option<String>,
    scenario: Option<PathBuf>,
}

impl Spelled {
    /// `ROBOT`, `DIR` or `DIR:ROBOT`, each with `+CHANGES.json` behind it. What is a folder is one, whatever letters are in
    /// its name.
    fn new(text: &str) -> Spelled {
        let spelled = |folder: Option<&str>, product: Option<&str>, scenario: Option<&str>| Spelled {
            text: text.to_owned(),
            folder: folder.map(PathBuf::from),
            product: product.map(str::to_owned),
            scenario: scenario.map(PathBuf::from),
        };
        let is_folder = |text: &str| Path::new(text).is_dir();
        let cuts = text.match_indices('+').map(|(at, _)| (&text[..at], Some(&text[at + 1..])));
        let ways: Vec<(&str, Option<&str>)> = std::iter::once((text, None)).chain(cuts).collect();
        for &(place, scenario) in &ways {
            if is_folder(place) {
                return spelled(Some(place), None, scenario);
            }
            if let Some((folder, product)) = place.rsplit_once(':').filter(|(folder, _)| is_folder(folder)) {
                return spelled(Some(folder), Some(product), scenario);
            }
        }
        // Without a folder the first + is what parts a robot from its changes.
        let (robot, scenario) = ways.get(1).copied().unwrap_or((text, None));
        let robot = robot.strip_prefix(SHIPPED).and_then(|rest| rest.strip_prefix(':')).unwrap_or(robot);
        spelled(None, Some(robot), scenario)
    }

    /// What it is called where there is little room: without the folders above.
    fn name(&self) -> String {
        let last = |path: &Path| {
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
        };
        let place = match (&self.folder, &self.product) {
            (None, product) => product.clone().unwrap_or_default(),
            (Some(folder), None) => last(folder),
            (Some(folder), Some(product)) => format!("{}:{product}", last(folder)),
        };
        match &self.scenario {
            Some(path) => format!("{place}+{}", last(path)),
            None => place,
        }
    }

    /// A folder that has the name of a robot may be meant as either.
    fn is_ambiguous(&self, atlas: &Atlas) -> bool {
        let products = atlas.sheet("products");
        let named = |typed: &str| {
            let row = products.rows.iter().find(|r| products.text(r, "alias") == typed || r.key == typed);
            row.is_some_and(|row| !atlas.own_products.contains(&row.key))
        };
        let folder = self.folder.as_ref().filter(|_| self.product.is_none());
        folder.and_then(|f| f.to_str()).is_some_and(named)
    }
}

/// Works one side out; `None` if the other side failed.
fn work(
    spelled: &Spelled,
    args: &args::Compare,
    swaps: &[Swap],
    request: &Request,
    to_other: Sender<Wanted>,
    from_other: Receiver<Wanted>,
) -> Result<Option<Worked>, Fault> {
    let ground =
        Ground { atlas: spelled.folder.clone(), scenario: spelled.scenario.clone(), set: args.set.clone() };
    let (atlas, mut swapped) = ground::swapped(ground.atlas.as_deref(), swaps)?;
    if spelled.is_ambiguous(&atlas) {
        return Err(Fault::message(Message::new("error-compare-both").text("name", spelled.text.as_str())));
    }
    changed(spelled, &atlas, &args.set)?;
    let values = ground::values(&ground, &atlas)?;
    let name = spelled.product.clone().map_or_else(|| super::usual(&atlas), Ok)?;
    let product = product(&atlas, atlas.network(), &name).map_err(|e| match (e, &spelled.folder) {
        (ModelError::Product(_, robots), None) => unknown(spelled, &robots),
        (e, _) => model_fault(e),
    })?;
    let model = Model::new(&atlas, atlas.network(), &values, product, progress::context());
    let model = model.map_err(model_fault)?;
    // Other robots of the atlas may have such parts too.
    let anywhere = !swapped.changed.is_empty();
    swapped.changed.retain(|c| model.needs(&c.into));
    if anywhere && swapped.changed.is_empty() {
        return Err(Fault::message(Message::new("error-swap-none").text("side", spelled.text.as_str())));
    }
    let called: String = swaps.iter().map(|swap| format!("+{}", swap.to)).collect();
    let half = Half::new(&model, &(spelled.name() + &called), request).map_err(fault)?;
    let wanted = half.wanted();
    // Nobody listens if the other side failed, and then nobody speaks either.
    let _ = to_other.send(wanted.clone());
    drop(to_other);
    let Ok(other) = from_other.recv() else { return Ok(None) };
    Ok(Some((half.side(&wanted.and(other)).map_err(fault)?, swapped)))
}

/// A change of both sides must be of a figure that both have.
fn changed(spelled: &Spelled, atlas: &Atlas, set: &[String]) -> Result<(), Fault> {
    let address = |text: &str| {
        let left = text.split('=').next().unwrap_or_default();
        left.trim_end_matches(['*', '+']).trim().to_owned()
    };
    let unknown = |text: &String| {
        let address = address(text);
        let is_change = text.contains('=') && !address.is_empty();
        (is_change && atlas.figures.find(&address).is_none()).then(|| {
            let message = Message::new("error-compare-set").text("side", spelled.text.as_str());
            let nearest = atlas.figures.nearest(&address).to_owned();
            message.text("address", address).text("nearest", nearest)
        })
    };
    match set.iter().filter_map(unknown).collect::<Vec<_>>() {
        faults if faults.is_empty() => Ok(()),
        faults => Err(Fault::Messages(faults)),
    }
}

/// What is neither a robot nor a folder, with what may be meant.
fn unknown(spelled: &Spelled, robots: &str) -> Fault {
    let place = spelled.text.split('+').next().unwrap_or_default();
    let above = Path::new(place).parent().filter(|p| !p.as_os_str().is_empty());
    let folders = std::fs::read_dir(above.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
    let atlases = folders.filter(|f| f.path().join("datapackage.json").is_file());
    let named = |f: std::fs::DirEntry| {
        let name = f.file_name().to_string_lossy().into_owned();
        above.map_or(name.clone(), |above| above.join(name).display().to_string())
    };
    let mut names: Vec<String> = atlases.map(named).collect();
    names.extend(robots.split(", ").map(str::to_owned));
    let mut near = nearest(place, names.iter().map(String::as_str));
    near.truncate(NEAREST);
    Fault::message(
        Message::new("error-compare-side")
            .text("typed", spelled.text.as_str())
            .text("robots", robots)
            .text("nearest", near.join(", ")),
    )
}

fn fault(e: CompareError) -> Fault {
    match e {
        CompareError::Expose(e) => super::expose::fault(e),
        CompareError::Book(e) => e.into(),
    }
}
