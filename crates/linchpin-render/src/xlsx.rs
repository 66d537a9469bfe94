//! A workbook: one sheet a table, numbers as numbers, a chart where one says more, and sheets that tell where they come from.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_table::{Answer, Cells, Column, Draw, Evidence, Page, Table, Unit, UnitOf};
use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet,
};

use crate::text::width;
use crate::view;
use crate::{Messages, RenderError, format};

/// The first answer of a page as a workbook. Sheets of tables have the table's name; "About", in the language, is the last.
/// Numbers are in base units, which stand in the header, or in a column of their own where they vary. No data is a blank
/// cell. If it is known what numbers rest on, each row names the weightiest figures of its first number with their sources,
/// and two sheets list all of them. The same page gives the same bytes.
pub fn xlsx(page: &Page, messages: &Messages) -> Result<Vec<u8>, RenderError> {
    let answer = &page.answers[0];
    let mut book = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&answer.stamp.as_of)
        .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    book.set_properties(
        &DocProperties::new().set_author(&answer.stamp.program).set_creation_datetime(&created),
    );
    for each in &answer.tables {
        each.check()?;
        table(book.add_worksheet(), each, answer, page.evidence.as_ref(), messages)?;
    }
    if let Some(evidence) = &page.evidence {
        // These two are tables of their own: their names are in the labels of the evidence.
        let stamp = answer.stamp.clone();
        let of = Answer { labels: evidence.labels.clone(), ..Answer::new(stamp) };
        let used = used(answer, evidence);
        table(
            book.add_worksheet(),
            &rows_of(&evidence.figures, |k, _| used.0.contains(&k)),
            &of,
            None,
            messages,
        )?;
        let sources = rows_of(&evidence.sources, |_, key| used.1.contains(key));
        table(book.add_worksheet(), &sources, &of, None, messages)?;
    }
    about(book.add_worksheet(), answer, messages)?;
    Ok(book.save_to_buffer()?)
}

/// Rows of the figures that the numbers of an answer rest on, and ids of their sources.
fn used(answer: &Answer, evidence: &Evidence) -> (BTreeSet<usize>, BTreeSet<String>) {
    let of_answer = format!("{}/", answer.stamp.verb);
    let numbers = evidence.numbers.iter().filter(|(address, _)| address.starts_with(&of_answer));
    let figures: BTreeSet<usize> = numbers.flat_map(|(_, b)| b.figures.iter().map(|f| *f as usize)).collect();
    let sources = figures.iter().flat_map(|f| sources_of(evidence, *f)).collect();
    (figures, sources)
}

/// Ids of the sources of a figure.
fn sources_of(evidence: &Evidence, figure: usize) -> Vec<String> {
    let cell = evidence.figures.column("source").and_then(|c| c.cells.text(figure)).unwrap_or_default();
    cell.split("; ").filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

/// A table with some of its rows.
fn rows_of(table: &Table, keep: impl Fn(usize, &String) -> bool) -> Table {
    let rows: Vec<usize> = (0..table.len()).filter(|row| keep(*row, &table.keys[*row])).collect();
    table.with_rows(&rows)
}

/// How many figures a row names.
const NAMED: usize = 3;

/// What the first number of each row rests on: its weightiest figures, and their sources.
fn rests_on(
    table: &Table,
    answer: &Answer,
    evidence: &Evidence,
    messages: &Messages,
) -> Result<[Written; 2], RenderError> {
    let (mut figures, mut sources) = (vec![], vec![]);
    for key in &table.keys {
        let addresses = table.columns.iter().map(|c| answer.address(table.name, key, c.name));
        let basis =
            addresses.into_iter().find_map(|a| evidence.numbers.get(&a)).filter(|b| !b.figures.is_empty());
        let named: Vec<usize> =
            basis.into_iter().flat_map(|b| b.figures.iter().take(NAMED)).map(|f| *f as usize).collect();
        let cell = |text: String| if text.is_empty() { Cell::Blank } else { Cell::Text(text) };
        figures.push(cell(
            named.iter().map(|f| evidence.figures.keys[*f].as_str()).collect::<Vec<_>>().join("; "),
        ));
        let ids: BTreeSet<String> = named.iter().flat_map(|f| sources_of(evidence, *f)).collect();
        sources.push(cell(ids.into_iter().collect::<Vec<_>>().join("; ")));
    }
    let column = |id: &str, cells| {
        Ok::<_, RenderError>(Written { header: messages.word(id)?, cells, format: Format::new() })
    };
    Ok([column("col-rests-on", figures)?, column("col-rests-on-sources", sources)?])
}

/// A bar for each row, right of the table, for the first column that is drawn with bars.
fn chart(
    sheet: &mut Worksheet,
    table: &Table,
    columns: &[Written],
    places: &[usize],
) -> Result<(), RenderError> {
    let drawn = |column: &&Column| column.draw != Draw::Plain && column.cells.is_numeric();
    let Some((at, column)) = table.columns.iter().enumerate().find(|(_, c)| drawn(c)) else { return Ok(()) };
    let Ok(place) = u16::try_from(places[at]) else { return Ok(()) };
    let (Ok(rows), Ok(width)) = (u32::try_from(table.len().min(CHARTED)), u16::try_from(columns.len()))
    else {
        return Ok(());
    };
    if rows < 2 {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::Bar);
    let series = chart.add_series();
    series.set_categories((table.name, 1, 0, rows, 0)).set_values((table.name, 1, place, rows, place));
    series.set_name(&columns[usize::from(place)].header);
    // The first row is the uppermost, as in the table.
    chart.y_axis().set_reverse();
    if column.draw == Draw::LogBar {
        chart.x_axis().set_log_base(10);
    }
    chart.legend().set_hidden();
    chart.title().set_name(&columns[usize::from(place)].header);
    chart.set_width(720).set_height(120 + 24 * rows);
    sheet.insert_chart(1, width + 1, &chart)?;
    Ok(())
}

/// Rows of a chart: more than these cannot be read.
const CHARTED: usize = 24;

/// Widest column, in characters.
const WIDEST: usize = 60;

/// A column of a sheet: its header and what to write in each row.
struct Written {
    header: String,
    cells: Vec<Cell>,
    format: Format,
}

enum Cell {
    Blank,
    Number(f64),
    Text(String),
}

fn table(
    sheet: &mut Worksheet,
    table: &Table,
    answer: &Answer,
    evidence: Option<&Evidence>,
    messages: &Messages,
) -> Result<(), RenderError> {
    sheet.set_name(table.name.chars().take(31).collect::<String>())?;
    let mut columns = Vec::new();
    let mut places = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        places.push(columns.len());
        columns.extend(written(table, column, i == 0, answer, messages)?);
    }
    if let Some(evidence) = evidence {
        columns.extend(rests_on(table, answer, evidence, messages)?);
    }
    columns.push(Written {
        header: messages.word("col-key")?,
        cells: table.keys.iter().map(|key| Cell::Text(key.clone())).collect(),
        format: Format::new(),
    });
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (number, column) in (0u16..).zip(&columns) {
        sheet.write_string_with_format(0, number, &column.header, &bold)?;
        let mut widest = width(&column.header);
        for (row, cell) in (1u32..).zip(&column.cells) {
            match cell {
                Cell::Blank => {}
                Cell::Number(value) => {
                    sheet.write_number_with_format(row, number, *value, &column.format)?;
                    widest = widest.max(12);
                }
                Cell::Text(value) => {
                    text(sheet, row, number, value, &column.format)?;
                    widest = widest.max(width(value));
                }
            }
        }
        sheet.set_column_width(number, columns_of(widest))?;
    }
    chart(sheet, table, &columns, &places)?;
    sheet.set_freeze_panes(1, 1)?;
    if let (Ok(rows), Ok(last)) = (u32::try_from(table.len()), u16::try_from(columns.len() - 1)) {
        sheet.autofilter(0, 0, rows, last)?;
    }
    if let Some(depths) = &table.indent {
        for (row, depth) in (1u32..).zip(depths) {
            if let Some(Cell::Text(value)) = columns[0].cells.get(row as usize - 1) {
                text(sheet, row, 0, value, &Format::new().set_indent((*depth).min(15)))?;
            }
        }
    }
    Ok(())
}

fn written(
    table: &Table,
    column: &Column,
    first: bool,
    answer: &Answer,
    messages: &Messages,
) -> Result<Vec<Written>, RenderError> {
    let rows = 0..table.len();
    if !column.cells.is_numeric() {
        let cells: Result<Vec<_>, RenderError> = rows
            .map(|row| {
                let text = view::text_cell(&column.cells, row, messages, &answer.labels)?;
                Ok(text.filter(|text| !text.is_empty() || first).map_or(Cell::Blank, Cell::Text))
            })
            .collect();
        let header = view::header(&column.header, "", messages, &answer.labels)?;
        return Ok(vec![Written { header, cells: cells?, format: Format::new() }]);
    }
    let cells = rows
        .clone()
        .map(|row| column.cells.number(row).map_or(Cell::Blank, |value| Cell::Number(value + 0.0)));
    let whole = matches!(column.cells, Cells::Integer(_));
    let (unit, picture) = match column.unit {
        UnitOf::Same(unit) => (unit_in_header(column, unit, messages), picture(unit, whole)),
        UnitOf::Row(_) => (String::new(), picture(Unit::None, whole)),
    };
    let mut columns = vec![Written {
        header: view::header(&column.header, &unit, messages, &answer.labels)?,
        cells: cells.collect(),
        format: Format::new().set_num_format(picture),
    }];
    if let UnitOf::Row(units) = &column.unit {
        let lang = messages.lang();
        // A fraction is not shown as a percentage here, so its unit must not say so.
        let unit =
            |unit: &Unit| if *unit == Unit::Fraction { unit.code() } else { format::base_unit(*unit, lang) };
        columns.push(Written {
            header: messages.word("col-unit")?,
            cells: units.iter().map(|each| Cell::Text(unit(each).to_owned())).collect(),
            format: Format::new(),
        });
    }
    Ok(columns)
}

/// Percentages say so in each cell; years of a calendar have no unit.
fn unit_in_header(column: &Column, unit: Unit, messages: &Messages) -> String {
    let dates =
        || (0..column.cells.len()).filter_map(|row| column.cells.number(row)).all(|year| year > 1000.0);
    match unit {
        Unit::Fraction => String::new(),
        Unit::Year if dates() => String::new(),
        other => format::base_unit(other, messages.lang()).to_owned(),
    }
}

fn picture(unit: Unit, whole: bool) -> &'static str {
    match unit {
        // A share too small for a tenth of a per cent is told in powers of ten rather than as nothing.
        Unit::Fraction => "[=0]0%;[<0.0005]0.0E+0%;0.0%",
        Unit::Year => "General",
        _ if whole => "#,##0",
        _ => "[>=100]#,##0;[>=1]0.00;General",
    }
}

fn columns_of(widest: usize) -> f64 {
    u8::try_from(widest.clamp(6, WIDEST) + 2).map_or(62.0, f64::from)
}

/// Text is text: what begins like a formula is marked so that it stays text when the cell is edited.
fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), RenderError> {
    if text.starts_with(['=', '+', '-', '@', '\t']) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

fn about(sheet: &mut Worksheet, answer: &Answer, messages: &Messages) -> Result<(), RenderError> {
    let word = |id: &str| messages.word(id);
    let stamp = &answer.stamp;
    sheet.set_name(word("about")?)?;
    let mut lines: Vec<(String, String)> = vec![
        (word("about-verb")?, format!("{}: {}", stamp.verb, word(&format!("verb-{}", stamp.verb))?)),
        (word("about-program")?, format!("{} {}", stamp.program, stamp.version)),
        (word("about-atlas")?, stamp.atlas.clone()),
        (word("about-as-of")?, stamp.as_of.clone()),
        (word("about-data-hash")?, stamp.data_hash.clone()),
        (word("about-status")?, messages.get(&stamp.status.message(), &BTreeMap::new())?),
    ];
    if let Some(seed) = stamp.seed {
        lines.push((word("about-seed")?, seed.to_string()));
    }
    let request = word("about-request")?;
    lines.extend(stamp.request.iter().map(|(name, value)| (request.clone(), format!("{name} = {value}"))));
    for headline in &answer.headlines {
        lines.push((word("about-headlines")?, messages.get(headline, &answer.labels)?));
    }
    for table in &answer.tables {
        let title = messages.get(&table.title, &answer.labels)?;
        lines.push((word("about-sheets")?, format!("{}: {title}", table.name)));
        for note in &table.notes {
            lines.push((table.name.to_owned(), messages.get(note, &answer.labels)?));
        }
    }
    for note in &answer.notes {
        lines.push((word("about-notes")?, messages.get(note, &answer.labels)?));
    }
    lines.push((word("about-notes")?, word("about-blank")?));
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let plain = Format::new().set_text_wrap();
    let mut before = None;
    for (row, (name, value)) in (0u32..).zip(&lines) {
        if before != Some(name) {
            sheet.write_string_with_format(row, 0, name, &bold)?;
        }
        before = Some(name);
        text(sheet, row, 1, value, &plain)?;
    }
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, 100)?;
    Ok(())
}
