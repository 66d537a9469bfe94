//! Who can stop it, as far as it stands on the page.

use super::WEIGHTIEST;
use super::assumptions::Assumptions;
use crate::atlas::FigureId;
use crate::book::{Book, BookError, Draft};
use crate::disrupt;
use crate::expose::{self, headroom, leave, single, stops, suppliers};
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::stop::{Chain, Own};
use linchpin_table::Message;
use std::rc::Rc;

/// How many markets stand behind the wall.
const WALLS: usize = 4;
/// How many losses are shown.
const LOSSES: usize = 3;
/// How many lines of the vendor list are shown.
const VENDORS: usize = 5;

/// The wall, the three worst losses, what alone stops everything,
/// and the cost of leaving the worst for which one is known.
pub(super) struct Stopping {
    chain: Rc<Chain>,
    own: Rc<Vec<Own>>,
    cases: Vec<stops::Case>,
    /// The country that is left, if any stops something.
    leaving: Option<(String, leave::Leaving)>,
    /// Numbers whose weightiest assumptions are named: what it is about, the number, they.
    named: Vec<Named>,
}

/// What a number is about, the number, and the figures that move it most.
type Named = (String, Quantity, Vec<(FigureId, f64)>);

impl Stopping {
    pub(super) fn new(
        model: &Model<'_>,
        baseline: &Baseline,
        volume: f64,
        book: &mut Book,
    ) -> Result<Stopping, BookError> {
        let chain = Rc::new(Chain::new(model, baseline, volume));
        expose::label(model, &chain, book);
        let own = Rc::new(vec![]);
        let cases = stops::cases(model, &chain, &own);
        model.context.step("cases", 0)?;
        let leaving = leave::Leaving::worst(model, &chain, &cases);
        let mut named = vec![];
        if let Some(wall) = headroom::wall(model, &chain) {
            named.push((wall.link.id.clone(), wall.volume));
        }
        named.extend(leaving.iter().filter_map(|(id, leaving)| Some((id.clone(), leaving.known_extra()?))));
        let weigh = |(what, q): (String, Quantity)| {
            let weightiest = model.weightiest(&q, WEIGHTIEST);
            (what, q, weightiest)
        };
        let named = named.into_iter().map(weigh).collect();
        Ok(Stopping { chain, own, cases, leaving, named })
    }

    pub(super) fn weightiest(&self) -> impl Iterator<Item = (Quantity, &Vec<(FigureId, f64)>)> {
        self.named.iter().map(|(_, q, weightiest)| (q.clone(), weightiest))
    }

    pub(super) fn story(&self, model: &Model<'_>) -> Message {
        expose::story::story(model, &self.chain)
    }

    pub(super) fn push(
        &self,
        model: &Model<'_>,
        assumptions: &Assumptions,
        book: &mut Book,
    ) -> Result<(), BookError> {
        // Nothing is known of what it is made of, so nothing of what could stop it.
        if !model.is_made() {
            return Ok(());
        }
        let rests = |what: &str| {
            let named = self.named.iter().find(|(w, _, weightiest)| w == what && !weightiest.is_empty());
            let numbers = |weightiest| {
                let note = Message::new("note-rests").name("what", what.to_owned());
                note.text("numbers", assumptions.numbers(weightiest))
            };
            named.map(|(_, _, weightiest)| numbers(weightiest))
        };
        let draft = headroom::brief_table(model, &self.chain, WALLS);
        let wall = headroom::wall(model, &self.chain);
        book.push(wall.and_then(|w| rests(&w.link.id)).into_iter().fold(draft, Draft::note))?;
        let worst = stops::worst(&self.cases, &self.chain, LOSSES);
        let draft = stops::table(model, &self.chain, &self.own, &worst);
        let note = if self.chain.parts.is_empty() { "note-stops-brief" } else { "note-stops-brief-own" };
        book.push(draft.note(Message::new(note)))?;
        let pulled: Vec<(String, bool)> = worst.iter().map(|c| (c.id.clone(), c.mode == "exports")).collect();
        // A volume beyond the wall, or a network that no run can hold, is told by the other tables.
        if let Ok(draft) = disrupt::switch_table(model, &self.chain, &pulled) {
            book.push(draft)?;
        }
        if let Some(draft) = suppliers::table(model, &self.chain, &self.own, Some(VENDORS)) {
            book.push(draft)?;
        }
        book.push(single::table(model, &self.chain, &self.own, &self.cases))?;
        if let Some((country, leaving)) = &self.leaving {
            let draft = leaving.totals(model).note(leaving.note());
            book.push(rests(country).into_iter().fold(draft, Draft::note))?;
        }
        Ok(())
    }
}
