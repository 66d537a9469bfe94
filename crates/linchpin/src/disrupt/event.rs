//! What happens: who is hit, how, from when, for how long, and how it comes back.

use super::DisruptError;
use crate::model::Model;
use crate::stop::{Chain, Loss, Mode, Reach, Selector};
use crate::trials::Spread;
use serde::{Deserialize, Serialize};

/// What an event does to those that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The plants make less.
    Output,
    /// They ship less abroad, or to a destination.
    Exports,
    /// Other industries want more of what they sell.
    Demand,
    /// They get no equipment or technology: they make what they make, and cannot make more.
    Equipment,
}

impl Effect {
    /// The message that names it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Effect::Output => "effect-output",
            Effect::Exports => "effect-exports",
            Effect::Demand => "effect-demand",
            Effect::Equipment => "effect-equipment",
        }
    }
}

/// How what was lost comes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Curve {
    /// By as much every week.
    #[default]
    Linear,
    /// Slowly, then fast.
    Convex,
    /// Fast, then slowly.
    Concave,
    /// All at the end.
    Step,
}

impl Curve {
    /// The part that is back when this part of the time is over.
    fn back(self, part: f64) -> f64 {
        match self {
            Curve::Linear => part,
            Curve::Convex => part * part,
            Curve::Concave => part * (2.0 - part),
            Curve::Step => f64::from(part >= 1.0),
        }
    }
}

/// Weeks that an event lasts if nothing is said.
pub const WEEKS: u32 = 26;

fn half_a_year() -> u32 {
    WEEKS
}

/// One event as asked for. Weeks count from the first of the run, which is week 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRequest {
    /// What others call it by.
    #[serde(default)]
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// Whom it names: a selector of plants.
    pub select: String,
    /// Destination of an export rule; everywhere abroad if `None`.
    #[serde(default)]
    pub to: Option<String>,
    /// Week in which it takes effect; of an event that follows another, weeks after that one took effect.
    #[serde(default)]
    pub week: u32,
    /// The event that it follows, such as a retaliation.
    #[serde(default)]
    pub after: Option<String>,
    /// Weeks before it takes effect in which it is known.
    #[serde(default)]
    pub announced: u32,
    /// What those who will be cut off order in that time, as a multiple of the usual.
    #[serde(default)]
    pub front_load: Option<f64>,
    /// Weeks that it lasts.
    #[serde(default = "half_a_year")]
    pub weeks: u32,
    /// Part that is left while it lasts: of output, or of what exporters are licensed to ship. Of demand: the multiple.
    #[serde(default)]
    pub left: f64,
    /// Changes of that part: weeks after it took effect, and the part from then on; licences that come late, or relief.
    #[serde(default)]
    pub granted: Vec<(u32, f64)>,
    /// Weeks until all is back after it ends.
    #[serde(default)]
    pub recovery: u32,
    /// How it comes back.
    #[serde(default)]
    pub curve: Curve,
    /// Part of the stock that buyers hold of what is hit, and of what is on the way to them, that is destroyed when it
    /// takes effect.
    #[serde(default)]
    pub destroyed: f64,
    /// How far an export rule reaches.
    #[serde(default)]
    pub reach: Reach,
    /// How often it takes effect, a year; in trials it comes once, or not within the run.
    #[serde(default)]
    pub a_year: Option<f64>,
    /// Chance that it happens at all.
    #[serde(default)]
    pub chance: Option<f64>,
    /// Numbers that are uncertain, in trials.
    #[serde(default)]
    pub spread: Spreads,
}

/// Distributions of numbers of an event. One run takes the numbers themselves; trials draw those that have one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spreads {
    /// Of [`EventRequest::week`].
    pub week: Option<Spread>,
    /// Of [`EventRequest::weeks`].
    pub weeks: Option<Spread>,
    /// Of [`EventRequest::left`].
    pub left: Option<Spread>,
    /// Of [`EventRequest::recovery`].
    pub recovery: Option<Spread>,
    /// Of [`EventRequest::destroyed`].
    pub destroyed: Option<Spread>,
}

impl EventRequest {
    /// An event in week 0 that leaves nothing and ends at once.
    pub fn new(effect: Effect, select: &str, weeks: u32) -> EventRequest {
        EventRequest {
            id: String::new(),
            effect,
            select: select.to_owned(),
            to: None,
            week: 0,
            after: None,
            announced: 0,
            front_load: None,
            weeks,
            left: 0.0,
            granted: vec![],
            recovery: 0,
            curve: Curve::Linear,
            destroyed: 0.0,
            reach: Reach::default(),
            a_year: None,
            chance: None,
            spread: Spreads::default(),
        }
    }

    /// What it is called: its id, or whom it names.
    pub(super) fn name(&self) -> String {
        if self.id.is_empty() { self.select.clone() } else { self.id.clone() }
    }
}

/// Weeks that a run or an event may last.
pub(super) const LONGEST: f64 = 5200.0;

/// An event made ready.
#[derive(Clone)]
pub(super) struct Event {
    pub(super) request: EventRequest,
    pub(super) selector: Selector,
    pub(super) loss: Loss,
    /// The event that it follows, by position.
    pub(super) after: Option<usize>,
    /// How it goes as asked.
    pub(super) course: Course,
}

/// An event whatever the markets are: what it is laid over a chain from, in each draw of an atlas anew.
pub(super) struct Rule {
    request: EventRequest,
    selector: Selector,
    mode: Mode,
    after: Option<usize>,
    course: Course,
}

impl Rule {
    pub(super) fn of(event: &Event) -> Rule {
        Rule {
            request: event.request.clone(),
            selector: event.selector.clone(),
            mode: event.loss.mode.clone(),
            after: event.after,
            course: event.course.clone(),
        }
    }

    /// The event on the markets of a chain.
    pub(super) fn on(&self, chain: &Chain) -> Event {
        Event {
            loss: Loss::new(chain, &self.selector, self.mode.clone(), self.request.reach),
            request: self.request.clone(),
            selector: self.selector.clone(),
            after: self.after,
            course: self.course.clone(),
        }
    }
}

impl Event {
    /// Follows the values of a chain whose plants are the same.
    pub(super) fn revalue(&mut self, chain: &Chain) {
        self.loss.revalue(chain, self.request.reach);
    }
}

/// How an event goes: when, how much is left, how it comes back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    /// Week in which it takes effect; [`Course::NEVER`] if it does not happen.
    pub(super) start: u32,
    /// Weeks before in which it is known.
    pub(super) announced: u32,
    pub(super) weeks: u32,
    pub(super) left: f64,
    /// Changes of what is left, by weeks after the start.
    pub(super) granted: Vec<(u32, f64)>,
    pub(super) recovery: u32,
    pub(super) curve: Curve,
    pub(super) destroyed: f64,
}

impl Course {
    /// A week that no run reaches.
    pub(super) const NEVER: u32 = u32::MAX;

    /// As asked, from a week on.
    fn new(request: &EventRequest, start: u32) -> Course {
        let mut granted = request.granted.clone();
        granted.sort_by_key(|(week, _)| *week);
        Course {
            start,
            announced: request.announced,
            weeks: request.weeks,
            left: request.left,
            granted,
            recovery: request.recovery,
            curve: request.curve,
            destroyed: request.destroyed,
        }
    }

    /// What is left in a week of what the event names.
    pub(super) fn left(&self, week: u32) -> f64 {
        if week < self.start {
            return 1.0;
        }
        let gone = week - self.start;
        let during =
            |gone: u32| self.granted.iter().rfind(|(from, _)| *from <= gone).map_or(self.left, |g| g.1);
        if gone < self.weeks {
            return during(gone);
        }
        let last = during(self.weeks.saturating_sub(1));
        if self.recovery == 0 {
            return 1.0;
        }
        let part = (f64::from(gone - self.weeks + 1) / f64::from(self.recovery)).min(1.0);
        last + (1.0 - last) * self.curve.back(part)
    }

    /// First week in which it is over.
    pub(super) fn end(&self) -> u32 {
        self.start.saturating_add(self.weeks)
    }

    /// Whether it is known and not yet in effect.
    pub(super) fn is_coming(&self, week: u32) -> bool {
        week < self.start && week.saturating_add(self.announced) >= self.start
    }
}

/// Reads all events; on faults, all of them.
pub(super) fn events(
    model: &Model<'_>,
    chain: &Chain,
    asked: &[EventRequest],
    horizon: u32,
) -> Result<Vec<Event>, Vec<DisruptError>> {
    let (mut events, mut faults): (Vec<Event>, Vec<DisruptError>) = (vec![], vec![]);
    for (at, request) in asked.iter().enumerate() {
        let start = match start(asked, at, &mut vec![]) {
            Ok(start) => start,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let before = faults.len();
        check(request, start, horizon, &mut faults);
        match loss(model, chain, request) {
            Ok((selector, loss)) if faults.len() == before => {
                let course = Course::new(request, start);
                events.push(Event {
                    request: request.clone(),
                    selector,
                    loss,
                    after: after(asked, at),
                    course,
                });
            }
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(events) } else { Err(faults) }
}

/// The event that another follows, by position.
fn after(asked: &[EventRequest], at: usize) -> Option<usize> {
    let after = asked[at].after.as_ref().filter(|after| !after.is_empty())?;
    asked.iter().position(|e| e.id == *after)
}

/// Week in which an event takes effect, through those that it follows.
fn start(asked: &[EventRequest], at: usize, seen: &mut Vec<usize>) -> Result<u32, DisruptError> {
    let request = &asked[at];
    let Some(named) = &request.after else { return Ok(request.week) };
    if seen.contains(&at) {
        return Err(DisruptError::Circle(request.id.clone()));
    }
    seen.push(at);
    let known =
        || asked.iter().map(|e| e.id.as_str()).filter(|id| !id.is_empty()).collect::<Vec<_>>().join(", ");
    match after(asked, at) {
        Some(first) => Ok(start(asked, first, seen)?.saturating_add(request.week)),
        None => Err(DisruptError::After { event: named.clone(), known: known() }),
    }
}

fn check(request: &EventRequest, start: u32, horizon: u32, faults: &mut Vec<DisruptError>) {
    let mut outside = |name: &'static str, value: f64, low: f64, high: f64| {
        if !(low..=high).contains(&value) {
            faults.push(DisruptError::Outside { event: request.name(), name, value, low, high });
        }
    };
    let most = if request.effect == Effect::Demand { 1000.0 } else { 1.0 };
    outside("left", request.left, 0.0, most);
    request.granted.iter().for_each(|(_, part)| outside("granted", *part, 0.0, most));
    outside("destroyed", request.destroyed, 0.0, 1.0);
    request.front_load.into_iter().for_each(|f| outside("front_load", f, 1.0, 100.0));
    outside("weeks", f64::from(request.weeks), 0.0, LONGEST);
    outside("de_minimis", request.reach.de_minimis.unwrap_or(0.0), 0.0, 1.0);
    // Nobody orders ahead of what nobody knows, or before the run begins.
    let least = if request.front_load.is_some() { 1.0 } else { 0.0 };
    outside("announced", f64::from(request.announced), least, f64::from(start));
    request.chance.into_iter().for_each(|chance| outside("chance", chance, 0.0, 1.0));
    request.a_year.into_iter().for_each(|rate| outside("a_year", rate, f64::MIN_POSITIVE, 52.0));
    let spread = &request.spread;
    for (name, spread, high) in [
        ("spread.week", &spread.week, LONGEST),
        ("spread.weeks", &spread.weeks, f64::INFINITY),
        ("spread.left", &spread.left, most),
        ("spread.recovery", &spread.recovery, f64::INFINITY),
        ("spread.destroyed", &spread.destroyed, 1.0),
    ] {
        let Some(spread) = spread else { continue };
        let [low, top] = spread.ends();
        outside(name, low, 0.0, high);
        outside(name, top, 0.0, high);
    }
    if request.chance.is_some() && request.a_year.is_some() {
        faults.push(DisruptError::BothChances(request.name()));
    }
    if spread.left.is_some() && !request.granted.is_empty() {
        faults.push(DisruptError::LeftAndGranted(request.name()));
    }
    let all_left = spread.left.is_none() && request.left == 1.0 && request.granted.iter().all(|g| g.1 == 1.0);
    if all_left && request.destroyed == 0.0 && request.effect != Effect::Equipment {
        faults.push(DisruptError::Nothing(request.name()));
    }
    if request.weeks == 0 {
        faults.push(DisruptError::NoTime(request.name()));
    }
    if start >= horizon {
        faults.push(DisruptError::Late { event: request.name(), week: start, horizon });
    }
    let border = request.to.is_some() || request.reach != Reach::default();
    if request.effect != Effect::Exports && border {
        faults.push(DisruptError::NoBorder(request.name()));
    }
}

fn loss(model: &Model<'_>, chain: &Chain, request: &EventRequest) -> Result<(Selector, Loss), DisruptError> {
    let selector = Selector::of(model.atlas, chain, &request.select)?;
    let to = request.to.as_ref().map(|to| Selector::destination(model.atlas, to)).transpose()?;
    let mode = match request.effect {
        Effect::Exports => Mode::Exports { to },
        Effect::Output | Effect::Demand | Effect::Equipment => Mode::Output,
    };
    let loss = Loss::new(chain, &selector, mode, request.reach);
    if let Mode::Exports { to: Some(to) } = &loss.mode
        && loss.within.iter().all(|from| to.iter().all(|to| to == from))
    {
        return Err(DisruptError::Inland(request.name()));
    }
    Ok((selector, loss))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_comes_back_by_its_curve() {
        let back = |curve: Curve| [0.25, 0.5, 1.0].map(|part| curve.back(part));
        assert_eq!(back(Curve::Linear), [0.25, 0.5, 1.0]);
        assert_eq!(back(Curve::Convex), [0.0625, 0.25, 1.0]);
        assert_eq!(back(Curve::Concave), [0.4375, 0.75, 1.0]);
        assert_eq!(back(Curve::Step), [0.0, 0.0, 1.0]);
    }
}
