//! How much of a part a line asks for: `2x`, `4 pcs`, `0.5 m`, `12 (per hand)`, `1 套`.

use crate::number::{is_date, leading, plain, upper};

/// What a quantity counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Pieces, sets and whatever else is counted.
    Piece,
    /// Metres.
    Metre,
    /// Kilograms.
    Kilogram,
    /// Litres.
    Litre,
    /// Square metres.
    SquareMetre,
}

impl Unit {
    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Unit::Piece => "piece",
            Unit::Metre => "m",
            Unit::Kilogram => "kg",
            Unit::Litre => "l",
            Unit::SquareMetre => "m2",
        }
    }
}

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How much; of a range the most.
    pub amount: f64,
    /// Of a range the least.
    pub least: Option<f64>,
    /// What it counts in.
    pub unit: Unit,
    /// What else the cell says: `per hand`.
    pub beside: Box<str>,
}

impl Quantity {
    /// So many times as much.
    pub(crate) fn times(mut self, times: f64) -> Quantity {
        self.amount *= times;
        self.least = self.least.map(|least| least * times);
        self
    }
}

/// Units, their words and how much of ours they are. Longer words first where one begins with another.
const UNITS: &[(&str, Unit, f64)] = &[
    ("pieces", Unit::Piece, 1.0),
    ("piece", Unit::Piece, 1.0),
    ("pairs", Unit::Piece, 2.0),
    ("pair", Unit::Piece, 2.0),
    ("pcs.", Unit::Piece, 1.0),
    ("pcs", Unit::Piece, 1.0),
    ("pc.", Unit::Piece, 1.0),
    ("pc", Unit::Piece, 1.0),
    ("units", Unit::Piece, 1.0),
    ("unit", Unit::Piece, 1.0),
    ("each", Unit::Piece, 1.0),
    ("ea.", Unit::Piece, 1.0),
    ("ea", Unit::Piece, 1.0),
    ("nos.", Unit::Piece, 1.0),
    ("nos", Unit::Piece, 1.0),
    ("no.", Unit::Piece, 1.0),
    ("stück", Unit::Piece, 1.0),
    ("stk.", Unit::Piece, 1.0),
    ("stk", Unit::Piece, 1.0),
    ("st.", Unit::Piece, 1.0),
    ("sets", Unit::Piece, 1.0),
    ("set", Unit::Piece, 1.0),
    ("kits", Unit::Piece, 1.0),
    ("kit", Unit::Piece, 1.0),
    ("packs", Unit::Piece, 1.0),
    ("pack", Unit::Piece, 1.0),
    ("rolls", Unit::Piece, 1.0),
    ("roll", Unit::Piece, 1.0),
    ("lots", Unit::Piece, 1.0),
    ("lot", Unit::Piece, 1.0),
    ("spools", Unit::Piece, 1.0),
    ("spool", Unit::Piece, 1.0),
    ("sheets", Unit::Piece, 1.0),
    ("sheet", Unit::Piece, 1.0),
    ("dozens", Unit::Piece, 12.0),
    ("dozen", Unit::Piece, 12.0),
    ("kpcs", Unit::Piece, 1e3),
    ("k pcs", Unit::Piece, 1e3),
    ("k", Unit::Piece, 1e3),
    ("millimetres", Unit::Metre, 1e-3),
    ("millimeters", Unit::Metre, 1e-3),
    ("thousand", Unit::Piece, 1e3),
    ("ts", Unit::Piece, 1e3),
    ("mm²", Unit::SquareMetre, 1e-6),
    ("mm2", Unit::SquareMetre, 1e-6),
    ("mm", Unit::Metre, 1e-3),
    ("cm²", Unit::SquareMetre, 1e-4),
    ("cm2", Unit::SquareMetre, 1e-4),
    ("cm", Unit::Metre, 1e-2),
    ("km", Unit::Metre, 1e3),
    ("metres", Unit::Metre, 1.0),
    ("meters", Unit::Metre, 1.0),
    ("metre", Unit::Metre, 1.0),
    ("meter", Unit::Metre, 1.0),
    ("mg", Unit::Kilogram, 1e-6),
    ("ml", Unit::Litre, 1e-3),
    ("m²", Unit::SquareMetre, 1.0),
    ("m2", Unit::SquareMetre, 1.0),
    ("m", Unit::Metre, 1.0),
    ("feet", Unit::Metre, 0.3048),
    ("foot", Unit::Metre, 0.3048),
    ("ft.", Unit::Metre, 0.3048),
    ("ft", Unit::Metre, 0.3048),
    ("inches", Unit::Metre, 0.0254),
    ("inch", Unit::Metre, 0.0254),
    ("kilograms", Unit::Kilogram, 1.0),
    ("kilogram", Unit::Kilogram, 1.0),
    ("kg", Unit::Kilogram, 1.0),
    ("grams", Unit::Kilogram, 1e-3),
    ("gram", Unit::Kilogram, 1e-3),
    ("g", Unit::Kilogram, 1e-3),
    ("tonnes", Unit::Kilogram, 1e3),
    ("tonne", Unit::Kilogram, 1e3),
    ("吨", Unit::Kilogram, 1e3),
    ("lbs", Unit::Kilogram, 0.453_592_37),
    ("lb", Unit::Kilogram, 0.453_592_37),
    ("litres", Unit::Litre, 1.0),
    ("liters", Unit::Litre, 1.0),
    ("litre", Unit::Litre, 1.0),
    ("liter", Unit::Litre, 1.0),
    ("l", Unit::Litre, 1.0),
    ("x", Unit::Piece, 1.0),
    ("平方米", Unit::SquareMetre, 1.0),
    ("毫米", Unit::Metre, 1e-3),
    ("厘米", Unit::Metre, 1e-2),
    ("毫升", Unit::Litre, 1e-3),
    ("千克", Unit::Kilogram, 1.0),
    ("公斤", Unit::Kilogram, 1.0),
    ("千个", Unit::Piece, 1e3),
    ("千件", Unit::Piece, 1e3),
    ("千只", Unit::Piece, 1e3),
    ("千颗", Unit::Piece, 1e3),
    ("千片", Unit::Piece, 1e3),
    ("千支", Unit::Piece, 1e3),
    ("千套", Unit::Piece, 1e3),
    ("百个", Unit::Piece, 1e2),
    ("百件", Unit::Piece, 1e2),
    ("百只", Unit::Piece, 1e2),
    ("万个", Unit::Piece, 1e4),
    ("打", Unit::Piece, 12.0),
    ("件套", Unit::Piece, 1.0),
    ("千米", Unit::Metre, 1e3),
    ("公里", Unit::Metre, 1e3),
    ("米", Unit::Metre, 1.0),
    ("克", Unit::Kilogram, 1e-3),
    ("升", Unit::Litre, 1.0),
    ("对", Unit::Piece, 2.0),
    ("双", Unit::Piece, 2.0),
    ("个", Unit::Piece, 1.0),
    ("個", Unit::Piece, 1.0),
    ("件", Unit::Piece, 1.0),
    ("只", Unit::Piece, 1.0),
    ("支", Unit::Piece, 1.0),
    ("台", Unit::Piece, 1.0),
    ("套", Unit::Piece, 1.0),
    ("颗", Unit::Piece, 1.0),
    ("粒", Unit::Piece, 1.0),
    ("根", Unit::Piece, 1.0),
    ("片", Unit::Piece, 1.0),
    ("块", Unit::Piece, 1.0),
    ("条", Unit::Piece, 1.0),
    ("张", Unit::Piece, 1.0),
    ("枚", Unit::Piece, 1.0),
    ("卷", Unit::Piece, 1.0),
    ("盒", Unit::Piece, 1.0),
    ("包", Unit::Piece, 1.0),
    ("组", Unit::Piece, 1.0),
    ("副", Unit::Piece, 1.0),
    ("把", Unit::Piece, 1.0),
    ("瓶", Unit::Piece, 1.0),
];

/// A unit at the beginning of a plain lower-case text, how much of ours it is, and what follows.
fn unit(text: &str) -> Option<(Unit, f64, &str)> {
    // Alone it is a tonne; before more it may be a T-nut.
    if text.trim_end() == "t" {
        return Some((Unit::Kilogram, 1e3, ""));
    }
    UNITS.iter().find_map(|(word, unit, times)| {
        let rest = text.strip_prefix(word)?;
        // A word ends where letters of its kind do: m, but not motor.
        let is_whole = !word.ends_with(|c: char| c.is_ascii_alphabetic())
            || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        is_whole.then_some((*unit, *times, rest))
    })
}

/// The unit that a cell of a column of units names.
pub fn unit_of(text: &str) -> Option<(Unit, f64)> {
    let text = plain(text).to_lowercase();
    let (unit, times, rest) = unit(text.trim_matches(['(', ')', '[', ']', '.', '/', ' ']))?;
    rest.trim().is_empty().then_some((unit, times))
}

/// Units that hold nobody knows how many or how much.
const PACKED: [&str; 13] =
    ["roll", "rolls", "spool", "spools", "pack", "packs", "lot", "lots", "卷", "盒", "包", "箱", "瓶"];

/// Whether a unit holds nobody knows how many or how much: a roll, a box.
pub fn is_packed(unit: &str) -> bool {
    let unit = plain(unit).to_lowercase();
    PACKED.contains(&unit.trim_matches(['(', ')', '.', '/', ' ']))
}

/// Words before a number that is not meant exactly, or is the most.
const ABOUT: [&str; 16] = [
    "approximately",
    "approx",
    "about",
    "around",
    "circa",
    "ca",
    "max",
    "up to",
    "~",
    "≈",
    "大约",
    "大概",
    "约",
    "最多",
    "至多",
    "不超过",
];

/// A plain lower-case text without what says that its number is not meant exactly.
pub(crate) fn exact(text: &str) -> &str {
    let text = text.trim();
    let after = ABOUT.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?.trim_start_matches('.').trim_start();
        // Only what a number follows is such a word.
        leading(rest).or_else(|| leading(rest.strip_prefix('x')?)).map(|_| rest)
    });
    after.unwrap_or(text)
}

/// The signs before what is less than nothing.
pub(crate) const MINUS: [char; 3] = ['-', '−', '–'];

/// Reads a cell of a column of quantities. `None` if it says none (`-`, `as needed`) or is no quantity; nothing is less
/// than zero.
pub fn quantity(text: &str) -> Option<Quantity> {
    read(text).map(|(quantity, _)| quantity)
}

/// Reads a cell of a column of quantities; a bare number is in the unit that is given.
pub fn quantity_in(text: &str, bare: Option<(Unit, f64)>) -> Option<Quantity> {
    let (mut found, said) = read(text)?;
    if let Some((unit, times)) = bare.filter(|_| said.is_none() && found.beside.is_empty()) {
        (found.amount, found.unit) = (found.amount * times, unit);
        found.least = found.least.map(|least| least * times);
    }
    Some(found)
}

/// The unit that a cell of a column of quantities names, as it stands there; empty if it names none.
pub fn unit_beside(text: &str) -> String {
    read(text).and_then(|(_, said)| said).unwrap_or_default()
}

/// Words for one on each of two sides, longer ones first.
const EACH_SIDE: [&str; 6] = ["左右两侧各", "左右侧各", "左右各", "两侧各", "两边各", "前后各"];

/// What comes after a count that another multiplies: `5x2`, `2 * 3`; only if no more than a unit of pieces follows.
fn times(rest: &str) -> Option<(f64, &str)> {
    let (second, rest) = leading(rest.trim_start().strip_prefix(['x', '*'])?.trim_start())?;
    let (unit_of, _, after) = unit(rest.trim_start()).unwrap_or((Unit::Piece, 1.0, rest));
    (second >= 0.0 && unit_of == Unit::Piece && after.trim().is_empty()).then_some((second, rest))
}

/// Whether a text is one count times another.
pub(crate) fn is_product(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    leading(&text).is_some_and(|(_, rest)| times(rest).is_some())
}

/// The quantity that a cell says, and the unit that it names.
fn read(text: &str) -> Option<(Quantity, Option<String>)> {
    let text = plain(text).to_lowercase();
    if is_date(&text) {
        return None;
    }
    let text = exact(&text);
    // 13S4P = 52 is 52.
    let result = text.rsplit_once('=').map(|(_, result)| result.trim()).filter(|r| leading(r).is_some());
    let text = result.unwrap_or(text);
    let of_sides = EACH_SIDE.iter().find_map(|word| text.strip_prefix(word));
    let text = of_sides.map_or(text, str::trim_start);
    // x2 and 2x are the same.
    let text = text.strip_prefix('x').map_or(text, str::trim_start);
    let (first, rest) = leading(text).filter(|(value, _)| *value >= 0.0)?;
    let (first, rest) = times(rest).map_or((first, rest), |(second, rest)| (first * second, rest));
    let first = if of_sides.is_some() { 2.0 * first } else { first };
    let (amount, least, rest) = match upper(rest).filter(|(last, _)| *last > first) {
        Some((last, rest)) => (last, Some(first), rest),
        None => (first, None, rest),
    };
    let rest = rest.trim_start();
    let (unit, times, after) = unit(rest).unwrap_or((Unit::Piece, 1.0, rest));
    // 2x counts in no unit.
    let said =
        Some(rest[..rest.len() - after.len()].to_owned()).filter(|said| !said.is_empty() && said != "x");
    let beside = after.trim_matches(|c: char| c.is_whitespace() || "()[].,;:、，；：+".contains(c)).into();
    Some((Quantity { amount: amount * times, least: least.map(|l| l * times), unit, beside }, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_people_write_them() {
        for (text, amount, unit, beside) in [
            ("2", 2.0, Unit::Piece, ""),
            ("2x", 2.0, Unit::Piece, ""),
            ("x 4", 4.0, Unit::Piece, ""),
            ("×4", 4.0, Unit::Piece, ""),
            ("4 pcs", 4.0, Unit::Piece, ""),
            ("4pcs.", 4.0, Unit::Piece, ""),
            ("0.5 m", 0.5, Unit::Metre, ""),
            ("30 cm", 0.3, Unit::Metre, ""),
            ("250g", 0.25, Unit::Kilogram, ""),
            ("12 (per hand)", 12.0, Unit::Piece, "per hand"),
            ("1 套", 1.0, Unit::Piece, ""),
            ("2对", 4.0, Unit::Piece, ""),
            ("1 set", 1.0, Unit::Piece, ""),
            ("1,000 ea", 1000.0, Unit::Piece, ""),
            ("3 motors", 3.0, Unit::Piece, "motors"),
            ("~10", 10.0, Unit::Piece, ""),
            ("approx. 90", 90.0, Unit::Piece, ""),
            ("ca. 4", 4.0, Unit::Piece, ""),
            ("circa 4 m", 4.0, Unit::Metre, ""),
            ("about 12", 12.0, Unit::Piece, ""),
            ("约4", 4.0, Unit::Piece, ""),
            ("大约4个", 4.0, Unit::Piece, ""),
            ("max. 3", 3.0, Unit::Piece, ""),
            ("2 m²", 2.0, Unit::SquareMetre, ""),
            ("１２ 个", 12.0, Unit::Piece, ""),
            ("0", 0.0, Unit::Piece, ""),
            ("3打", 36.0, Unit::Piece, ""),
            ("2 dozen", 24.0, Unit::Piece, ""),
            ("1.2k", 1200.0, Unit::Piece, ""),
            ("2 千个", 2000.0, Unit::Piece, ""),
            ("2 千克", 2.0, Unit::Kilogram, ""),
            ("1.2 吨", 1200.0, Unit::Kilogram, ""),
            ("1.2 t", 1200.0, Unit::Kilogram, ""),
            ("4 T-nuts", 4.0, Unit::Piece, "t-nuts"),
            ("5×2", 10.0, Unit::Piece, ""),
            ("2 x 2 pcs", 4.0, Unit::Piece, ""),
            ("2*3", 6.0, Unit::Piece, ""),
            ("2 x 450 mm", 2.0, Unit::Piece, "450 mm"),
            ("左右各2", 4.0, Unit::Piece, ""),
            ("左右各 2 个", 4.0, Unit::Piece, ""),
            ("13S4P = 52", 52.0, Unit::Piece, ""),
        ] {
            let found = quantity(text).unwrap();
            assert!((found.amount - amount).abs() < 1e-12, "{text}: {found:?}");
            assert_eq!((found.unit, found.beside.as_ref()), (unit, beside), "{text}");
        }
        let range = quantity("4-6 pcs").unwrap();
        assert_eq!((range.least, range.amount), (Some(4.0), 6.0));
        for text in ["", "-", "N/A", "as needed", "若干", "-3", "1e999"] {
            assert_eq!(quantity(text), None, "{text}");
        }
        assert_eq!(unit_of("(mm)"), Some((Unit::Metre, 1e-3)));
        assert_eq!(unit_of("个"), Some((Unit::Piece, 1.0)));
        assert_eq!(unit_of("motor"), None);
        // The unit of a cell counts before that of the column.
        let pair = Some((Unit::Piece, 2.0));
        let amount = |text| quantity_in(text, pair).map(|q| q.amount);
        assert_eq!(
            [amount("3"), amount("3x"), amount("3 pcs"), amount("3对")],
            [6.0, 6.0, 3.0, 6.0].map(Some)
        );
    }
}
