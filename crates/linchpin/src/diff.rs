//! What changed between two atlases: rows, figures, and the numbers of `brief` that moved.

use crate::atlas::{Atlas, Cells, Figure, Sheet};
use crate::book::stamp;
use crate::model::{figure_label, labels};
use linchpin_table::{Answer, Message, Table, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Two numbers nearer than this are the same.
const SAME: f64 = 1e-9;

/// What changed in the rows of two atlases, and in the answers to one request on both; on a screen the first `rows` of each.
pub fn diff(
    before: &Atlas,
    after: &Atlas,
    answers: (&Answer, &Answer),
    rows: Option<usize>,
) -> Result<Answer, TableError> {
    let mut answer = Answer::new(stamp(after, "diff"));
    answer.labels = labels(before);
    answer.labels.extend(labels(after));
    let changes = changes(before, after);
    let count = |what: Change| changes.iter().filter(|c| c.what == what).count() as i64;
    answer.headlines.push(
        Message::new("diff-title")
            .text("before", before.hash.get(..12).unwrap_or_default())
            .text("after", after.hash.get(..12).unwrap_or_default())
            .integer("added", count(Change::Added))
            .integer("removed", count(Change::Removed))
            .integer("changed", count(Change::Changed)),
    );
    answer.tables.push(counts(&changes)?);
    let figures = figures(before, after);
    for (address, _, new) in &figures {
        let atlas = if new.is_some() { after } else { before };
        if let Some(id) = atlas.figures.find(address) {
            let label = figure_label(atlas, &answer.labels, id);
            answer.labels.insert(address.clone(), label);
        }
    }
    answer.tables.push(figures_table(&figures, rows)?);
    answer.tables.push(moved_table(answers.0, answers.1, rows)?);
    answer.tables.push(rows_table(&changes, rows)?);
    Ok(answer)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Added,
    Removed,
    Changed,
}

impl Change {
    fn word(self) -> &'static str {
        match self {
            Change::Added => "diff-added",
            Change::Removed => "diff-removed",
            Change::Changed => "diff-changed",
        }
    }
}

/// A row that is not the same in both.
struct Changed {
    table: &'static str,
    key: String,
    what: Change,
}

/// Rows that differ, by table and key.
fn changes(before: &Atlas, after: &Atlas) -> Vec<Changed> {
    let mut changes = vec![];
    for schema in &crate::atlas::Schema::get().tables {
        let table = schema.name.as_str();
        let (old, new) = (by_key(before.sheet(table)), by_key(after.sheet(table)));
        let keys: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for key in keys {
            let what = match (old.get(key), new.get(key)) {
                (None, _) => Change::Added,
                (_, None) => Change::Removed,
                (old, new) if old == new => continue,
                _ => Change::Changed,
            };
            changes.push(Changed { table, key: key.to_owned(), what });
        }
    }
    changes
}

/// The cells of every row. All sheets of a table have the columns of the schema.
fn by_key(sheet: &Sheet) -> BTreeMap<&str, &Cells> {
    sheet.rows.iter().map(|row| (row.key.as_str(), &row.cells)).collect()
}

fn counts(changes: &[Changed]) -> Result<Table, TableError> {
    let tables: BTreeSet<&str> = changes.iter().map(|c| c.table).collect();
    let count = |what: Change| {
        let of = |table: &&str| changes.iter().filter(|c| c.table == *table && c.what == what).count() as i64;
        tables.iter().map(of).collect::<Vec<_>>()
    };
    Table::builder("tables", Message::new("table-diff-tables"), tables.iter().copied())
        .text("table", tables.iter().map(|t| (*t).to_owned()))
        .integer("added", Unit::None, count(Change::Added))
        .unexplained()
        .integer("removed", Unit::None, count(Change::Removed))
        .unexplained()
        .integer("changed", Unit::None, count(Change::Changed))
        .unexplained()
        .build()
}

type Pair<'a> = (String, Option<&'a Figure>, Option<&'a Figure>);

/// Figures whose value or range differs, those of both first, the largest ratio first, then those of one, by address.
fn figures<'a>(before: &'a Atlas, after: &'a Atlas) -> Vec<Pair<'a>> {
    let index = |atlas: &'a Atlas| {
        atlas.figures.iter().map(|(_, f)| (f.address.as_str(), f)).collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (index(before), index(after));
    let addresses: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let pair = |address: &str| (address.to_owned(), old.get(address).copied(), new.get(address).copied());
    let numbers = |f: &Figure| [f.value, f.low, f.high];
    let mut pairs: Vec<Pair<'a>> = addresses
        .into_iter()
        .map(pair)
        .filter(|(_, old, new)| old.map(numbers) != new.map(numbers))
        .collect();
    let moved = |p: &Pair<'_>| match (p.1.and_then(|f| f.value), p.2.and_then(|f| f.value)) {
        (Some(a), Some(b)) => apart(a, b),
        _ => 0.0,
    };
    let one_sided = |p: &Pair<'_>| p.1.is_none() || p.2.is_none();
    pairs.sort_by(|a, b| {
        one_sided(a).cmp(&one_sided(b)).then(moved(b).total_cmp(&moved(a))).then(a.0.cmp(&b.0))
    });
    pairs
}

/// How far two numbers are apart, as |ln| of their ratio; without end where one is zero or they differ in sign.
fn apart(a: f64, b: f64) -> f64 {
    match b / a {
        _ if a == b => 0.0,
        ratio if ratio > 0.0 && ratio.is_finite() => ratio.ln().abs(),
        _ => f64::INFINITY,
    }
}

fn figures_table(figures: &[Pair<'_>], rows: Option<usize>) -> Result<Table, TableError> {
    let shown = &figures[..figures.len().min(rows.unwrap_or(usize::MAX))];
    let addresses = || shown.iter().map(|p| p.0.clone()).collect::<Vec<_>>();
    let unit = |p: &Pair<'_>| p.2.or(p.1).map_or(Unit::None, |f| f.unit);
    let of = |get: fn(&Figure) -> Option<f64>, new: bool| {
        shown.iter().map(move |p| if new { p.2 } else { p.1 }.and_then(get)).collect::<Vec<_>>()
    };
    let what = |p: &Pair<'_>| match (p.1, p.2) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    Table::builder("figures", Message::new("table-diff-figures"), addresses())
        .names("figure", addresses())
        .words("what", shown.iter().map(|p| what(p).word().to_owned()))
        .range_by_row(
            ["before", "before_low", "before_high"],
            shown.iter().map(unit),
            of(|f| f.value, false),
            of(|f| f.low, false),
            of(|f| f.high, false),
        )
        .unexplained()
        .range_by_row(
            ["after", "after_low", "after_high"],
            shown.iter().map(unit),
            of(|f| f.value, true),
            of(|f| f.low, true),
            of(|f| f.high, true),
        )
        .unexplained()
        .note(shown_of(shown.len(), figures.len()))
        .build()
}

fn shown_of(shown: usize, all: usize) -> Message {
    Message::new("note-diff-rows").integer("shown", shown as i64).integer("all", all as i64)
}

/// Numbers of two answers to one request that are not the same, the farthest apart first. Which assumptions a page names is
/// none of its numbers; their figures stand in the table of figures.
fn moved_table(old: &Answer, new: &Answer, rows: Option<usize>) -> Result<Table, TableError> {
    let index = |answer: &Answer| {
        answer.numbers().map(|(address, value, unit)| (address, (value, unit))).collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (index(old), index(new));
    let addresses: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |of: &BTreeMap<String, (Option<f64>, Unit)>, address: &str| of.get(address).and_then(|n| n.0);
    let mut moved: Vec<(&String, Option<f64>, Option<f64>, f64)> = addresses
        .into_iter()
        .map(|address| {
            let (a, b) = (value(&before, address), value(&after, address));
            let far = match (a, b) {
                (Some(a), Some(b)) => apart(a, b),
                (None, None) => 0.0,
                _ => f64::INFINITY,
            };
            (address, a, b, far)
        })
        .filter(|m| m.3 > SAME && !m.0.contains("/weightiest/"))
        .collect();
    moved.sort_by(|a, b| b.3.total_cmp(&a.3).then(a.0.cmp(b.0)));
    let shown = &moved[..moved.len().min(rows.unwrap_or(usize::MAX))];
    let unit = |address: &str| after.get(address).or(before.get(address)).map_or(Unit::None, |n| n.1);
    let units = || shown.iter().map(|m| unit(m.0)).collect::<Vec<_>>();
    let ratio = |m: &(&String, Option<f64>, Option<f64>, f64)| Some(m.2? / m.1?).filter(|r| r.is_finite());
    Table::builder("moved", Message::new("table-diff-moved"), shown.iter().map(|m| m.0.clone()))
        .text("address", shown.iter().map(|m| m.0.clone()))
        .number_by_row("before", units(), shown.iter().map(|m| m.1))
        .unexplained()
        .number_by_row("after", units(), shown.iter().map(|m| m.2))
        .unexplained()
        .number("ratio", Unit::None, shown.iter().map(ratio))
        .unexplained()
        .note(shown_of(shown.len(), moved.len()))
        .build()
}

fn rows_table(changes: &[Changed], rows: Option<usize>) -> Result<Table, TableError> {
    let shown = &changes[..changes.len().min(rows.unwrap_or(usize::MAX))];
    let keys = shown.iter().map(|c| format!("{}/{}", c.table, c.key));
    Table::builder("rows", Message::new("table-diff-rows"), keys)
        .text("table", shown.iter().map(|c| c.table.to_owned()))
        .text("row", shown.iter().map(|c| c.key.clone()))
        .words("what", shown.iter().map(|c| c.what.word().to_owned()))
        .note(shown_of(shown.len(), changes.len()))
        .build()
}
