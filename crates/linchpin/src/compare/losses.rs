//! Losses beside each other: what each stops of either robot, and how long stock lasts.

use super::number::{Told, difference_of};
use super::side::{Lost, SHARES, Side, Switched};
use super::tables::{Beside, Pairing};
use crate::disrupt::WEEKS;
use linchpin_table::{Message, Table, TableError, Unit};
use std::collections::BTreeSet;

impl<'s> Beside<'s> {
    /// Losses that either side has, those asked for first, then those that hit most, the worst of both first.
    pub(super) fn lost(&self) -> Vec<&'s Lost> {
        let keys: BTreeSet<&Lost> = self.a.losses.keys().chain(self.b.losses.keys()).collect();
        let of = |lost: &Lost| [self.a, self.b].map(|side| side.losses.get(lost));
        let asked = |lost: &Lost| of(lost).into_iter().flatten().any(|s| s.asked);
        let worst = |lost: &Lost| {
            let each = of(lost).into_iter().flatten().filter_map(|s| s.shares.as_ref()?[1].value);
            each.fold(0.0, f64::max)
        };
        // Both modes of a loss stay together.
        let of_name = |name: &str| {
            let modes = keys.iter().filter(|l| l.0 == name);
            modes.map(|l| worst(l)).fold(0.0, f64::max)
        };
        let mut all: Vec<&Lost> = keys.iter().copied().collect();
        all.sort_by(|x, y| {
            asked(y)
                .cmp(&asked(x))
                .then(of_name(&y.0).total_cmp(&of_name(&x.0)))
                .then(x.0.cmp(&y.0))
                .then(x.1.cmp(&y.1))
        });
        all
    }

    /// Stop shares, three rows a loss.
    pub(super) fn stops(&self) -> Result<Table, TableError> {
        let mut rows: Vec<Pairing<'_>> = vec![];
        let (mut names, mut modes, mut numbers, mut home) = (vec![], vec![], vec![], vec![]);
        for lost in self.lost() {
            let of = |side: &'s Side| side.losses.get(lost).and_then(|s| s.shares.as_ref());
            let is_home = |side: &Side| side.losses.get(lost).is_some_and(|s| s.shares.is_none());
            for (k, share) in SHARES.into_iter().enumerate() {
                rows.push(Pairing {
                    key: format!("{}:{}/{share}", lost.0, mode(lost)),
                    unit: Unit::Fraction,
                    a: of(self.a).map(|s| &s[k]),
                    b: of(self.b).map(|s| &s[k]),
                });
                names.push(lost.0.clone());
                modes.push(format!("mode-{}", mode(lost)));
                numbers.push(format!("share-{}", share.replace('_', "-")));
                home.push(match (is_home(self.a), is_home(self.b)) {
                    (false, false) => String::new(),
                    (true, false) => "at-home-a".to_owned(),
                    (false, true) => "at-home-b".to_owned(),
                    (true, true) => "at-home-both".to_owned(),
                });
            }
        }
        let builder = Table::builder("stops", "table-compare-stops", rows.iter().map(|r| r.key.clone()))
            .names("lost", names)
            .words("mode", modes)
            .words("number", numbers)
            .header("col-compare-number");
        let builder = self.about(self.numbers(builder, &rows), &rows, |_| String::new());
        let builder = match home.iter().any(|h| !h.is_empty()) {
            true => builder.words("remark", home),
            false => builder,
        };
        builder.note(Message::new("note-compare-stops")).build()
    }

    /// Switches pulled on both sides.
    pub(super) fn switches(&self) -> Result<Table, TableError> {
        let keys: BTreeSet<&Lost> = self.a.switches.keys().chain(self.b.switches.keys()).collect();
        let rows: Vec<(&Lost, [Option<&Switched>; 2])> = self
            .lost()
            .into_iter()
            .filter(|lost| keys.contains(lost))
            .map(|lost| (lost, [self.a, self.b].map(|s| s.switches.get(lost).and_then(Option::as_ref))))
            .collect();
        let survive = |k: usize| rows.iter().map(move |r| r.1[k].and_then(|s| s.survive)).collect::<Vec<_>>();
        let lost = |k: usize| rows.iter().map(move |r| r.1[k].map(|s| s.lost)).collect::<Vec<_>>();
        let gate = |k: usize| {
            rows.iter()
                .map(move |r| r.1[k].and_then(|s| s.gate.clone()).unwrap_or_default())
                .collect::<Vec<_>>()
        };
        let keys = rows.iter().map(|r| format!("{}:{}", r.0.0, mode(r.0)));
        Table::builder("switch", "table-compare-switch", keys)
            .names("lost", rows.iter().map(|r| r.0.0.clone()))
            .words("mode", rows.iter().map(|r| format!("mode-{}", mode(r.0))))
            .number("a_survive", Unit::None, survive(0))
            .unexplained()
            .header(self.header("a-survive", self.a))
            .absent("absent-none")
            .number("b_survive", Unit::None, survive(1))
            .unexplained()
            .header(self.header("b-survive", self.b))
            .absent("absent-none")
            .words("lasts", rows.iter().map(|r| lasts(r.1).word()))
            .names("a_gate", gate(0))
            .header(self.header("a-gate", self.a))
            .names("b_gate", gate(1))
            .header(self.header("b-gate", self.b))
            .number("a_lost", Unit::Piece, lost(0))
            .unexplained()
            .header(self.header("a-lost", self.a))
            .number("b_lost", Unit::Piece, lost(1))
            .unexplained()
            .header(self.header("b-lost", self.b))
            .note(Message::new("note-compare-switch").integer("weeks", i64::from(WEEKS)))
            .build()
    }
}

/// Word of the mode of a loss.
pub(super) fn mode(lost: &Lost) -> &'static str {
    if lost.1 { "exports" } else { "output" }
}

/// Who lasts longer, of two of whom nothing may be lost at all.
pub(super) fn lasts([a, b]: [Option<&Switched>; 2]) -> Told {
    let (Some(a), Some(b)) = (a, b) else { return Told::NoData };
    match (a.survive, b.survive) {
        (None, None) => Told::Same,
        (Some(_), None) => Told::More,
        (None, Some(_)) => Told::Less,
        (Some(a), Some(b)) => difference_of(a, b),
    }
}
