//! What verbs that run trials share: their threads, and what can go wrong.

use crate::args::Trials;
use crate::fault::Fault;
use crate::progress;
use linchpin::context::Context;
use linchpin::trials::{JournalError, TrialsError};
use linchpin_table::Message;

/// The context of a run.
pub(crate) fn context(trials: &Trials) -> Context {
    trials.threads.map_or_else(progress::context, |threads| progress::context_with(usize::from(threads)))
}

/// A run that cannot be, in words.
pub(crate) fn fault(e: TrialsError) -> Fault {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Fault::message(match e {
        TrialsError::Trials { trials, most } => {
            Message::new("error-trials-count").integer("trials", count(trials)).integer("most", count(most))
        }
        TrialsError::Memory { trials, need, available, possible } => Message::new("error-trials-memory")
            .integer("trials", count(trials))
            .text("need", size(need))
            .text("available", size(u128::from(available)))
            .integer("possible", count(possible)),
        TrialsError::Error { error } => Message::new("error-trials-error").text("value", error.to_string()),
        TrialsError::ErrorOfShard => Message::new("error-trials-error-of-shard"),
        TrialsError::Journal(e) => return journal_fault(e),
        TrialsError::Cancelled(_) => Message::new("error-cancelled"),
    })
}

/// A journal that is of no use, in words.
pub(crate) fn journal_fault(e: JournalError) -> Fault {
    let of =
        |id: &'static str, path: &std::path::Path| Message::new(id).text("file", path.display().to_string());
    Fault::Messages(match e {
        JournalError::File { path, reason } => {
            vec![of("error-trials-file", &path).text("reason", reason.to_string())]
        }
        JournalError::Foreign { path } => vec![of("error-trials-foreign", &path)],
        JournalError::Busy { path } => vec![of("error-trials-busy", &path)],
        JournalError::Outcomes { path, first } => {
            vec![
                of("error-trials-outcomes", &path).integer("first", i64::try_from(first).unwrap_or(i64::MAX)),
            ]
        }
        JournalError::Lacking { lacking } => {
            let ranges: Vec<String> = lacking.iter().map(|r| format!("{}–{}", r.start, r.end - 1)).collect();
            vec![Message::new("error-trials-lacking").text("lacking", ranges.join(", "))]
        }
        JournalError::Other { path, differences } => {
            let mut messages = vec![of("error-trials-other", &path)];
            messages.extend(differences.into_iter().map(|d| {
                let what = Message::new("error-trials-differs").word("what", format!("trials-{}", d.what));
                what.text("there", d.there).text("here", d.here)
            }));
            messages
        }
    })
}

/// Bytes as people read them.
fn size(bytes: u128) -> String {
    const STEP: f64 = 1000.0;
    let mut size = bytes as f64;
    for unit in ["B", "kB", "MB", "GB", "TB"] {
        if size < STEP {
            return format!("{size:.1} {unit}");
        }
        size /= STEP;
    }
    format!("{size:.1} PB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!([999, 1_500, 23_000_000_000].map(size), ["999.0 B", "1.5 kB", "23.0 GB"]);
        assert_eq!(size(5_000_000_000_000_000_000), "5000.0 PB");
    }
}
