//! An answer in the making: tables whose every number is a [`Quantity`].
//!
//! A number is printed and explained from the same definition, so the two cannot drift apart.

use crate::atlas::{Atlas, Change, Figure, Overlay, Values};
use crate::context::Cancelled;
use crate::model::{Model, Quantity, figure_label};
use linchpin_table::{Answer, Message, Stamp, Table, TableError, Unit};
use std::collections::BTreeMap;

/// Why an answer was not finished.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// A table does not hold together; a bug.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// An answer and the definition of each of its numbers.
pub struct Book {
    /// The answer.
    pub answer: Answer,
    /// Definition of every explained number by address.
    pub numbers: BTreeMap<String, Quantity>,
}

impl Book {
    /// An empty answer to a verb.
    pub fn new(model: &Model<'_>, verb: &str, request: BTreeMap<String, String>) -> Book {
        let mut stamp = stamp(model.atlas, verb);
        stamp.status = model.status();
        stamp.request = request;
        let mut answer = Answer::new(stamp);
        answer.labels = model.labels();
        changes(model.atlas, model.values, &mut answer);
        Book { answer, numbers: BTreeMap::new() }
    }

    /// Adds a finished table.
    pub fn push(&mut self, draft: Draft<'_, '_>) -> Result<(), BookError> {
        let table = draft.builder.build()?;
        draft.model.context.step(table.name, self.answer.tables.len() + 1)?;
        for (row, column, quantity) in draft.numbers {
            self.numbers.insert(self.answer.address(table.name, &table.keys[row], column), quantity);
        }
        self.answer.tables.push(table);
        Ok(())
    }
}

/// The stamp of an answer on an atlas.
pub fn stamp(atlas: &Atlas, verb: &str) -> Stamp {
    let mut stamp = Stamp::new(verb);
    stamp.version = env!("CARGO_PKG_VERSION").to_owned();
    stamp.atlas = format!("{} {}", atlas.package.name, atlas.package.version);
    stamp.as_of = atlas.package.as_of.clone();
    stamp.data_hash = atlas.hash.clone();
    stamp
}

/// Puts the changes of a scenario into the request of an answer, as typed, and under the answer, in words.
pub fn changes(atlas: &Atlas, values: &Values, answer: &mut Answer) {
    let mut changes = values.changes().peekable();
    if changes.peek().is_none() {
        return;
    }
    let Ok(before) = atlas.values(&Overlay::new()) else { return };
    for (id, change) in changes {
        let figure = atlas.figures.get(id);
        let label = figure_label(atlas, &answer.labels, id);
        answer.labels.insert(figure.address.clone(), label);
        answer.stamp.request.insert(figure.address.clone(), typed(figure, change));
        let after = values.get(id).unwrap_or(f64::NAN);
        let note = match before.get(id) {
            Some(before) => Message::new("note-changed").number("before", before, figure.unit),
            None => Message::new("note-changed-unknown"),
        };
        answer.notes.push(
            note.name("figure", figure.address.as_str()).text("address", figure.address.as_str()).number(
                "after",
                after,
                figure.unit,
            ),
        );
    }
}

/// A change in the unit of its table: `set 80`, `multiply 1.2` or `add -3`.
fn typed(figure: &Figure, change: Change) -> String {
    // The shortest number that the factor turns into the value in base units is the one that was typed.
    let in_table = |v: f64| {
        let quotient = v / figure.factor;
        let mut rounded =
            (1..=17).filter_map(|digits| format!("{quotient:.*e}", digits - 1).parse::<f64>().ok());
        rounded.find(|t| t * figure.factor == v).unwrap_or(quotient)
    };
    match change {
        Change::Set(v) => format!("set {}", in_table(v)),
        Change::Multiply(k) => format!("multiply {k}"),
        Change::Add(v) => format!("add {}", in_table(v)),
    }
}

/// A table in the making.
pub struct Draft<'m, 'a> {
    model: &'m Model<'a>,
    builder: linchpin_table::TableBuilder,
    numbers: Vec<(usize, &'static str, Quantity)>,
}

/// Names of a value and its range.
pub type RangeNames = [&'static str; 3];

impl<'m, 'a> Draft<'m, 'a> {
    /// A table with these row keys, titled by the message `table-<name>`.
    pub fn new(model: &'m Model<'a>, name: &'static str, keys: Vec<String>) -> Self {
        let title = Message::new(format!("table-{}", name.replace('_', "-")));
        Draft::titled(model, name, title, keys)
    }

    /// Titled by another message than `table-<name>`.
    pub fn titled(model: &'m Model<'a>, name: &'static str, title: Message, keys: Vec<String>) -> Self {
        Draft { model, builder: Table::builder(name, title, keys), numbers: vec![] }
    }

    /// The model it speaks of.
    pub fn model(&self) -> &'m Model<'a> {
        self.model
    }

    /// A column of ids with labels.
    pub fn names(mut self, name: &'static str, ids: Vec<String>) -> Self {
        self.builder = self.builder.names(name, ids);
        self
    }

    /// A column of words (message ids); `None` for an empty cell.
    pub fn words(mut self, name: &'static str, ids: Vec<Option<String>>) -> Self {
        self.builder = self.builder.words(name, ids);
        self
    }

    /// A column of text shown as it is.
    pub fn text(mut self, name: &'static str, texts: Vec<Option<String>>) -> Self {
        self.builder = self.builder.text(name, texts);
        self
    }

    /// A column of numbers in one unit.
    pub fn number(mut self, name: &'static str, unit: Unit, cells: Vec<Option<Quantity>>) -> Self {
        let values = self.take(name, cells);
        self.builder = self.builder.number(name, unit, values);
        self
    }

    /// A column of numbers in one unit whose values are at hand, because choosing them took working them out.
    pub fn number_known(mut self, name: &'static str, unit: Unit, cells: Vec<(Quantity, f64)>) -> Self {
        let values: Vec<_> = cells.iter().map(|(_, value)| Some(*value).filter(|v| v.is_finite())).collect();
        self.numbers.extend(cells.into_iter().enumerate().map(|(row, (q, _))| (row, name, q)));
        self.builder = self.builder.number(name, unit, values);
        self
    }

    /// A column of numbers with a unit a row.
    pub fn number_by_row(
        mut self,
        name: &'static str,
        units: Vec<Unit>,
        cells: Vec<Option<Quantity>>,
    ) -> Self {
        let values = self.take(name, cells);
        self.builder = self.builder.number_by_row(name, units, values);
        self
    }

    /// A column of numbers with their range.
    pub fn range(mut self, names: RangeNames, unit: Unit, cells: Vec<Option<Quantity>>) -> Self {
        let (values, lows, highs) = self.take_range(names, cells);
        self.builder = self.builder.range(names, unit, values, lows, highs);
        self
    }

    /// A column of numbers with their range and a unit a row.
    pub fn range_by_row(mut self, names: RangeNames, units: Vec<Unit>, cells: Vec<Option<Quantity>>) -> Self {
        let (values, lows, highs) = self.take_range(names, cells);
        self.builder = self.builder.range_by_row(names, units, values, lows, highs);
        self
    }

    /// A column of shares of which the two ends are worked out, and a value only where they are one.
    pub fn interval(
        self,
        names: RangeNames,
        unit: Unit,
        lows: Vec<Option<Quantity>>,
        highs: Vec<Option<Quantity>>,
    ) -> Self {
        let value = |low: &Option<Quantity>, high: &Option<Quantity>| {
            let (low, high) = (low.as_ref()?, high.as_ref()?);
            (self.model.value(low)? == self.model.value(high)?).then(|| low.clone())
        };
        let values = lows.iter().zip(&highs).map(|(l, h)| value(l, h)).collect();
        self.ends(names, unit, values, lows, highs)
    }

    /// A column of numbers whose ends have definitions of their own.
    pub fn ends(
        mut self,
        names: RangeNames,
        unit: Unit,
        values: Vec<Option<Quantity>>,
        lows: Vec<Option<Quantity>>,
        highs: Vec<Option<Quantity>>,
    ) -> Self {
        let values = self.take(names[0], values);
        let (lows, highs) = (self.take(names[1], lows), self.take(names[2], highs));
        self.builder = self.builder.range(names, unit, values, lows, highs);
        self
    }

    /// Gives the last column another header than the message `col-<name>`.
    pub fn header(mut self, header: Message) -> Self {
        self.builder = self.builder.header(header);
        self
    }

    /// Says what a null means in the last column, other than "no data".
    pub fn absent(mut self, word: Message) -> Self {
        self.builder = self.builder.absent(word);
        self
    }

    /// Draws the last column with a bar.
    pub fn bar(mut self) -> Self {
        self.builder = self.builder.bar();
        self
    }

    /// Draws the last column with a bar that grows by as much for every factor of ten.
    pub fn log_bar(mut self) -> Self {
        self.builder = self.builder.log_bar();
        self
    }

    /// A note under the table.
    pub fn note(mut self, note: Message) -> Self {
        self.builder = self.builder.note(note);
        self
    }

    /// Makes it a tree.
    pub fn indent(mut self, depths: Vec<u8>) -> Self {
        self.builder = self.builder.indent(depths);
        self
    }

    fn take(&mut self, name: &'static str, cells: Vec<Option<Quantity>>) -> Vec<Option<f64>> {
        let values = cells.iter().map(|q| q.as_ref().and_then(|q| self.model.value(q))).collect();
        self.numbers.extend(cells.into_iter().enumerate().filter_map(|(row, q)| Some((row, name, q?))));
        values
    }

    #[allow(clippy::type_complexity)]
    fn take_range(
        &mut self,
        names: RangeNames,
        cells: Vec<Option<Quantity>>,
    ) -> (Vec<Option<f64>>, Vec<Option<f64>>, Vec<Option<f64>>) {
        let mut ends = (vec![], vec![], vec![]);
        for (row, cell) in cells.into_iter().enumerate() {
            let value = cell.as_ref().and_then(|q| self.model.value(q));
            // One walk gives both ends; asking for `Low` and `High` apart would walk twice.
            let spread = match (&cell, value) {
                (Some(q), Some(_)) => self.model.spread(q),
                _ => Default::default(),
            };
            // A figure published as a range alone has ends but no value.
            let (low, high) = match (&cell, value) {
                (Some(q), None) => self.model.published_range(q),
                _ => (value.map(|v| v + spread.down), value.map(|v| v + spread.up)),
            };
            ends.0.push(value);
            ends.1.push(low);
            ends.2.push(high);
            if let Some(q) = cell {
                self.numbers.push((row, names[1], q.low()));
                self.numbers.push((row, names[2], q.high()));
                self.numbers.push((row, names[0], q));
            }
        }
        ends
    }
}
