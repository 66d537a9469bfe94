//! What the atlas itself leaves open, drawn: every figure with a range, and all that follows from it.

use crate::atlas::{Atlas, FigureId, Values};
use crate::trials::Spread;
use linchpin_kernel::Stream;

/// Tables and measures of `times` that no run reads, or that are drawn by themselves.
const LEFT: [&str; 8] = [
    "claims",
    "precedents",
    "recycling",
    "control_figures",
    "project_figures",
    "product_figures",
    "reliances",
    "imports",
];
const MEASURES: [&str; 2] = ["cover", "qualification"];
/// From this ratio of its ends on, a range is one of factors: the atlas has the geometric mean of such ends for the likeliest value.
const FACTORS: f64 = 2.0;

/// A figure that is drawn.
pub(super) struct Cell {
    pub(super) figure: FigureId,
    stream: Stream,
    /// Between its ends, most likely where its value stands; of its logarithm if `factors`.
    spread: Spread,
    factors: bool,
}

/// All figures that are drawn. Each is independent of all others, as the ranges of the page take them to be; what must hold
/// together follows from them: derived figures are worked out again, shares of recipes make a whole again, and the caller
/// balances the markets anew.
pub(super) struct Drawing {
    pub(super) cells: Vec<Cell>,
    following: Vec<FigureId>,
    /// Shares of one item of which some are drawn.
    wholes: Vec<Vec<FigureId>>,
}

impl Drawing {
    /// The figures of an atlas under a scenario; what the scenario gives is not drawn.
    pub(super) fn new(atlas: &Atlas, values: &Values, seed: u64) -> Drawing {
        let cells: Vec<Cell> = values
            .ranged()
            .filter(|id| is_read(atlas, *id))
            .filter_map(|id| cell(atlas, values, id, seed))
            .collect();
        let drawn: Vec<FigureId> = cells.iter().map(|c| c.figure).collect();
        let following = values.following(&drawn, &atlas.order);
        let sheet = atlas.sheet("shares");
        let mut wholes: std::collections::BTreeMap<&str, Vec<FigureId>> = Default::default();
        for row in &sheet.rows {
            wholes.entry(sheet.text(row, "item")).or_default().extend(row.figure);
        }
        let wholes = wholes.into_values().filter(|of| of.iter().any(|f| drawn.contains(f))).collect();
        Drawing { cells, following, wholes }
    }

    /// The values of a draw; `attempt` counts draws that could not be balanced.
    pub(super) fn draw(&self, atlas: &Atlas, values: &Values, draw: u64, attempt: u32) -> Values {
        let cells = self.cells.iter().map(|c| (c.figure, c.value(draw, attempt)));
        let mut drawn = values.with(&atlas.figures, cells, &self.following);
        for whole in &self.wholes {
            let sum = |of: &Values| whole.iter().filter_map(|f| of.get(*f)).sum::<f64>();
            let (before, after) = (sum(values), sum(&drawn));
            if after > 0.0 {
                whole.iter().for_each(|f| drawn.value[f.0 as usize] *= before / after);
            }
        }
        drawn
    }
}

impl Cell {
    pub(super) fn value(&self, draw: u64, attempt: u32) -> f64 {
        let value = self.spread.quantile(self.stream.uniform(draw, attempt));
        if self.factors { value.exp() } else { value }
    }
}

fn is_read(atlas: &Atlas, id: FigureId) -> bool {
    let (table, key) = atlas.figures.get(id).address.split_once('/').unwrap_or_default();
    match table {
        "times" => MEASURES.iter().any(|m| key.ends_with(m)),
        _ => !LEFT.contains(&table),
    }
}

/// How a figure is drawn: triangular between its ends with the peak at its value. A figure that is unknown stays so, but for times
/// that are published as a range alone, of which a run takes the geometric middle.
fn cell(atlas: &Atlas, values: &Values, id: FigureId, seed: u64) -> Option<Cell> {
    let figure = atlas.figures.get(id);
    let middle = || figure.low.zip(figure.high).map(|(low, high)| (low * high).sqrt());
    let is_time = figure.address.starts_with("times/");
    let value = values.get(id).or_else(|| middle().filter(|_| is_time))?;
    let low = figure.low.unwrap_or(value).min(value);
    let high = figure.high.unwrap_or(value).max(value);
    let factors = low > 0.0 && high > FACTORS * low;
    let ends = [low, value, high].map(|v| if factors { v.ln() } else { v });
    let spread = Spread::triangular(ends[0], ends[1], ends[2]).ok().filter(|_| low < high)?;
    Some(Cell { figure: id, stream: Stream::new(seed, &figure.address), spread, factors })
}
