//! Numbers of two robots in one table, and the tables of what they weigh, cost, hold and depend on. Losses are in
//! [`super::losses`], changes in [`super::changed`].

use super::matched::{Matched, Pair, anonymous};
use super::number::{Cells, Difference, Number, Told, difference};
use super::side::{Row, Side};
use linchpin_table::{Message, Table, TableBuilder, TableError, Unit};
use std::collections::BTreeMap;

/// Two robots beside each other.
pub(super) struct Beside<'s> {
    pub(super) a: &'s Side,
    pub(super) b: &'s Side,
    /// Figures with a range, each under an address that is the same on both sides.
    cells: [Cells; 2],
}

/// A row of numbers side by side.
pub(super) struct Pairing<'s> {
    pub(super) key: String,
    pub(super) unit: Unit,
    pub(super) a: Option<&'s Number>,
    pub(super) b: Option<&'s Number>,
}

impl<'s> Beside<'s> {
    pub(super) fn new(a: &'s Side, b: &'s Side, pairs: &[Matched]) -> Beside<'s> {
        let cells = [(a, 0), (b, 1)].map(|(side, which)| cells(side, &keys(side, pairs, which)));
        Beside { a, b, cells }
    }

    /// What two numbers are to each other; one that a side does not have is unknown there.
    pub(super) fn difference(&self, a: Option<&Number>, b: Option<&Number>) -> Difference {
        let unknown = Number::default();
        let (a, b) = (a.unwrap_or(&unknown), b.unwrap_or(&unknown));
        let found = difference((a, &self.cells[0]), (b, &self.cells[1]));
        match found.told {
            // What lies between two ends of one robot is one number, though nobody knows which.
            Told::Unclear if found.value.is_none() && self.is_one() => {
                Difference { low: Some(0.0), high: Some(0.0), told: Told::Same, ..found }
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
    pub(super) fn header(&self, column: &str, of: &Side) -> Message {
        Message::new(format!("col-compare-{column}")).text("name", of.name.as_str())
    }

    /// Two numbers, their difference, and whether they can be told apart.
    pub(super) fn numbers(&self, builder: TableBuilder, rows: &[Pairing<'_>]) -> TableBuilder {
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

    /// What each number is about, on both sides; `else_` for one that does not say.
    pub(super) fn about<'p>(
        &self,
        builder: TableBuilder,
        rows: &'p [Pairing<'p>],
        else_: impl Fn(&'p Pairing<'p>) -> String,
    ) -> TableBuilder {
        let of = |row: &'p Pairing<'p>, n: Option<&Number>| {
            n.and_then(|n| n.of.clone()).unwrap_or_else(|| else_(row))
        };
        builder
            .names("a_of", rows.iter().map(|r| of(r, r.a)))
            .header(self.header("a-of", self.a))
            .names("b_of", rows.iter().map(|r| of(r, r.b)))
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
        self.about(builder, &rows, |r| left(&r.key).unwrap_or_default())
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
}

/// Keys of the parts of a side that are in both, by id.
fn keys<'m>(side: &Side, pairs: &'m [Matched], which: usize) -> BTreeMap<String, &'m str> {
    let both = pairs.iter().filter_map(|m| match m.pair {
        Pair::Both(x, y, _) => Some((side.parts[[x, y][which]].id.clone(), m.key.as_str())),
        Pair::Removed(_) | Pair::Added(_) => None,
    });
    both.collect()
}

/// The cells of a side. In an address of a robot of one's own a part that is in both is read as the key of the pair, and the
/// name of the robot does not count, so that the figures of two revisions of a part are one unknown.
fn cells(side: &Side, keys: &BTreeMap<String, &str>) -> Cells {
    if !side.is_own {
        return side.cells.clone();
    }
    let read = |part: &str| {
        let (before, id) = part.strip_prefix("make_").map_or(("", part), |id| ("make_", id));
        match keys.get(id) {
            Some(key) => format!("{before}{key}"),
            None => anonymous(part, &side.own_word),
        }
    };
    side.cells.iter().map(|(figure, cell)| (*figure, cell.at(read))).collect()
}
