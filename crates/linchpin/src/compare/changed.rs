//! Lines that differ, and which change moved which number.

use super::matched::{Matched, Pair};
use super::moved::{Moved, What};
use super::parts::Part;
use super::tables::Beside;
use crate::explode::substance_stages;
use linchpin_table::{Message, Table, TableBuilder, TableError, Unit};

/// Key and name of the row of all other changes.
pub(super) const REST: &str = "others";
/// Key and name of the row of what goes by no line.
pub(super) const BEYOND: &str = "beyond_lines";
/// A part of a number that is rounding.
const ROUNDING: f64 = 1e-9;

impl Beside<'_> {
    /// Lines that differ.
    pub(super) fn lines(
        &self,
        pairs: &[Matched],
        moved: &Moved,
        most: Option<usize>,
    ) -> Result<Table, TableError> {
        let sides = |m: &Matched| match m.pair {
            Pair::Removed(x) => [Some(&self.a.parts[x]), None],
            Pair::Added(y) => [None, Some(&self.b.parts[y])],
            Pair::Both(x, y, _) => [Some(&self.a.parts[x]), Some(&self.b.parts[y])],
        };
        type Of = fn(&Part) -> Option<f64>;
        let of: [Of; 3] = [|p| Some(p.quantity), |p| p.mass, |p| p.cost];
        let is_robot = |m: &Matched| matches!(m.pair, Pair::Both(0, 0, _));
        let differs = |m: &Matched| match sides(m) {
            [Some(a), Some(b)] => of.iter().any(|of| of(a) != of(b)),
            _ => true,
        };
        let parts = || pairs.iter().enumerate().filter(|(_, m)| !is_robot(m));
        let mut rows: Vec<(usize, &Matched)> = parts().filter(|(_, m)| differs(m)).collect();
        let (all, unchanged) = (rows.len(), parts().count() - rows.len());
        let shown = |m: &Matched| sides(m)[1].or(sides(m)[0]);
        // There is nothing of what a robot does not have, and it weighs nothing; what is unknown is no difference.
        let amount = |part: Option<&Part>, of: Of| part.map_or(Some(0.0), of);
        let minus = |m: &Matched, of: Of| {
            let [a, b] = sides(m);
            Some(amount(b, of)? - amount(a, of)?)
        };
        let direct = |at: usize| moved.direct.contains(&at);
        // Parts are read before what they are made of.
        let is_substance = |m: &Matched| {
            let stage = shown(m).and_then(|p| p.stage.as_deref());
            stage.is_some_and(|stage| substance_stages().any(|s| *s == stage))
        };
        rows.sort_by(|(i, x), (j, y)| {
            let size = |m: &Matched, of: Of| minus(m, of).map_or(0.0, f64::abs);
            direct(*j)
                .cmp(&direct(*i))
                .then(is_substance(x).cmp(&is_substance(y)))
                .then(size(y, of[1]).total_cmp(&size(x, of[1])))
                .then(size(y, of[2]).total_cmp(&size(x, of[2])))
                .then(x.key.cmp(&y.key))
        });
        rows.truncate(most.unwrap_or(usize::MAX));
        let column = |k: usize, of: Of| rows.iter().map(|(_, m)| amount(sides(m)[k], of)).collect::<Vec<_>>();
        let difference = |of: Of| rows.iter().map(|(_, m)| minus(m, of)).collect::<Vec<_>>();
        let what = |m: &Matched| match m.pair {
            Pair::Removed(_) => What::Removed,
            Pair::Added(_) => What::Added,
            Pair::Both(x, y, _) if self.a.parts[x].quantity != self.b.parts[y].quantity => What::Quantity,
            Pair::Both(..) => What::Changed,
        };
        let why = |at: usize| if direct(at) { "why-direct" } else { "why-follows" };
        let units = || rows.iter().map(|(_, m)| shown(m).map_or(Unit::None, |p| p.unit)).collect::<Vec<_>>();
        let by = |m: &Matched| match m.pair {
            Pair::Both(.., by) => by.word(),
            _ => String::new(),
        };
        let stage = |m: &Matched| {
            shown(m).and_then(|p| p.stage.as_ref()).map_or_else(String::new, |s| format!("stage-{s}"))
        };
        let supply = |m: &Matched| match shown(m) {
            Some(part) if part.bought => "word-buy",
            _ => "word-make",
        };
        let mut builder =
            Table::builder("lines", "table-compare-lines", rows.iter().map(|(_, m)| m.key.clone()))
                .names("item", rows.iter().map(|(_, m)| shown(m).map_or_else(String::new, |p| p.id.clone())))
                .words("what", rows.iter().map(|(_, m)| what(m).word()))
                .header("col-compare-what")
                .words("why", rows.iter().map(|(at, _)| why(*at)))
                .header("col-compare-why");
        builder = builder
            .number_by_row("a_quantity", units(), column(0, of[0]))
            .unexplained()
            .header(self.header("a-quantity", self.a))
            .number_by_row("b_quantity", units(), column(1, of[0]))
            .unexplained()
            .header(self.header("b-quantity", self.b))
            .number_by_row("quantity_difference", units(), difference(of[0]))
            .unexplained();
        let each = |builder: TableBuilder, names: [&'static str; 3], unit: Unit, of: Of| {
            builder
                .number(names[0], unit, column(0, of))
                .unexplained()
                .header(self.header(&names[0].replace('_', "-"), self.a))
                .number(names[1], unit, column(1, of))
                .unexplained()
                .header(self.header(&names[1].replace('_', "-"), self.b))
                .number(names[2], unit, difference(of))
                .unexplained()
        };
        builder = each(builder, ["a_mass", "b_mass", "mass_difference"], Unit::Kg, of[1]);
        builder = each(builder, ["a_cost", "b_cost", "cost_difference"], Unit::Usd, of[2]);
        builder = builder
            .words("stage", rows.iter().map(|(_, m)| stage(m)))
            .words("supply", rows.iter().map(|(_, m)| supply(m)))
            .words("matched", rows.iter().map(|(_, m)| by(m)))
            .note(Message::new("note-compare-lines").integer("unchanged", unchanged as i64));
        if rows.len() < all {
            let note = Message::new("note-shown").integer("shown", rows.len() as i64);
            builder = builder.note(note.integer("all", all as i64));
        }
        builder.build()
    }

    /// Which change moved which number, `most` of each.
    pub(super) fn moved(
        &self,
        pairs: &[Matched],
        moved: &Moved,
        most: Option<usize>,
    ) -> Result<Table, TableError> {
        struct Line {
            key: String,
            number: String,
            item: String,
            what: Option<What>,
            unit: Unit,
            effect: f64,
            share: Option<f64>,
        }
        let mut rows: Vec<Line> = vec![];
        let mut left_out = 0;
        for (k, effects) in moved.effects.iter().enumerate() {
            let (a, b) = (&self.a.linear[k], &self.b.linear[k]);
            // A number that is unknown on one side has not moved by anything that could be told.
            let Some(difference) = a.value.zip(b.value).map(|(a, b)| b - a) else { continue };
            let share = |effect: f64| Some(effect / difference).filter(|s| s.is_finite());
            let line = |key: &str, item: String, what, effect| Line {
                key: format!("{}/{key}", a.key),
                number: a.key.clone(),
                item,
                what,
                unit: a.unit.or(b.unit).unwrap_or_default(),
                effect,
                share: share(effect),
            };
            let shown = &effects[..effects.len().min(most.unwrap_or(usize::MAX))];
            for e in shown {
                let matched = &pairs[e.pair];
                let id = match matched.pair {
                    Pair::Removed(x) => &self.a.parts[x].id,
                    Pair::Added(y) | Pair::Both(_, y, _) => &self.b.parts[y].id,
                };
                rows.push(line(&matched.key, id.clone(), Some(e.what), e.effect));
            }
            let rest = &effects[shown.len()..];
            if !rest.is_empty() {
                left_out += rest.len();
                let sum = rest.iter().map(|e| e.effect).sum();
                rows.push(line(REST, REST.to_owned(), None, sum));
            }
            // What does not go by lines: ores that are shared by what they give.
            let beyond = difference - effects.iter().map(|e| e.effect).sum::<f64>();
            let size = a.value.unwrap_or(0.0).abs().max(b.value.unwrap_or(0.0).abs());
            if beyond.abs() > ROUNDING * size {
                rows.push(line(BEYOND, BEYOND.to_owned(), None, beyond));
            }
        }
        let builder = Table::builder("moved", "table-compare-moved", rows.iter().map(|r| r.key.clone()))
            .names("number", rows.iter().map(|r| r.number.clone()))
            .header("col-compare-moved")
            .names("item", rows.iter().map(|r| r.item.clone()))
            .header("col-compare-by")
            .words("what", rows.iter().map(|r| r.what.map_or_else(String::new, What::word)))
            .header("col-compare-what")
            .number_by_row("effect", rows.iter().map(|r| r.unit), rows.iter().map(|r| r.effect))
            .unexplained()
            .header("col-compare-effect")
            .number("share", Unit::Fraction, rows.iter().map(|r| r.share))
            .unexplained()
            .header("col-compare-share")
            .absent("absent-none")
            .note(Message::new("note-compare-moved"));
        match left_out {
            0 => builder,
            n => builder.note(Message::new("note-compare-rest").integer("changes", n as i64)),
        }
        .build()
    }
}
