//! Something that follows from the fields beside it, worked out when it is first asked for.

use std::cell::OnceCell;

/// Holds it. A copy starts anew, because its fields may be changed before it is asked; equality is that of the fields.
#[derive(Debug)]
pub struct Once<T>(OnceCell<T>);

impl<T> Once<T> {
    /// It, worked out now or before.
    pub(super) fn get(&self, work_out: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(work_out)
    }
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(OnceCell::new())
    }
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Once<T> {
        Once::default()
    }
}

impl<T> PartialEq for Once<T> {
    fn eq(&self, _: &Once<T>) -> bool {
        true
    }
}
