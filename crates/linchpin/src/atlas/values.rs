//! The values of all figures after a scenario has been laid over them, with ranges.

use super::expr::{Expr, FigureId};
use super::figure::{Figures, Standing};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a scenario does to one figure.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Put this value, in base units, in its place.
    Set(f64),
    /// Multiply it.
    Multiply(f64),
    /// Add this, in base units.
    Add(f64),
}

/// A scenario as data: changes by address, sorted, at most one an address. It never copies the network.
pub type Overlay = BTreeMap<String, Change>;

/// A change that names no figure of the atlas.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the atlas has no figure {0}")]
pub struct UnknownAddress(pub String);

/// Values of all figures, by [`FigureId`]; an unknown one is NaN.
#[derive(Debug, Clone)]
pub struct Values {
    /// Values in base units.
    pub value: Vec<f64>,
    changes: Arc<[Option<Change>]>,
    /// Cells with a range of their own that each figure follows, ascending.
    leaves: Arc<[Vec<FigureId>]>,
    /// Derived figures that follow each such cell, in order of evaluation.
    followers: Arc<[Vec<FigureId>]>,
}

impl Values {
    /// Evaluates all figures under an overlay. Derived figures follow the parameters that their formula names,
    /// unless the overlay sets them.
    pub fn new(figures: &Figures, order: &[FigureId], overlay: &Overlay) -> Result<Values, UnknownAddress> {
        let mut changes: Vec<Option<Change>> = vec![None; figures.len()];
        for (address, change) in overlay {
            let id = figures.find(address).ok_or_else(|| UnknownAddress(address.clone()))?;
            changes[id.0 as usize] = Some(*change);
        }
        let mut value: Vec<f64> = figures.iter().map(|(_, f)| f.value.unwrap_or(f64::NAN)).collect();
        let mut leaves: Vec<Vec<FigureId>> = vec![vec![]; figures.len()];
        let mut followers: Vec<Vec<FigureId>> = vec![vec![]; figures.len()];
        let mut moved: Vec<bool> = changes.iter().map(Option::is_some).collect();
        for &id in order {
            let (i, figure) = (id.0 as usize, figures.get(id));
            let typed_range = figure.low.is_some() || figure.high.is_some();
            match figure.formula.as_ref().filter(|_| changes[i].is_none()) {
                Some(formula) => {
                    value[i] = formula.value(&value);
                    let named = formula.figures();
                    moved[i] = named.iter().any(|f| moved[f.0 as usize]);
                    // A range typed beside a formula holds for the value that stands there, and no other.
                    if typed_range && !moved[i] {
                        leaves[i] = vec![id];
                    } else {
                        let below: BTreeSet<FigureId> =
                            named.iter().flat_map(|f| leaves[f.0 as usize].iter().copied()).collect();
                        below.iter().for_each(|leaf| followers[leaf.0 as usize].push(id));
                        leaves[i] = below.into_iter().collect();
                    }
                }
                None => {
                    let formula = figure.formula.as_ref().map(|f| f.value(&value));
                    value[i] = changed(formula.unwrap_or(value[i]), changes[i]);
                    if typed_range && !moved[i] {
                        leaves[i] = vec![id];
                    }
                }
            }
        }
        Ok(Values { value, changes: changes.into(), leaves: leaves.into(), followers: followers.into() })
    }

    /// Cells with a range of their own: what is uncertain by itself.
    pub fn ranged(&self) -> impl Iterator<Item = FigureId> {
        let ids = (0u32..).map(FigureId);
        ids.zip(self.leaves.iter()).filter(|(id, leaves)| leaves.as_slice() == [*id]).map(|(id, _)| id)
    }

    /// Derived figures that follow any of some cells, in the order in which they must be evaluated.
    pub fn following(&self, cells: &[FigureId], order: &[FigureId]) -> Vec<FigureId> {
        let follow: BTreeSet<FigureId> =
            cells.iter().flat_map(|cell| &self.followers[cell.0 as usize]).copied().collect();
        order.iter().copied().filter(|id| follow.contains(id)).collect()
    }

    /// The same with other values of some cells; `following` are the derived figures that follow them, as
    /// [`Values::following`] gives them.
    pub fn with(
        &self,
        figures: &Figures,
        cells: impl Iterator<Item = (FigureId, f64)>,
        following: &[FigureId],
    ) -> Values {
        let mut values = self.clone();
        cells.for_each(|(cell, value)| values.value[cell.0 as usize] = value);
        for id in following {
            if let Some(formula) = &figures.get(*id).formula {
                values.value[id.0 as usize] = formula.value(&values.value);
            }
        }
        values
    }

    /// Value of a figure; `None` if unknown.
    pub fn get(&self, id: FigureId) -> Option<f64> {
        Some(self.value[id.0 as usize]).filter(|v| v.is_finite())
    }

    /// What the scenario changed, in order of address.
    pub fn changes(&self) -> impl Iterator<Item = (FigureId, Change)> {
        let ids = (0u32..).map(FigureId);
        ids.zip(self.changes.iter()).filter_map(|(id, change)| Some((id, (*change)?)))
    }

    /// Which figures rest on an assumption, themselves or through their formula. What the scenario changed is
    /// given, not assumed.
    pub fn assumed(&self, figures: &Figures, order: &[FigureId]) -> Vec<bool> {
        let mut assumed = vec![false; figures.len()];
        for &id in order.iter().filter(|id| self.changes[id.0 as usize].is_none()) {
            let figure = figures.get(id);
            assumed[id.0 as usize] = match &figure.formula {
                Some(formula) => formula.figures().iter().any(|f| assumed[f.0 as usize]),
                None => figure.standing == Standing::Assumed,
            };
        }
        assumed
    }
}

fn changed(value: f64, change: Option<Change>) -> f64 {
    match change {
        Some(Change::Set(v)) => v,
        Some(Change::Multiply(k)) => value * k,
        Some(Change::Add(d)) => value + d,
        None => value,
    }
}

/// One expression that a number is, to first order, a multiple of.
#[derive(Debug, Clone, Copy)]
pub struct Part<'e> {
    /// The expression: a coefficient, a weight, an output.
    pub expr: &'e Expr,
    /// Derivative of the number by it.
    pub seed: f64,
    /// Whether the number goes with the reciprocal of the expression, as runs do with the output of a run.
    pub reciprocal: bool,
}

impl Part<'_> {
    /// Change of the number when the expression goes from one value to another.
    fn effect(&self, from: f64, to: f64) -> f64 {
        if self.reciprocal && to > 0.0 {
            self.seed * from * (1.0 - from / to)
        } else {
            self.seed * (to - from)
        }
    }
}

/// How one atlas cell moves a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The cell.
    pub figure: FigureId,
    /// Derivative of the number by the cell's value.
    pub slope: f64,
    /// Change of the number when the cell is at the end of its range that lowers it; at most zero.
    pub down: f64,
    /// Change of the number when the cell is at the end that raises it; at least zero.
    pub up: f64,
    /// Change of the number when the cell is at its low end, and at its high end.
    pub ends: [f64; 2],
}

/// A number's range and what it comes from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// Distance down to the low end; at most zero.
    pub down: f64,
    /// Distance up to the high end; at least zero.
    pub up: f64,
    /// The cells that move it, in order of address.
    pub influences: Vec<Influence>,
}

/// Range of a number that is a sum of parts.
///
/// Each cell with a range is put at each of its ends, alone; the parts that follow it are evaluated there, so that a
/// figure in a denominator has its full effect. The effects are added in quadrature, as independent errors (JCGM
/// 100:2008, eq. 10), the two sides apart.
pub fn spread(figures: &Figures, values: &Values, parts: &[Part<'_>]) -> Spread {
    let mut moved_by: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
    let mut gradient: BTreeMap<FigureId, f64> = BTreeMap::new();
    for (i, part) in parts.iter().enumerate().filter(|(_, p)| p.seed != 0.0) {
        let direct = part.expr.figures();
        let leaves: BTreeSet<FigureId> =
            direct.iter().flat_map(|f| values.leaves[f.0 as usize].iter().copied()).collect();
        leaves.into_iter().for_each(|leaf| moved_by.entry(leaf).or_default().push(i));
        part.expr.backward(&values.value, part.seed, &mut gradient);
    }
    let before: Vec<f64> = parts.iter().map(|p| p.expr.value(&values.value)).collect();
    let mut scratch = values.value.clone();
    let mut out = Spread::default();
    let (mut down2, mut up2) = (0.0, 0.0);
    for (leaf, moved) in moved_by {
        let figure = figures.get(leaf);
        let mut at = |end: Option<f64>| -> f64 {
            let Some(end) = end else { return 0.0 };
            scratch[leaf.0 as usize] = end;
            for f in &values.followers[leaf.0 as usize] {
                if let Some(formula) = &figures.get(*f).formula {
                    scratch[f.0 as usize] = formula.value(&scratch);
                }
            }
            let effect: f64 =
                moved.iter().map(|&i| parts[i].effect(before[i], parts[i].expr.value(&scratch))).sum();
            for f in values.followers[leaf.0 as usize].iter().chain([&leaf]) {
                scratch[f.0 as usize] = values.value[f.0 as usize];
            }
            if effect.is_finite() { effect } else { 0.0 }
        };
        let ends = [at(figure.low), at(figure.high)];
        let (down, up) = (ends[0].min(ends[1]).min(0.0), ends[0].max(ends[1]).max(0.0));
        down2 += down * down;
        up2 += up * up;
        let slope = slope(figures, values, leaf, &gradient);
        out.influences.push(Influence { figure: leaf, slope, down, up, ends });
    }
    out.down = -f64::sqrt(down2);
    out.up = f64::sqrt(up2);
    out
}

/// Derivative by a cell, through the figures that follow it.
fn slope(figures: &Figures, values: &Values, leaf: FigureId, gradient: &BTreeMap<FigureId, f64>) -> f64 {
    let mut carried: BTreeMap<FigureId, f64> = BTreeMap::new();
    for f in values.followers[leaf.0 as usize].iter().rev() {
        let seed = gradient.get(f).copied().unwrap_or(0.0) + carried.get(f).copied().unwrap_or(0.0);
        if let (Some(formula), true) = (&figures.get(*f).formula, seed != 0.0) {
            formula.backward(&values.value, seed, &mut carried);
        }
    }
    gradient.get(&leaf).copied().unwrap_or(0.0) + carried.get(&leaf).copied().unwrap_or(0.0)
}
