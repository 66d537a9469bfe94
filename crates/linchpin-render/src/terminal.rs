//! An answer in a terminal: title, headlines, tables, notes, and the stamp as the last line.

use std::collections::BTreeMap;
use std::rc::Rc;

use linchpin_table::{Answer, Label, Message, Status, Table};

use crate::text::{ascii_punctuation, one_line, pad_left, pad_right, truncate, width, wrap};
use crate::view::{self, ViewColumn};
use crate::{Messages, RenderError};

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns; below 40 it is taken as 40.
    pub width: usize,
    /// Whether to use ANSI colours. Nothing is said by colour alone.
    pub color: bool,
    /// Whether to draw bars and lines with characters beyond ASCII. Text keeps its own.
    pub unicode: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        TerminalOptions { width: 80, color: false, unicode: true }
    }
}

/// How a piece of text stands out.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Plain,
    Bold,
    Dim,
    Accent,
}

impl TerminalOptions {
    pub(crate) fn columns(&self) -> usize {
        self.width.max(40)
    }

    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Bold => "1",
            Style::Dim => "2",
            Style::Accent => "36",
            Style::Plain => "",
        };
        if self.color && !code.is_empty() && !text.trim().is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Text as this terminal can show it.
    pub(crate) fn plain(&self, text: &str) -> String {
        if self.unicode { text.to_owned() } else { ascii_punctuation(text) }
    }

    pub(crate) fn mark(&self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }

    fn bar(&self, length: f64, columns: usize) -> String {
        if self.unicode {
            let eighths = (length * columns as f64 * 8.0).round() as usize;
            let eighths = if length > 0.0 { eighths.max(1) } else { 0 };
            let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
            format!("{}{rest}", "█".repeat(eighths / 8))
        } else {
            "#".repeat((length * columns as f64).round() as usize)
        }
    }
}

/// Columns of the longest bar, and of the longest bar where room is scarce.
const BAR: usize = 10;
const SHORT_BAR: usize = 5;
/// Columns between two columns of a table.
const GAP: usize = 2;
/// Columns before a table, a headline, a note.
const MARGIN: usize = 2;
/// A table of so few rows is printed a line a cell if it is too wide.
const RECORDS: usize = 3;
/// Text columns are not cut below this.
const NARROWEST: usize = 12;

/// The answer as text for a terminal. Ends with a newline.
pub fn terminal(
    answer: &Answer,
    messages: &Messages,
    options: &TerminalOptions,
) -> Result<String, RenderError> {
    let mut page = Page { messages, options, labels: &answer.labels, text: String::new() };
    let title = messages.word(&format!("verb-{}", answer.stamp.verb))?;
    page.paragraph(Style::Bold, "", &format!("{} · {title}", answer.stamp.verb));
    if matches!(
        answer.stamp.status,
        Status::Infeasible | Status::Unbounded | Status::TimeLimit | Status::NoData
    ) {
        page.text.push('\n');
        page.message(Style::Bold, "! ", &answer.stamp.status.message())?;
    }
    if !answer.headlines.is_empty() {
        page.text.push('\n');
    }
    for headline in &answer.headlines {
        page.message(Style::Plain, "• ", headline)?;
    }
    for table in &answer.tables {
        page.text.push('\n');
        page.table(table)?;
    }
    if !answer.notes.is_empty() {
        page.text.push('\n');
    }
    for note in &answer.notes {
        page.message(Style::Dim, "", note)?;
    }
    page.text.push('\n');
    let stamp = stamp_line(answer, messages)?;
    page.paragraph(Style::Dim, "", &stamp);
    Ok(page.text)
}

/// The stamp on one line.
pub(crate) fn stamp_line(answer: &Answer, messages: &Messages) -> Result<String, RenderError> {
    let stamp = &answer.stamp;
    let mut parts =
        vec![Message::new("stamp-program").text("program", &stamp.program).text("version", &stamp.version)];
    // Some answers stand on no atlas, or on no data.
    if !stamp.atlas.is_empty() {
        parts.push(Message::new("stamp-atlas").text("atlas", &stamp.atlas).text("as-of", &stamp.as_of));
    }
    if !stamp.data_hash.is_empty() {
        let hash = stamp.data_hash.chars().take(12).collect::<String>();
        parts.push(Message::new("stamp-data").text("hash", hash));
    }
    parts.push(stamp.status.message());
    if let Some(seed) = stamp.seed {
        parts.push(Message::new("stamp-seed").text("seed", seed.to_string()));
    }
    let none = BTreeMap::new();
    let parts: Result<Vec<_>, _> = parts.iter().map(|part| messages.get(part, &none)).collect();
    Ok(parts?.join(" · "))
}

/// A column laid out: its header in lines, its cells in one width.
struct Laid {
    header: Vec<String>,
    cells: Vec<(Style, String)>,
    bars: Option<Vec<f64>>,
    bar: usize,
    width: usize,
    numeric: bool,
}

impl Laid {
    fn full_width(&self) -> usize {
        self.width + if self.bars.is_some() { 1 + self.bar } else { 0 }
    }
}

struct Page<'a> {
    messages: &'a Messages,
    options: &'a TerminalOptions,
    labels: &'a BTreeMap<String, Label>,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn paragraph(&mut self, style: Style, bullet: &str, text: &str) {
        let bullet = self.options.plain(bullet);
        let margin = if bullet.is_empty() { 0 } else { MARGIN };
        let hang = margin + width(&bullet);
        let text = self.options.plain(text);
        for (i, line) in wrap(&text, self.options.columns().saturating_sub(hang)).iter().enumerate() {
            let painted = self.options.paint(style, line);
            let start = if i == 0 {
                let bullet = self.options.paint(Style::Accent, &bullet);
                format!("{}{bullet}", " ".repeat(margin))
            } else {
                " ".repeat(hang)
            };
            self.line(&format!("{start}{painted}"));
        }
    }

    fn message(&mut self, style: Style, bullet: &str, message: &Message) -> Result<(), RenderError> {
        let text = self.messages.get(message, self.labels)?;
        self.paragraph(style, bullet, &text);
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), RenderError> {
        let title = self.messages.get(&table.title, self.labels)?;
        let views = view::columns(table, self.messages, self.labels)?;
        if table.is_empty() || views.is_empty() {
            self.paragraph(Style::Bold, "", &title);
            let empty = self.messages.word("table-empty")?;
            self.line(&format!("{}{}", " ".repeat(MARGIN), self.options.paint(Style::Dim, &empty)));
        } else {
            let columns: Vec<Laid> = views
                .iter()
                .enumerate()
                .map(|(i, view)| self.lay(view, table.indent.as_deref().filter(|_| i == 0)))
                .collect();
            let wide = columns.iter().map(|c| c.width + GAP).sum::<usize>() > self.options.columns();
            if wide && table.len() <= RECORDS {
                self.paragraph(Style::Bold, "", &title);
                self.records(&views, table.len());
                return self.notes(table);
            }
            for (i, block) in self.blocks(columns).into_iter().enumerate() {
                if i == 0 {
                    self.paragraph(Style::Bold, "", &title);
                } else {
                    let message = Message::new("table-continued").text("title", title.clone());
                    self.text.push('\n');
                    self.message(Style::Bold, "", &message)?;
                }
                self.block(&block);
            }
        }
        self.notes(table)
    }

    /// Few rows that do not fit side by side: a line a cell, nothing cut.
    fn records(&mut self, views: &[ViewColumn], rows: usize) {
        let tidy = |text: &str| one_line(&self.options.plain(text));
        let names: Vec<String> = views.iter().map(|view| tidy(&view.header)).collect();
        let column = names.iter().map(|name| width(name)).max().unwrap_or(0);
        let room = self.options.columns().saturating_sub(MARGIN + column + GAP).max(NARROWEST);
        for row in 0..rows {
            if row > 0 {
                self.text.push('\n');
            }
            for (view, name) in views.iter().zip(&names) {
                let cell = &view.cells[row];
                let text = tidy(&format!("{}{}", cell.body, cell.after));
                for (i, line) in wrap(&text, room).iter().enumerate() {
                    let name = pad_right(if i == 0 { name } else { "" }, column);
                    let name = self.options.paint(Style::Dim, &name);
                    self.line(&format!("{}{name}{}{line}", " ".repeat(MARGIN), " ".repeat(GAP)));
                }
            }
        }
    }

    fn notes(&mut self, table: &Table) -> Result<(), RenderError> {
        for note in &table.notes {
            let text = self.messages.get(note, self.labels)?;
            let text = self.options.plain(&text);
            for line in wrap(&text, self.options.columns() - MARGIN) {
                let painted = self.options.paint(Style::Dim, &line);
                self.line(&format!("{}{painted}", " ".repeat(MARGIN)));
            }
        }
        Ok(())
    }

    fn lay(&self, view: &ViewColumn, indent: Option<&[u8]>) -> Laid {
        let tidy = |text: &str| one_line(&self.options.plain(text));
        let missing = |missing| if missing { Style::Dim } else { Style::Plain };
        let cells: Vec<(Style, String)> = if view.numeric {
            aligned(view, tidy)
                .into_iter()
                .zip(&view.cells)
                .map(|(text, c)| (missing(c.missing), text))
                .collect()
        } else {
            let depth =
                |row| indent.and_then(|depths: &[u8]| depths.get(row)).copied().map_or(0, usize::from);
            let text = |(row, cell): (usize, &view::ViewCell)| {
                (missing(cell.missing), format!("{}{}", "  ".repeat(depth(row)), tidy(&cell.body)))
            };
            view.cells.iter().enumerate().map(text).collect()
        };
        let widest = cells.iter().map(|(_, text)| width(text)).max().unwrap_or(0);
        let header = tidy(&view.header);
        // A header wider than its cells goes over two lines, if two are enough.
        let room = (widest.max(10)..width(&header)).find(|room| {
            let lines = wrap(&header, *room);
            lines.len() <= 2
                && lines.iter().all(|line| header.contains(line.as_str()))
                && longest_word(&header) <= *room
        });
        let header = wrap(&header, room.unwrap_or(width(&header)));
        let columns = header.iter().map(|line| width(line)).max().unwrap_or(0).max(widest);
        Laid { header, cells, bars: view.bars.clone(), bar: BAR, width: columns, numeric: view.numeric }
    }

    /// The columns in blocks that fit; bars are shortened first, then text is cut, then the table goes on below with its first column repeated.
    fn blocks(&self, mut columns: Vec<Laid>) -> Vec<Vec<Rc<Laid>>> {
        let room = self.options.columns() - MARGIN;
        let total = |columns: &[Laid]| {
            columns.iter().map(Laid::full_width).sum::<usize>() + GAP * columns.len().saturating_sub(1)
        };
        let natural: Vec<usize> = columns.iter().map(|column| column.width).collect();
        let mut excess = total(&columns).saturating_sub(room);
        for column in columns.iter_mut().filter(|column| column.bars.is_some()) {
            let less = excess.min(BAR - SHORT_BAR);
            column.bar -= less;
            excess -= less;
            // A name that is cut costs more than a bar: its number stands beside it.
            if excess > 0 {
                excess = excess.saturating_sub(1 + column.bar);
                column.bars = None;
            }
        }
        while excess > 0 {
            // The first column says what a row is; it is cut last.
            let worth =
                |(i, column): &(usize, &mut Laid)| if *i == 0 { column.width / 2 } else { column.width };
            let text = |(_, column): &(usize, &mut Laid)| !column.numeric && column.width > NARROWEST;
            let widest = columns.iter_mut().enumerate().filter(text).max_by_key(worth);
            let Some((_, column)) = widest else { break };
            column.width -= 1;
            excess -= 1;
        }
        // If cutting was not enough, the columns are spread over blocks, and names need not be cut that much. Numbers
        // are never cut; the name beside the widest makes room.
        if excess > 0 {
            let numbers =
                columns.iter().filter(|column| column.numeric).map(Laid::full_width).max().unwrap_or(0);
            let name = room.saturating_sub(GAP + numbers).clamp(6, room * 2 / 5);
            for (i, (column, natural)) in columns.iter_mut().zip(natural).enumerate() {
                if !column.numeric {
                    column.width = natural.min(if i == 0 { name } else { room / 2 });
                }
            }
        }
        let columns: Vec<_> = columns.into_iter().map(Rc::new).collect();
        let mut blocks = vec![Vec::new()];
        let mut used = 0;
        for column in &columns {
            let wide = column.full_width() + if used > 0 { GAP } else { 0 };
            let fits = used + wide <= room;
            if let Some(block) = blocks.last_mut()
                && (fits || block.len() < 2)
            {
                block.push(column.clone());
                used += wide;
            } else {
                let first = columns[0].clone();
                used = first.full_width() + GAP + column.full_width();
                blocks.push(vec![first, column.clone()]);
            }
        }
        blocks
    }

    fn block(&mut self, columns: &[Rc<Laid>]) {
        let options = self.options;
        let margin = " ".repeat(MARGIN);
        let gap = " ".repeat(GAP);
        let lines = columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
        for i in 0..lines {
            let cells: Vec<String> = columns
                .iter()
                .map(|column| {
                    let above = lines - column.header.len();
                    let text = i.checked_sub(above).map_or("", |line| column.header[line].as_str());
                    let text = truncate(text, column.width, options.mark());
                    let placed = if column.numeric {
                        pad_left(&text, column.width)
                    } else {
                        pad_right(&text, column.width)
                    };
                    pad_right(&placed, column.full_width())
                })
                .collect();
            let line = cells.join(&gap);
            self.line(&format!("{margin}{}", options.paint(Style::Dim, line.trim_end())));
        }
        let rule = if options.unicode { "─" } else { "-" };
        let all = columns.iter().map(|column| column.full_width()).sum::<usize>() + GAP * (columns.len() - 1);
        self.line(&format!("{margin}{}", options.paint(Style::Dim, &rule.repeat(all))));
        let rows = columns.first().map_or(0, |column| column.cells.len());
        for row in 0..rows {
            let cells: Vec<String> = columns
                .iter()
                .map(|column| {
                    let (style, text) = &column.cells[row];
                    let text = truncate(text, column.width, options.mark());
                    let placed = if column.numeric {
                        pad_left(&text, column.width)
                    } else {
                        pad_right(&text, column.width)
                    };
                    let mut cell = options.paint(*style, &placed);
                    if let Some(bars) = &column.bars {
                        cell.push(' ');
                        cell.push_str(&options.paint(
                            Style::Accent,
                            &pad_right(&options.bar(bars[row], column.bar), column.bar),
                        ));
                    }
                    cell
                })
                .collect();
            self.line(&format!("{margin}{}", cells.join(&gap)));
        }
    }
}

/// Numbers aligned at the point, units at their start.
fn aligned(view: &ViewColumn, tidy: impl Fn(&str) -> String) -> Vec<String> {
    let ranges = view.cells.iter().any(|cell| cell.body.contains(['(', '–', 'e']) && !cell.missing);
    let has_units = view.cells.iter().any(|cell| !cell.after.is_empty());
    let fraction = |body: &str| body.rfind('.').map_or(0, |point| body.len() - point);
    let numbers = || view.cells.iter().filter(|cell| !cell.missing);
    let longest =
        numbers().map(|cell| fraction(&cell.body)).max().filter(|_| !ranges && !has_units).unwrap_or(0);
    let after = numbers().map(|cell| width(&cell.after)).max().unwrap_or(0);
    let number = |cell: &view::ViewCell| {
        if cell.missing {
            return tidy(&cell.body);
        }
        let body = tidy(&cell.body);
        let padding = longest.saturating_sub(if ranges || has_units { longest } else { fraction(&body) });
        format!("{body}{}{}", " ".repeat(padding), pad_right(&cell.after, after))
    };
    view.cells.iter().map(number).collect()
}

fn longest_word(text: &str) -> usize {
    text.split(' ').filter(|word| word.is_ascii()).map(width).max().unwrap_or(0)
}
