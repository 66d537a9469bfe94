//! The one place where a number becomes text.
//!
//! Three significant digits, four from 1,000 on, without trailing zeros; thousands in groups of three; masses from mg to
//! Mt, money in millions and above, ten million pieces and more likewise, shares in percent. Numbers that are not finite are "no data", and there is no -0.

use linchpin_table::{Lang, Unit};

/// What stands where there is no number.
pub fn no_data(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "no data",
        Lang::Zh => "无数据",
    }
}

/// A number with its unit, in the scale that suits it: `400 mg`, `1,235 t`, `$1.23 M`, `50 %`.
pub fn number(value: f64, unit: Unit, lang: Lang) -> String {
    if !value.is_finite() {
        return no_data(lang).to_owned();
    }
    let scale = Scale::of(value, unit, lang);
    scale.with_unit(&scale.digits(value))
}

/// A number or the words for there being none.
pub fn number_or_none(value: Option<f64>, unit: Unit, lang: Lang) -> String {
    number(value.unwrap_or(f64::NAN), unit, lang)
}

/// A whole number with its unit. Counts keep all their digits, unless they are so many that they are scaled.
pub fn integer(value: i64, unit: Unit, lang: Lang) -> String {
    let scale = Scale::of(value as f64, unit, lang);
    scale.with_unit(&scale.integer_digits(value))
}

/// A number with the interval around it, in one scale: `1.2 (0.9–3.5) kg`. Without the number the interval stands alone;
/// an end that is unknown is `?`.
pub fn range(value: Option<f64>, low: Option<f64>, high: Option<f64>, unit: Unit, lang: Lang) -> String {
    match range_scale(value, low, high, unit, lang) {
        Some(scale) => scale.with_unit(&scale.range_digits(value, low, high)),
        None => no_data(lang).to_owned(),
    }
}

/// The scale that a range is shown in; `None` if none of its numbers is known.
pub fn range_scale(
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Unit,
    lang: Lang,
) -> Option<Scale> {
    let known: Vec<f64> = [value, high, low].into_iter().flatten().filter(|each| each.is_finite()).collect();
    let leading = known.iter().copied().find(|each| *each != 0.0).or_else(|| known.first().copied())?;
    Some(Scale::of(leading, unit, lang))
}

/// A whole number in groups of three: `1,234,567`.
pub fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    format!("{}{}", if value < 0 { "-" } else { "" }, group(&digits))
}

/// The unit as it is written for base numbers, `kg` or `美元/kg`; empty for [`Unit::None`].
pub fn base_unit(unit: Unit, lang: Lang) -> &'static str {
    match (unit, lang) {
        (Unit::None, _) => "",
        (Unit::Kg, _) => "kg",
        (Unit::Piece, Lang::En) => "pieces",
        (Unit::Piece, Lang::Zh) => "件",
        (Unit::Usd, Lang::En) => "USD",
        (Unit::Usd, Lang::Zh) => "美元",
        (Unit::UsdPerKg, Lang::En) => "USD/kg",
        (Unit::UsdPerKg, Lang::Zh) => "美元/kg",
        (Unit::UsdPerPiece, Lang::En) => "USD/piece",
        (Unit::UsdPerPiece, Lang::Zh) => "美元/件",
        (Unit::Fraction, _) => "%",
        (Unit::Day, Lang::En) => "days",
        (Unit::Day, Lang::Zh) => "天",
        (Unit::KgPerYear, Lang::En) => "kg/y",
        (Unit::KgPerYear, Lang::Zh) => "kg/年",
        (Unit::PiecePerYear, Lang::En) => "pieces/y",
        (Unit::PiecePerYear, Lang::Zh) => "件/年",
        (Unit::Year, Lang::En) => "years",
        (Unit::Year, Lang::Zh) => "年",
    }
}

/// What stands after a number of pieces among numbers of other units.
pub fn pieces(lang: Lang) -> &'static str {
    match lang {
        Lang::En => " pcs",
        Lang::Zh => " 件",
    }
}

/// How numbers of a magnitude are shown: what they are multiplied with and what stands around them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    factor: f64,
    before: &'static str,
    after: &'static str,
    after_one: &'static str,
    unit: Unit,
    lang: Lang,
}

impl Scale {
    /// The scale that suits one number.
    pub fn of(value: f64, unit: Unit, lang: Lang) -> Scale {
        let size = rounded(value.abs());
        let zh = lang == Lang::Zh;
        let (factor, before, after) = match unit {
            Unit::None => (1.0, "", ""),
            Unit::Piece if zh => pieces_in(size, ZH_PIECES, [" 万亿", " 亿", " 万", ""]),
            Unit::Piece => pieces_in(size, EN_PIECES, [" tn", " bn", " M", ""]),
            Unit::Kg => mass(size, [" mg", " g", " kg", " t", " kt", " Mt"]),
            Unit::KgPerYear if zh => mass(size, [" mg/年", " g/年", " kg/年", " t/年", " kt/年", " Mt/年"]),
            Unit::KgPerYear => mass(size, [" mg/y", " g/y", " kg/y", " t/y", " kt/y", " Mt/y"]),
            Unit::PiecePerYear if zh => pieces_in(size, ZH_PIECES, [" 万亿/年", " 亿/年", " 万/年", "/年"]),
            Unit::PiecePerYear => pieces_in(size, EN_PIECES, [" tn/y", " bn/y", " M/y", "/y"]),
            Unit::Usd if zh => {
                let steps = [(1e12, " 万亿美元"), (1e8, " 亿美元"), (1e6, " 万美元")];
                let (floor, after) = step(size, &steps).unwrap_or((1.0, " 美元"));
                (if floor == 1e6 { 1e-4 } else { 1.0 / floor }, "", after)
            }
            Unit::Usd => {
                let (floor, after) =
                    step(size, &[(1e12, " tn"), (1e9, " bn"), (1e6, " M")]).unwrap_or((1.0, ""));
                (1.0 / floor, "$", after)
            }
            Unit::UsdPerKg if zh => (1.0, "", " 美元/kg"),
            Unit::UsdPerKg => (1.0, "$", "/kg"),
            Unit::UsdPerPiece if zh => (1.0, "", " 美元/件"),
            Unit::UsdPerPiece => (1.0, "$", "/piece"),
            Unit::Fraction => (100.0, "", if zh { "%" } else { " %" }),
            Unit::Day if size < 3.0 * DAYS_A_YEAR => (1.0, "", if zh { " 天" } else { " days" }),
            Unit::Day => (1.0 / DAYS_A_YEAR, "", if zh { " 年" } else { " years" }),
            Unit::Year if is_calendar(value) => (1.0, "", ""),
            Unit::Year => (1.0, "", if zh { " 年" } else { " years" }),
        };
        let after_one = match after {
            " days" => " day",
            " years" => " year",
            other => other,
        };
        Scale { factor, before, after, after_one, unit, lang }
    }

    /// One scale for a column, so that its numbers compare at a glance; `None` if they lie too far apart for one.
    pub fn common(values: impl IntoIterator<Item = f64>, unit: Unit, lang: Lang) -> Option<Scale> {
        let known: Vec<f64> = values.into_iter().filter(|each| each.is_finite() && *each != 0.0).collect();
        if unit == Unit::Year && !known.is_empty() && known.iter().all(|year| is_calendar(*year)) {
            return Some(Scale::of(known[0], unit, lang));
        }
        let sizes = || known.iter().map(|each| each.abs());
        let (Some(least), Some(most)) = (sizes().min_by(f64::total_cmp), sizes().max_by(f64::total_cmp))
        else {
            return Some(Scale::of(0.0, unit, lang));
        };
        // The scale of the largest: a reader compares with it, and three figures of the least still show.
        let (low, high) = (Scale::of(least, unit, lang), Scale::of(most, unit, lang));
        (low == high || most / least <= 1000.0).then_some(high)
    }

    /// The unit by itself, for a header: `kg`, `%`, `$ M`.
    pub fn unit(&self) -> String {
        let after = self.after.trim();
        match (self.unit, self.lang, after.strip_suffix("/y").or(after.strip_suffix("/年"))) {
            (Unit::PiecePerYear, _, None | Some("")) => base_unit(self.unit, self.lang).to_owned(),
            (Unit::PiecePerYear, Lang::En, Some(size)) => {
                format!("{size} {}", base_unit(self.unit, self.lang))
            }
            (Unit::PiecePerYear, Lang::Zh, Some(size)) => {
                format!("{size}{}", base_unit(self.unit, self.lang))
            }
            _ => format!("{}{}", self.before, self.after).trim().to_owned(),
        }
    }

    /// The digits of a number in this scale, without the unit.
    pub fn digits(&self, value: f64) -> String {
        if !value.is_finite() {
            return no_data(self.lang).to_owned();
        }
        if self.unit == Unit::Year && is_calendar(value) {
            // Part of a year is told as typed, as far as two places: 2026.25 is the end of its first quarter.
            let text = format!("{value:.2}");
            return text.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        let shown = value * self.factor;
        if shown.is_infinite() {
            return if shown > 0.0 { ">1e308" } else { "<-1e308" }.to_owned();
        }
        if self.unit == Unit::Fraction { percent(shown) } else { significant(shown) }
    }

    /// The digits of a whole number in this scale; counts that are not scaled keep all of them.
    pub fn integer_digits(&self, value: i64) -> String {
        if counts(self.unit) && self.factor == 1.0 { grouped(value) } else { self.digits(value as f64) }
    }

    /// The digits of a number and the interval around it.
    pub fn range_digits(&self, value: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
        let finite = |each: Option<f64>| each.filter(|number| number.is_finite());
        let (value, low, high) = (finite(value), finite(low), finite(high));
        let dash = match ([low, high].into_iter().flatten().any(|end| end < 0.0), self.lang) {
            (false, _) => "–",
            (true, Lang::En) => " to ",
            (true, Lang::Zh) => " 至 ",
        };
        let end = |end: Option<f64>| end.map_or_else(|| "?".to_owned(), |number| self.digits(number));
        // Ends that look the same are one number, with that number between them or without it.
        if low.is_some()
            && end(low) == end(high)
            && value.is_none_or(|number| self.digits(number) == end(low))
        {
            return end(low);
        }
        let interval = (low.is_some() || high.is_some()).then(|| format!("{}{dash}{}", end(low), end(high)));
        match (value, interval) {
            (Some(value), Some(interval)) => format!("{} ({interval})", self.digits(value)),
            (Some(value), None) => self.digits(value),
            (None, Some(interval)) => interval,
            (None, None) => no_data(self.lang).to_owned(),
        }
    }

    /// Puts the unit around digits: `-5` and USD give `-$5`.
    pub fn with_unit(&self, digits: &str) -> String {
        let after = if digits == "1" || digits == "-1" { self.after_one } else { self.after };
        match digits.strip_prefix('-') {
            Some(rest) => format!("-{}{rest}{after}", self.before),
            None => format!("{}{digits}{after}", self.before),
        }
    }

    /// Puts what stands before the digits there, and gives what stands after them separately, for aligning.
    pub fn parts(&self, digits: &str) -> (String, String) {
        let whole = self.with_unit(digits);
        let after = if digits == "1" || digits == "-1" { self.after_one } else { self.after };
        (whole.strip_suffix(after).unwrap_or(&whole).to_owned(), after.to_owned())
    }
}

const DAYS_A_YEAR: f64 = 365.25;

/// Units in which whole numbers are counts, not measurements.
fn counts(unit: Unit) -> bool {
    matches!(unit, Unit::None | Unit::Piece | Unit::PiecePerYear)
}

/// A number of years that is meant as a date. A duration of so many years is not told apart.
fn is_calendar(value: f64) -> bool {
    (1900.0..=2200.0).contains(&value)
}

/// Tonnes go up to 10,000 t, as the trade writes them.
fn mass(kg: f64, units: [&'static str; 6]) -> (f64, &'static str, &'static str) {
    let [mg, g, kilo, t, kt, mt] = units;
    let (factor, after) = match kg {
        0.0 => (1.0, kilo),
        _ if kg < 1e-3 => (1e6, mg),
        _ if kg < 1.0 => (1e3, g),
        _ if kg < 1e3 => (1.0, kilo),
        _ if kg < 1e7 => (1e-3, t),
        _ if kg < 1e10 => (1e-6, kt),
        _ => (1e-9, mt),
    };
    (factor, "", after)
}

/// Pieces keep their digits below ten million: what is more is noise. Units are those of the steps, then the plain one.
fn pieces_in(
    size: f64,
    steps: [(f64, f64); 3],
    afters: [&'static str; 4],
) -> (f64, &'static str, &'static str) {
    let scaled = steps.iter().zip(afters).find(|((floor, _), _)| size >= *floor);
    scaled.map_or((1.0, "", afters[3]), |((_, factor), after)| (*factor, "", after))
}

/// Smallest number of pieces of each step, and what it is multiplied with.
const EN_PIECES: [(f64, f64); 3] = [(1e12, 1e-12), (1e9, 1e-9), (1e7, 1e-6)];
const ZH_PIECES: [(f64, f64); 3] = [(1e12, 1e-12), (1e8, 1e-8), (1e7, 1e-4)];

fn step(size: f64, steps: &[(f64, &'static str)]) -> Option<(f64, &'static str)> {
    steps.iter().copied().find(|(floor, _)| size >= *floor)
}

/// Rounded as it will be shown, so that 999.9 g is chosen to be 1 kg.
fn rounded(size: f64) -> f64 {
    format!("{size:.2e}").parse().unwrap_or(size)
}

fn percent(shown: f64) -> String {
    if shown != 0.0 && shown.abs() < 0.01 {
        return if shown < 0.0 { ">-0.01" } else { "<0.01" }.to_owned();
    }
    if shown.abs() < 1.0 { trimmed(format!("{shown:.2}")) } else { significant(shown) }
}

/// Three significant digits, four from 1,000 on; scientific beyond 10^15 and below 10^-4.
fn significant(shown: f64) -> String {
    let figures = if shown.abs() >= 1000.0 { 4 } else { 3 };
    let text = format!("{:.*e}", figures - 1, shown);
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if shown == 0.0 {
        return "0".to_owned();
    }
    if !(-4..15).contains(&exponent) {
        return format!("{}e{exponent}", trimmed(mantissa.to_owned()));
    }
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let body = match usize::try_from(exponent) {
        Ok(exponent) if exponent + 1 >= digits.len() => {
            group(&format!("{digits:0<width$}", width = exponent + 1))
        }
        Ok(exponent) => {
            let (whole, fraction) = digits.split_at(exponent + 1);
            trimmed(format!("{}.{fraction}", group(whole)))
        }
        Err(_) => {
            let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
            trimmed(format!("0.{}{digits}", "0".repeat(zeros)))
        }
    };
    format!("{sign}{body}")
}

fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn both(value: f64, unit: Unit) -> (String, String) {
        (number(value, unit, Lang::En), number(value, unit, Lang::Zh))
    }

    fn same(value: f64, unit: Unit, expected: &str) {
        assert_eq!(both(value, unit), (expected.to_owned(), expected.to_owned()));
    }

    fn each(value: f64, unit: Unit, en: &str, zh: &str) {
        assert_eq!(both(value, unit), (en.to_owned(), zh.to_owned()));
    }

    #[test]
    fn masses_scale() {
        same(0.0, Unit::Kg, "0 kg");
        same(-0.0, Unit::Kg, "0 kg");
        same(1e-7, Unit::Kg, "0.1 mg");
        same(0.0004, Unit::Kg, "400 mg");
        same(0.0025, Unit::Kg, "2.5 g");
        same(0.9996, Unit::Kg, "1 kg");
        same(2.0, Unit::Kg, "2 kg");
        same(-2.5, Unit::Kg, "-2.5 kg");
        same(999.4, Unit::Kg, "999 kg");
        same(999.6, Unit::Kg, "1 t");
        same(1_234_567.0, Unit::Kg, "1,235 t");
        same(4e8, Unit::Kg, "400 kt");
        same(2.6e12, Unit::Kg, "2,600 Mt");
        each(5.5e7, Unit::KgPerYear, "55 kt/y", "55 kt/年");
    }

    #[test]
    fn plain_numbers_have_their_significant_digits() {
        same(1234.5, Unit::None, "1,234");
        same(1235.5, Unit::Piece, "1,236");
        same(1_234_567.0, Unit::Piece, "1,235,000");
        same(9_994_000.0, Unit::Piece, "9,994,000");
        each(12_345_678.0, Unit::Piece, "12.3 M", "1,235 万");
        each(1e9, Unit::Piece, "1 bn", "10 亿");
        same(12.345, Unit::None, "12.3");
        same(0.012345, Unit::None, "0.0123");
        same(1e-10, Unit::None, "1e-10");
        same(-3.2e20, Unit::None, "-3.2e20");
        each(1.5e308, Unit::Fraction, ">1e308 %", ">1e308%");
        each(f64::NAN, Unit::None, "no data", "无数据");
        each(f64::NEG_INFINITY, Unit::Kg, "no data", "无数据");
    }

    #[test]
    fn shares_money_time() {
        each(0.5, Unit::Fraction, "50 %", "50%");
        each(0.12345, Unit::Fraction, "12.3 %", "12.3%");
        each(0.00456, Unit::Fraction, "0.46 %", "0.46%");
        each(0.000_001, Unit::Fraction, "<0.01 %", "<0.01%");
        each(-0.000_001, Unit::Fraction, ">-0.01 %", ">-0.01%");
        each(1.0, Unit::Fraction, "100 %", "100%");
        each(1234.0, Unit::Usd, "$1,234", "1,234 美元");
        each(-5.0, Unit::Usd, "-$5", "-5 美元");
        each(1_234_567.0, Unit::Usd, "$1.23 M", "123 万美元");
        each(2.5e9, Unit::Usd, "$2.5 bn", "25 亿美元");
        each(1e12, Unit::Usd, "$1 tn", "1 万亿美元");
        each(61.5, Unit::UsdPerKg, "$61.5/kg", "61.5 美元/kg");
        each(61.5, Unit::UsdPerPiece, "$61.5/piece", "61.5 美元/件");
        each(1.0, Unit::Day, "1 day", "1 天");
        each(90.0, Unit::Day, "90 days", "90 天");
        each(3652.5, Unit::Day, "10 years", "10 年");
        each(20_000.0, Unit::PiecePerYear, "20,000/y", "20,000/年");
        each(1.28e8, Unit::PiecePerYear, "128 M/y", "1.28 亿/年");
        each(2.5e12, Unit::PiecePerYear, "2.5 tn/y", "2.5 万亿/年");
        same(2035.0, Unit::Year, "2035");
        same(2026.25, Unit::Year, "2026.25");
        same(2025.9, Unit::Year, "2025.9");
        each(3.5, Unit::Year, "3.5 years", "3.5 年");
    }

    #[test]
    fn whole_counts_keep_their_digits() {
        assert_eq!(integer(1_234_567, Unit::Piece, Lang::En), "1,234,567");
        assert_eq!(integer(128_000_000, Unit::Piece, Lang::Zh), "1.28 亿");
        assert_eq!(integer(-1000, Unit::None, Lang::Zh), "-1,000");
        assert_eq!(integer(i64::MIN, Unit::None, Lang::En), "-9,223,372,036,854,775,808");
        assert_eq!(integer(2030, Unit::Year, Lang::En), "2030");
        assert_eq!(integer(1_234_567, Unit::Kg, Lang::En), "1,235 t");
    }

    #[test]
    fn ranges_share_a_scale() {
        let en = |v, l, h, unit| range(v, l, h, unit, Lang::En);
        assert_eq!(en(Some(1.2), Some(0.9), Some(3.5), Unit::Kg), "1.2 (0.9–3.5) kg");
        assert_eq!(en(Some(1.2e6), Some(9e5), Some(3.5e6), Unit::Usd), "$1.2 (0.9–3.5) M");
        assert_eq!(range(Some(1.2e6), Some(9e5), Some(3.5e6), Unit::Usd, Lang::Zh), "120 (90–350) 万美元");
        assert_eq!(en(Some(1.28e8), Some(9e7), Some(2e8), Unit::PiecePerYear), "128 (90–200) M/y");
        assert_eq!(en(Some(0.5), Some(0.0), Some(0.6), Unit::Fraction), "50 (0–60) %");
        assert_eq!(en(None, Some(0.1), Some(0.6), Unit::Fraction), "10–60 %");
        assert_eq!(en(None, Some(0.7), Some(0.7 + 1e-12), Unit::Fraction), "70 %");
        assert_eq!(en(Some(0.72), Some(0.7), Some(0.7), Unit::Fraction), "72 (70–70) %");
        assert_eq!(en(Some(1.0), None, Some(2.0), Unit::Kg), "1 (?–2) kg");
        assert_eq!(en(Some(1.0), None, None, Unit::Day), "1 day");
        assert_eq!(en(Some(0.0), Some(-1.0), Some(2000.0), Unit::Kg), "0 (-0.001 to 2) t");
        assert_eq!(en(None, None, None, Unit::Kg), "no data");
        assert_eq!(range(None, None, None, Unit::Kg, Lang::Zh), "无数据");
    }

    #[test]
    fn a_column_has_one_scale_if_its_numbers_are_near() {
        let unit =
            |values: &[f64], unit| Scale::common(values.iter().copied(), unit, Lang::En).map(|s| s.unit());
        assert_eq!(unit(&[2.0, 0.0, 30.0], Unit::Kg), Some("kg".into()));
        assert_eq!(unit(&[0.4, 3.0], Unit::Kg), Some("kg".into()));
        assert_eq!(unit(&[1e-6, 3e6], Unit::Kg), None);
        assert_eq!(unit(&[1e-6, 1.0], Unit::Fraction), Some("%".into()));
        assert_eq!(unit(&[2025.0, 2050.0], Unit::Year), Some("".into()));
        assert_eq!(unit(&[2e6, 3e6], Unit::Usd), Some("$ M".into()));
        assert_eq!(unit(&[], Unit::KgPerYear), Some("kg/y".into()));
        assert_eq!(unit(&[2e5, 9e6], Unit::PiecePerYear), Some("pieces/y".into()));
        assert_eq!(unit(&[2e7, 9e7], Unit::PiecePerYear), Some("M pieces/y".into()));
        assert_eq!(Scale::of(3e8, Unit::PiecePerYear, Lang::Zh).unit(), "亿件/年");
        assert_eq!(unit(&[2e5, 3e9], Unit::PiecePerYear), None);
    }

    proptest! {
        #[test]
        fn any_number_has_a_short_text(
            bits in any::<u64>(), low in any::<f64>(), high in any::<f64>(), which in 0..Unit::ALL.len(), zh: bool,
        ) {
            let value = f64::from_bits(bits);
            let lang = if zh { Lang::Zh } else { Lang::En };
            let unit = Unit::ALL[which];
            let text = number(value, unit, lang);
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            prop_assert!(text.chars().count() <= 32, "{text}");
            prop_assert!(!text.starts_with("-0 ") && text != "-0" && text != "-$0", "{text}");
            let text = range(Some(value), Some(low), Some(high), unit, lang);
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            prop_assert!(text.chars().count() <= 96, "{text}");
            let text = range(None, Some(low), None, unit, lang);
            prop_assert!(!text.contains("NaN") && text.chars().count() <= 64, "{text}");
        }

        #[test]
        fn what_is_shown_is_near_what_is_meant(value in 1e-3..1e14f64) {
            let text = number(value, Unit::None, Lang::En).replace(',', "");
            let back: f64 = text.parse().unwrap();
            prop_assert!((back / value - 1.0).abs() <= 0.005_001, "{value} {text}");
        }
    }
}
