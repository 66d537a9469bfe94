//! What the text of a part tells of its mass and of what is in it.

use crate::archetype::{Match, Quantity};
use crate::bom::{Bom, Lines};
use crate::import::said_beside;
use crate::number::is_han;
use crate::stand_in::Traits;

/// The mass of a part: by its line, else by the sizes that its text tells.
pub(crate) fn mass(bom: &Bom, lines: &Lines<'_>, part: usize, found: &Match) -> Option<f64> {
    let stated = bom.parts[part].lines.iter().find_map(|line| lines.lines[*line].mass);
    // 25 kg may be what a servo pulls; it is a mass where the text says so.
    let says_mass = |line: &&usize| {
        let line = &lines.lines[**line];
        let texts = line.details.iter().copied().chain([line.name, line.material]);
        texts
            .map(str::to_lowercase)
            .any(|t| ["weight", "weighs", "mass", "重量", "质量", "重"].iter().any(|w| t.contains(w)))
    };
    let weighed = bom.parts[part].lines.first().filter(says_mass);
    let told =
        weighed.and_then(|_| found.sizes.iter().find(|s| s.quantity == Quantity::Mass)).map(|s| s.value);
    stated.or(told).filter(|m| *m > 0.0 && m.is_finite())
}

/// Words that say that a battery is one cell.
const CELL_WORDS: [&str; 5] = ["cell", "电芯", "18650", "21700", "26650"];

/// Words that say that an actuator pushes, in its name and beside it, and that it turns.
const LINEAR_NAMES: [&str; 7] = ["linear", "cylinder", "直线", "线性", "推杆", "电缸", "电动缸"];
const LINEAR_WORDS: [&str; 5] = ["roller screw", "ball screw", "丝杠", "stroke", "行程"];
const ROTARY_NAMES: [&str; 3] = ["rotary", "rotat", "旋转"];

/// Words that say that a sensor is that of one fingertip.
const FINGERTIPS: [&str; 3] = ["fingertip", "finger tip", "指尖"];

/// Series of strain-wave reducers whose first number is their size.
const FRAME_SERIES: [&str; 14] =
    ["csf", "csg", "csd", "shf", "shg", "shd", "cpl", "lhsg", "lhd", "lcs", "lcd", "lhs", "lcsg", "hfus"];

/// What the text of a part tells of what is in it: of a battery watt hours, or ampere hours times volts; of an actuator
/// whether it pushes.
pub(crate) fn traits(bom: &Bom, lines: &Lines<'_>, part: usize, found: &Match) -> Traits {
    let of = |quantity| found.sizes.iter().find(|s| s.quantity == quantity).map(|s| s.value);
    let watt_hours = of(Quantity::Energy).or_else(|| Some(of(Quantity::Charge)? * of(Quantity::Voltage)?));
    let title = bom.title(part, &lines.lines).to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let first = bom.parts[part].lines.first().map(|line| &lines.lines[*line]);
    let mut texts = first.into_iter().flat_map(said_beside).map(str::to_lowercase).chain([title.clone()]);
    let said = texts.any(|text| LINEAR_WORDS.iter().any(|word| text.contains(word)));
    Traits {
        energy: watt_hours.map(|wh| wh / 1e3).filter(|kwh| *kwh > 0.0 && kwh.is_finite()),
        pack: !named(&CELL_WORDS),
        linear: (named(&LINEAR_NAMES) || said) && !named(&ROTARY_NAMES),
        size: frame_size(&title),
        fingertip: named(&FINGERTIPS),
    }
}

/// The size of a strain-wave reducer that its name tells: "size 14", "14 size", "14型", "csf-14-100".
fn frame_size(title: &str) -> Option<f64> {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric() || is_han(c)).collect();
    let size = |word: &&str| word.parse().ok().filter(|size| (8.0..=65.0).contains(size));
    let says = |at: usize| {
        let beside = at.checked_sub(1).map_or("", |before| words[before]);
        let series = FRAME_SERIES.contains(&beside);
        let spoken = beside == "size" || words.get(at + 1) == Some(&"size");
        series || spoken || title.contains(&format!("{}型", words[at]))
    };
    let told = words.iter().enumerate().filter(|(at, _)| says(*at));
    told.filter_map(|(_, word)| size(word)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_strain_wave_reducers_are_read() {
        for title in ["harmonic gear 14 size", "harmonic gear, size 14", "谐波减速器 14型", "gear csf-14-100"]
        {
            assert_eq!(frame_size(title), Some(14.0), "{title}");
        }
        for title in ["harmonic gear 14", "harmonic gear size 500", "减速器", ""] {
            assert_eq!(frame_size(title), None, "{title}");
        }
    }
}
