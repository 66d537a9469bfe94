//! What happens: who is hit, how, from when, for how long, and how it comes back.

use super::DisruptError;
use crate::model::Model;
use crate::stop::{Chain, Loss, Mode, Reach, Selector};
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
        }
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
    pub(super) start: u32,
}

impl Event {
    /// What is left in a week of what it names.
    pub(super) fn left(&self, week: u32) -> f64 {
        let r = &self.request;
        if week < self.start {
            return 1.0;
        }
        let gone = week - self.start;
        let during = |gone: u32| r.granted.iter().rfind(|(from, _)| *from <= gone).map_or(r.left, |g| g.1);
        if gone < r.weeks {
            return during(gone);
        }
        let last = during(r.weeks.saturating_sub(1));
        if r.recovery == 0 {
            return 1.0;
        }
        let part = (f64::from(gone - r.weeks + 1) / f64::from(r.recovery)).min(1.0);
        last + (1.0 - last) * r.curve.back(part)
    }

    /// First week in which it is over.
    pub(super) fn end(&self) -> u32 {
        self.start.saturating_add(self.request.weeks)
    }

    /// Whether it is known and not yet in effect.
    pub(super) fn is_coming(&self, week: u32) -> bool {
        week < self.start && week + self.request.announced >= self.start
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
    if asked.is_empty() {
        faults.push(DisruptError::NoEvent);
    }
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
                let mut request = request.clone();
                request.granted.sort_by_key(|(week, _)| *week);
                events.push(Event { request, selector, loss, start });
            }
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(events) } else { Err(faults) }
}

/// Week in which an event takes effect, through those that it follows.
fn start(asked: &[EventRequest], at: usize, seen: &mut Vec<usize>) -> Result<u32, DisruptError> {
    let request = &asked[at];
    let Some(after) = &request.after else { return Ok(request.week) };
    if seen.contains(&at) {
        return Err(DisruptError::Circle(request.id.clone()));
    }
    seen.push(at);
    let known =
        || asked.iter().map(|e| e.id.as_str()).filter(|id| !id.is_empty()).collect::<Vec<_>>().join(", ");
    match asked.iter().position(|e| e.id == *after && !after.is_empty()) {
        Some(first) => Ok(start(asked, first, seen)?.saturating_add(request.week)),
        None => Err(DisruptError::After { event: after.clone(), known: known() }),
    }
}

fn check(request: &EventRequest, start: u32, horizon: u32, faults: &mut Vec<DisruptError>) {
    let mut outside = |name: &'static str, value: f64, low: f64, high: f64| {
        if !(low..=high).contains(&value) {
            faults.push(DisruptError::Outside { event: name_of(request), name, value, low, high });
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
    let all_left = request.left == 1.0 && request.granted.iter().all(|g| g.1 == 1.0);
    if all_left && request.destroyed == 0.0 && request.effect != Effect::Equipment {
        faults.push(DisruptError::Nothing(name_of(request)));
    }
    if request.weeks == 0 {
        faults.push(DisruptError::NoTime(name_of(request)));
    }
    if start >= horizon {
        faults.push(DisruptError::Late { event: name_of(request), week: start, horizon });
    }
    let border = request.to.is_some() || request.reach != Reach::default();
    if request.effect != Effect::Exports && border {
        faults.push(DisruptError::NoBorder(name_of(request)));
    }
}

/// What an event is called: its id, or whom it names.
fn name_of(request: &EventRequest) -> String {
    if request.id.is_empty() { request.select.clone() } else { request.id.clone() }
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
        return Err(DisruptError::Inland(name_of(request)));
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
