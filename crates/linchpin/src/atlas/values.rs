//! The values of all figures after a scenario has been laid over them, with ranges.

use super::expr::FigureId;
use super::figure::{Figures, Standing};
use std::collections::BTreeMap;

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
    changed: Vec<bool>,
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
        for &id in order {
            let i = id.0 as usize;
            if let Some(formula) = &figures.get(id).formula {
                value[i] = formula.value(&value);
            }
            match changes[i] {
                Some(Change::Set(v)) => value[i] = v,
                Some(Change::Multiply(k)) => value[i] *= k,
                Some(Change::Add(d)) => value[i] += d,
                None => {}
            }
        }
        Ok(Values { value, changed: changes.iter().map(Option::is_some).collect() })
    }

    /// Value of a figure; `None` if unknown.
    pub fn get(&self, id: FigureId) -> Option<f64> {
        Some(self.value[id.0 as usize]).filter(|v| v.is_finite())
    }

    /// Whether the scenario changed it.
    pub fn is_changed(&self, id: FigureId) -> bool {
        self.changed[id.0 as usize]
    }
}

/// Which figures rest on an assumption, themselves or through their formula.
pub fn assumed(figures: &Figures, order: &[FigureId]) -> Vec<bool> {
    let mut assumed: Vec<bool> = figures.iter().map(|(_, f)| f.standing == Standing::Assumed).collect();
    for &id in order {
        if let Some(formula) = &figures.get(id).formula {
            assumed[id.0 as usize] = formula.figures().iter().any(|f| assumed[f.0 as usize]);
        }
    }
    assumed
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

/// Carries a gradient over figures down to the cells that have a range of their own and adds their effects in
/// quadrature, as independent errors to first order (JCGM 100:2008, eq. 10), the two sides apart.
pub fn spread(
    figures: &Figures,
    order: &[FigureId],
    values: &Values,
    mut gradient: BTreeMap<FigureId, f64>,
) -> Spread {
    for &id in order.iter().rev() {
        let figure = figures.get(id);
        let own_range = figure.low.is_some() || figure.high.is_some();
        if let (Some(formula), false) = (&figure.formula, own_range || values.is_changed(id))
            && let Some(slope) = gradient.remove(&id)
        {
            formula.backward(&values.value, slope, &mut gradient);
        }
    }
    let mut out = Spread::default();
    let (mut down2, mut up2) = (0.0, 0.0);
    for (figure, slope) in gradient {
        let Some(value) = values.get(figure) else { continue };
        let f = figures.get(figure);
        let shift = |end: Option<f64>| {
            end.filter(|_| !values.is_changed(figure)).map_or(0.0, |e| slope * (e - value))
        };
        let (a, b) = (shift(f.low), shift(f.high));
        let (down, up) = (a.min(b).min(0.0), a.max(b).max(0.0));
        down2 += down * down;
        up2 += up * up;
        out.influences.push(Influence { figure, slope, down, up });
    }
    out.down = -f64::sqrt(down2);
    out.up = f64::sqrt(up2);
    out
}
