//! A number of one side with what moves it, and the difference of two.
//!
//! The difference is B − A. Its range is that of the difference itself and not of two numbers apart: a figure that stands
//! in both atlases is one unknown, and moves both sides at once. With eᵢ(A), eᵢ(B) the change of each side when
//! figure i alone is at an end of its range, the change of the difference is eᵢ(B) − eᵢ(A), and the changes are added
//! in quadrature, the two sides apart, as in every range ([`crate::atlas::values::spread`]). Numbers of a loss are
//! worked out in each state of what nobody publishes (worst, middle, best); their difference is taken state by state.

use crate::atlas::FigureId;
use crate::atlas::figure::Figure;
use crate::atlas::values::Influence;
use crate::model::{Model, Quantity};
use std::collections::BTreeMap;

/// A figure as an unknown: two figures of one address are one if their ends lie as far off in proportion. The same knee with
/// a motor of another mass has the same doubt about what is in a kilogram of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    address: String,
    /// Low and high end over the value, to six digits; their bits where there is no value to set them over.
    ends: [Option<u64>; 2],
}

impl Cell {
    pub(super) fn new(figure: &Figure) -> Cell {
        let over = |end: f64| match figure.value.filter(|v| *v != 0.0) {
            Some(value) => ((end / value * DIGITS).round() / DIGITS).to_bits(),
            None => end.to_bits(),
        };
        let ends = [figure.low.map(over), figure.high.map(over)];
        Cell { address: figure.address.clone(), ends }
    }

    /// The cell at the address that each part of its own is read as.
    pub(super) fn at(&self, read: impl Fn(&str) -> String) -> Cell {
        let parts: Vec<String> = self.address.split('/').map(read).collect();
        Cell { address: parts.join("/"), ends: self.ends }
    }
}

/// Ends of ranges are told apart from this part of the value on.
const DIGITS: f64 = 1e6;

/// Cells of an atlas that move some number.
pub(super) type Cells = BTreeMap<FigureId, Cell>;

/// Shares below this are shown as less than 0.01 %.
const NO_SHARE: f64 = 1e-4;
/// Two numbers this near, as a part of the larger, are the same in the three digits that are shown.
const NEARLY: f64 = 5e-4;
/// What is less than this part of them is rounding.
const ROUNDING: f64 = 1e-9;

/// A number of one side.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Number {
    /// Its value; `None` where a figure that it needs is unknown, or where only its ends are.
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    /// Change of the number with each cell at its low end, and at its high end.
    effects: Vec<(FigureId, [f64; 2])>,
    /// Its value in each state of what nobody publishes; empty for a number that does not rest on those.
    states: Vec<f64>,
    /// What is less than this is nothing: of a share what a reader sees as 0 %.
    floor: f64,
    /// Share of it that rests on assumptions, where that is told.
    pub(super) assumed: Option<f64>,
    /// What it is about: the market of a wall, what limits a stop share, the part that is short first.
    pub(super) of: Option<String>,
}

impl Number {
    /// A number with its range.
    pub(super) fn of(model: &Model<'_>, quantity: &Quantity) -> Number {
        let Some(value) = model.value(quantity) else {
            let (low, high) = model.published_range(quantity);
            return Number { low, high, ..Number::default() };
        };
        let spread = model.spread(quantity);
        // A range is cut where the number cannot go, such as below zero; what moves it there then moves it less.
        let side =
            |of: fn(&Influence) -> f64| spread.influences.iter().map(|i| of(i).powi(2)).sum::<f64>().sqrt();
        let cut = |told: f64, whole: f64| if whole > 0.0 { told.abs() / whole } else { 1.0 };
        let (down, up) = (cut(spread.down, side(|i| i.down)), cut(spread.up, side(|i| i.up)));
        let moves = |e: &[f64; 2]| e.iter().any(|e| *e != 0.0);
        let cut = |end: f64| if end < 0.0 { end * down } else { end * up };
        let effects = spread.influences.iter().map(|i| (i.figure, i.ends.map(cut))).filter(|(_, e)| moves(e));
        Number {
            value: Some(value),
            low: Some(value + spread.down),
            high: Some(value + spread.up),
            effects: effects.collect(),
            ..Number::default()
        }
    }

    /// A number that has no range.
    pub(super) fn exact(value: f64) -> Number {
        Number { value: Some(value), low: Some(value), high: Some(value), ..Number::default() }
    }

    /// A number that is one thing in each state of what nobody publishes, the middle one its value.
    pub(super) fn states([worst, middle, best]: [f64; 3]) -> Number {
        let all = [worst, middle, best];
        Number {
            value: Some(middle),
            low: all.into_iter().reduce(f64::min),
            high: all.into_iter().reduce(f64::max),
            states: all.to_vec(),
            floor: NO_SHARE,
            ..Number::default()
        }
    }

    /// A number of which only the ends are known, and a value only where they are one.
    pub(super) fn between(low: f64, high: f64) -> Number {
        let value = (low == high).then_some(low);
        Number { value, low: Some(low), high: Some(high), ..Number::default() }
    }

    /// The number with what it is about.
    pub(super) fn about(mut self, of: Option<String>) -> Number {
        self.of = of;
        self
    }

    /// The figures that move it.
    pub(super) fn figures(&self) -> impl Iterator<Item = FigureId> {
        self.effects.iter().map(|(figure, _)| *figure)
    }

    fn is_known(&self) -> bool {
        self.value.is_some() || self.low.is_some() && self.high.is_some()
    }
}

/// What the two sides are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The same number, bit for bit.
    Same,
    /// Not the same, but in all digits that are shown.
    Nearly,
    /// B has less, and the ranges do not overlap.
    Less,
    /// B has more, and the ranges do not overlap.
    More,
    /// B has less in all that the figures allow, because the same ones move both.
    LessShared,
    /// B has more in all that the figures allow, because the same ones move both.
    MoreShared,
    /// Ranges overlap, and so does that of the difference with nothing.
    Unclear,
    /// Unknown on one side or on both.
    NoData,
}

impl Told {
    /// Its message.
    pub(super) fn word(self) -> String {
        let word = match self {
            Told::Same => "same",
            Told::Nearly => "nearly",
            Told::Less => "less",
            Told::More => "more",
            Told::LessShared => "less-shared",
            Told::MoreShared => "more-shared",
            Told::Unclear => "unclear",
            Told::NoData => "no-data",
        };
        format!("told-{word}")
    }

    /// Whether B has less (−1) or more (1); 0 where that cannot be said.
    pub(super) fn sign(self) -> i32 {
        match self {
            Told::Less | Told::LessShared => -1,
            Told::More | Told::MoreShared => 1,
            Told::Same | Told::Nearly | Told::Unclear | Told::NoData => 0,
        }
    }
}

/// The difference of two numbers, and whether they can be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) told: Told,
}

/// B − A.
pub(super) fn difference(a: (&Number, &Cells), b: (&Number, &Cells)) -> Difference {
    let ((a, a_cells), (b, b_cells)) = (a, b);
    let nothing = Difference { value: None, low: None, high: None, told: Told::NoData };
    if !a.is_known() || !b.is_known() {
        return nothing;
    }
    let value = a.value.zip(b.value).map(|(a, b)| b - a);
    // No difference lies outside of the ranges of the two.
    let outer = (b.low.zip(a.high).map(|(b, a)| b - a), b.high.zip(a.low).map(|(b, a)| b - a));
    let (low, high) = match value {
        _ if !a.states.is_empty() && a.states.len() == b.states.len() => {
            let each = || a.states.iter().zip(&b.states).map(|(a, b)| b - a);
            (each().reduce(f64::min), each().reduce(f64::max))
        }
        Some(value) if a.states.is_empty() && b.states.is_empty() && is_point_or_moved(a, b) => {
            let (down, up) = shared(a, a_cells, b, b_cells);
            let least = outer.0.map_or(value + down, |low| low.max(value + down));
            (Some(least), Some(outer.1.map_or(value + up, |high| high.min(value + up))))
        }
        _ => outer,
    };
    let ends = |n: &Number| (n.value, n.low, n.high);
    if ends(a) == ends(b) && (low, high) == (Some(0.0), Some(0.0)) {
        return Difference { value, low, high, told: Told::Same };
    }
    Difference { value, low, high, told: told(a, b, value, low, high) }
}

/// Whether the ranges of both come from figures, so that it is known what moves both.
fn is_point_or_moved(a: &Number, b: &Number) -> bool {
    let from_figures = |n: &Number| !n.effects.is_empty() || n.low == n.high;
    from_figures(a) && from_figures(b)
}

/// Distances down and up of the difference, what moves both counted once.
fn shared(a: &Number, a_cells: &Cells, b: &Number, b_cells: &Cells) -> (f64, f64) {
    let mut net: BTreeMap<&Cell, [f64; 2]> = BTreeMap::new();
    for (number, cells, sign) in [(a, a_cells, -1.0), (b, b_cells, 1.0)] {
        for (figure, ends) in &number.effects {
            let Some(cell) = cells.get(figure) else { continue };
            let sum = net.entry(cell).or_insert([0.0; 2]);
            (0..2).for_each(|k| sum[k] += sign * ends[k]);
        }
    }
    let square = |of: fn([f64; 2]) -> f64| net.values().map(|e| of(*e).powi(2)).sum::<f64>().sqrt();
    let down = square(|[low, high]| low.min(high).min(0.0));
    (-down, square(|[low, high]| low.max(high).max(0.0)))
}

fn told(a: &Number, b: &Number, value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Told {
    let below = |x: &Number, y: &Number| x.high.zip(y.low).is_some_and(|(x, y)| x < y);
    let size = |n: &Number| n.value.map_or(0.0, f64::abs);
    let size = size(a).max(size(b));
    let nothing = (NEARLY * size).max(a.floor).max(b.floor);
    let rounding = ROUNDING * size;
    match (value, low, high) {
        (Some(value), Some(low), Some(high)) if [value, low, high].iter().all(|d| d.abs() <= nothing) => {
            Told::Nearly
        }
        _ if below(b, a) => Told::Less,
        _ if below(a, b) => Told::More,
        (Some(_), _, Some(high)) if high < -rounding => Told::LessShared,
        (Some(_), Some(low), _) if low > rounding => Told::MoreShared,
        _ => Told::Unclear,
    }
}

/// What two numbers without ranges are to each other.
pub(super) fn difference_of(a: f64, b: f64) -> Told {
    let nothing = BTreeMap::new();
    difference((&Number::exact(a), &nothing), (&Number::exact(b), &nothing)).told
}
