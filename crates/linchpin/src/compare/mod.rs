//! Is robot B safer than robot A? Two robots, two revisions of one, or two scenarios beside each other.
//!
//! Each side is worked out by itself with the code of `brief`, `explode`, `expose` and `disrupt` ([`Half`]) and becomes plain
//! numbers ([`Side`]); what follows is differences. A difference has the range of a difference ([`number`]), and what
//! cannot be told apart is said to be so. Changes of the bill of materials are found by id, by id without the name of
//! the robot, by name ([`matched`]); numbers that are sums over lines are put down to them ([`moved`]).

mod changed;
mod losses;
mod matched;
mod moved;
mod number;
mod parts;
mod say;
mod side;
mod tables;

pub use side::{Half, Side, Wanted};

use crate::book::BookError;
use crate::context::Cancelled;
use crate::expose::ExposeError;
use crate::model::Model;
use crate::stop::SelectorError;
use linchpin_table::{Answer, Label, Stamp, TableError};
use serde::{Deserialize, Serialize};
use tables::Beside;

/// What is asked of `compare`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Robots a year, of each.
    pub volume: f64,
    /// One loss beside those that hit either robot most: a selector.
    pub stop: Option<String>,
    /// Rows of `lines`; all if `None`.
    pub rows: Option<usize>,
    /// Changes of each number in `moved`; all if `None`.
    pub changes: Option<usize>,
}

/// Why two robots cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// The loss that is asked for is none, or none that either robot could suffer.
    #[error(transparent)]
    Expose(#[from] ExposeError),
    /// An answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

impl From<Cancelled> for CompareError {
    fn from(cancelled: Cancelled) -> CompareError {
        CompareError::Book(cancelled.into())
    }
}

impl From<TableError> for CompareError {
    fn from(e: TableError) -> CompareError {
        CompareError::Book(e.into())
    }
}

/// Compares two models, each with what it is called.
///
/// # Errors
/// If the loss that is asked for is none, or stands behind neither robot.
pub fn compare(
    a: (&Model<'_>, &str),
    b: (&Model<'_>, &str),
    request: &Request,
) -> Result<Answer, CompareError> {
    let (a, b) = (Half::new(a.0, a.1, request)?, Half::new(b.0, b.1, request)?);
    let wanted = a.wanted().and(b.wanted());
    beside(&a.side(&wanted)?, &b.side(&wanted)?, request)
}

/// Puts two sides beside each other that were asked the same and told what either wanted.
pub fn beside(a: &Side, b: &Side, request: &Request) -> Result<Answer, CompareError> {
    if let Some(stop) = &request.stop {
        let asked = [a, b].into_iter().flat_map(|side| side.losses.values()).filter(|s| s.asked);
        // What takes nothing from either is no loss, and most likely a slip of the pen.
        if !asked.clone().any(|s| s.felt) && asked.count() > 0 {
            return Err(ExposeError::from(SelectorError::Nothing(stop.clone())).into());
        }
    }
    let mut answer = Answer::new(stamp(a, b, request));
    answer.labels.clone_from(&a.frame.labels);
    answer.labels.extend(b.frame.labels.clone());
    label(&mut answer, a, b, request);
    let pairs = matched::matched((&a.parts, &a.own_word), (&b.parts, &b.own_word));
    let moved = moved::moved(a, b, &pairs);
    let tables = Beside::new(a, b, &pairs);
    answer.headlines = say::headlines(&tables, &pairs, &moved, request);
    answer.tables.push(tables.headlines()?);
    if !a.losses.is_empty() || !b.losses.is_empty() {
        answer.tables.push(tables.stops()?);
        answer.tables.push(tables.switches()?);
    }
    answer.tables.push(tables.lines(&pairs, &moved, request.rows)?);
    answer.tables.push(tables.moved(&pairs, &moved, request.changes)?);
    answer.tables.push(tables.magnets()?);
    answer.tables.push(tables.elements()?);
    answer.tables.push(tables.materials()?);
    answer.notes = say::notes(a, b);
    Ok(answer)
}

/// Names of what only this answer speaks of.
fn label(answer: &mut Answer, a: &Side, b: &Side, request: &Request) {
    // What a side does not have is told by the name that it has on the other.
    for side in [a, b] {
        for linear in &side.linear {
            if let Some(label) = parts::label(&linear.key, &side.own_word, &answer.labels) {
                answer.labels.insert(linear.key.clone(), label);
            }
        }
    }
    answer.labels.insert(changed::REST.to_owned(), Label::new("all other changes", "其余变化合计"));
    let beyond = Label::new("what goes by no line", "不随物料行变化的部分");
    answer.labels.insert(changed::BEYOND.to_owned(), beyond);
    if let Some(stop) = &request.stop {
        let label = crate::expose::stops::selector_label(stop, &answer.labels);
        answer.labels.insert(stop.clone(), label);
    }
}

/// The stamp of both: where the sides differ, what each has, that of A first.
fn stamp(a: &Side, b: &Side, request: &Request) -> Stamp {
    let (one, other) = (&a.frame.stamp, &b.frame.stamp);
    let both = |x: &str, y: &str| if x == y { x.to_owned() } else { format!("{x} | {y}") };
    let mut stamp = one.clone();
    stamp.atlas = both(&one.atlas, &other.atlas);
    stamp.as_of = both(&one.as_of, &other.as_of);
    stamp.data_hash = both(&one.data_hash, &other.data_hash);
    stamp.status = one.status.worst(other.status);
    stamp.request.clear();
    for (word, side) in [("a", a), ("b", b)] {
        let changes = side.frame.stamp.request.iter();
        stamp.request.extend(changes.map(|(address, change)| (format!("{word} {address}"), change.clone())));
        stamp.request.insert(word.to_owned(), side.name.clone());
        stamp.request.insert(format!("{word} product"), side.product.clone());
        stamp.request.insert(format!("{word} data"), side.frame.stamp.data_hash.clone());
    }
    stamp.request.insert("volume".to_owned(), request.volume.to_string());
    stamp.request.extend(request.stop.clone().map(|stop| ("stop".to_owned(), stop)));
    stamp
}
