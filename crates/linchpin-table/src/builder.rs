use arrow_array::{Float64Array, Int64Array, StringArray};

use crate::{Cells, Column, Draw, Message, Table, TableError, Unit, UnitOf};

/// What can stand in a text cell: text, or `None` for no data.
pub trait IntoCell {
    /// The cell.
    fn into_cell(self) -> Option<String>;
}

impl IntoCell for String {
    fn into_cell(self) -> Option<String> {
        Some(self)
    }
}

impl IntoCell for &String {
    fn into_cell(self) -> Option<String> {
        Some(self.clone())
    }
}

impl IntoCell for &str {
    fn into_cell(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl<T: IntoCell> IntoCell for Option<T> {
    fn into_cell(self) -> Option<String> {
        self.and_then(IntoCell::into_cell)
    }
}

/// Builds a [`Table`] column by column. Mistakes are kept until [`TableBuilder::build`], which checks everything.
///
/// `header`, `bar` and `unexplained` speak of the column, or the value with its range, that was added last.
///
/// ```
/// use linchpin_table::{Message, Table, Unit};
/// let table = Table::builder("needs", Message::new("explode-needs"), ["nd", "dy"])
///     .names("item", ["nd", "dy"])
///     .range(["mass", "mass_low", "mass_high"], Unit::Kg, [Some(1.2), None], [Some(0.9), None], [Some(3.5), None])
///     .number("share", Unit::Fraction, [0.9, 0.1])
///     .bar()
///     .build()?;
/// assert_eq!(table.value("nd", "mass_high"), Some(3.5));
/// # Ok::<(), linchpin_table::TableError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TableBuilder {
    table: Table,
    last: usize,
}

impl TableBuilder {
    /// Starts a table with these row keys.
    pub fn new<K: Into<String>>(
        name: &'static str,
        title: impl Into<Message>,
        keys: impl IntoIterator<Item = K>,
    ) -> Self {
        let table = Table {
            name,
            title: title.into(),
            keys: keys.into_iter().map(Into::into).collect(),
            columns: Vec::new(),
            notes: Vec::new(),
            indent: None,
        };
        TableBuilder { table, last: 0 }
    }

    /// Adds a ready column.
    #[must_use]
    pub fn column(mut self, column: Column) -> Self {
        self.last = self.table.columns.len();
        self.table.columns.push(column);
        self
    }

    /// Adds a column of ids that the answer has labels for.
    #[must_use]
    pub fn names<T: IntoCell>(self, name: &'static str, ids: impl IntoIterator<Item = T>) -> Self {
        self.column(Column::new(name, Cells::Names(strings(ids))))
    }

    /// Adds a column of message ids.
    #[must_use]
    pub fn words<T: IntoCell>(self, name: &'static str, ids: impl IntoIterator<Item = T>) -> Self {
        self.column(Column::new(name, Cells::Words(strings(ids))))
    }

    /// Adds a column of text that is shown as it is.
    #[must_use]
    pub fn text<T: IntoCell>(self, name: &'static str, texts: impl IntoIterator<Item = T>) -> Self {
        self.column(Column::new(name, Cells::Text(strings(texts))))
    }

    /// Adds a column of numbers in one unit. Items are `f64` or `Option<f64>`.
    #[must_use]
    pub fn number<T: Into<Option<f64>>>(
        self,
        name: &'static str,
        unit: Unit,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.numbers_in(name, UnitOf::Same(unit), values)
    }

    /// Adds a column of numbers with a unit for each row.
    #[must_use]
    pub fn number_by_row<T: Into<Option<f64>>>(
        self,
        name: &'static str,
        units: impl IntoIterator<Item = Unit>,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.numbers_in(name, UnitOf::Row(units.into_iter().collect()), values)
    }

    /// Adds a column of whole numbers in one unit. Items are `i64` or `Option<i64>`.
    #[must_use]
    pub fn integer<T: Into<Option<i64>>>(
        self,
        name: &'static str,
        unit: Unit,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let array: Int64Array = values.into_iter().map(Into::into).collect();
        let mut column = Column::new(name, Cells::Integer(array));
        column.unit = UnitOf::Same(unit);
        self.column(column)
    }

    /// Adds a value with its low and high: three columns, named in this order, shown as one.
    #[must_use]
    pub fn range<T: Into<Option<f64>>>(
        self,
        names: [&'static str; 3],
        unit: Unit,
        values: impl IntoIterator<Item = T>,
        lows: impl IntoIterator<Item = T>,
        highs: impl IntoIterator<Item = T>,
    ) -> Self {
        self.range_in(names, UnitOf::Same(unit), values, lows, highs)
    }

    /// Adds a value with its low and high, with a unit for each row.
    #[must_use]
    pub fn range_by_row<T: Into<Option<f64>>>(
        self,
        names: [&'static str; 3],
        units: impl IntoIterator<Item = Unit>,
        values: impl IntoIterator<Item = T>,
        lows: impl IntoIterator<Item = T>,
        highs: impl IntoIterator<Item = T>,
    ) -> Self {
        self.range_in(names, UnitOf::Row(units.into_iter().collect()), values, lows, highs)
    }

    /// Gives the last column another header than the message `col-<name>`.
    #[must_use]
    pub fn header(mut self, header: impl Into<Message>) -> Self {
        if let Some(column) = self.table.columns.get_mut(self.last) {
            column.header = header.into();
        }
        self
    }

    /// Says what a null means in the last column, other than "no data".
    #[must_use]
    pub fn absent(mut self, word: impl Into<Message>) -> Self {
        if let Some(column) = self.table.columns.get_mut(self.last) {
            column.absent = Some(word.into());
        }
        self
    }

    /// Draws the last column with a bar.
    #[must_use]
    pub fn bar(mut self) -> Self {
        if let Some(column) = self.table.columns.get_mut(self.last) {
            column.draw = Draw::Bar;
        }
        self
    }

    /// Draws the last column with a bar that grows by as much for every factor of ten.
    #[must_use]
    pub fn log_bar(mut self) -> Self {
        if let Some(column) = self.table.columns.get_mut(self.last) {
            column.draw = Draw::LogBar;
        }
        self
    }

    /// Says that the numbers of the last column have no address.
    #[must_use]
    pub fn unexplained(mut self) -> Self {
        for column in self.table.columns.iter_mut().skip(self.last) {
            column.explained = false;
        }
        self
    }

    /// Adds a note under the table.
    #[must_use]
    pub fn note(mut self, note: impl Into<Message>) -> Self {
        self.table.notes.push(note.into());
        self
    }

    /// Makes the table a tree: the depth of each row.
    #[must_use]
    pub fn indent(mut self, depths: impl IntoIterator<Item = u8>) -> Self {
        self.table.indent = Some(depths.into_iter().collect());
        self
    }

    /// The table, if it holds together.
    pub fn build(self) -> Result<Table, TableError> {
        self.table.check()?;
        Ok(self.table)
    }

    fn numbers_in<T: Into<Option<f64>>>(
        self,
        name: &'static str,
        unit: UnitOf,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let array: Float64Array = values.into_iter().map(Into::into).collect();
        let mut column = Column::new(name, Cells::Number(array));
        column.unit = unit;
        self.column(column)
    }

    fn range_in<T: Into<Option<f64>>>(
        mut self,
        [name, low, high]: [&'static str; 3],
        unit: UnitOf,
        values: impl IntoIterator<Item = T>,
        lows: impl IntoIterator<Item = T>,
        highs: impl IntoIterator<Item = T>,
    ) -> Self {
        let first = self.table.columns.len();
        self = self.numbers_in(name, unit.clone(), values);
        if let Some(column) = self.table.columns.get_mut(first) {
            column.range = Some((low, high));
        }
        self = self.numbers_in(low, unit.clone(), lows).numbers_in(high, unit, highs);
        self.last = first;
        self
    }
}

fn strings<T: IntoCell>(cells: impl IntoIterator<Item = T>) -> StringArray {
    cells.into_iter().map(IntoCell::into_cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::Array;

    fn keys() -> [&'static str; 2] {
        ["a", "b"]
    }

    fn fault(builder: TableBuilder) -> String {
        builder.build().unwrap_err().to_string()
    }

    #[test]
    fn a_table_keeps_what_it_was_given() {
        let table = Table::builder("t", "title", keys())
            .names("item", keys())
            .text("remark", [Some("x"), None])
            .range(["mass", "mass_low", "mass_high"], Unit::Kg, [2.0, 3.0], [1.0, 2.0], [3.0, 4.0])
            .bar()
            .unexplained()
            .header("col-weight")
            .integer("count", Unit::Piece, [Some(1), None])
            .indent([0, 1])
            .note("n")
            .build()
            .unwrap();
        assert_eq!(table.value("b", "mass_low"), Some(2.0));
        assert_eq!(table.value("a", "count"), Some(1.0));
        assert_eq!(table.value("b", "count"), None);
        assert_eq!(table.column("remark").unwrap().cells.text(1), None);
        let explained: Vec<_> = table.columns.iter().filter(|c| c.explained).map(|c| c.name).collect();
        assert_eq!(explained, ["count"]);
        assert_eq!(table.column("mass").unwrap().header.id, "col-weight");
        assert_eq!(table.column("mass_low").unwrap().header.id, "col-mass-low");
    }

    #[test]
    fn a_table_that_does_not_hold_together_is_refused() {
        let start = || Table::builder("t", "title", keys());
        assert!(fault(start().number("x", Unit::Kg, [1.0])).contains("x has 1 rows, the keys have 2"));
        assert!(fault(start().indent([0])).contains("indent has 1 rows"));
        assert!(fault(start().number_by_row("x", [Unit::Kg], [1.0, 2.0])).contains("x has 1 rows"));
        assert!(fault(Table::builder("t", "title", ["a", "a"])).contains("\"a\" stands twice"));
        assert!(fault(Table::builder("t", "title", [""])).contains("empty key"));
        assert!(fault(start().names("x", keys()).names("x", keys())).contains("column x stands twice"));
        assert!(fault(start().names("key", keys())).contains("column key stands twice"));
        let units = [Unit::Kg, Unit::Piece];
        let twice = start().number_by_row("x", units, [1.0, 2.0]).text("x_unit", keys());
        assert!(fault(twice).contains("column x_unit stands twice"));
        assert!(fault(start().names("Item", keys())).contains("snake_case"));
        assert!(fault(start().number("x", Unit::Kg, [1.0, f64::NAN])).contains("x of \"b\" is not finite"));
        let mut column = Column::new("x", Cells::Number(vec![1.0, 2.0].into()));
        column.range = Some(("low", "high"));
        assert!(fault(start().column(column)).contains("needs a numeric column low"));
    }

    #[test]
    fn a_record_batch_carries_units_and_headers() {
        let table = Table::builder("t", "title", keys())
            .names("item", keys())
            .number("mass", Unit::Kg, [Some(1.0), None])
            .number_by_row("amount", [Unit::Kg, Unit::Piece], [1.0, 2.0])
            .build()
            .unwrap();
        let batch = table.to_record_batch().unwrap();
        let schema = batch.schema();
        let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        assert_eq!(names, ["key", "item", "mass", "amount", "amount_unit"]);
        assert_eq!(schema.field(2).metadata()["unit"], "kg");
        assert_eq!(schema.field(2).metadata()["header"], "col-mass");
        assert!(!schema.field(3).metadata().contains_key("unit"));
        assert_eq!(schema.metadata()["table"], "t");
        assert!(batch.column(2).is_null(1));
    }
}
