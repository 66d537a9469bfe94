//! What stood in for what was lost.

use super::web::{Kind, SECOND};
use super::{Story, number};
use crate::atlas::FigureId;
use crate::book::{Book, Draft};
use crate::model::Quantity;
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;
use std::rc::Rc;

impl<'s, 'a> Story<'s, 'a> {
    /// What stood in, from which week on, for which part of the need, and what the robot loses by it.
    pub(super) fn substitutes_table(
        &self,
        book: &mut Book,
        inputs: &Rc<Vec<FigureId>>,
    ) -> Option<Draft<'s, 'a>> {
        let sites = self.web.sites.iter().enumerate().filter(|(_, s)| s.kind == Kind::Substitute);
        // In equilibrium it gives next to nothing; it counts from a hundred times that on.
        let part = |site: usize, week: usize| f64::from(self.run.runs[week][site]) * SECOND;
        let weeks = 0..self.run.runs.len();
        let used: Vec<(usize, usize, &str, &str)> = sites
            .filter_map(|(site, s)| {
                let (replaces, item) = s.id.split_once(':')?;
                let label = book.answer.labels.get(item).cloned();
                book.answer.labels.extend(label.map(|l| (s.id.clone(), l)));
                let first = weeks.clone().find(|w| part(site, *w) > 0.01)?;
                Some((site, first, replaces, item))
            })
            .collect();
        let holder = |site: usize| {
            let slot =
                self.web.lanes.iter().find(|l| self.web.own_pool(site) == Some(l.pool)).map(|l| l.slot);
            slot.map_or(String::new(), |s| self.web.sites[self.web.slots[s].site].id.clone())
        };
        // Suppliers of one part in several countries are told once.
        let mut told = BTreeSet::new();
        let used: Vec<_> = used.into_iter().filter(|u| told.insert((u.2, u.3, holder(u.0)))).collect();
        if used.is_empty() {
            return None;
        }
        let most = |site: usize| weeks.clone().map(|w| part(site, w)).fold(0.0, f64::max).min(1.0);
        let figures = |measure: &str| -> Vec<Option<Quantity>> {
            let of = |(_, _, replaces, item): &(usize, usize, &str, &str)| {
                self.model
                    .atlas
                    .figures
                    .find(&format!("substitutions/{item}/{replaces}/{measure}"))
                    .map(Quantity::cell)
            };
            used.iter().map(of).collect()
        };
        let keys = used.iter().map(|u| format!("{}@{}", self.web.sites[u.0].id, holder(u.0))).collect();
        let mut draft = Draft::new(self.model, "stood_in", keys)
            .names("item", used.iter().map(|u| u.3.to_owned()).collect())
            .names("replaces", used.iter().map(|u| u.2.to_owned()).collect())
            .names("holder", used.iter().map(|u| holder(u.0)).collect())
            .number("from_week", Unit::None, used.iter().map(|u| Some(number(u.1 as f64, inputs))).collect())
            .number(
                "most_part",
                Unit::Fraction,
                used.iter().map(|u| Some(number(most(u.0), inputs))).collect(),
            );
        for names in [
            ["torque", "torque_low", "torque_high"],
            ["energy", "energy_low", "energy_high"],
            ["mass", "mass_low", "mass_high"],
        ] {
            let ratios = figures(names[0]);
            if ratios.iter().any(Option::is_some) {
                draft = draft.range(names, Unit::Fraction, ratios);
            }
        }
        Some(draft.note(Message::new("note-stood-in")))
    }
}
