//! What a body weighs: what is stated, or its shapes by density and size.

use super::compiler::{Compiler, FromShapes};
use super::defaults::Dressed;
use crate::model::Massed;
use crate::model::fault::What;
use crate::model::notes::Notes;
use crate::model::xml::Written;
use std::f64::consts::PI;

/// Density of a shape that tells none, in kg/m³: that of water.
const DENSITY: f64 = 1000.0;

/// The mass of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mass {
    /// In kg, if it is known.
    pub(super) kg: Option<f64>,
    pub(super) told: Massed,
}

/// What was seen of the mass of a body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Weighing {
    /// The stated mass, in kg.
    pub(super) stated: Option<f64>,
    /// Whether it has any shape.
    pub(super) has_shape: bool,
    /// How many of its shapes count for its mass.
    counted: usize,
    /// What those weigh together, in kg; nothing once one of them is not known.
    shapes: Option<f64>,
}

impl Weighing {
    /// Adds a shape.
    pub(super) fn add(&mut self, shape: &Dressed<'_, '_>, compiler: &Compiler, notes: &mut Notes) {
        self.has_shape = true;
        let group = shape.attribute("group").and_then(|group| group.number(notes)).unwrap_or(0.0);
        if !(compiler.groups.0..=compiler.groups.1).contains(&group) {
            return;
        }
        let before = if self.counted == 0 { Some(0.0) } else { self.shapes };
        self.counted += 1;
        let mass = before.zip(of_shape(shape, notes)).map(|(before, mass)| before + mass);
        if mass.is_some_and(|mass| !mass.is_finite()) {
            notes.problem(shape.element, "", What::NotFinite, "");
        }
        self.shapes = mass;
    }

    /// The mass, by the rules of the compiler.
    pub(super) fn mass(&self, compiler: &Compiler) -> Mass {
        let computes = match compiler.from_shapes {
            FromShapes::Never => false,
            FromShapes::Always => self.counted > 0 || self.stated.is_none(),
            FromShapes::Unstated => self.stated.is_none(),
        };
        match self.stated {
            Some(kg) if !computes => Mass { kg: Some(kg), told: Massed::Stated },
            _ if !self.has_shape => Mass { kg: Some(0.0), told: Massed::Empty },
            _ if !computes => Mass { kg: None, told: Massed::Absent },
            // Shapes of other groups weigh nothing.
            _ if self.counted == 0 => Mass { kg: Some(0.0), told: Massed::Computed },
            _ => match self.shapes {
                Some(kg) => Mass { kg: Some(kg), told: Massed::Computed },
                None => Mass { kg: None, told: Massed::Absent },
            },
        }
    }
}

/// What a shape weighs, in kg. Nothing for a mesh or a field of heights, which are not opened, unless its mass or a density of 0 is told.
fn of_shape(shape: &Dressed<'_, '_>, notes: &mut Notes) -> Option<f64> {
    if let Some(mass) = shape.attribute("mass") {
        return mass.amount(notes);
    }
    let density = shape.attribute("density").map_or(Some(DENSITY), |density| density.amount(notes))?;
    if density == 0.0 {
        return Some(0.0);
    }
    let form = match shape.attribute("type") {
        Some(written) => FORMS[written.word(&FORMS.map(|(name, _)| name), notes)?].1,
        None => Form::Sphere,
    };
    let size = match form {
        // A plane stands for the ground, and weighs nothing.
        Form::Endless => return Some(0.0),
        Form::Mesh => return None,
        _ if shape.attribute("mesh").is_some() => return None, // its size is fitted to the mesh
        _ => size(shape, form, notes)?,
    };
    let is_shell = shape.attribute("shellinertia").is_some_and(|written| written.text.trim() == "true");
    // The density of a shell is in kg/m².
    Some(density * if is_shell { surface(form, size) } else { volume(form, size) })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Endless,
    Sphere,
    Capsule,
    Ellipsoid,
    Cylinder,
    Box,
    Mesh,
}

const FORMS: [(&str, Form); 9] = [
    ("plane", Form::Endless),
    ("hfield", Form::Mesh),
    ("sphere", Form::Sphere),
    ("capsule", Form::Capsule),
    ("ellipsoid", Form::Ellipsoid),
    ("cylinder", Form::Cylinder),
    ("box", Form::Box),
    ("mesh", Form::Mesh),
    ("sdf", Form::Mesh),
];

/// Half sizes in m: the radius and half the length of what is round, or along three axes.
fn size(shape: &Dressed<'_, '_>, form: Form, notes: &mut Notes) -> Option<[f64; 3]> {
    let Some(written) = shape.attribute("size") else {
        notes.problem(shape.element, "size", What::Missing, "");
        return None;
    };
    let mut told = written.numbers(notes)?;
    if let Some(ends) = shape.attribute("fromto") {
        let half = half_length(ends, notes)?;
        let width = told[0];
        told = if matches!(form, Form::Capsule | Form::Cylinder) {
            vec![width, half]
        } else {
            vec![width, width, half]
        };
    }
    let needed = match form {
        Form::Sphere => 1,
        Form::Capsule | Form::Cylinder => 2,
        _ => 3,
    };
    if told.len() < needed {
        written.problem(What::Missing, notes);
        return None;
    }
    if told[..needed].iter().any(|size| *size <= 0.0) {
        written.problem(What::NotPositive, notes);
        return None;
    }
    told.resize(3, 0.0);
    Some([told[0], told[1], told[2]])
}

/// Half the way from one end to the other.
fn half_length(ends: Written<'_>, notes: &mut Notes) -> Option<f64> {
    let [a, b, c, d, e, f] = ends.numbers(notes)?[..] else {
        ends.problem(What::Missing, notes);
        return None;
    };
    Some(((d - a).powi(2) + (e - b).powi(2) + (f - c).powi(2)).sqrt() / 2.0)
}

/// In m³.
fn volume(form: Form, [a, b, c]: [f64; 3]) -> f64 {
    match form {
        Form::Sphere => 4.0 / 3.0 * PI * a.powi(3),
        Form::Capsule => 2.0 * PI * a * a * b + 4.0 / 3.0 * PI * a.powi(3),
        Form::Cylinder => 2.0 * PI * a * a * b,
        Form::Ellipsoid => 4.0 / 3.0 * PI * a * b * c,
        Form::Box => 8.0 * a * b * c,
        Form::Endless | Form::Mesh => 0.0,
    }
}

/// In m². That of an ellipsoid is Thomsen's formula, which MuJoCo uses too: within about 1 %.
fn surface(form: Form, [a, b, c]: [f64; 3]) -> f64 {
    const P: f64 = 1.6075;
    match form {
        Form::Sphere => 4.0 * PI * a * a,
        Form::Capsule => 4.0 * PI * a * a + 4.0 * PI * a * b,
        Form::Cylinder => 2.0 * PI * a * a + 4.0 * PI * a * b,
        Form::Ellipsoid => {
            let mean = ((a * b).powf(P) + (b * c).powf(P) + (c * a).powf(P)) / 3.0;
            4.0 * PI * mean.powf(1.0 / P)
        }
        Form::Box => 8.0 * (a * b + b * c + c * a),
        Form::Endless | Form::Mesh => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_and_surfaces_agree_where_forms_do() {
        let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-12, "{a} {b}");
        near(volume(Form::Ellipsoid, [0.2; 3]), volume(Form::Sphere, [0.2, 0.0, 0.0]));
        near(surface(Form::Ellipsoid, [0.2; 3]), surface(Form::Sphere, [0.2, 0.0, 0.0]));
        // A capsule without a length is a sphere; with one, it is a cylinder with half a sphere at both ends.
        near(volume(Form::Capsule, [0.1, 0.0, 0.0]), volume(Form::Sphere, [0.1, 0.0, 0.0]));
        let size = [0.1, 0.3, 0.0];
        near(volume(Form::Capsule, size), volume(Form::Cylinder, size) + volume(Form::Sphere, size));
        near(surface(Form::Capsule, size) - surface(Form::Sphere, size), 2.0 * PI * 0.1 * 0.6);
        near(volume(Form::Box, [0.5; 3]), 1.0);
        near(surface(Form::Box, [0.5; 3]), 6.0);
    }
}
