//! What a model says of how it is compiled, as far as that changes masses and limits.

use super::mass::Mass;
use crate::model::Massed;
use crate::model::notes::Notes;
use crate::model::remark::Remark;
use crate::model::xml::Element;

/// When masses come from shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FromShapes {
    /// Never.
    Never,
    /// Always, also where a mass is stated.
    Always,
    /// Where none is stated.
    Unstated,
}

/// Settings of the compiler.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Compiler {
    pub(super) from_shapes: FromShapes,
    /// Groups of shapes that count for masses, from and to.
    pub(super) groups: (f64, f64),
    /// Whether a range limits without being told to.
    pub(super) autolimits: bool,
    /// Least mass of a body, in kg.
    least: f64,
    /// What all bodies are to weigh together, in kg, if above 0.
    total: f64,
}

impl Compiler {
    /// Reads the settings; the last one of a kind counts.
    pub(super) fn read<'x>(elements: impl Iterator<Item = Element<'x>>, notes: &mut Notes) -> Compiler {
        let mut compiler = Compiler {
            from_shapes: FromShapes::Unstated,
            groups: (0.0, 5.0),
            autolimits: true,
            least: 0.0,
            total: 0.0,
        };
        for element in elements {
            if let Some(found) = element
                .attribute("inertiafromgeom")
                .and_then(|written| written.word(&["false", "true", "auto"], notes))
            {
                compiler.from_shapes = [FromShapes::Never, FromShapes::Always, FromShapes::Unstated][found];
            }
            if let Some(written) = element.attribute("inertiagrouprange")
                && let Some(numbers) = written.numbers(notes)
                && let [from, to] = numbers[..]
            {
                compiler.groups = (from, to);
            }
            if let Some(found) =
                element.attribute("autolimits").and_then(|written| written.word(&["false", "true"], notes))
            {
                compiler.autolimits = found == 1;
            }
            let mut number = |name| element.attribute(name).and_then(|written| written.number(notes));
            compiler.least = number("boundmass").unwrap_or(compiler.least);
            compiler.total = number("settotalmass").unwrap_or(compiler.total);
        }
        compiler
    }

    /// Raises masses to the least one, then sets their sum.
    pub(super) fn adjust(&self, masses: &mut [Mass], notes: &mut Notes) {
        let mut raised = 0;
        for mass in masses.iter_mut().filter(|mass| mass.kg.is_some_and(|kg| kg < self.least)) {
            *mass = Mass { kg: Some(self.least), told: Massed::Computed };
            raised += 1;
        }
        if raised > 0 {
            notes.remarks.push(Remark::MassRaised { least: self.least, links: raised });
        }
        if self.total > 0.0 {
            let sum: Option<f64> = masses.iter().map(|mass| mass.kg).sum();
            let scale = sum.map(|sum| self.total / sum).filter(|scale| scale.is_finite() && *scale > 0.0);
            for mass in masses.iter_mut().filter_map(|mass| mass.kg.as_mut()) {
                *mass *= scale.unwrap_or(1.0);
            }
            notes.remarks.push(Remark::TotalMassSet { total: self.total, applied: scale.is_some() });
        }
    }
}
