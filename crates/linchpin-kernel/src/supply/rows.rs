//! Values of many losses, site by site.

/// Bytes that a processor fetches from memory at a time.
const CACHE_LINE: usize = 64;

/// `W` values a position, so laid that the values of a position share as few cache lines as they can.
pub(super) struct Rows<const W: usize> {
    /// The rows, after some values that only serve to start on a cache line.
    values: Vec<f64>,
    skipped: usize,
}

impl<const W: usize> Rows<W> {
    /// Rows that hold the same value `W` times each.
    pub(super) fn new(first: &[f64]) -> Self {
        let spare = CACHE_LINE / size_of::<f64>();
        let values = vec![0.0; first.len() * W + spare];
        let skipped = values.as_ptr().align_offset(CACHE_LINE).min(spare);
        let mut rows = Self { values, skipped };
        for (row, &value) in rows.all_mut().iter_mut().zip(first) {
            *row = [value; W];
        }
        rows
    }

    pub(super) fn all(&self) -> &[[f64; W]] {
        self.values[self.skipped..].as_chunks().0
    }

    pub(super) fn all_mut(&mut self) -> &mut [[f64; W]] {
        self.values[self.skipped..].as_chunks_mut().0
    }

    pub(super) fn row(&self, position: u32) -> &[f64; W] {
        &self.all()[position as usize]
    }

    pub(super) fn row_mut(&mut self, position: u32) -> &mut [f64; W] {
        &mut self.all_mut()[position as usize]
    }
}
