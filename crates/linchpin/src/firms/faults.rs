//! Faults of a network's files: all are counted, the first of each kind are listed.

use crate::atlas::problems::{Place, Problems, at};
use linchpin_table::Message;

/// Faults of one kind in one column of one file that are listed one by one.
const LISTED: u64 = 20;

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    listed: Problems,
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    file: String,
    column: Option<String>,
    id: &'static str,
    count: u64,
}

impl Faults {
    /// Counts a fault, and lists it if it is among the first of its kind.
    pub(crate) fn add(&mut self, place: &Place<'_>, id: &'static str) {
        self.add_with(place, id, |message| message);
    }

    /// The same with what the message is filled with, which is only asked for if the fault is listed.
    pub(crate) fn add_with(
        &mut self,
        place: &Place<'_>,
        id: &'static str,
        fill: impl FnOnce(Message) -> Message,
    ) {
        let same = |k: &&mut Kind| k.id == id && k.file == place.file && k.column.as_deref() == place.column;
        let count = match self.kinds.iter_mut().find(same) {
            Some(kind) => {
                kind.count += 1;
                kind.count
            }
            None => {
                let (file, column) = (place.file.to_owned(), place.column.map(str::to_owned));
                self.kinds.push(Kind { file, column, id, count: 1 });
                1
            }
        };
        if count <= LISTED {
            self.listed.push(at(place, fill(Message::new(id))));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// What is listed, in the order of the files, with a line for each kind that has more.
    pub(crate) fn into_problems(self) -> Problems {
        let mut problems = self.listed;
        for kind in self.kinds.iter().filter(|k| k.count > LISTED) {
            let place = Place { file: &kind.file, column: kind.column.as_deref(), ..Place::default() };
            let what = Message::new("fault-firms-more")
                .integer("count", i64::try_from(kind.count).unwrap_or(i64::MAX))
                .integer("listed", LISTED as i64)
                .word("kind", kind.id.replacen("fault-", "fault-kind-", 1));
            let mut problem = at(&place, what);
            // The line itself stands for one of those that it speaks of.
            problem.others = kind.count - LISTED - 1;
            problems.push(problem);
        }
        problems.sort();
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_faults_are_counted_and_few_are_listed() {
        let mut faults = Faults::default();
        for row in 0..1_000_000 {
            let column = Some(if row % 2 == 0 { "supplier" } else { "client" });
            let place = Place { file: "links.csv", row: Some(row), column, value: None };
            faults.add(&place, "fault-firms-unknown");
        }
        let problems = faults.into_problems();
        assert_eq!(problems.len(), 2 * (LISTED as usize + 1));
        assert_eq!(problems.iter().map(|p| 1 + p.others).sum::<u64>(), 1_000_000);
    }
}
