//! Where the tables of a sheet begin and end, what they list, and which of their rows are lines.

use crate::column::{self, Column, Role, of_header, ours, price_break, words};
use crate::left_out::LeftOut;
use crate::number::{is_date, leading, plain};
use crate::points::{self, Pointed};
use crate::quantity::quantity;
use crate::sheet::{Row, Sheet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Parts of a product.
    Parts,
    /// Who supplies what.
    Vendors,
    /// What is in stock, ordered or on its way.
    Stock,
    /// What is in parts, by their suppliers.
    Contents,
    /// Nothing that is read.
    Skip,
}

/// Why a table is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// No column says what the rows are.
    NoNames,
    /// No column says how many.
    NoQuantities,
    /// It has no row below its header.
    Empty,
    /// A mapping says so.
    Mapping,
}

/// A table within a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The sheet, by its place among those that were read.
    pub sheet: usize,
    /// Position of the header in the sheet; `None` if it has none.
    pub header: Option<usize>,
    /// Positions of the rows below it.
    pub rows: Range<usize>,
    /// What it lists.
    pub kind: Kind,
    /// Why it is skipped, if it is.
    pub skipped: Option<Skipped>,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its columns in whose numbers points and commas need to be told.
    pub(crate) points: Vec<Pointed>,
    /// Whether nearly every line says how many: one that says nothing but a name heads what follows.
    dense: bool,
    /// Places of the columns that the program itself put there, in order.
    ours: Vec<u32>,
    /// Rows that do not count, by their position, and why.
    pub(crate) left_out: BTreeMap<usize, LeftOut>,
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A line of the list.
    Line,
    /// A heading of those that follow.
    Section,
    /// A sum.
    Total,
    /// The header once more.
    Header,
    /// Nothing.
    Blank,
    /// A line that does not count.
    LeftOut,
}

/// Rows in which the first header may stand.
const TITLE_ROWS: usize = 60;
/// A word of a header that fits this well is known.
const KNOWN: f64 = 0.7;

impl Table {
    /// The column of a role.
    pub fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|c| c.role == role)
    }

    /// The header of the column of a role; empty if there is none.
    pub(crate) fn heading(&self, role: Role) -> &str {
        self.column(role).map_or("", |column| column.header.as_str())
    }

    /// Works out what depends on the roles of its columns.
    pub(crate) fn settle(&mut self, sheet: &Sheet) {
        self.dense = is_dense(self, sheet);
        self.points = points::columns(self, sheet);
    }

    /// The cells of a row that are not in columns which the program itself put there.
    pub(crate) fn cells<'s>(&self, row: Row<'s>) -> impl DoubleEndedIterator<Item = (u32, &'s str)> + Clone {
        row.cells().filter(|c| self.ours.binary_search(&c.0).is_err())
    }

    /// Its columns but those that the program itself put there.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| self.ours.binary_search(&c.at).is_err())
    }

    /// Its only column, if it has but one.
    pub(crate) fn only(&self) -> Option<&Column> {
        let mut own = self.own();
        own.next().filter(|_| own.next().is_none())
    }

    fn is_blank(&self, row: Row<'_>) -> bool {
        self.cells(row).all(|(_, text)| text.trim().is_empty())
    }

    /// The text in the column of a role; empty if there is none.
    pub fn text<'s>(&self, row: Row<'s>, role: Role) -> &'s str {
        self.column(role).map_or("", |c| row.cell(c.at))
    }

    /// The text in the column of a role, in whose number a point is one of decimals.
    pub(crate) fn number<'s>(&self, row: Row<'s>, role: Role) -> Cow<'s, str> {
        self.column(role).map_or(Cow::Borrowed(""), |c| self.number_at(row, c.at))
    }

    /// The text in a column, in whose number a point is one of decimals.
    pub(crate) fn number_at<'s>(&self, row: Row<'s>, at: u32) -> Cow<'s, str> {
        let text = row.cell(at);
        let told = self.points.iter().find(|p| p.at == at);
        told.map_or(Cow::Borrowed(text), |told| told.read(self, row, text))
    }

    /// Whether it is a list of one column, some of whose items begin with a count: 4x motor.
    pub fn is_list(&self, sheet: &Sheet) -> bool {
        let Some(column) = self.only() else { return false };
        let mut rows = self.rows.clone().filter_map(|at| sheet.row(at));
        self.header.is_none() && rows.any(|row| counted(row.cell(column.at)).is_some())
    }

    /// What a row is.
    pub fn row_kind(&self, sheet: &Sheet, row: Row<'_>) -> RowKind {
        if self.left_out.contains_key(&row.position()) {
            return RowKind::LeftOut;
        }
        let mut cells = self.cells(row).filter(|(_, text)| !text.trim().is_empty());
        let Some((first, text)) = cells.next() else { return RowKind::Blank };
        if self.cells(row).all(|(_, text)| text.trim().trim_matches(['-', ':', '=', '_', '*']).is_empty()) {
            return RowKind::Blank;
        }
        if is_signature(text) {
            return RowKind::Blank;
        }
        if is_total(text) || cells.clone().next().is_some_and(|(_, t)| first == 0 && is_total(t)) {
            return RowKind::Total;
        }
        let counted = self.column(Role::Quantity).is_some_and(|c| quantity(row.cell(c.at)).is_some());
        let alone = cells.next().is_none();
        let is_text = !text.trim().starts_with(|c: char| c.is_ascii_digit());
        let named = self.columns.iter().any(|c| c.at == first && c.role == Role::Name);
        let filled = self.own().filter(|c| c.role != Role::Ignore).count();
        // A single text in a table of several columns heads what follows; a name in its own column may be a part of which
        // nothing else is known, unless it spans the table or all others are counted.
        if alone && is_text && !counted && filled > 2 && (!named || self.dense || self.spans(sheet, row)) {
            return RowKind::Section;
        }
        let header = self.header.and_then(|at| sheet.row(at));
        if header.is_some_and(|h| {
            self.cells(h)
                .filter(|c| !c.1.trim().is_empty())
                .all(|(at, text)| row.cell(at).trim() == text.trim())
        }) {
            return RowKind::Header;
        }
        RowKind::Line
    }

    /// Whether the cells of a row are merged over most columns of the table.
    fn spans(&self, sheet: &Sheet, row: Row<'_>) -> bool {
        let at = row.position();
        let wide = |m: &&crate::sheet::Merged| m.rows.0 <= at && at <= m.rows.1;
        sheet
            .merged
            .iter()
            .filter(wide)
            .any(|m| (m.columns.1 - m.columns.0) as usize + 2 >= self.own().count())
    }
}

/// The count with which an item of a list begins: `4x motor`, `2 × motor`.
pub(crate) fn counted(text: &str) -> Option<f64> {
    let plain = plain(text);
    let (count, rest) = leading(&plain)?;
    let rest = rest.trim_start().strip_prefix(['x', 'X'])?;
    (count >= 0.0 && rest.starts_with(' ')).then_some(count)
}

/// Whether a text heads a row of sums.
fn is_total(text: &str) -> bool {
    let text = words(&text.replace('*', " "));
    let sums = [
        "total",
        "totals",
        "subtotal",
        "sub total",
        "grand total",
        "sum",
        "total cost",
        "total price",
        "summe",
    ];
    let begins = ["total ", "subtotal ", "grand total ", "sub total "].iter().any(|w| text.starts_with(w));
    sums.contains(&text.as_str())
        || begins && text.split(' ').count() <= 5
        || ["合计", "总计", "小计", "共计", "总价", "总成本", "总金额"].iter().any(|w| text.starts_with(w))
            && text.chars().count() <= 10
}

/// Words before the name of who has written or approved a list.
const SIGNED: [&str; 22] = [
    "approved by",
    "prepared by",
    "checked by",
    "reviewed by",
    "released by",
    "created by",
    "printed by",
    "printed on",
    "print date",
    "prepared on",
    "printed",
    "审核",
    "编制",
    "制单",
    "制表",
    "批准",
    "校对",
    "打印",
    "审批",
    "复核",
    "核准",
    "操作",
];

/// What may stand behind such a word: 制表人, 打印日期.
const SIGNED_MORE: [&str; 6] = ["人", "员", "者", "日期", "时间", "日"];

/// Whether a text says who has written or approved a list, or when: 审核：陈工, 打印日期：2026-10-21.
fn is_signature(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    text.split_once(':').is_some_and(|(before, _)| {
        let words = before.split_whitespace().collect::<Vec<_>>();
        let said = words.concat();
        let bare = SIGNED_MORE.iter().find_map(|more| said.strip_suffix(more)).unwrap_or(&said);
        [words.join(" ").as_str(), &said, bare].iter().any(|said| SIGNED.contains(said))
    })
}

/// The tables of a sheet.
pub fn tables(sheet: &Sheet, at: usize) -> Vec<Table> {
    let mut headers: Vec<usize> = vec![];
    for row in sheet.rows() {
        let position = row.position();
        if headers.is_empty() && position >= TITLE_ROWS {
            break;
        }
        if is_header(row) {
            let same = headers.last().and_then(|h| sheet.row(*h)).is_some_and(|h| theirs(h).eq(theirs(row)));
            if !same {
                headers.push(position);
            }
        }
    }
    let ends = headers.iter().skip(1).copied().chain([sheet.len()]);
    let mut tables: Vec<Table> =
        headers.iter().zip(ends).map(|(h, end)| table(sheet, at, Some(*h), h + 1..end)).collect();
    if tables.is_empty() && !sheet.is_empty() {
        let header = heads_numbers(sheet).then_some(0);
        tables.push(table(sheet, at, header, header.map_or(0, |h| h + 1)..sheet.len()));
    }
    tables
}

/// The texts of a row but headers of columns that the program itself put there.
fn theirs(row: Row<'_>) -> impl Iterator<Item = &str> + Clone {
    theirs_at(row).map(|c| c.1.trim())
}

/// Whether the first row is text throughout, above a column that is numbers throughout: words that nobody knows can head
/// a table.
fn heads_numbers(sheet: &Sheet) -> bool {
    let Some(first) = sheet.row(0) else { return false };
    let numeric = |text: &str| leading(&plain(text)).is_some();
    let cells = || first.cells().filter(|c| !ours::is_header(c.1));
    let texts = cells().count() > 1 && cells().all(|c| !numeric(c.1));
    texts
        && sheet.len() > 1
        && cells().any(|(at, _)| {
            sheet.rows().skip(1).take(200).filter(|r| !r.is_blank()).all(|r| numeric(r.cell(at)))
        })
}

/// A table of which it is known where it stands.
pub fn table(sheet: &Sheet, at: usize, header: Option<usize>, rows: Range<usize>) -> Table {
    let head = header.and_then(|h| sheet.row(h));
    let steps = head.zip(sheet.row(rows.start)).filter(|(head, below)| are_steps(*head, *below)).map(|s| s.1);
    let rows = rows.start + usize::from(steps.is_some())..rows.end;
    let columns = column::columns(sheet, head, steps, rows.clone());
    let ours = columns.iter().filter(|c| ours::is_header(&c.header)).map(|c| c.at).collect();
    let mut table = Table {
        sheet: at,
        header,
        rows,
        kind: Kind::Skip,
        skipped: None,
        columns,
        points: vec![],
        dense: false,
        ours,
        left_out: BTreeMap::new(),
    };
    name_something(&mut table, sheet);
    table.settle(sheet);
    classify(&mut table, sheet);
    table
}

/// Where no header says which column names the part: the number names it, else the first that holds text.
fn name_something(table: &mut Table, sheet: &Sheet) {
    if table.column(Role::Name).is_some() {
        return;
    }
    // Where nothing else is called a name, what sorts the parts may name them.
    for column in table.columns.iter_mut().filter(|c| c.role == Role::Category) {
        column.role = Role::Detail;
    }
    let text = |c: &&mut Column| c.role == Role::Detail;
    // Days, and numbers beside one of a part, name nothing.
    let is_numbered = table.column(Role::Number).is_some();
    let rows = || table.rows.clone().filter_map(|at| sheet.row(at));
    let is_number =
        |text: &str| leading(text).is_some_and(|(_, rest)| rest.trim_matches([' ', '%']).is_empty());
    let says = |c: &Column| {
        let mut cells = rows().map(|row| plain(row.cell(c.at))).filter(|text| !text.is_empty());
        cells.any(|text| !(is_date(&text) || is_numbered && is_number(&text)))
    };
    // A column of an unknown word before one of quantities is what the words of that table are about.
    let is_unknown = |c: &Column| c.role == Role::Detail && c.reason == column::Reason::Unknown;
    let unknown = table.columns.iter().position(|c| is_unknown(c) && says(c));
    let names = |c: &Column| c.role == Role::Detail && !is_remark(c) && says(c);
    let first = unknown.or_else(|| table.columns.iter().position(names));
    if let Some(column) = first.and_then(|at| table.columns.get_mut(at)).filter(text) {
        (column.role, column.score) = (Role::Name, column.score.max(0.5));
    }
}

/// Whether a column holds remarks: what is said of a part, which never names it.
fn is_remark(column: &Column) -> bool {
    let words = ["comment", "comments", "note", "notes", "remark", "remarks", "status", "备注", "状态"];
    matches!(&column.reason, column::Reason::Header(word) if words.contains(&word.as_str()))
}

/// Part of the lines that must be counted for the others to be headings.
const DENSE: f64 = 0.9;

fn is_dense(table: &Table, sheet: &Sheet) -> bool {
    let Some(column) = table.column(Role::Quantity) else { return false };
    let rows = table.rows.clone().filter_map(|at| sheet.row(at)).filter(|r| table.cells(*r).nth(1).is_some());
    let (counted, all) = rows.fold((0usize, 0usize), |(counted, all), row| {
        (counted + usize::from(quantity(row.cell(column.at)).is_some()), all + 1)
    });
    all > 2 && counted as f64 >= DENSE * all as f64
}

fn classify(table: &mut Table, sheet: &Sheet) {
    let has = |role: Role| table.column(role).is_some();
    let named = [Role::Name, Role::Number, Role::Designator].into_iter().any(has);
    let stock = [Role::OnHand, Role::InTransit, Role::OnOrder, Role::Outstanding].into_iter().any(has);
    let order = has(Role::Due) && has(Role::Quantity);
    let vendors = (has(Role::Supplier) || has(Role::Maker))
        && [Role::Share, Role::LeadTime, Role::MinimumOrder, Role::BreakQuantity, Role::Qualified]
            .into_iter()
            .any(has);
    // A list without quantities of what suppliers ask, or of where they stand.
    let quoted = has(Role::Supplier) && [Role::Price, Role::PriceBreak, Role::Country].into_iter().any(has);
    let counted = [Role::Quantity, Role::Designator, Role::Parent].into_iter().any(has);
    let quoted = quoted && !counted && !table.is_list(sheet);
    let blank = table.rows.clone().filter_map(|at| sheet.row(at)).all(|row| table.is_blank(row));
    (table.kind, table.skipped) = if blank {
        (Kind::Skip, Some(Skipped::Empty))
    } else if !named {
        (Kind::Skip, Some(Skipped::NoNames))
    } else if has(Role::Input) {
        (Kind::Contents, None)
    } else if stock || order {
        (Kind::Stock, None)
    } else if vendors && !has(Role::Quantity) || quoted {
        (Kind::Vendors, None)
    } else if has(Role::Quantity) || has(Role::Designator) || has(Role::Parent) || table.is_list(sheet) {
        (Kind::Parts, None)
    } else {
        (Kind::Skip, Some(Skipped::NoQuantities))
    };
}

/// Whether a row below a header tells but the quantities from which the prices under one header hold: `1-99`, `100+`.
fn are_steps(header: Row<'_>, row: Row<'_>) -> bool {
    let steps: Vec<(u32, &str)> = theirs_at(row).filter(|c| !c.1.trim().is_empty()).collect();
    let is_price = |at: u32| of_header(header.cell(at)).first().is_some_and(|f| f.0 == Role::Price);
    let is_step = |text: &str| price_break::quantity(text).is_some();
    // A bare number may be a price; a range, or a sign for more, is none.
    let is_marked = |text: &str| text.contains(|c: char| !c.is_ascii_digit());
    let is_blank = |at: u32| header.cell(at).trim().is_empty();
    steps.len() > 1
        && steps.iter().any(|c| is_marked(c.1))
        && is_price(steps[0].0)
        && steps.iter().all(|c| is_step(c.1))
        && steps[1..].iter().all(|c| is_blank(c.0))
}

/// The cells of a row but headers of columns that the program itself put there.
fn theirs_at(row: Row<'_>) -> impl Iterator<Item = (u32, &str)> + Clone {
    row.cells().filter(|c| !ours::is_header(c.1))
}

/// Whether a row heads a table: texts without numbers, of which at least two are words for columns.
fn is_header(row: Row<'_>) -> bool {
    let cells = || theirs(row).filter(|text| !text.is_empty());
    // 100+ price is a header, 100 is none.
    let counts = |t: &str| t.starts_with(|c: char| c.is_ascii_digit()) && price_break::of_header(t).is_none();
    if cells().any(|t| counts(t) || t.len() > 120 || t.contains("://")) {
        return false;
    }
    let known = cells().filter(|t| of_header(t).first().is_some_and(|f| f.1 >= KNOWN)).count();
    known >= 2 && known * 3 >= cells().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet::new("");
        for (number, row) in (1u32..).zip(rows) {
            sheet.begin(number);
            for (column, text) in (0u32..).zip(*row) {
                sheet.cell(column, text);
            }
        }
        sheet
    }

    #[test]
    fn a_list_below_titles_with_sections_and_a_total() {
        let sheet = sheet(&[
            &["Robot X, revision B"],
            &[],
            &["No.", "Part", "Specification", "Qty", "Unit price ($)"],
            &["0", "Head"],
            &["1", "Knee actuator", "139 N·m", "2", "450"],
            &["2", "Hip actuator", "88 N·m", "4", "320"],
            &["No.", "Part", "Specification", "Qty", "Unit price ($)"],
            &["3", "Screw M3x8", "", "120", "0.02"],
            &["", "Total", "", "", "2182.4"],
        ]);
        let tables = tables(&sheet, 0);
        let [table] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!((table.kind, table.header), (Kind::Parts, Some(2)));
        let roles: Vec<Role> = table.columns.iter().map(|c| c.role).collect();
        assert_eq!(roles, [Role::Position, Role::Name, Role::Detail, Role::Quantity, Role::Price]);
        let kinds: Vec<RowKind> =
            table.rows.clone().map(|at| table.row_kind(&sheet, sheet.row(at).unwrap())).collect();
        use RowKind::{Header, Line, Total};
        assert_eq!(kinds, [Line, Line, Line, Header, Line, Total]);
    }

    #[test]
    fn what_lists_no_parts_is_skipped_with_a_reason() {
        let costs = sheet(&[&["Category", "Cost"], &["Electronics", "$120"], &["Mechanics", "$90"]]);
        let costs = tables(&costs, 0).remove(0);
        assert_eq!((costs.kind, costs.skipped), (Kind::Skip, Some(Skipped::NoQuantities)));
        let empty = sheet(&[&["Part", "Qty"], &["", ""]]);
        assert_eq!(tables(&empty, 0)[0].skipped, Some(Skipped::Empty));
    }

    #[test]
    fn vendors_and_stock_are_told_from_parts() {
        let vendors = sheet(&[
            &["物料编码", "供应商", "国家", "份额", "交期（周）"],
            &["M-1", "绿的谐波", "中国", "70%", "8"],
        ]);
        assert_eq!(tables(&vendors, 0)[0].kind, Kind::Vendors);
        let places = sheet(&[&["Part number", "Supplier", "Country"], &["M-1", "Motors A", "Italy"]]);
        assert_eq!(tables(&places, 0)[0].kind, Kind::Vendors);
        let stock = sheet(&[&["Part number", "On hand", "In transit"], &["M-1", "120", "40"]]);
        assert_eq!(tables(&stock, 0)[0].kind, Kind::Stock);
    }
}
