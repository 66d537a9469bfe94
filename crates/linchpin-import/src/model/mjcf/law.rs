//! What an actuator makes of its control.

use super::defaults::Dressed;
use crate::model::notes::Notes;
use crate::model::xml::Element;

/// An actuator that may be like any other.
pub(super) const GENERAL: &str = "general";
const GAIN: &str = "gaintype";
const BIAS: &str = "biastype";
const STATE: &str = "dyntype";
const FACTORS: &str = "gainprm";
/// Attributes that say what a general actuator is like.
pub(super) const ATTRIBUTES: [&str; 4] = [GAIN, BIAS, STATE, FACTORS];

/// What an element says that an actuator is like. All but the general one say so by what they are called.
pub(super) fn said(element: Element<'_>) -> Option<&str> {
    let name = element.name();
    (name != GENERAL || ATTRIBUTES.iter().any(|law| element.text(law).is_some())).then_some(name)
}

/// How control becomes force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Law {
    /// So many N or N·m to one of the control.
    Force(f64),
    /// It holds a speed.
    Velocity,
    /// It pulls with at most so many N, if that is told.
    Muscle(Option<f64>),
    /// Its control tells nothing of the greatest force.
    Other,
}

impl Law {
    pub(super) fn of(actuator: &Dressed<'_, '_>, notes: &mut Notes) -> Law {
        match actuator.law().unwrap_or("motor") {
            "motor" => Law::Force(1.0),
            "velocity" | "intvelocity" => Law::Velocity,
            "muscle" => {
                let peak = actuator.attribute("force").and_then(|force| force.number(notes));
                Law::Muscle(peak.filter(|peak| *peak > 0.0))
            }
            GENERAL => {
                let is =
                    |name, plain| actuator.attribute(name).is_none_or(|written| written.text.trim() == plain);
                if !(is(GAIN, "fixed") && is(BIAS, "none") && is(STATE, "none")) {
                    return Law::Other;
                }
                let factors = actuator.attribute(FACTORS).and_then(|factors| factors.numbers(notes));
                Law::Force(factors.map_or(1.0, |factors| factors[0].abs()))
            }
            _ => Law::Other,
        }
    }
}
