//! Values of formulas over the parameters of an atlas, of those that are added to it, and of some put otherwise.

use linchpin::atlas::expr::{FigureId, parse};
use linchpin::atlas::{Atlas, Overlay, Values};
use std::collections::BTreeMap;

/// The parameters of an atlas, in the units in which they are typed.
pub(crate) struct Figures<'a> {
    atlas: &'a Atlas,
    values: Values,
}

impl<'a> Figures<'a> {
    /// Those of an atlas; `None` if its own figures have no values, which a checked atlas has.
    pub(crate) fn new(atlas: &'a Atlas) -> Option<Figures<'a>> {
        Some(Figures { atlas, values: atlas.values(&Overlay::new()).ok()? })
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<f64> {
        let id = self.atlas.figures.find(&format!("parameters/{name}"))?;
        Some(self.values.get(id)? / self.atlas.figures.get(id).factor)
    }

    /// The value of a parameter and the ends of its range; the value itself where no end is told.
    pub(crate) fn range(&self, name: &str) -> Option<[f64; 3]> {
        let figure = self.atlas.figures.get(self.atlas.figures.find(&format!("parameters/{name}"))?);
        let value = self.value(name)?;
        let end = |end: Option<f64>| end.map_or(value, |v| v / figure.factor);
        Some([value, end(figure.low), end(figure.high)])
    }

    /// The value that a parameter would have if others had these. Formulas of a checked atlas have no circles.
    pub(crate) fn value_at(&self, name: &str, others: &[(&str, f64)]) -> Option<f64> {
        if let Some((_, value)) = others.iter().find(|(other, _)| *other == name) {
            return Some(*value);
        }
        let sheet = self.atlas.sheet("parameters");
        let formula = sheet.find(name).and_then(|row| sheet.get(row, "formula"));
        let Some(formula) = formula else { return self.value(name) };
        let named: Vec<&str> = names(formula).collect();
        let values: Option<Vec<f64>> = named.iter().map(|name| self.value_at(name, others)).collect();
        let at = |name: &str| named.iter().position(|n| *n == name).map(|at| FigureId(at as u32));
        Some(parse(formula, &at).ok()?.value(&values?)).filter(|v| v.is_finite())
    }
}

/// Parameters by id, in the units in which they are typed, with those that are added.
pub(crate) struct Numbers {
    at: BTreeMap<String, u32>,
    values: Vec<f64>,
}

impl Numbers {
    /// The parameters of an atlas.
    pub(crate) fn new(of: &Figures<'_>) -> Numbers {
        let mut numbers = Numbers { at: BTreeMap::new(), values: vec![] };
        for (id, figure) in of.atlas.figures.iter() {
            if let Some(name) = figure.address.strip_prefix("parameters/") {
                numbers.set(name, of.values.get(id).map(|v| v / figure.factor));
            }
        }
        numbers
    }

    /// Puts a parameter in, or anew; one whose value is not known makes what rests on it unknown.
    pub(crate) fn set(&mut self, name: &str, value: Option<f64>) {
        let value = value.unwrap_or(f64::NAN);
        match self.at.get(name) {
            Some(at) => self.values[*at as usize] = value,
            None => {
                self.at.insert(name.to_owned(), self.values.len() as u32);
                self.values.push(value);
            }
        }
    }

    /// The value of a formula, if all that it names is known.
    pub(crate) fn value(&self, formula: &str) -> Option<f64> {
        let parsed = parse(formula, &|name| self.at.get(name).map(|at| FigureId(*at))).ok()?;
        Some(parsed.value(&self.values)).filter(|v| v.is_finite())
    }
}

/// The parameters that a formula names, in order, as often as they stand in it.
pub(crate) fn names(formula: &str) -> impl Iterator<Item = &str> {
    pieces(formula).filter(|piece| is_name(piece))
}

/// A formula in other names.
pub(crate) fn with_names(formula: &str, other: &mut dyn FnMut(&str) -> String) -> String {
    pieces(formula).map(|piece| if is_name(piece) { other(piece) } else { piece.to_owned() }).collect()
}

fn is_name(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names and numbers of a formula, and what stands between them.
fn pieces(formula: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut rest = formula;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| word(c) != word(first)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_the_same_in_other_names() {
        let formula = "mass_a*(torque/2.5e3)^mass_b-1e-2";
        let mut named: Vec<&str> = names(formula).collect();
        named.dedup();
        assert_eq!(named, ["mass_a", "torque", "mass_b"]);
        let other = with_names(formula, &mut |name| format!("x_{name}"));
        assert_eq!(other, "x_mass_a*(x_torque/2.5e3)^x_mass_b-1e-2");
    }
}
