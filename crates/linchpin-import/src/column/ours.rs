//! Columns that the program itself puts beside those of the user, told by their headers.

use super::{Column, Reason, Role};
use crate::sheet::{Row, Sheet};
use std::collections::BTreeMap;
use std::ops::Range;

/// How the headers of such columns begin.
const MARK: &str = "Linchpin:";
/// What stands between a header and a value where both must share a cell: a list that begins in the first row of its sheet
/// leaves no row for headers.
const SHARED: &str = " = ";

/// So many are put beside a table, in this order.
pub(crate) const COLUMNS: usize = 7;
/// That of what the user says that a part is.
const ITEM: usize = 0;
/// A header of none: it shares its cell with the name of a sheet that a workbook had to cut.
pub(crate) const SHEET: usize = 7;
/// That of what is in a part, in a questionnaire.
pub(crate) const INPUT: usize = 8;
/// That of what the user says that a supplier is.
const COMPANY: usize = 9;

/// The headers of such columns, and that of a name.
const TITLES: [&str; 10] = [
    "Linchpin: item",
    "Linchpin: name",
    "Linchpin: score",
    "Linchpin: why",
    "Linchpin: else",
    "Linchpin: in one product",
    "Linchpin: content",
    "Linchpin: sheet",
    "Linchpin: input",
    "Linchpin: company",
];

/// The same in Chinese; both are read.
const CHINESE: [&str; 10] = [
    "Linchpin: 物品",
    "Linchpin: 名称",
    "Linchpin: 把握",
    "Linchpin: 依据",
    "Linchpin: 或为",
    "Linchpin: 单台用量",
    "Linchpin: 成分",
    "Linchpin: 工作表",
    "Linchpin: 所含",
    "Linchpin: 企业",
];

/// The headers for readers of English or of Chinese.
pub(crate) const fn titles(chinese: bool) -> &'static [&'static str; 10] {
    if chinese { &CHINESE } else { &TITLES }
}

/// Whether a text heads such a column.
pub(crate) fn is_header(text: &str) -> bool {
    text.trim_start().starts_with(MARK)
}

/// Which of the columns a cell heads, and the value that shares the cell.
pub(crate) fn parts(text: &str) -> Option<(usize, &str)> {
    let text = text.trim();
    // Most cells are none.
    if !text.starts_with(MARK) {
        return None;
    }
    TITLES.iter().enumerate().chain(CHINESE.iter().enumerate()).find_map(|(at, title)| {
        let rest = text.strip_prefix(title)?;
        // White space at the end of a cell is easily lost.
        let value = if rest.is_empty() { "" } else { rest.strip_prefix(SHARED.trim_end())? };
        Some((at, value.trim()))
    })
}

/// Which of the columns a cell heads.
pub(crate) fn title(text: &str) -> Option<usize> {
    parts(text).map(|p| p.0)
}

/// The value of a cell, without a header that shares the cell.
pub(crate) fn value(text: &str) -> &str {
    parts(text).map_or(text.trim(), |p| p.1)
}

/// A header and a value in one cell.
pub(crate) fn shared(title: &str, value: &str) -> String {
    if value.is_empty() { title.to_owned() } else { format!("{title}{SHARED}{value}") }
}

/// The columns of a table that are headed so: by its header, or, if it has none, by a cell above the first line.
pub(super) fn find<'s>(
    sheet: &'s Sheet,
    header: Option<Row<'s>>,
    rows: Range<usize>,
) -> BTreeMap<u32, &'s str> {
    if let Some(header) = header {
        return header.cells().filter(|c| is_header(c.1)).collect();
    }
    let mut found = BTreeMap::new();
    for (at, text) in rows.filter_map(|at| sheet.row(at)).flat_map(Row::cells) {
        if title(text).is_some() {
            found.entry(at).or_insert(text);
        }
    }
    found
}

/// Such a column: what the user says in it is read, all else was worked out.
pub(super) fn column(at: u32, header: &str) -> Column {
    let place = title(header);
    let in_one = TITLES.iter().chain(&CHINESE).filter(|title| header.trim().starts_with(*title));
    let title = in_one.max_by_key(|title| title.len()).filter(|_| place.is_some());
    let role = match place {
        Some(ITEM) => Role::Item,
        Some(INPUT) => Role::Input,
        Some(COMPANY) => Role::Company,
        _ => Role::Ignore,
    };
    let header = title.copied().unwrap_or(header.trim()).to_owned();
    Column { at, header, role, score: 1.0, reason: Reason::Header("linchpin".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_values_that_share_a_cell_are_told_apart() {
        for (text, found) in [
            ("Linchpin: item", Some((0, ""))),
            (" Linchpin: item = bearing_608 ", Some((0, "bearing_608"))),
            ("Linchpin: in one product = 4", Some((5, "4"))),
            ("Linchpin: score =", Some((2, ""))),
            ("Linchpin: items", None),
            ("bearing_608", None),
        ] {
            assert_eq!(parts(text), found, "{text}");
        }
        for (at, title) in TITLES.iter().enumerate().chain(CHINESE.iter().enumerate()) {
            assert_eq!(parts(&shared(title, "x = y")), Some((at, "x = y")));
            assert_eq!(parts(&shared(title, "")), Some((at, "")));
        }
        assert!(is_header("Linchpin: of a later version") && title("Linchpin: of a later version").is_none());
        assert_eq!([value(" - "), value("Linchpin: item")], ["-", ""]);
    }
}
