use arrow_array::{Array, Float64Array, Int64Array, StringArray};

use crate::{Message, Unit};

/// The cells of a column. A null is "no data"; an empty text is a cell that does not apply.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Ids that the answer has labels for.
    Names(StringArray),
    /// Message ids.
    Words(StringArray),
    /// Text shown as it is.
    Text(StringArray),
    /// Numbers in a base unit.
    Number(Float64Array),
    /// Whole numbers.
    Integer(Int64Array),
}

impl Cells {
    /// Number of cells.
    pub fn len(&self) -> usize {
        match self {
            Cells::Names(array) | Cells::Words(array) | Cells::Text(array) => array.len(),
            Cells::Number(array) => array.len(),
            Cells::Integer(array) => array.len(),
        }
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the cells are numbers, whole or not.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Cells::Number(_) | Cells::Integer(_))
    }

    /// The cells of some rows, in this order. Rows beyond the end are no data.
    pub fn with_rows(&self, rows: &[usize]) -> Cells {
        let texts = || rows.iter().map(|row| self.text(*row)).collect();
        match self {
            Cells::Names(_) => Cells::Names(texts()),
            Cells::Words(_) => Cells::Words(texts()),
            Cells::Text(_) => Cells::Text(texts()),
            Cells::Number(_) => Cells::Number(rows.iter().map(|row| self.number(*row)).collect()),
            Cells::Integer(_) => Cells::Integer(rows.iter().map(|row| self.integer(*row)).collect()),
        }
    }

    /// The number in a row, whole or not; `None` for no data, for text and beyond the end.
    pub fn number(&self, row: usize) -> Option<f64> {
        match self {
            Cells::Number(array) => (row < array.len() && array.is_valid(row)).then(|| array.value(row)),
            // Counts beyond 2^53 lose their last digits here; data formats read the integer itself.
            Cells::Integer(_) => self.integer(row).map(|value| value as f64),
            _ => None,
        }
    }

    /// The whole number in a row; `None` for no data, for other cells and beyond the end.
    pub fn integer(&self, row: usize) -> Option<i64> {
        match self {
            Cells::Integer(array) => (row < array.len() && array.is_valid(row)).then(|| array.value(row)),
            _ => None,
        }
    }

    /// The id or text in a row; `None` for no data, for numbers and beyond the end.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Cells::Names(array) | Cells::Words(array) | Cells::Text(array) => {
                (row < array.len() && array.is_valid(row)).then(|| array.value(row))
            }
            _ => None,
        }
    }

    /// What the cells are, for data formats: `name`, `word`, `text`, `number` or `integer`.
    pub fn kind(&self) -> &'static str {
        match self {
            Cells::Names(_) => "name",
            Cells::Words(_) => "word",
            Cells::Text(_) => "text",
            Cells::Number(_) => "number",
            Cells::Integer(_) => "integer",
        }
    }
}

/// The unit of a column's numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitOf {
    /// One unit for all rows.
    Same(Unit),
    /// A unit for each row.
    Row(Vec<Unit>),
}

/// How a terminal or a workbook draws a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draw {
    /// As text.
    #[default]
    Plain,
    /// As text and a bar from 0 to the column's largest value.
    Bar,
    /// As text and a bar that grows by as much for every factor of ten, from below the column's smallest value.
    LogBar,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The column's key in data formats: English, `snake_case`, in every language.
    pub name: &'static str,
    /// The header: the message `col-<name>`, with hyphens, unless said otherwise.
    pub header: Message,
    /// The unit of the numbers; [`Unit::None`] for text.
    pub unit: UnitOf,
    /// The cells.
    pub cells: Cells,
    /// Names of the low and the high column that belong to this value. What people read merges the three into one
    /// cell; data formats keep them apart.
    pub range: Option<(&'static str, &'static str)>,
    /// How a terminal draws the column.
    pub draw: Draw,
    /// Whether each number has an address that `explain` takes apart.
    pub explained: bool,
    /// What a null says in this column where it is not that data are missing, such as "never".
    pub absent: Option<Message>,
}

impl Column {
    /// A column with the default header and unit, drawn plainly; its numbers, if any, are explained.
    pub fn new(name: &'static str, cells: Cells) -> Self {
        let explained = cells.is_numeric();
        Column {
            name,
            header: Message::new(format!("col-{}", name.replace('_', "-"))),
            unit: UnitOf::Same(Unit::None),
            cells,
            range: None,
            draw: Draw::Plain,
            explained,
            absent: None,
        }
    }

    /// The unit in a row.
    pub fn unit_at(&self, row: usize) -> Unit {
        match &self.unit {
            UnitOf::Same(unit) => *unit,
            UnitOf::Row(units) => units.get(row).copied().unwrap_or(Unit::None),
        }
    }
}
