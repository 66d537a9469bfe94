//! Sizes as people write them: "1.8 Nm", "25 kg·cm", "Φ70 mm", "5200mAh", "减速比 100", "额定扭矩20牛米".

use super::text::normal;
use crate::number::is_han;

/// What a size measures. Each is given in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Torque in N·m.
    Torque,
    /// Mass in kg.
    Mass,
    /// A length or a diameter in mm.
    Length,
    /// Voltage in V.
    Voltage,
    /// Charge in Ah.
    Charge,
    /// Energy in Wh.
    Energy,
    /// Power in W.
    Power,
    /// Ratio of a reducer: turns of the input for one of the output.
    Ratio,
}

impl Quantity {
    /// Its unit, as it is written in every language.
    pub fn unit(self) -> &'static str {
        match self {
            Quantity::Torque => "N·m",
            Quantity::Mass => "kg",
            Quantity::Length => "mm",
            Quantity::Voltage => "V",
            Quantity::Charge => "Ah",
            Quantity::Energy => "Wh",
            Quantity::Power => "W",
            Quantity::Ratio => ": 1",
        }
    }
}

/// A size that a text tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Size {
    /// What it measures.
    pub quantity: Quantity,
    /// How much, in the unit of the quantity.
    pub value: f64,
}

/// Units in normal form, what they measure and how much of the unit of the quantity one is. Of two that fit the longer counts.
const UNITS: [(&str, Quantity, f64); 75] = {
    use Quantity::{Charge, Energy, Length, Mass, Power, Torque, Voltage};
    const KGF: f64 = 9.806_65;
    [
        ("n·m", Torque, 1.0),
        ("n.m", Torque, 1.0),
        ("n*m", Torque, 1.0),
        ("n-m", Torque, 1.0),
        ("n m", Torque, 1.0),
        ("nm", Torque, 1.0),
        ("牛米", Torque, 1.0),
        ("牛·米", Torque, 1.0),
        ("牛顿米", Torque, 1.0),
        ("mn·m", Torque, 1e-3),
        ("mn.m", Torque, 1e-3),
        ("mnm", Torque, 1e-3),
        ("毫牛米", Torque, 1e-3),
        ("n·cm", Torque, 1e-2),
        ("n.cm", Torque, 1e-2),
        ("n-cm", Torque, 1e-2),
        ("ncm", Torque, 1e-2),
        ("knm", Torque, 1e3),
        ("kgf·m", Torque, KGF),
        ("kgf.m", Torque, KGF),
        ("kgfm", Torque, KGF),
        ("kgf·cm", Torque, KGF / 100.0),
        ("kgf.cm", Torque, KGF / 100.0),
        ("kgf*cm", Torque, KGF / 100.0),
        ("kgf-cm", Torque, KGF / 100.0),
        ("kgfcm", Torque, KGF / 100.0),
        ("kg·cm", Torque, KGF / 100.0),
        ("kg.cm", Torque, KGF / 100.0),
        ("kg*cm", Torque, KGF / 100.0),
        ("kg-cm", Torque, KGF / 100.0),
        ("kg/cm", Torque, KGF / 100.0),
        ("kgcm", Torque, KGF / 100.0),
        ("公斤厘米", Torque, KGF / 100.0),
        ("oz-in", Torque, 7.061_552e-3),
        ("oz·in", Torque, 7.061_552e-3),
        ("ozin", Torque, 7.061_552e-3),
        ("lb-in", Torque, 0.112_984_8),
        ("lb-ft", Torque, 1.355_818),
        ("mg", Mass, 1e-6),
        ("g", Mass, 1e-3),
        ("克", Mass, 1e-3),
        ("kg", Mass, 1.0),
        ("kgs", Mass, 1.0),
        ("公斤", Mass, 1.0),
        ("千克", Mass, 1.0),
        ("lb", Mass, 0.453_592_37),
        ("lbs", Mass, 0.453_592_37),
        ("um", Length, 1e-3),
        ("mm", Length, 1.0),
        ("毫米", Length, 1.0),
        ("cm", Length, 10.0),
        ("厘米", Length, 10.0),
        ("m", Length, 1000.0),
        ("米", Length, 1000.0),
        ("in", Length, 25.4),
        ("inch", Length, 25.4),
        ("英寸", Length, 25.4),
        ("ft", Length, 304.8),
        ("英尺", Length, 304.8),
        ("v", Voltage, 1.0),
        ("vdc", Voltage, 1.0),
        ("vac", Voltage, 1.0),
        ("伏", Voltage, 1.0),
        ("ah", Charge, 1.0),
        ("安时", Charge, 1.0),
        ("mah", Charge, 1e-3),
        ("毫安时", Charge, 1e-3),
        ("wh", Energy, 1.0),
        ("瓦时", Energy, 1.0),
        ("kwh", Energy, 1000.0),
        ("度电", Energy, 1000.0),
        ("w", Power, 1.0),
        ("瓦", Power, 1.0),
        ("kw", Power, 1000.0),
        ("千瓦", Power, 1000.0),
    ]
};

/// The sizes that a text tells, in order.
pub fn sizes(text: &str) -> Vec<Size> {
    let text = normal(text);
    let mut sizes = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let (end, value) = number(&text, start);
        at = end;
        // "M3", "RE35" and "6806" in "x6806" are names, not sizes; "x" joins the sides of a thing.
        let before = &text[..start];
        let named =
            before.ends_with(|c: char| c.is_ascii_alphabetic()) && !sides(before) && !before.ends_with('φ');
        let Some(value) = value.filter(|_| !named) else { continue };
        if let Some(ratio) = ratio(&text, start, end, value) {
            sizes.push(Size { quantity: Quantity::Ratio, value: ratio });
        } else if let Some((quantity, factor)) = unit(&text, end) {
            sizes.push(Size { quantity, value: value * factor });
        } else if before.trim_end().ends_with(['φ', 'ø', '⌀', 'Φ']) {
            sizes.push(Size { quantity: Quantity::Length, value });
        }
    }
    sizes
}

/// Whether what stands before a number is the side of a thing: "32x" in "32x25".
fn sides(before: &str) -> bool {
    before.strip_suffix('x').is_some_and(|b| b.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == 'm'))
}

/// A number and where it ends. A comma before three digits groups them, else it is a decimal point.
fn number(text: &str, start: usize) -> (usize, Option<f64>) {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + digits(start);
    let mut written = text[start..end].to_string();
    while let Some(mark @ (b'.' | b',')) = bytes.get(end).copied() {
        let more = digits(end + 1);
        if more == 0 || written.contains('.') {
            break;
        }
        if mark == b'.' || more != 3 {
            written.push('.');
        }
        written.push_str(&text[end + 1..end + 1 + more]);
        end += 1 + more;
    }
    (end, written.parse().ok().filter(|v: &f64| v.is_finite()))
}

/// The unit behind a number: what it measures and its factor.
fn unit(text: &str, end: usize) -> Option<(Quantity, f64)> {
    let rest = text[end..].trim_start_matches([' ', '-']);
    UNITS
        .iter()
        .filter(|(unit, ..)| {
            rest.strip_prefix(unit).is_some_and(|after| {
                // A unit of letters ends where the letters end; one of Han characters may be followed by more of them.
                let next = after.chars().next();
                unit.chars().all(is_han) || next.is_none_or(|c| !c.is_alphanumeric() || is_han(c) || c == 'x')
            })
        })
        .max_by_key(|(unit, ..)| unit.len())
        .map(|&(_, quantity, factor)| (quantity, factor))
}

/// The ratio that a number is or begins: "1:100", "100:1", "ratio 100", "减速比100".
fn ratio(text: &str, start: usize, end: usize, value: f64) -> Option<f64> {
    let after = text[end..].trim_start();
    let before = text[..start].trim_end_matches([' ', ':', '=', '为', '是', '-']);
    if let Some(rest) = after.strip_prefix(':') {
        let rest = rest.trim_start();
        let (_, other) = number(rest, 0);
        return match other {
            Some(1.0) if value > 1.0 => Some(value),
            Some(other) if value == 1.0 && other > 1.0 => Some(other),
            _ => None,
        };
    }
    let named = ["ratio", "减速比", "速比", "传动比"].iter().any(|word| before.ends_with(word));
    (named && value > 1.0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(Quantity, f64)> {
        sizes(text).into_iter().map(|s| (s.quantity, (s.value * 1e4).round() / 1e4)).collect()
    }

    #[test]
    fn sizes_of_both_languages_are_read() {
        use Quantity::*;
        assert_eq!(all("1.8 Nm, 2,8 A, 6.35/76 mm"), [(Torque, 1.8), (Length, 76.0)]);
        assert_eq!(all("额定扭矩20牛米 重量：350克"), [(Torque, 20.0), (Mass, 0.35)]);
        assert_eq!(all("25 kg·cm"), [(Torque, 2.4517)]);
        assert_eq!(all("谐波 减速比 1:100 Φ70mm"), [(Ratio, 100.0), (Length, 70.0)]);
        assert_eq!(all("速比：50"), [(Ratio, 50.0)]);
        assert_eq!(
            all("48V 15Ah 720Wh 1.2kW"),
            [(Voltage, 48.0), (Charge, 15.0), (Energy, 720.0), (Power, 1200.0)]
        );
        assert_eq!(all("5200mAh 1,250 g"), [(Charge, 5.2), (Mass, 1.25)]);
        assert_eq!(all("32mm x 25mm x 4mm"), [(Length, 32.0), (Length, 25.0), (Length, 4.0)]);
    }

    #[test]
    fn names_are_not_sizes() {
        assert_eq!(all("M3x10 6806ZZ T-Motor 300kV STM32F405 M8"), []);
    }
}
