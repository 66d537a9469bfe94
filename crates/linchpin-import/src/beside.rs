//! The sheets of the user as a workbook, with what came of each line beside it. His cells keep their place and their text;
//! nothing is ever written as a formula. Read again it gives the same tree.

pub(crate) mod names;

use crate::column::{Column, Reason, Role, letters, ours};
use crate::mapping::{self, Mapping};
use crate::overlay::Placed;
use crate::report::{Told, item, why};
use crate::sheet::{Row, Sheet};
use crate::stand_in::Basis;
use crate::table::{Skipped, Table};
use names::names;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use std::iter::once;

/// Rows of a sheet, its columns, and units of text in a cell that Excel allows.
const MOST: (u32, u32, usize) = (1_048_576, 16_384, 32_767);
/// Most cells of all sheets together: a hundred thousand lines of ten columns.
const MOST_CELLS: usize = 1_000_000;
/// Most cells in merged areas, each of which takes room, text or not.
const MOST_MERGED: u64 = 1 << 20;
/// Columns that are put beside those of the user.
const OURS: usize = ours::COLUMNS;
/// How wide they are.
const WIDTHS: [f64; OURS] = [24.0, 28.0, 14.0, 28.0, 24.0, 22.0, 36.0];
/// How wide a column of the user may become, and rows that are looked at for it.
const WIDEST: (usize, usize) = (48, 500);

/// Why there is no such workbook.
#[derive(Debug, thiserror::Error)]
pub enum BesideFault {
    /// A workbook of so many cells would take gigabytes of memory to write.
    #[error("{cells} cells are more than the {most} that are written", most = MOST_CELLS)]
    Cells {
        /// Cells of the sheets.
        cells: usize,
    },
    /// A row lies below the last one of a workbook.
    #[error("sheet {sheet:?}: row {row} is below the last of a workbook, {most}", most = MOST.0)]
    Rows {
        /// The sheet.
        sheet: String,
        /// Number of the row.
        row: u32,
    },
    /// The columns of the user leave no room for others.
    #[error("sheet {sheet:?}: no room right of column {} for {OURS} more", letters(*.last))]
    Columns {
        /// The sheet.
        sheet: String,
        /// The last column that is used, from 0.
        last: u32,
    },
    /// A text is longer than a cell of a workbook may be.
    #[error("sheet {sheet:?}: {}{row} is longer than a cell of a workbook may be", letters(*.column))]
    Text {
        /// The sheet.
        sheet: String,
        /// Number of the row.
        row: u32,
        /// The column, from 0.
        column: u32,
    },
    /// Merged areas cover more cells than can be written.
    #[error("sheet {sheet:?}: merged areas cover more than {MOST_MERGED} cells")]
    Merged {
        /// The sheet.
        sheet: String,
    },
    /// The workbook cannot be written; a bug.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// The columns of a table, and the row of their headers; the same as that of the first line if no row is left above it.
struct Place {
    columns: [u32; OURS],
    titles: u32,
    /// Where the name of the sheet stands, if that of the workbook had to be cut.
    name: u32,
}

/// The formats that there are.
struct Formats {
    bold: Format,
    /// A spreadsheet makes a number, a date or a formula of such a text once somebody edits it, unless the cell is for text.
    text: Format,
    score: Format,
}

/// The workbook.
pub(crate) fn workbook(told: &Told<'_, '_>) -> Result<Vec<u8>, BesideFault> {
    let cells = told.sheets.iter().map(Sheet::cells).sum::<usize>();
    if cells > MOST_CELLS {
        return Err(BesideFault::Cells { cells });
    }
    let mut book = dated(told)?;
    let formats = Formats {
        bold: Format::new().set_bold(),
        text: Format::new().set_num_format("@"),
        score: Format::new().set_num_format("0.00"),
    };
    let parts = parts(told);
    // A workbook shows at least one sheet.
    let shown = told.sheets.iter().position(|s| !s.hidden).unwrap_or(0);
    let names = names(told.sheets);
    let mut places = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(name)?;
        if at == shown {
            page.set_active(true);
            page.set_first_tab(true);
        } else if told.sheets[at].hidden {
            page.set_hidden(true);
        }
        let writer = Writer { told, sheet: &told.sheets[at], at, name, page, formats: &formats };
        places.extend(writer.write(&parts)?);
    }
    let items: BTreeMap<usize, u32> =
        places.iter().map(|(table, place)| (*table, place.columns[0])).collect();
    if let Some(mapping) = kept(told, &names, &items) {
        let page = book.add_worksheet();
        page.set_name(mapping::SHEET)?;
        page.set_hidden(true);
        for (row, line) in (0u32..).zip(mapping.lines()) {
            page.write_string(row, 0, line)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// How the tables are read of which a mapping says it, so that the workbook is read so by itself; with the columns of the
/// items that the user may correct.
fn kept(told: &Told<'_, '_>, names: &[String], items: &BTreeMap<usize, u32>) -> Option<String> {
    let is_mapped = |table: &&Table| {
        let says_so = |column: &Column| column.reason == Reason::Mapping;
        table.skipped == Some(Skipped::Mapping) || table.columns.iter().any(says_so)
    };
    let mapped = told.tables.iter().enumerate().filter(|(_, table)| is_mapped(table));
    let tables: Vec<Table> = mapped.clone().map(|(_, table)| table.clone()).collect();
    let mut mapping = Mapping::of(&tables, told.sheets, told.files);
    for (table, (number, read)) in mapping.table.iter_mut().zip(mapped) {
        table.file = String::new();
        table.sheet.clone_from(&names[read.sheet]);
        table.columns.extend(items.get(&number).map(|column| (letters(*column), Role::Item)));
    }
    (!mapping.table.is_empty() && !names.iter().any(|name| name == mapping::SHEET)).then(|| mapping.text())
}

/// A workbook of the date of the atlas: the same import gives the same bytes, whenever it is made.
pub(crate) fn dated(told: &Told<'_, '_>) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&told.atlas.package.as_of)
        .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    book.set_properties(&DocProperties::new().set_author("Linchpin").set_creation_datetime(&created));
    Ok(book)
}

/// The part of each line.
fn parts(told: &Told<'_, '_>) -> Vec<Option<usize>> {
    let mut parts = vec![None; told.lines.lines.len()];
    for (part, lines) in told.bom.parts.iter().enumerate().map(|(at, p)| (at, &p.lines)) {
        for line in lines {
            parts[*line] = Some(part);
        }
    }
    parts
}

struct Writer<'w, 't, 's> {
    told: &'w Told<'t, 's>,
    sheet: &'s Sheet,
    at: usize,
    name: &'w str,
    page: &'w mut Worksheet,
    formats: &'w Formats,
}

impl Writer<'_, '_, '_> {
    fn write(mut self, parts: &[Option<usize>]) -> Result<BTreeMap<usize, Place>, BesideFault> {
        self.fits()?;
        self.merge()?;
        let places = self.places()?;
        // The lines of the sheet by their rows: a row is a line of one table.
        let lines = self.told.lines.lines.iter().enumerate();
        let lines: BTreeMap<u32, usize> =
            lines.filter(|(_, l)| places.contains_key(&l.table)).map(|(at, l)| (l.row, at)).collect();
        let headers: Vec<u32> = places.values().map(|p| p.titles).collect();
        for row in self.sheet.rows() {
            let line =
                lines.get(&row.number()).and_then(|line| places.get(&self.told.lines.lines[*line].table));
            let ours = line.map_or(&[][..], |place| &place.columns);
            self.copy(row, ours, headers.contains(&row.number()))?;
        }
        self.widths(&places)?;
        let totals = self.told.totals;
        for place in places.values() {
            for (column, title) in place.columns.iter().zip(*ours::titles(self.told.product.chinese)) {
                self.page.write_string_with_format(
                    place.titles - 1,
                    *column as u16,
                    title,
                    &self.formats.bold,
                )?;
            }
            if self.has_other_name() {
                let name =
                    ours::shared(ours::titles(self.told.product.chinese)[ours::SHEET], cut(&self.sheet.name));
                self.page.write_string(place.titles - 1, place.name as u16, name)?;
            }
        }
        for (row, line) in lines {
            let place = places.get(&self.told.lines.lines[line].table);
            if let Some((place, part)) = place.zip(parts[line]) {
                self.line(row, place, part, totals[part])?;
            }
        }
        Ok(places)
    }

    fn has_other_name(&self) -> bool {
        self.sheet.name != self.name && !self.sheet.name.trim().is_empty()
    }

    fn fits(&self) -> Result<(), BesideFault> {
        let sheet = || self.name.to_owned();
        for row in self.sheet.rows() {
            if row.number() > MOST.0 {
                return Err(BesideFault::Rows { sheet: sheet(), row: row.number() });
            }
            for (column, text) in row.cells() {
                if column >= MOST.1 {
                    return Err(BesideFault::Columns { sheet: sheet(), last: column });
                }
                if text.len() > MOST.2 && text.encode_utf16().count() > MOST.2 {
                    return Err(BesideFault::Text { sheet: sheet(), row: row.number(), column });
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self) -> Result<(), BesideFault> {
        let mut covered = 0;
        for area in &self.sheet.merged {
            let (rows, columns) = (area.numbers, area.columns);
            if rows.0 == 0
                || rows.1 > MOST.0
                || rows.0 > rows.1
                || columns.0 > columns.1
                || columns.1 >= MOST.1
            {
                continue;
            }
            covered += u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1);
            if covered > MOST_MERGED {
                return Err(BesideFault::Merged { sheet: self.name.to_owned() });
            }
            let (from, to) = ((rows.0 - 1, columns.0 as u16), (rows.1 - 1, columns.1 as u16));
            match self.page.merge_range(from.0, from.1, to.0, to.1, "", &Format::default()) {
                Ok(_) => {}
                // Spreadsheets take no such areas either: they offer to repair the file and drop them.
                Err(XlsxError::MergeRangeOverlaps(..) | XlsxError::MergeRangeSingleCell) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    /// Where the columns of each table of parts stand: where they stood when it was read, else right of all that the sheet
    /// holds, with a free column between.
    fn places(&self) -> Result<BTreeMap<usize, Place>, BesideFault> {
        let used = self.sheet.rows().filter_map(|row| row.cells().next_back()).map(|c| c.0);
        let last = used.chain(self.sheet.merged.iter().map(|m| m.columns.1)).max().unwrap_or(0);
        let mut places = BTreeMap::new();
        let lines = &self.told.lines.lines;
        let tables = self.told.tables.iter().enumerate().filter(|(_, table)| table.sheet == self.at);
        for (number, table) in tables {
            // Lines stand in the order of their tables.
            let Some(first) = lines.get(lines.partition_point(|l| l.table < number)) else { continue };
            if first.table != number {
                continue;
            }
            let header = table.header.and_then(|at| self.sheet.row(at)).map(Row::number);
            let titles = header.unwrap_or(first.row.saturating_sub(1).max(1));
            let mut next = last + 2;
            let columns = std::array::from_fn(|title| {
                let stood = table.columns.iter().find(|c| ours::title(&c.header) == Some(title));
                stood.map_or_else(
                    || {
                        next += 1;
                        next - 1
                    },
                    |column| column.at,
                )
            });
            let stood = table.columns.iter().find(|c| ours::title(&c.header) == Some(ours::SHEET));
            let name = stood.map_or(next.max(columns[OURS - 1] + 1), |column| column.at);
            if columns.iter().chain([&name]).any(|column| *column >= MOST.1) {
                return Err(BesideFault::Columns { sheet: self.name.to_owned(), last });
            }
            places.insert(number, Place { columns, titles, name });
        }
        Ok(places)
    }

    /// Writes a row as it was read, but for columns that are written anew.
    fn copy(&mut self, row: Row<'_>, anew: &[u32], is_header: bool) -> Result<(), BesideFault> {
        for ((column, text), is_number) in row.cells().zip(row.numbers()) {
            if anew.contains(&column) {
                continue;
            }
            let (at, to) = (row.number() - 1, column as u16);
            let counts = is_number || !self.sheet.typed && self.counts(row, column);
            match number(text).filter(|_| counts) {
                Some(number) => self.page.write_number(at, to, number)?,
                None if is_header => self.page.write_string_with_format(at, to, text, &self.formats.bold)?,
                None if is_mistaken(text) => {
                    self.page.write_string_with_format(at, to, text, &self.formats.text)?
                }
                None => self.page.write_string(at, to, text)?,
            };
        }
        Ok(())
    }

    /// Whether a cell stands in a column of amounts. In a file that has but texts these are to be reckoned with, and a part
    /// number stays a text.
    fn counts(&self, row: Row<'_>, column: u32) -> bool {
        let here = |t: &&Table| t.sheet == self.at && t.rows.contains(&row.position());
        let role = |t: &Table| t.columns.iter().find(|c| c.at == column).map(|c| c.role);
        let role = self.told.tables.iter().find(here).and_then(role);
        matches!(
            role,
            Some(
                Role::Quantity
                    | Role::Price
                    | Role::Total
                    | Role::Mass
                    | Role::OnHand
                    | Role::OnOrder
                    | Role::InTransit
                    | Role::LeadTime
                    | Role::MinimumOrder
            )
        )
    }

    fn widths(&mut self, places: &BTreeMap<usize, Place>) -> Result<(), BesideFault> {
        let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
        for (column, text) in self.sheet.rows().take(WIDEST.1).flat_map(Row::cells) {
            let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
            let width: usize = text.lines().next().unwrap_or_default().chars().map(wide).sum();
            let widest = widths.entry(column).or_default();
            *widest = (*widest).max(width.min(WIDEST.0));
        }
        for (column, width) in widths.into_iter().filter(|w| w.1 > 8) {
            self.page.set_column_width(column as u16, (width + 2) as f64)?;
        }
        for (column, width) in places.values().flat_map(|p| p.columns.iter().zip(WIDTHS)) {
            self.page.set_column_width(*column as u16, width)?;
        }
        Ok(())
    }

    /// What came of a line.
    fn line(&mut self, row: u32, place: &Place, part: usize, total: f64) -> Result<(), BesideFault> {
        let [first, name, score, reason, other, in_product, content] = place.columns;
        let told = self.told;
        // What goes into an assembly is told by its lines; it is no item of its own unless the user says so.
        let made = !told.bom.parts[part].children.is_empty() || told.bom.product == Some(part);
        let found = &told.matches[part];
        let shown = !made || found.overridden;
        let id = if shown { item(told, part) } else { "" };
        self.text(row, first, place, id)?;
        if shown {
            let runner = found.runner_up.as_ref().map_or("", |guess| named(told, &guess.item));
            self.text(row, name, place, named(told, id))?;
            self.text(row, reason, place, &why(found))?;
            self.text(row, other, place, runner)?;
            if let Some(best) = &found.best {
                self.number(row, score, place, (best.score * 1e4).round() / 1e4, Some(&self.formats.score))?;
            }
        }
        if told.bom.product != Some(part) {
            self.number(row, in_product, place, total, None)?;
        }
        if !made {
            let content_of = content_of(told, &told.parts[part], told.known[part].item.is_some());
            self.text(row, content, place, &content_of)?;
        }
        Ok(())
    }

    fn text(&mut self, row: u32, column: u32, place: &Place, text: &str) -> Result<(), BesideFault> {
        let text = cut(text);
        if row == place.titles {
            self.shared(row, column, place, text)?;
        } else if !text.is_empty() {
            self.page.write_string(row - 1, column as u16, text)?;
        }
        Ok(())
    }

    fn number(
        &mut self,
        row: u32,
        column: u32,
        place: &Place,
        number: f64,
        format: Option<&Format>,
    ) -> Result<(), BesideFault> {
        if row == place.titles {
            return self.shared(row, column, place, &number.to_string());
        }
        match format {
            Some(format) => self.page.write_number_with_format(row - 1, column as u16, number, format)?,
            None => self.page.write_number(row - 1, column as u16, number)?,
        };
        Ok(())
    }

    fn shared(&mut self, row: u32, column: u32, place: &Place, value: &str) -> Result<(), BesideFault> {
        let title =
            place.columns.iter().zip(*ours::titles(self.told.product.chinese)).find(|(at, _)| **at == column);
        let text = ours::shared(title.map_or("", |t| t.1), value);
        self.page.write_string_with_format(row - 1, column as u16, text, &self.formats.bold)?;
        Ok(())
    }
}

/// What a part is made of, in signs that need no language but where its supplier tells it; `?` where nothing is known, `? kg` where its mass would tell.
fn content_of(told: &Told<'_, '_>, placed: &Placed, is_known: bool) -> String {
    match (placed.told(), told.product.chinese) {
        (0, _) => {}
        (inputs, true) => return format!("供应商已告知其中 {inputs} 项"),
        (1, false) => return "1 input told by its supplier".to_owned(),
        (inputs, false) => return format!("{inputs} inputs told by its supplier"),
    }
    let Some(found) = &placed.stand_in else {
        return if is_known { "? kg" } else { "?" }.to_owned();
    };
    let figure = |x: f64| ((x * 1e6).round() / 1e6).to_string();
    let items = told.atlas.sheet("items");
    let unit = items.find(&found.item).map_or("", |row| items.text(row, "unit"));
    let value = figure(found.value);
    let name = named(told, &found.item);
    match found.basis {
        Basis::Mass => format!("{value} {unit} {name}"),
        Basis::Scaled | Basis::Usual | Basis::Energy | Basis::Pack | Basis::Piece => {
            format!("{value} ({}…{}) × {name}", figure(found.low), figure(found.high))
        }
    }
}

/// What an item is called in the language of the lists.
fn named<'t>(told: &Told<'t, '_>, item: &str) -> &'t str {
    let items = told.atlas.sheet("items");
    let column = if told.product.chinese { "name_zh" } else { "name_en" };
    items.find(item).map_or("", |row| items.text(row, column))
}

/// The number of a text that is written in the one way in which a number is read.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (number.is_finite() && (number + 0.0).to_string() == text).then_some(number)
}

/// Whether a spreadsheet takes a text for something else once somebody edits it.
pub(crate) fn is_mistaken(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '+' | '-' | '@' | '.'))
        || matches!(text, "TRUE" | "FALSE")
}

/// As much of a text of our own as a cell holds, with room for a header.
fn cut(text: &str) -> &str {
    let most = MOST.2 / 2;
    let end =
        text.char_indices().map(|(at, _)| at).chain(once(text.len())).take_while(|at| *at <= most).last();
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_back_alike_is_a_number() {
        for text in ["0", "12", "0.1", "-2.5", "1000000000000000000000", "0.0000001"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in [
            "007",
            "1e5",
            "0.10",
            "+1",
            "-0",
            "1,5",
            ".5",
            "inf",
            "NaN",
            "2026-11-28",
            " 1",
            "123456789012345678",
        ] {
            assert!(number(text).is_none(), "{text}");
        }
    }

    #[test]
    fn texts_of_our_own_are_cut_between_characters() {
        assert_eq!(cut("电机"), "电机");
        assert_eq!(cut(&"电".repeat(20_000)).chars().count(), MOST.2 / 2 / 3);
    }
}
