//! Sharing independent pieces of work over a given number of threads.

use std::sync::{Mutex, PoisonError};

/// Runs `work` once for every item, on at most `threads` threads: the caller's and workers of the rayon pool.
///
/// Items are handed out in order, one at a time, so a slow thread takes fewer of them. With one thread the
/// pool is not touched.
pub(crate) fn share<T, I, F>(threads: usize, items: I, work: F)
where
    T: Send,
    I: Iterator<Item = T> + Send,
    F: Fn(T) + Sync,
{
    if threads <= 1 {
        items.for_each(work);
        return;
    }
    let queue = Mutex::new(items);
    let work_off = || {
        loop {
            // The lock is released before the item is worked on.
            let item = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            match item {
                Some(item) => work(item),
                None => break,
            }
        }
    };
    rayon::in_place_scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|_| work_off());
        }
        work_off();
    });
}
