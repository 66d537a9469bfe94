//! What a person reads in a table: labels and words looked up, numbers scaled, ranges merged into their value.

use std::collections::BTreeMap;

use linchpin_table::{Cells, Column, Draw, Label, Lang, Message, Table, Unit, UnitOf};

use crate::format::{self, Scale};
use crate::{Messages, RenderError};

/// A cell as it is read. `after` is the unit if it differs from cell to cell; it is aligned by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ViewCell {
    pub(crate) body: String,
    pub(crate) after: String,
    pub(crate) missing: bool,
}

/// A column as it is read.
#[derive(Clone, Debug)]
pub(crate) struct ViewColumn {
    pub(crate) header: String,
    pub(crate) numeric: bool,
    pub(crate) cells: Vec<ViewCell>,
    /// Length of each row's bar, from 0 to 1.
    pub(crate) bars: Option<Vec<f64>>,
}

/// The columns that are read, ranges merged.
pub(crate) fn columns(
    table: &Table,
    messages: &Messages,
    labels: &BTreeMap<String, Label>,
) -> Result<Vec<ViewColumn>, RenderError> {
    table.check()?;
    table.leading().map(|column| view(table, column, messages, labels)).collect()
}

/// The header of a column, with the unit if there is one.
pub(crate) fn header(
    header: &Message,
    unit: &str,
    messages: &Messages,
    labels: &BTreeMap<String, Label>,
) -> Result<String, RenderError> {
    let header = messages.get(header, labels)?;
    if unit.is_empty() {
        return Ok(header);
    }
    let message = Message::new("header-with-unit").text("header", header).text("unit", unit);
    messages.get(&message, &BTreeMap::new())
}

/// The text of a cell that holds text; `None` for no data.
pub(crate) fn text_cell(
    cells: &Cells,
    row: usize,
    messages: &Messages,
    labels: &BTreeMap<String, Label>,
) -> Result<Option<String>, RenderError> {
    let Some(text) = cells.text(row) else { return Ok(None) };
    if text.is_empty() {
        return Ok(Some(String::new()));
    }
    Ok(Some(match cells {
        Cells::Names(_) => messages.label(text, labels)?,
        Cells::Words(_) => messages.word(text)?,
        _ => text.to_owned(),
    }))
}

/// Each value as a part of the largest.
fn lengths(values: Vec<f64>) -> Vec<f64> {
    let most = values.iter().copied().fold(0.0, f64::max);
    values.into_iter().map(|value| if most > 0.0 { value / most } else { 0.0 }).collect()
}

/// How many factors of ten each value lies above the power of ten below the smallest; zero stays zero.
fn decades(values: Vec<f64>) -> Vec<f64> {
    let logs = values.iter().filter(|v| **v > 0.0).map(|v| v.log10());
    let floor = logs.fold(f64::INFINITY, f64::min).floor() - 1.0;
    values.into_iter().map(|value| if value > 0.0 { value.log10() - floor } else { 0.0 }).collect()
}

fn view(
    table: &Table,
    column: &Column,
    messages: &Messages,
    labels: &BTreeMap<String, Label>,
) -> Result<ViewColumn, RenderError> {
    let lang = messages.lang();
    let rows = 0..table.len();
    let nothing = match &column.absent {
        Some(word) => messages.get(word, labels)?,
        None => format::no_data(lang).to_owned(),
    };
    let missing = || ViewCell { body: nothing.clone(), after: String::new(), missing: true };
    if !column.cells.is_numeric() {
        let cells: Result<Vec<_>, RenderError> = rows
            .map(|row| {
                let text = text_cell(&column.cells, row, messages, labels)?;
                Ok(text.map_or_else(missing, |body| ViewCell { body, ..ViewCell::default() }))
            })
            .collect();
        let header = header(&column.header, "", messages, labels)?;
        return Ok(ViewColumn { header, numeric: false, cells: cells?, bars: None });
    }
    let end = |name: Option<&str>, row| table.column(name?)?.cells.number(row);
    let (low, high) = column.range.unzip();
    let common = match column.unit {
        UnitOf::Same(unit) => {
            let leading = rows.clone().filter_map(|row| {
                let ends = end(high, row).or(end(low, row));
                column.cells.number(row).filter(|value| *value != 0.0).or(ends)
            });
            Scale::common(leading, unit, lang)
        }
        UnitOf::Row(_) => None,
    };
    let cells = rows
        .clone()
        .map(|row| {
            let (value, low, high) = (column.cells.number(row), end(low, row), end(high, row));
            let own = || format::range_scale(value, low, high, column.unit_at(row), lang);
            let known = value.or(low).or(high).is_some();
            let Some(scale) = common.or_else(own).filter(|_| known) else { return missing() };
            let digits = match column.cells.integer(row) {
                Some(whole) if low.is_none() && high.is_none() => scale.integer_digits(whole),
                _ => scale.range_digits(value, low, high),
            };
            match common {
                Some(_) => ViewCell { body: digits, ..ViewCell::default() },
                None => {
                    let (body, mut after) = scale.parts(&digits);
                    // Among other units a bare number would leave the reader guessing.
                    if column.unit_at(row) == Unit::Piece && matches!(column.unit, UnitOf::Row(_)) {
                        let pieces = format::pieces(lang);
                        // 1.28 亿件, but 128 M pcs.
                        let joined = lang == Lang::Zh && !after.is_empty();
                        after.push_str(if joined { pieces.trim_start() } else { pieces });
                    }
                    ViewCell { body, after, missing: false }
                }
            }
        })
        .collect();
    let values = rows.map(|row| column.cells.number(row).unwrap_or(0.0).max(0.0)).collect();
    let bars = match column.draw {
        Draw::Plain => None,
        Draw::Bar => Some(lengths(values)),
        Draw::LogBar => Some(lengths(decades(values))),
    };
    let unit = common.map_or_else(String::new, |scale| scale.unit());
    let header = header(&column.header, &unit, messages, labels)?;
    Ok(ViewColumn { header, numeric: true, cells, bars })
}
