//! What more stock would change, and where.

use super::cause::Step;
use super::outcome::{self, Outcome};
use super::tables::Dry;
use super::web::{Kind, Siting};
use super::{DisruptError, Story, number};
use crate::atlas::FigureId;
use crate::book::Draft;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Weeks of cover that are tried at each place.
const MORE: f64 = 6.0;
/// Places at which more cover is tried.
const TRIED: usize = 12;

impl<'s, 'a> Story<'s, 'a> {
    /// What six more weeks of stock would change: at each holder, everything of his that runs dry at once; and at each
    /// step down the chains of causes by itself.
    pub(super) fn gain_table(
        &self,
        dry: &[Dry],
        causes: &[(usize, Vec<Step>)],
        inputs: &Rc<Vec<FigureId>>,
    ) -> Result<Draft<'s, 'a>, DisruptError> {
        let mut tried: Vec<(String, Option<usize>, Vec<usize>)> = vec![];
        for d in dry {
            let holder = self.place(d.slots[0]).unwrap_or_default();
            match tried.iter_mut().find(|t| t.0 == holder) {
                Some(all) => all.2.extend(&d.slots),
                None => tried.push((holder, None, d.slots.clone())),
            }
        }
        let on_chains: Vec<usize> = causes.iter().flat_map(|c| c.1.iter().map(|s| s.slot)).collect();
        for d in dry.iter().filter(|d| d.slots.iter().any(|s| on_chains.contains(s))) {
            let holder = self.place(d.slots[0]).unwrap_or_default();
            // Alone it says more only where the holder has others.
            if tried.iter().any(|t| t.0 == holder && t.2.len() > d.slots.len()) {
                tried.push((self.key(d.slots[0]), Some(d.slots[0]), d.slots.clone()));
            }
        }
        tried.truncate(TRIED);
        let mut rows: Vec<(String, Option<usize>, usize, Outcome)> = vec![];
        for (key, input, slots) in tried {
            let mut covers: BTreeMap<_, f64> = self.covers.clone();
            for slot in &slots {
                covers.insert(self.holder(*slot), self.web.slots[*slot].cover + MORE);
            }
            let outcome = self.again(&covers, Siting::Likely, self.request, self.events)?;
            rows.push((key, input, slots[0], outcome));
        }
        let saved = |o: &Outcome| outcome::felt(self.outcome.lost - o.lost, self.outcome.lost);
        // Where no robot is lost any more, stock bridges all of it.
        let survived = |o: &Outcome| Some(outcome::felt(o.survive? - self.outcome.survive?, 1.0));
        rows.sort_by(|a, b| saved(&b.3).total_cmp(&saved(&a.3)).then_with(|| a.0.cmp(&b.0)));
        let value = |v: f64| Some(number(v, inputs));
        let input = |r: &(String, Option<usize>, usize, Outcome)| {
            r.1.map_or_else(|| "all_dry".to_owned(), |s| self.web.slots[s].input.clone())
        };
        Ok(Draft::new(self.model, "gain", rows.iter().map(|r| r.0.clone()).collect())
            .names("holder", rows.iter().map(|r| self.place(r.2).unwrap_or_default()).collect())
            .names("input", rows.iter().map(input).collect())
            .number(
                "survive_more",
                Unit::None,
                rows.iter().map(|r| survived(&r.3).and_then(|v| value(v / MORE))).collect(),
            )
            .number("saved", Unit::Piece, rows.iter().map(|r| value(saved(&r.3))).collect())
            .number("still_lost", Unit::Piece, rows.iter().map(|r| value(r.3.lost)).collect())
            .note(Message::new("note-gain").integer("weeks", MORE as i64)))
    }

    /// Who holds a slot, as covers name it.
    fn holder(&self, slot: usize) -> (Option<String>, String) {
        let s = &self.web.slots[slot];
        let site = &self.web.sites[s.site];
        ((site.kind != Kind::Maker).then(|| site.id.clone()), s.input.clone())
    }
}
