//! The cells of one row in two pieces of memory, however many they are: an atlas has millions.

/// Cells of a row; a blank one has no text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: Box<str>,
    /// Where each cell ends.
    ends: Box<[u32]>,
}

impl Cells {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at a position; `None` if it is blank.
    pub fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[start..self.ends[at] as usize]).filter(|text| !text.is_empty())
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|at| self.get(at))
    }
}

/// Cells that are being put together; the room that they take is used for row after row.
#[derive(Debug, Default)]
pub(super) struct Filling {
    text: String,
    ends: Vec<u32>,
}

impl Filling {
    /// Adds a cell. A row that is longer than a file may be has been refused before.
    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len() as u32);
    }

    /// Takes the last cell back and leaves it blank.
    pub(super) fn blank(&mut self) {
        if let Some((last, before)) = self.ends.split_last_mut() {
            *last = before.last().copied().unwrap_or(0);
            self.text.truncate(*last as usize);
        }
    }

    /// The cells, and room for those of the next row.
    pub(super) fn take(&mut self) -> Cells {
        let cells = Cells { text: self.text.as_str().into(), ends: self.ends.as_slice().into() };
        self.text.clear();
        self.ends.clear();
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_was_put_in() {
        let mut filling = Filling::default();
        for _ in 0..2 {
            ["item", "", "π"].into_iter().for_each(|cell| filling.push(cell));
            filling.push("wrong");
            filling.blank();
            let cells = filling.take();
            assert_eq!(cells.iter().collect::<Vec<_>>(), [Some("item"), None, Some("π"), None]);
        }
        assert!(filling.take().is_empty());
    }
}
