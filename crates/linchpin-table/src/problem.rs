use std::cmp::Ordering;

use serde::Serialize;

use crate::Message;

/// A fault in a user's input: where it stands, what is wrong and how to mend it.
///
/// Problems sort by file, sheet, row and column, so a list of them reads like the file.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// The file as the user named it.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row, from 1, the header included.
    pub row: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong.
    pub what: Message,
    /// How to mend it.
    pub mend: Message,
    /// Further faults that this one stands for and that are not listed.
    pub others: u64,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn new(file: impl Into<String>, what: impl Into<Message>, mend: impl Into<Message>) -> Self {
        Problem {
            file: file.into(),
            sheet: None,
            row: None,
            column: None,
            value: None,
            what: what.into(),
            mend: mend.into(),
            others: 0,
        }
    }

    /// Says in which sheet.
    #[must_use]
    pub fn sheet(mut self, sheet: impl Into<String>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// Says in which row, from 1, the header included.
    #[must_use]
    pub fn row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    /// Says in which column.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Says what stands there.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}

impl Ord for Problem {
    fn cmp(&self, other: &Self) -> Ordering {
        fn place(
            problem: &Problem,
        ) -> (&String, &Option<String>, Option<u64>, &Option<String>, &Option<String>) {
            (&problem.file, &problem.sheet, problem.row, &problem.column, &problem.value)
        }
        // Messages hold floating-point numbers, which have no order of their own; their text has.
        let words = |problem: &Problem| format!("{:?} {:?}", problem.what, problem.mend);
        place(self).cmp(&place(other)).then_with(|| words(self).cmp(&words(other)))
    }
}

impl PartialOrd for Problem {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Problem {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_read_like_the_file() {
        let at = |file: &str, row, column: &str| Problem::new(file, "what", "mend").row(row).column(column);
        let mut problems =
            [at("b.csv", 1, "x"), at("a.csv", 10, "x"), at("a.csv", 2, "y"), at("a.csv", 2, "x")];
        problems.sort();
        let places: Vec<_> = problems.iter().map(|p| (p.file.as_str(), p.row, p.column.as_deref())).collect();
        assert_eq!(
            places,
            [
                ("a.csv", Some(2), Some("x")),
                ("a.csv", Some(2), Some("y")),
                ("a.csv", Some(10), Some("x")),
                ("b.csv", Some(1), Some("x"))
            ]
        );
        assert_ne!(at("a", 1, "x"), at("a", 1, "x").value("7"));
    }
}
