//! The tables of `compare`.

use super::matched::{Matched, Pair};
use super::moved::{Moved, What};
use super::number::{Number, Told, difference, difference_of};
use super::side::{Lost, Row, SHARES, Side, Switched};
use crate::explode::substance_stages;
use linchpin_table::{Message, Table, TableBuilder, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Two robots beside each other.
pub(super) struct Beside<'s> {
    pub(super) a: &'s Side,
    pub(super) b: &'s Side,
}

/// A row of numbers side by side.
struct Pairing<'s> {
    key: String,
    unit: Unit,
    a: Option<&'s Number>,
    b: Option<&'s Number>,
}

impl<'s> Beside<'s> {
    /// What two numbers are to each other; one that a side does not have is unknown there.
    pub(super) fn difference(&self, a: Option<&Number>, b: Option<&Number>) -> super::number::Difference {
        let unknown = Number::default();
        let (a, b) = (a.unwrap_or(&unknown), b.unwrap_or(&unknown));
        let found = difference((a, &self.a.cells), (b, &self.b.cells));
        match found.told {
            // What lies between two ends of one robot is one number, though nobody knows which.
            Told::Unclear if found.value.is_none() && self.is_one() => {
                super::number::Difference { low: Some(0.0), high: Some(0.0), told: Told::Same, ..found }
            }
            _ => found,
        }
    }

    /// Whether both sides are the same robot on the same data under the same changes.
    fn is_one(&self) -> bool {
        let of = |side: &'s Side| (&side.product, &side.frame.stamp.data_hash, &side.frame.stamp.request);
        of(self.a) == of(self.b)
    }

    /// A number of the table of numbers that stand alone.
    pub(super) fn headline(&self, key: &str) -> [Option<&'s Number>; 2] {
        [self.a, self.b].map(|side| {
            let rows = side.rows.get("headlines").into_iter().flatten();
            rows.into_iter().find(|(k, _)| k == key).map(|(_, row)| &row.number)
        })
    }

    /// Names of the columns of a side are told by the robots.
    fn header(&self, column: &str, of: &Side) -> Message {
        Message::new(format!("col-compare-{column}")).text("name", of.name.as_str())
    }

    /// Two numbers, their difference, and whether they can be told apart.
    fn numbers(&self, builder: TableBuilder, rows: &[Pairing<'_>]) -> TableBuilder {
        let units = || rows.iter().map(|r| r.unit).collect::<Vec<_>>();
        let same = rows.first().map(|r| r.unit).filter(|unit| rows.iter().all(|r| r.unit == *unit));
        let differences: Vec<_> = rows.iter().map(|r| self.difference(r.a, r.b)).collect();
        let three = |builder: TableBuilder, names: [&'static str; 3], of: Vec<[Option<f64>; 3]>| {
            let column = |k: usize| of.iter().map(|v| v[k]).collect::<Vec<_>>();
            let (values, lows, highs) = (column(0), column(1), column(2));
            match same {
                Some(unit) => builder.range(names, unit, values, lows, highs),
                None => builder.range_by_row(names, units(), values, lows, highs),
            }
            .unexplained()
        };
        let ends = |n: Option<&Number>| n.map_or([None; 3], |n| [n.value, n.low, n.high]);
        let builder = three(builder, ["a", "a_low", "a_high"], rows.iter().map(|r| ends(r.a)).collect());
        let builder = builder.header(self.header("a", self.a));
        let builder = three(builder, ["b", "b_low", "b_high"], rows.iter().map(|r| ends(r.b)).collect());
        let builder = builder
            .header(self.header("b", self.b))
            .words("told", differences.iter().map(|d| d.told.word()))
            .header("col-compare-told");
        let names = ["difference", "difference_low", "difference_high"];
        three(builder, names, differences.iter().map(|d| [d.value, d.low, d.high]).collect())
            .header("col-compare-difference")
    }

    /// What each number is about, on both sides.
    fn about(&self, builder: TableBuilder, rows: &[Pairing<'_>]) -> TableBuilder {
        let of = |n: Option<&Number>| n.and_then(|n| n.of.clone()).unwrap_or_default();
        builder
            .names("a_of", rows.iter().map(|r| of(r.a)))
            .header(self.header("a-of", self.a))
            .names("b_of", rows.iter().map(|r| of(r.b)))
            .header(self.header("b-of", self.b))
    }

    /// The rows of a table on both sides, in the order of A, then those of B alone. What an atlas does not have is nothing in
    /// its robot.
    fn pairings<'n>(&'n self, table: &str, nothing: Option<&'n Number>) -> Vec<Pairing<'n>> {
        let rows = |side: &'n Side| side.rows.get(table).map_or(&[][..], Vec::as_slice);
        let of = |side: &'n Side| -> BTreeMap<&'n str, &'n Row> {
            rows(side).iter().map(|(key, row)| (key.as_str(), row)).collect()
        };
        let (a, b) = (of(self.a), of(self.b));
        let mut keys: Vec<&str> = rows(self.a).iter().map(|(key, _)| key.as_str()).collect();
        keys.extend(rows(self.b).iter().map(|(key, _)| key.as_str()).filter(|key| !a.contains_key(key)));
        let pairing = |key: &str| {
            let (x, y) = (a.get(key), b.get(key));
            let unit = x.or(y).map_or(Unit::None, |row| row.unit);
            let number = |row: Option<&&'n Row>| row.map(|row| &row.number).or(nothing);
            Pairing { key: key.to_owned(), unit, a: number(x), b: number(y) }
        };
        keys.into_iter().map(pairing).collect()
    }

    /// The numbers that stand alone.
    pub(super) fn headlines(&self) -> Result<Table, TableError> {
        let rows = self.pairings("headlines", None);
        // What leaving costs is told by the country that is left.
        let left = |key: &str| key.split_once(':').map(|(_, country)| country.to_owned());
        let word = |key: &str| format!("number-{}", key.split(':').next().unwrap_or(key).replace('_', "-"));
        let builder =
            Table::builder("headlines", "table-compare-headlines", rows.iter().map(|r| r.key.clone()))
                .words("number", rows.iter().map(|r| word(&r.key)))
                .header("col-compare-number");
        let builder = self.numbers(builder, &rows);
        let of = |n: Option<&Number>, key: &str| {
            n.and_then(|n| n.of.clone()).or_else(|| left(key)).unwrap_or_default()
        };
        builder
            .names("a_of", rows.iter().map(|r| of(r.a, &r.key)))
            .header(self.header("a-of", self.a))
            .names("b_of", rows.iter().map(|r| of(r.b, &r.key)))
            .header(self.header("b-of", self.b))
            .note(Message::new("note-compare-told"))
            .note(Message::new("note-compare-headlines"))
            .build()
    }

    /// Masses of one robot, of what at least one of them has.
    fn masses(
        &self,
        name: &'static str,
        column: &'static str,
        sorted: bool,
    ) -> Result<TableBuilder, TableError> {
        let nothing = Number::exact(0.0);
        let mut rows = self.pairings(name, Some(&nothing));
        let size = |n: Option<&Number>| n.and_then(|n| n.value).unwrap_or(f64::INFINITY);
        rows.retain(|r| size(r.a) != 0.0 || size(r.b) != 0.0);
        if sorted {
            rows.sort_by(|x, y| {
                let most = |r: &Pairing<'_>| size(r.a).max(size(r.b));
                most(y).total_cmp(&most(x)).then(x.key.cmp(&y.key))
            });
        }
        let keys = || rows.iter().map(|r| r.key.clone());
        let title = Message::new(format!("table-compare-{name}"));
        let builder = Table::builder(name, title, keys()).names(column, keys());
        let builder = self.numbers(builder, &rows);
        let assumed = |n: Option<&Number>| n.and_then(|n| n.assumed);
        Ok(builder
            .number("a_assumed", Unit::Fraction, rows.iter().map(|r| assumed(r.a)))
            .unexplained()
            .header(self.header("a-assumed", self.a))
            .number("b_assumed", Unit::Fraction, rows.iter().map(|r| assumed(r.b)))
            .unexplained()
            .header(self.header("b-assumed", self.b)))
    }

    pub(super) fn elements(&self) -> Result<Table, TableError> {
        self.masses("elements", "element", false)?.build()
    }

    pub(super) fn materials(&self) -> Result<Table, TableError> {
        self.masses("materials", "material", true)?.build()
    }

    pub(super) fn magnets(&self) -> Result<Table, TableError> {
        self.masses("magnets", "item", true)?.build()
    }

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
        let builder = self.about(self.numbers(builder, &rows), &rows);
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
            .note(Message::new("note-compare-switch").integer("weeks", i64::from(crate::disrupt::WEEKS)))
            .build()
    }

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
        type Of = fn(&super::parts::Part) -> Option<f64>;
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
        let amount = |part: Option<&super::parts::Part>, of: Of| part.map_or(Some(0.0), of);
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
            builder = builder.note(shown_of(rows.len(), all));
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
                unit: a.unit,
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

/// Key and name of the row of all other changes.
pub(super) const REST: &str = "others";
/// Key and name of the row of what goes by no line.
pub(super) const BEYOND: &str = "beyond_lines";
/// A part of a number that is rounding.
const ROUNDING: f64 = 1e-9;

fn shown_of(shown: usize, all: usize) -> Message {
    Message::new("note-shown").integer("shown", shown as i64).integer("all", all as i64)
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
