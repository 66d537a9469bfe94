//! One revision: its day, its lines, and what each is worth.

use crate::bom::{self, Bom, normal};
use crate::cost::{Asked, Costs, Rates};
use crate::file::{self, Limits};
use crate::import::{ImportFault, no_model, no_tree, said_beside};
use crate::left_out::{day as today, left_out};
use crate::model;
use crate::price_lists::tell_apart;
use crate::table;
use linchpin::atlas::Atlas;
use linchpin::backtest::Date;
use linchpin::context::Context;
use std::collections::BTreeMap;
use std::path::Path;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Day {
    /// A day as `2026-03-01` or `20260301`.
    pub fn parse(text: &str) -> Option<Day> {
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
        if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| digits[range].parse::<u16>().ok();
        let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u16::from(leap),
            _ => return None,
        };
        let sound = (1990..=2199).contains(&year) && (1..=length).contains(&day);
        sound.then_some(Day { year, month: month as u8, day: day as u8 })
    }

    /// The only day that stands in the name of a file: eight digits by themselves, with lines or points between year, month and day or
    /// without.
    pub(crate) fn within(name: &str) -> Option<Day> {
        let mut found: Vec<Day> = vec![];
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        for run in name.split(|c| !is_part(c)) {
            let marks: Vec<&str> = run.split(['-', '_', '.']).filter(|p| !p.is_empty()).collect();
            for at in 0..marks.len() {
                let one = Day::parse(marks[at]);
                let three =
                    marks.get(at..at + 3).filter(|p| p[0].len() == 4 && p[1].len() == 2 && p[2].len() == 2);
                found.extend(one.or_else(|| Day::parse(&three?.concat())));
            }
        }
        found.dedup();
        if let [one] = found.as_slice() { Some(*one) } else { None }
    }

    /// The day on the calendar.
    pub(crate) fn date(self) -> Date {
        Date::of(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    /// The month, as `2026-03`.
    pub(crate) fn month(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    pub(crate) fn text(self) -> String {
        format!("{}-{:02}", self.month(), self.day)
    }
}

/// A line of a revision.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) called: String,
    /// How many are in one product.
    pub(crate) quantity: f64,
    /// Dollars for one, if that is told.
    pub(crate) price: Option<f64>,
    /// All else that is said of it.
    pub(crate) said: String,
}

impl Entry {
    /// Dollars of it in one product.
    pub(crate) fn value(&self) -> Option<f64> {
        Some(self.price? * self.quantity)
    }
}

/// A revision.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) file: String,
    pub(crate) day: Day,
    /// Whether it is a robot's model: its lines are links and joints.
    pub(crate) is_model: bool,
    /// Lines by what tells each from others in all revisions: its part number, else its name.
    pub(crate) entries: BTreeMap<String, Entry>,
}

/// Reads a revision.
pub(crate) fn snapshot(
    atlas: &Atlas,
    path: &Path,
    day: Day,
    rates: &Rates,
    context: &Context,
) -> Result<Snapshot, Vec<ImportFault>> {
    let file = super::name(path);
    let is_model = model::is_model(path);
    let entries = if is_model { of_model(path, context)? } else { of_list(atlas, path, rates, context)? };
    Ok(Snapshot { file, day, is_model, entries })
}

/// Links and joints of a model.
fn of_model(path: &Path, context: &Context) -> Result<BTreeMap<String, Entry>, Vec<ImportFault>> {
    let robots = model::read(path, &model::Limits::default(), context).map_err(no_model)?;
    let mut entries = BTreeMap::new();
    for robot in &robots {
        for link in &robot.links {
            let said = link.mass.map_or(String::new(), |m| format!("{m} kg"));
            let entry = Entry { called: link.name.clone(), quantity: 1.0, price: None, said };
            entries.insert(format!("link {}", link.name), entry);
        }
        for joint in &robot.joints {
            let limit = |l: Option<f64>| l.map_or("–".to_owned(), |l| l.to_string());
            let said = format!("{:?} {} {}", joint.kind, limit(joint.effort), limit(joint.velocity));
            let entry = Entry { called: joint.name.clone(), quantity: 1.0, price: None, said };
            entries.insert(format!("joint {}", joint.name), entry);
        }
    }
    Ok(entries)
}

/// Parts of a list.
fn of_list(
    atlas: &Atlas,
    path: &Path,
    rates: &Rates,
    context: &Context,
) -> Result<BTreeMap<String, Entry>, Vec<ImportFault>> {
    let read = file::read(path, &Limits::default(), context).map_err(|e| vec![e.into()])?;
    let sheets = read.sheets;
    let mut tables: Vec<_> = sheets.iter().enumerate().flat_map(|(at, s)| table::tables(s, at)).collect();
    tell_apart(&mut tables, &sheets);
    let today = today(&atlas.package.as_of);
    for table in &mut tables {
        table.left_out = left_out(table, &sheets[table.sheet], today);
    }
    let lines = bom::lines(&sheets, &tables);
    let file = super::name(path);
    if lines.lines.is_empty() {
        return Err(vec![ImportFault::NoParts(vec![file])]);
    }
    let names = vec![file; sheets.len()];
    let bom = Bom::new(&lines, &tables, &sheets)
        .map_err(|faults| no_tree(faults, &lines, &tables, &sheets, &names))?;
    let (totals, needs) = (bom.totals(), bom.needs());
    let costs = Costs::new(&Asked {
        bom: &bom,
        needs: &needs,
        lines: &lines,
        vendors: &[],
        rates,
        volume: 1.0,
        chinese: false,
    });
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (at, part) in bom.parts.iter().enumerate().filter(|(at, _)| bom.product != Some(*at)) {
        let first = part.lines.first().map(|line| &lines.lines[*line]);
        let called = bom.title(at, &lines.lines).trim().to_owned();
        let number = first.map_or("", |line| line.number);
        let said = first.into_iter().flat_map(|line| {
            let own = [line.name.trim(), line.maker, line.bought_as].into_iter();
            own.chain(said_beside(line)).filter(|text| !text.is_empty())
        });
        let said = said.collect::<Vec<_>>().join("; ");
        // What an assembly costs stands with its parts.
        let price = costs.price(at).filter(|_| part.children.is_empty()).map(|usd| usd.value);
        let key = if number.is_empty() { normal(&called) } else { normal(number) };
        // Several parts of one name are told apart by their order.
        let mut free = key.clone();
        let mut times = 1;
        while entries.contains_key(&free) {
            times += 1;
            free = format!("{key} #{times}");
        }
        entries.insert(free, Entry { called, quantity: totals[at], price, said });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_in_the_name() {
        for name in ["bom_2026-03-01.xlsx", "20260301 bom.csv", "r1.2026.03.01.csv", "BOM-v12_20260301.csv"] {
            assert_eq!(Day::within(name).map(Day::text), Some("2026-03-01".to_owned()), "{name}");
        }
        for name in [
            "bom.xlsx",
            "bom_2026-13-01.csv",
            "bom_2026-02-30.csv",
            "20260301_20260302.csv",
            "part_12345678.csv",
        ] {
            assert_eq!(Day::within(name), None, "{name}");
        }
    }
}
