//! The kill switch in short, for a page that shows more than it: some losses pulled for half a year, one after the other.

use super::event::{self, Effect, EventRequest, WEEKS};
use super::{DisruptError, Request, Story, Supply, outcome};
use crate::book::Draft;
use crate::model::Model;
use crate::stop::Chain;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One row a loss: whose plants (a selector), and whether they stop or no longer export.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    losses: &[(String, bool)],
) -> Result<Draft<'m, 'a>, DisruptError> {
    let supply = Supply::default();
    let mut rows = vec![];
    for (select, exports) in losses {
        let effect = if *exports { Effect::Exports } else { Effect::Output };
        let request =
            Request::new(&model.product.item, chain.volume, vec![EventRequest::new(effect, select, WEEKS)]);
        let events = event::events(model, chain, &request.events, request.horizon).map_err(super::one)?;
        let story = Story::new(model, chain, &request, &events, &supply, BTreeMap::new())?;
        let inputs = Rc::new(story.inputs());
        let gates = outcome::gates(&story.web, &story.base, &story.run);
        let o = &story.outcome;
        let gate = o.first.and_then(|w| gates[w]).map(|s| story.web.slots[s].input.clone());
        let number = |v: f64| super::number(v, &inputs);
        rows.push((
            o.survive.map(number),
            Some(number(o.lost)),
            o.back.map(|w| number(w as f64)),
            gate.unwrap_or_default(),
        ));
    }
    let words = |exports: bool| Some(if exports { "mode-exports" } else { "mode-output" }.to_owned());
    Ok(Draft::new(model, "switch", losses.iter().map(|l| l.0.clone()).collect())
        .names("lost", losses.iter().map(|l| l.0.clone()).collect())
        .words("mode", losses.iter().map(|l| words(l.1)).collect())
        .number("survive", Unit::None, rows.iter().map(|r| r.0.clone()).collect())
        .absent(Message::new("absent-none"))
        .names("first_gate", rows.iter().map(|r| r.3.clone()).collect())
        .number("robots_lost", Unit::Piece, rows.iter().map(|r| r.1.clone()).collect())
        .number("back", Unit::None, rows.iter().map(|r| r.2.clone()).collect())
        .absent(Message::new("absent-none"))
        .note(Message::new("note-switch").integer("weeks", i64::from(WEEKS))))
}
