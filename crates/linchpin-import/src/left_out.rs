//! Rows that list something and do not count: out of their time, closed, texts, alternatives, stock that is not free.

use crate::bom::above::Above;
use crate::bom::{depth, normal};
use crate::column::{Column, Role, words};
use crate::number::plain;
use crate::quantity::{MINUS, quantity};
use crate::sheet::{Row, Sheet};
use crate::table::{Kind, RowKind, Table};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Why a row does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeftOut {
    /// Its last day is over.
    Over,
    /// Its first day is to come.
    Early,
    /// It is said to be closed, deleted or no longer used.
    Closed,
    /// It is said not to be approved yet.
    Unapproved,
    /// Another line is used in its place.
    Alternative,
    /// It is a text or a document.
    Text,
    /// It comes out of what is made and does not go in.
    ByProduct,
    /// It goes into what is left out.
    Inside,
    /// It lies in a store of what may not be used.
    NotFree,
    /// It is said not to be put in.
    NotFitted,
    /// It stands below a heading of spare parts.
    Spare,
}

impl LeftOut {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            LeftOut::Over => "import-out-over",
            LeftOut::Early => "import-out-early",
            LeftOut::Closed => "import-out-closed",
            LeftOut::Unapproved => "import-out-unapproved",
            LeftOut::Alternative => "import-out-alternative",
            LeftOut::Text => "import-out-text",
            LeftOut::ByProduct => "import-out-by-product",
            LeftOut::Inside => "import-out-inside",
            LeftOut::NotFree => "import-out-not-free",
            LeftOut::NotFitted => "import-out-not-fitted",
            LeftOut::Spare => "import-out-spare",
        }
    }
}

/// States of a line that no longer holds, and of one that does not hold yet.
const CLOSED: [&str; 26] = [
    "失效",
    "已失效",
    "停用",
    "已停用",
    "作废",
    "已作废",
    "禁用",
    "关闭",
    "已关闭",
    "行关闭",
    "删除",
    "已删除",
    "inactive",
    "deleted",
    "closed",
    "cancelled",
    "canceled",
    "void",
    "expired",
    "discontinued",
    "invalid",
    "not in use",
    "not used",
    "unused",
    "未使用",
    "不使用",
];
const UNAPPROVED: [&str; 9] = [
    "未审核",
    "未审批",
    "待审核",
    "待审批",
    "not approved",
    "unapproved",
    "not released",
    "unreleased",
    "draft",
];
/// What stands for no in a column of marks.
const NO: [&str; 12] = ["", "no", "n", "0", "false", "否", "-", "/", "无", "open", "未关闭", "none"];
/// What stands for yes there.
const YES: [&str; 8] = ["yes", "y", "x", "1", "true", "是", "√", "✓"];
/// Words of lines that stand for another, and of the line that they stand for.
const ALTERNATIVES: [&str; 7] =
    ["替代", "代用", "备选", "alternative", "alternate", "substitute", "2nd source"];
const MAIN: [&str; 5] = ["main", "主", "标准", "standard", "primary"];
/// Sorts of lines that are texts or documents, and that come out of what is made.
const TEXTS: [&str; 7] = ["t", "d", "text", "document", "text item", "document item", "文本"];
const BY_PRODUCTS: [&str; 7] =
    ["返还", "副产品", "联产品", "by-product", "by product", "co-product", "byproduct"];
/// What is said of parts that are not put in.
const NOT_FITTED: [&str; 16] = [
    "dnp",
    "dni",
    "dnf",
    "do not populate",
    "do not place",
    "do not install",
    "do not fit",
    "do not mount",
    "not fitted",
    "not populated",
    "not placed",
    "not mounted",
    "不贴",
    "不装",
    "不焊",
    "未使用",
];
/// Words of headings of spare parts.
const SPARES: [&str; 6] = ["spare", "not in robot", "not installed", "备件", "备品", "不装机"];
/// Words of stores of what may not be used.
const NOT_FREE: [&str; 15] = [
    "不良",
    "不合格",
    "待检",
    "报废",
    "冻结",
    "退货",
    "隔离",
    "blocked",
    "blk",
    "quarantine",
    "inspection",
    "scrap",
    "reject",
    "defect",
    "restricted",
];

/// A day: year, month, day.
type Day = (u32, u32, u32);

/// The days that a text may mean; none if it is no date. Of `07/06/2026` both.
fn days(text: &str) -> Vec<Day> {
    let text = plain(text);
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let is_day = |(_, month, day): &Day| (1..=12).contains(month) && (1..=31).contains(day);
    let found: Vec<Day> = match numbers.as_deref() {
        Some([all]) if parts[0].len() == 8 => vec![(all / 10_000, all / 100 % 100, all % 100)],
        Some([year, month, day]) if parts[0].len() == 4 => vec![(*year, *month, *day)],
        Some([day, month, year]) if parts[2].len() == 4 && text.contains('.') => vec![(*year, *month, *day)],
        Some([a, b, year]) if parts[2].len() == 4 => vec![(*year, *a, *b), (*year, *b, *a)],
        _ => vec![],
    };
    found.into_iter().filter(is_day).collect()
}

/// The day of an atlas.
pub(crate) fn day(as_of: &str) -> Option<(u32, u32, u32)> {
    days(as_of).first().copied()
}

/// Rows whose days are no dates, with the role of the cell.
pub(crate) fn undated<'s>(table: &Table, row: Row<'s>) -> Vec<(Role, &'s str)> {
    let told = [Role::ValidFrom, Role::ValidTo].map(|role| (role, table.text(row, role).trim()));
    told.into_iter()
        .filter(|(_, text)| text.contains(char::is_alphanumeric) && days(text).is_empty())
        .collect()
}

/// Whether tables of a kind have lines that hold for a time.
pub(crate) fn is_timed(kind: Kind) -> bool {
    matches!(kind, Kind::Parts | Kind::Vendors)
}

/// The rows of a table that do not count on a day, by their position, and why.
pub(crate) fn left_out(table: &Table, sheet: &Sheet, today: Option<Day>) -> BTreeMap<usize, LeftOut> {
    let mut found = BTreeMap::new();
    if table.kind == Kind::Skip {
        return found;
    }
    let rows = || table.rows.clone().filter_map(|at| sheet.row(at));
    let mut lines: Vec<(Row<'_>, &str)> = vec![];
    let mut spares: BTreeSet<usize> = BTreeSet::new();
    let (mut above, mut is_spare) = (Above::new(sheet, table), false);
    for row in rows() {
        match table.row_kind(sheet, row) {
            RowKind::Section => is_spare = is_spares(table, row),
            RowKind::Line => {
                lines.push((row, above.next(table, row).0));
                spares.extend((is_spare && table.kind == Kind::Parts).then_some(row.position()));
            }
            RowKind::Total | RowKind::Header | RowKind::Blank | RowKind::LeftOut => {}
        }
    }
    // What each line stands below.
    let mut open: Vec<(u32, usize)> = vec![];
    let mut groups: BTreeSet<(usize, String)> = BTreeSet::new();
    for (row, parent) in &lines {
        let here = depth(table, *row);
        while open.last().is_some_and(|(deep, _)| *deep >= here) {
            open.pop();
        }
        let above = open.last().map(|(_, at)| *at);
        open.push((here, row.position()));
        let inside = || above.filter(|at| table.kind == Kind::Parts && found.contains_key(at));
        let group = alternative(table, *row, (above.unwrap_or(usize::MAX), *parent), &mut groups);
        let reason = dated(table, *row, today)
            .or_else(|| stated(table, *row))
            .or_else(|| sorted(table, *row))
            .or_else(|| spares.contains(&row.position()).then_some(LeftOut::Spare))
            .or(group)
            .or_else(|| inside().map(|_| LeftOut::Inside));
        if let Some(reason) = reason {
            found.insert(row.position(), reason);
        }
    }
    if !found.is_empty() && table.column(Role::Parent).is_some() {
        below(table, &lines, &mut found);
    }
    found
}

/// Where a column names what lines go into, what is in nothing but lines that are left out is left out too.
fn below(table: &Table, lines: &[(Row<'_>, &str)], found: &mut BTreeMap<usize, LeftOut>) {
    let mut numbered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut inside: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut open = vec![];
    for (row, parent) in lines {
        let (number, parent) = (normal(table.text(*row, Role::Number).trim()), normal(parent));
        if found.contains_key(&row.position()) {
            open.push(number.clone());
        }
        numbered.entry(number.clone()).or_default().push(row.position());
        inside.entry(parent).or_default().push((row.position(), number));
    }
    while let Some(number) = open.pop() {
        let is_out = !number.is_empty() && numbered[&number].iter().all(|at| found.contains_key(at));
        let rows = inside.get(&number).filter(|_| is_out).into_iter().flatten();
        for (at, number) in rows {
            if let Entry::Vacant(row) = found.entry(*at) {
                row.insert(LeftOut::Inside);
                open.push(number.clone());
            }
        }
    }
}

/// Whether a line is out of its time, by every day that its cells may mean.
fn dated(table: &Table, row: Row<'_>, today: Option<Day>) -> Option<LeftOut> {
    let today = today.filter(|_| is_timed(table.kind))?;
    let all = |role, is_out: &dyn Fn(&Day) -> bool| {
        let days = days(table.text(row, role));
        !days.is_empty() && days.iter().all(is_out)
    };
    match () {
        () if all(Role::ValidTo, &|day| *day < today) => Some(LeftOut::Over),
        () if all(Role::ValidFrom, &|day| *day > today) => Some(LeftOut::Early),
        () => None,
    }
}

/// The texts of all columns of a role.
fn texts(table: &Table, row: Row<'_>, role: Role) -> impl Iterator<Item = String> {
    let columns: Vec<u32> = table.columns.iter().filter(|c| c.role == role).map(|c| c.at).collect();
    columns.into_iter().map(move |at| normal(row.cell(at).trim()))
}

/// Whether a line says that it is closed, not approved, or in a store of what may not be used.
fn stated(table: &Table, row: Row<'_>) -> Option<LeftOut> {
    let has = |role, words: &[&str]| texts(table, row, role).any(|text| words.contains(&text.as_str()));
    let is_closed = texts(table, row, Role::Closed).any(|text| !NO.contains(&text.as_str()));
    let is_locked =
        || texts(table, row, Role::Warehouse).any(|store| NOT_FREE.iter().any(|word| store.contains(word)));
    match () {
        () if is_closed || has(Role::Status, &CLOSED) => Some(LeftOut::Closed),
        () if table.kind == Kind::Parts && is_unfitted(table, row) => Some(LeftOut::NotFitted),
        () if has(Role::Status, &UNAPPROVED) => Some(LeftOut::Unapproved),
        () if table.kind == Kind::Stock && is_locked() => Some(LeftOut::NotFree),
        () => None,
    }
}

/// Whether a line says that its part is not put in: in a column of that, whose header may be for yes or for no, or in so many
/// words in another.
fn is_unfitted(table: &Table, row: Row<'_>) -> bool {
    let says = |text: &str| NOT_FITTED.contains(&text);
    let of_column = |column: &Column| {
        let text = normal(row.cell(column.at).trim());
        let is_no = says(&words(&column.header));
        match column.role {
            Role::Fitted if is_no => says(&text) || YES.contains(&text.as_str()),
            Role::Fitted => says(&text) || !text.is_empty() && NO.contains(&text.as_str()),
            Role::Detail | Role::Status | Role::LineKind => says(&text),
            _ => false,
        }
    };
    table.columns.iter().any(of_column)
}

/// Whether a heading is one of parts that are not in the product.
fn is_spares(table: &Table, row: Row<'_>) -> bool {
    let text = table.cells(row).map(|c| normal(c.1.trim())).collect::<Vec<_>>().join(" ");
    SPARES.iter().any(|word| text.contains(word))
}

/// Whether a line of a list of parts is none of what goes in, by its sort or by a quantity below nothing.
fn sorted(table: &Table, row: Row<'_>) -> Option<LeftOut> {
    let sort = normal(table.text(row, Role::LineKind).trim());
    let holds = |words: &[&str]| words.iter().any(|word| sort.contains(word));
    let amount = plain(table.text(row, Role::Quantity));
    let below = amount.trim().strip_prefix(MINUS).and_then(quantity).is_some_and(|q| q.amount > 0.0);
    match () {
        () if table.kind != Kind::Parts => None,
        () if below || holds(&BY_PRODUCTS) => Some(LeftOut::ByProduct),
        () if TEXTS.contains(&sort.as_str()) => Some(LeftOut::Text),
        () if holds(&ALTERNATIVES) => Some(LeftOut::Alternative),
        () => None,
    }
}

/// Whether a line stands for another: it says so, or it is not the first of its group below one assembly, unless the list
/// says how often each is used.
fn alternative(
    table: &Table,
    row: Row<'_>,
    (above, parent): (usize, &str),
    groups: &mut BTreeSet<(usize, String)>,
) -> Option<LeftOut> {
    let said = normal(table.text(row, Role::Alternative).trim());
    let is_main = NO.contains(&said.as_str()) || MAIN.iter().any(|word| said.contains(word));
    if table.kind != Kind::Parts || is_main || quantity(table.text(row, Role::Probability)).is_some() {
        return None;
    }
    let says_so = YES.contains(&said.as_str()) || ALTERNATIVES.iter().any(|word| said.contains(word));
    let parent = normal(parent);
    (says_so || !groups.insert((above, format!("{parent} {said}")))).then_some(LeftOut::Alternative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in
            ["2026-07-01", "2026/7/1", "20260701", "01.07.2026", "2026年7月1日", "2026-07-01 00:00:00"]
        {
            assert_eq!(days(text), [(2026, 7, 1)], "{text}");
        }
        assert_eq!(days("07/06/2026"), [(2026, 7, 6), (2026, 6, 7)]);
        assert_eq!(days("12/31/2026"), [(2026, 12, 31)]);
        assert!(days("soon").is_empty() && days("46000").is_empty());
    }
}
