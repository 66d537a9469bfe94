//! Covers and times by stage and item, as the atlas has them.

use crate::atlas::FigureId;
use crate::model::{Model, Quantity};

/// Days in a week.
pub(super) const WEEK: f64 = 7.0;

/// What is measured of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Stock of it that its buyer holds.
    Cover,
    /// To qualify another source.
    Qualification,
    /// To restore a lost plant.
    Recovery,
}

impl Measure {
    fn word(self) -> &'static str {
        match self {
            Measure::Cover => "cover",
            Measure::Qualification => "qualification",
            Measure::Recovery => "recovery",
        }
    }
}

/// The figure for an item: its own if there is one, else that of its stage.
pub(super) fn figure(model: &Model<'_>, stage: &str, item: &str, measure: Measure) -> Option<FigureId> {
    let find = |item: &str| model.atlas.figures.find(&format!("times/{stage}/{item}/{}", measure.word()));
    find(item).or_else(|| find("-"))
}

/// Its value in weeks; of a figure that is published as a range alone the geometric middle, as the assumed times of the
/// atlas have it. `None` where nothing is stated.
pub(super) fn weeks(model: &Model<'_>, figure: Option<FigureId>) -> Option<f64> {
    let figure = figure?;
    let ends = || {
        let figure = model.atlas.figures.get(figure);
        Some((figure.low? * figure.high?).sqrt())
    };
    Some(model.values.get(figure).or_else(ends)? / WEEK)
}

/// The same as a number of an answer, in days.
pub(super) fn days(figure: Option<FigureId>) -> Option<Quantity> {
    figure.map(Quantity::cell)
}
