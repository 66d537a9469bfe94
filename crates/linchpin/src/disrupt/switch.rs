//! The kill switch in short, for a page that shows more than it: some losses pulled for half a year, one after the other.

use super::event::{self, Effect, EventRequest, WEEKS};
use super::{DisruptError, Request, Story, Supply, outcome};
use crate::atlas::FigureId;
use crate::book::Draft;
use crate::model::Model;
use crate::stop::Chain;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What one switch does.
pub(crate) struct Pulled {
    /// Weeks that stock bridges; `None` if nothing is lost.
    pub(crate) survive: Option<f64>,
    /// Robots lost in two years.
    pub(crate) lost: f64,
    /// The week from which nothing is missing; `None` if that is not seen.
    pub(crate) back: Option<usize>,
    /// The part that is short first.
    pub(crate) gate: Option<String>,
    /// The figures that the run rests on.
    inputs: Rc<Vec<FigureId>>,
}

/// Pulls one: whose plants (a selector), and whether they stop or no longer export.
pub(crate) fn pull(
    model: &Model<'_>,
    chain: &Chain,
    select: &str,
    exports: bool,
) -> Result<Pulled, DisruptError> {
    let supply = Supply::default();
    let effect = if exports { Effect::Exports } else { Effect::Output };
    let request =
        Request::new(&model.product.item, chain.volume, vec![EventRequest::new(effect, select, WEEKS)]);
    let events = event::events(model, chain, &request.events, request.horizon).map_err(super::one)?;
    let story = Story::new(model, chain, &request, &events, &supply, BTreeMap::new())?;
    let gates = outcome::gates(&story.web, &story.base, &story.run);
    let o = &story.outcome;
    Ok(Pulled {
        survive: o.survive,
        lost: o.lost,
        back: o.back,
        gate: o.first.and_then(|w| gates[w]).map(|s| story.web.slots[s].input.clone()),
        inputs: Rc::new(story.inputs()),
    })
}

/// One row a loss.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    losses: &[(String, bool)],
) -> Result<Draft<'m, 'a>, DisruptError> {
    let pulled = losses.iter().map(|(select, exports)| pull(model, chain, select, *exports));
    let rows: Vec<Pulled> = pulled.collect::<Result<_, _>>()?;
    let words = |exports: bool| Some(if exports { "mode-exports" } else { "mode-output" }.to_owned());
    let number = |p: &Pulled, v: f64| super::number(v, &p.inputs);
    Ok(Draft::new(model, "switch", losses.iter().map(|l| l.0.clone()).collect())
        .names("lost", losses.iter().map(|l| l.0.clone()).collect())
        .words("mode", losses.iter().map(|l| words(l.1)).collect())
        .number("survive", Unit::None, rows.iter().map(|p| p.survive.map(|w| number(p, w))).collect())
        .absent(Message::new("absent-none"))
        .names("first_gate", rows.iter().map(|p| p.gate.clone().unwrap_or_default()).collect())
        .number("robots_lost", Unit::Piece, rows.iter().map(|p| Some(number(p, p.lost))).collect())
        .number("back", Unit::None, rows.iter().map(|p| p.back.map(|w| number(p, w as f64))).collect())
        .absent(Message::new("absent-none"))
        .note(Message::new("note-switch").integer("weeks", i64::from(WEEKS))))
}
