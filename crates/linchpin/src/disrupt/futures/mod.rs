//! Ten thousand futures instead of one: events whose dates, lengths and severity are uncertain, sites that fail by themselves,
//! causes that hang together, and an atlas whose figures have ranges.
//!
//! Trials come in **clusters** of [`CLUSTER`] that share one draw of the atlas ([`drawing`]): shares, yields, needs, outputs, covers
//! and times to qualify are drawn, everything that follows from them is worked out again, and the markets are balanced anew, so
//! that every trial begins in an equilibrium of its own. Within a cluster each trial has its own events and failures ([`chance`]).
//! Errors count clusters, not trials (they are robust to what a cluster shares). The weeks of all trials of a cluster run side by
//! side in the equations of a single run ([`experiment`]); what comes of them is kept by trial ([`tally`]) and put together once,
//! in the order of trials ([`outcomes`], [`causes`]).

mod causes;
mod chance;
mod drawing;
mod experiment;
mod gain;
mod headlines;
mod outcomes;
mod tally;

use super::event::{EventRequest, Rule};
use super::{DisruptError, Request, Setting, Story, asked};
use crate::atlas::{FigureId, Overlay};
use crate::book::{Book, BookError};
use crate::model::Model;
use crate::stop::{Chain, Selector, SelectorError};
use crate::trials::{self, Ended, Identity, Merged, Plan, Run, Sample, TrialsError};
use chance::{Courses, Hazards};
use drawing::Drawing;
use experiment::Study;
use linchpin_kernel::{Instructions, Precision};
use linchpin_table::{Message, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use tally::{Names, Tally};

/// Trials that share a draw of the atlas: as many single-precision numbers as the widest register holds, so that a network
/// is made once for all that run at once.
pub const CLUSTER: u64 = 16;

/// Trials of a risk in short.
const FEW: u64 = 256;
/// Sites of a network that is too large for it.
const LARGE: usize = 2000;

/// What is drawn, and in which numbers trials run.
#[derive(Debug, Clone, PartialEq)]
pub struct Futures {
    /// Whether sites fail by themselves, at the rates of the atlas.
    pub failures: bool,
    /// Whether the figures of the atlas are drawn from their ranges.
    pub figures: bool,
    /// Whether more stock is tried, with the same draws.
    pub gain: bool,
    /// The numbers that trials are counted in.
    pub precision: Precision,
    /// Instructions of the processor; they change no bit.
    pub instructions: Instructions,
}

impl Default for Futures {
    fn default() -> Futures {
        Futures {
            failures: true,
            figures: true,
            gain: true,
            // A robot maker is a millionth of the market of a metal: single precision does not see him in it.
            precision: Precision::Double,
            instructions: Instructions::best(),
        }
    }
}

/// Why a request for trials cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum RiskError {
    /// What is asked of a single run is wrong.
    #[error(transparent)]
    Disrupt(#[from] DisruptError),
    /// What is asked of trials is wrong, or they were cancelled.
    #[error(transparent)]
    Trials(#[from] TrialsError),
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// Where trials come from: they are run, or were run before, here or elsewhere.
pub enum Source<'t> {
    /// As planned.
    Run(&'t Plan),
    /// From journals, for all of a plan.
    Merge(&'t Merged, &'t Plan),
}

/// Trials of one request on one model, ready to be told of.
struct Told<'s, 'a> {
    story: &'s Story<'s, 'a>,
    study: &'s Study<'s>,
    futures: &'s Futures,
    names: &'s Names,
    run: &'s Run<Tally>,
    /// Robots lost by trial, and the part of what would have been delivered.
    lost: Vec<f64>,
    part: Vec<f64>,
    /// Figures that it rests on.
    inputs: Rc<Vec<FigureId>>,
    /// Weeks of a trial.
    weeks: usize,
    /// Trials in a cluster.
    cluster: usize,
}

/// Answers a request by trials.
///
/// `place` is where the data is; a checkpoint tells it to whoever finishes the run.
pub fn risk(
    model: &Model<'_>,
    request: &Request,
    futures: &Futures,
    source: &Source<'_>,
    place: &str,
) -> Result<Book, RiskError> {
    let markets = Setting::markets(model, request)?;
    let (request, idle) = felt(model, request, &markets.0);
    let request = &request;
    let Setting { year, chain, events, supply, covers } = Setting::on(model, request, markets)?;
    let asked = ask(model, request, futures, source, year);
    let mut book = Book::new(model, "risk", asked);
    crate::expose::label(model, &chain, &mut book);
    let story = Story::new(model, &chain, request, &events, &supply, covers)?;
    story.held(&request.cover)?;
    let (Source::Run(plan) | Source::Merge(_, plan)) = source;
    let study = study(model, &story, futures, plan.seed, place);
    let run = match source {
        Source::Run(plan) => trials::run(&study, plan, &model.context)?,
        Source::Merge(merged, _) => trials::merged(&study, merged)?,
    };
    let told = Told::new(&story, &study, futures, &run);
    told.tell(&mut book, plan)?;
    if !idle.is_empty() {
        book.answer.notes.push(Message::new("note-risk-idle").text("events", idle.join(", ")));
    }
    Ok(book)
}

/// The request without events that name no plant behind the product, and what those are called: a list of what may happen to anybody
/// holds more than can happen to one.
fn felt(model: &Model<'_>, request: &Request, chain: &Chain) -> (Request, Vec<String>) {
    let is_idle =
        |select: &str| matches!(Selector::of(model.atlas, chain, select), Err(SelectorError::Nothing(_)));
    let (idle, events): (Vec<EventRequest>, Vec<EventRequest>) =
        request.events.iter().cloned().partition(|e| is_idle(&e.select));
    (Request { events, ..request.clone() }, idle.iter().map(EventRequest::name).collect())
}

/// The risk of a product in short, for a page that shows more than it: what is lost and how likely, from a few trials.
pub(crate) fn in_short(model: &Model<'_>, request: &Request, book: &mut Book) -> Result<(), RiskError> {
    let futures = Futures { gain: false, ..Futures::default() };
    let plan = Plan { trials: FEW, ..Plan::default() };
    let markets = Setting::markets(model, request)?;
    let (request, _) = felt(model, request, &markets.0);
    let Setting { chain, events, supply, covers, .. } = Setting::on(model, &request, markets)?;
    let story = Story::new(model, &chain, &request, &events, &supply, covers)?;
    // Every draw builds the network anew: of thousands of suppliers that is no matter of a page.
    if story.web.sites.len() > LARGE {
        return Ok(());
    }
    let study = study(model, &story, &futures, plan.seed, "");
    let run = trials::run(&study, &plan, &model.context)?;
    let told = Told::new(&story, &study, &futures, &run);
    let note = Message::new("note-risk-short").integer("trials", FEW as i64);
    book.push(told.outcome_table().note(note.integer("weeks", i64::from(request.horizon))))?;
    book.push(told.exceedance_table())?;
    Ok(())
}

fn study<'s>(
    model: &'s Model<'_>,
    story: &Story<'s, '_>,
    futures: &'s Futures,
    seed: u64,
    place: &str,
) -> Study<'s> {
    let request = story.request;
    let drawing = futures.figures.then(|| Drawing::new(model.atlas, model.values, seed));
    let text = super::text(&Written::of(model, request, futures));
    Study {
        atlas: model.atlas,
        network: model.network,
        values: model.values,
        product: model.product.clone(),
        markets: model.markets.clone(),
        request,
        rules: story.events.iter().map(Rule::of).collect(),
        own: story.supply.own.clone(),
        covers: story.covers.clone(),
        futures,
        courses: Courses::new(story.events, request.horizon, seed),
        drawing: drawing.filter(|d| !d.cells.is_empty()),
        hazards: futures.failures.then(|| Hazards::new(model, story.chain, &story.web, seed)),
        names: Names::new(&story.web),
        identity: Identity {
            verb: "risk".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data: crate::book::stamp(model.atlas, "risk").data_hash,
            request: text,
        },
        place: place.to_owned(),
        more: None,
    }
}

/// A request for trials as a checkpoint keeps it: all that decides the bits but seed, number of trials, version and data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// What is asked of a run.
    pub request: Request,
    /// See [`Futures::failures`].
    pub failures: bool,
    /// See [`Futures::figures`].
    pub figures: bool,
    /// Whether trials are counted in double precision.
    pub double: bool,
    /// What the scenario changed of the atlas, in base units.
    pub changes: Overlay,
}

impl Written {
    fn of(model: &Model<'_>, request: &Request, futures: &Futures) -> Written {
        let address = |id| model.atlas.figures.get(id).address.clone();
        Written {
            request: Request { product: model.product.item.clone(), ..request.clone() },
            failures: futures.failures,
            figures: futures.figures,
            double: futures.precision == Precision::Double,
            changes: model.values.changes().map(|(id, change)| (address(id), change)).collect(),
        }
    }

    /// What is drawn, and in which numbers.
    pub fn futures(&self) -> Futures {
        Futures {
            failures: self.failures,
            figures: self.figures,
            precision: if self.double { Precision::Double } else { Precision::Single },
            ..Futures::default()
        }
    }
}

fn ask(
    model: &Model<'_>,
    request: &Request,
    futures: &Futures,
    source: &Source<'_>,
    year: i64,
) -> BTreeMap<String, String> {
    let mut asked = asked(model, request, year);
    let (Source::Run(plan) | Source::Merge(_, plan)) = source;
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    asked.insert("trials".to_owned(), plan.trials.to_string());
    asked.insert("seed".to_owned(), plan.seed.to_string());
    asked.insert("failures".to_owned(), yes(futures.failures));
    asked.insert("figures".to_owned(), yes(futures.figures));
    asked.insert("precision".to_owned(), format!("{:?}", futures.precision).to_lowercase());
    asked
}

impl<'s, 'a> Told<'s, 'a> {
    fn new(
        story: &'s Story<'s, 'a>,
        study: &'s Study<'s>,
        futures: &'s Futures,
        run: &'s Run<Tally>,
    ) -> Told<'s, 'a> {
        let all =
            |of: fn(&Tally) -> &Vec<f64>| run.outcomes.iter().flat_map(|t| of(t).iter().copied()).collect();
        Told {
            story,
            study,
            futures,
            names: &study.names,
            run,
            inputs: Rc::new(story.inputs()),
            lost: all(|t| &t.lost),
            part: all(|t| &t.part),
            weeks: story.request.horizon as usize,
            cluster: if study.drawing.is_some() { CLUSTER as usize } else { 1 },
        }
    }

    fn sample<'v>(&self, values: &'v [f64]) -> Sample<'v> {
        Sample::new(values, self.cluster)
    }

    /// Trials with the block that they are in and their number in it.
    fn trials(&self) -> impl Iterator<Item = (&'s Tally, usize)> {
        self.run.outcomes.iter().flat_map(|tally| (0..tally.lost.len()).map(move |at| (tally, at)))
    }

    fn tell(&self, book: &mut Book, plan: &Plan) -> Result<(), RiskError> {
        book.answer.stamp.seed = Some(plan.seed);
        book.answer.stamp.status =
            book.answer.stamp.status.worst(Status::Sampled { trials: self.run.trials });
        self.story.label(book);
        self.notes(book, plan);
        // A part of a run may have no trial of its own.
        if self.lost.is_empty() {
            return Ok(());
        }
        let (parts, weekly) = (self.parts(), self.weekly());
        self.headlines(book, parts.first(), &weekly);
        book.push(self.outcome_table())?;
        book.push(self.exceedance_table())?;
        book.push(self.survival_table())?;
        if !parts.is_empty() {
            book.push(self.parts_table(&parts))?;
            book.push(self.calendar_table(&parts))?;
        }
        if let Some(draft) = self.sites_table(book) {
            book.push(draft)?;
        }
        if let Some(draft) = self.inputs_table(book) {
            book.push(draft)?;
        }
        // A part of a run would be set against other trials.
        if self.futures.gain && !parts.is_empty() && plan.shard.is_none() {
            let draft = self.gain_table(&parts, plan)?;
            book.push(draft)?;
        }
        book.push(self.fan_table(&weekly))?;
        Ok(())
    }

    fn notes(&self, book: &mut Book, plan: &Plan) {
        let notes = &mut book.answer.notes;
        notes.extend(self.run.warnings.iter().cloned());
        let clusters = self.run.trials.div_ceil(CLUSTER);
        match &self.study.drawing {
            Some(drawing) => notes.push(
                Message::new("note-risk-figures")
                    .integer("figures", drawing.cells.len() as i64)
                    .integer("cluster", CLUSTER as i64)
                    .integer("draws", clusters as i64),
            ),
            None => notes.push(Message::new("note-risk-fixed")),
        }
        if self.futures.failures {
            notes.push(Message::new("note-risk-failures"));
        }
        notes.push(Message::new(match self.futures.precision {
            Precision::Single => "note-risk-single",
            Precision::Double => "note-risk-double",
        }));
        let trials = |id: &'static str, trials: u64| Message::new(id).integer("trials", trials as i64);
        match (plan.error, self.run.ended) {
            (Some(_), Ended::WantedError) => notes.push(trials("trials-enough", self.run.trials)),
            (Some(_), Ended::AllTrials) => notes.push(trials("note-trials-not-enough", self.run.trials)),
            (None, _) => {}
        }
        if let Some(shard) = plan.shard {
            notes.push(Message::new("note-trials-shard").text("shard", shard.to_string()));
        }
        if self.run.resumed > 0 && self.run.resumed < self.run.trials {
            notes.push(trials("note-trials-resumed", self.run.resumed));
        }
        notes.push(
            Message::new("note-disrupt-estimate")
                .integer("sites", self.story.web.sites.len() as i64)
                .integer("lanes", self.story.web.lanes.len() as i64),
        );
    }
}
