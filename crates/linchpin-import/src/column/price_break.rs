//! Prices that hold from a quantity on: `Price @100`, `Unit price 1k+`, `Price (qty 1-99)`, `单价(≥1000)`, `1000件单价`.

use super::{Role, of_terms};
use crate::number::{leading, plain, upper};
use crate::price::{TOGETHER, currency};

/// Words of which a header of prices holds one.
const PRICE: [&str; 4] = ["price", "cost", "preis", "价"];
/// What stands before the quantity from which a price holds.
const BEFORE: [&str; 9] = ["@", "≥", ">", "quantity", "qty", "数量", " at", "(at", "from"];
/// Words for pieces, longer ones first where one begins with another.
const PIECES: [&str; 12] = ["pieces", "units", "pcs", "pc", "件", "个", "只", "片", "台", "套", "颗", "支"];
/// Words for that many or more, longer ones first.
const OR_MORE: [&str; 5] = ["及以上", "以上", "起", "or more", "+"];
/// Words of a header that say nothing but that the number is a quantity.
const FILLING: [&str; 10] = ["qty", "quantity", "数量", "at", "from", "pcs", "pc", "pieces", "units", "moq"];

/// The quantity from which the prices below a header hold, and the words that are left for the price; `None` unless it
/// names both.
pub(crate) fn of_header(header: &str) -> Option<(f64, String)> {
    // Nearly every cell of a sheet is asked whether it heads a column.
    if header.len() > 120 || !header.chars().any(char::is_numeric) || !header.chars().any(char::is_alphabetic)
    {
        return None;
    }
    let text = plain(header).to_lowercase();
    if !PRICE.iter().any(|w| text.contains(w)) {
        return None;
    }
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let starts = text.match_indices(|c: char| c.is_ascii_digit()).map(|m| m.0).filter(|at| begins(*at));
    starts.into_iter().find_map(|at| at_number(&text, at))
}

/// The quantity that begins there, if it is one.
fn at_number(text: &str, at: usize) -> Option<(f64, String)> {
    let before = text[..at].trim_end_matches([' ', ':', '=', '.']);
    let (number, after) = leading(&text[at..])?;
    if TOGETHER.iter().any(|w| before.ends_with(w)) {
        return None;
    }
    let marked = BEFORE.iter().any(|w| before.ends_with(w));
    // M3 and v2 are no quantities.
    if !marked && text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (times, after) = thousands(after);
    let range = upper(after).filter(|(last, _)| *last > number);
    let years = |n: f64| (1900.0..2100.0).contains(&n);
    let weak_range = range.is_some_and(|(last, _)| !(years(number) && years(last)));
    let after = range.map_or(after, |(_, rest)| thousands(rest).1);
    let (pieces, after) = stripped(after, &PIECES);
    let (more, after) = stripped(after, &OR_MORE);
    let (_, after) = stripped(after, &PIECES);
    // 100 pcs may be what the price is for, unless it is that of one.
    let each = ["unit", "each", "单价"].iter().any(|w| text.contains(w));
    let strong = marked || more;
    if !(strong || weak_range || times > 1.0 || pieces && (each || !text.is_ascii())) {
        return None;
    }
    let rest: String = format!("{before} {after}").replace(['(', ')', '[', ']', '【', '】'], " ");
    let word = |w: &&str| !FILLING.contains(w) && (!w.is_ascii() || currency(w).is_none());
    let rest = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .filter(word)
        .collect::<Vec<_>>()
        .join(" ");
    let (role, score, _) = of_terms(&rest).into_iter().next()?;
    let least = if strong { 0.7 } else { 0.9 };
    (role == Role::Price && score >= least).then_some((number * times, rest))
}

/// 1k is 1000, 1万 is 10,000.
fn thousands(after: &str) -> (f64, &str) {
    let word = |c: &str| !c.starts_with(|c: char| c.is_ascii_alphabetic());
    [("k", 1e3), ("千", 1e3), ("万", 1e4)]
        .into_iter()
        .find_map(|(sign, times)| Some((times, after.strip_prefix(sign).filter(|rest| word(rest))?)))
        .unwrap_or((1.0, after))
}

/// Whether one of some words comes next, and what follows it.
fn stripped<'t>(text: &'t str, words: &[&str]) -> (bool, &'t str) {
    let text = text.trim_start();
    match words.iter().find_map(|w| text.strip_prefix(w)) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// A quantity from which a price holds, and nothing else: `100`, `100+`, `≥ 1k`, `1-99`, `1000 pcs`.
pub(crate) fn quantity(text: &str) -> Option<f64> {
    let text = plain(text).to_lowercase();
    let (_, text) = stripped(&text, &["quantity", "qty", "数量"]);
    let text = text.trim_start_matches(['≥', '>', '=', '@', '~', ' ', '.', ':']);
    let (number, rest) = leading(text).filter(|(n, _)| *n >= 0.0)?;
    let (times, rest) = thousands(rest);
    let rest = upper(rest).map_or(rest, |(_, rest)| thousands(rest).1);
    let (_, rest) = stripped(rest, &PIECES);
    let (_, rest) = stripped(rest, &OR_MORE);
    rest.trim().is_empty().then_some(number * times)
}

/// The quantity of a column that is one of price breaks already: what its header says, else the number in it.
pub(crate) fn of_column(header: &str) -> Option<f64> {
    let text = plain(header).to_lowercase();
    of_header(header).map(|f| f.0).or_else(|| {
        let (number, rest) = leading(&text[text.find(|c: char| c.is_ascii_digit())?..])?;
        Some(number * thousands(rest).0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_name_a_price_and_a_quantity() {
        for (header, from) in [
            ("Price @100", 100.0),
            ("Price @ 1,000 (USD)", 1000.0),
            ("Unit price 1k+", 1000.0),
            ("100+ price", 100.0),
            ("Price (qty 1-99)", 1.0),
            ("Price 10-49", 10.0),
            ("Unit Price (100 pcs)", 100.0),
            ("Price at 500", 500.0),
            ("Price (USD) 10k", 10_000.0),
            ("单价(≥1000)", 1000.0),
            ("单价（≥１０００）", 1000.0),
            ("1000件单价", 1000.0),
            ("100件以上单价", 100.0),
            ("单价（1万起）", 10_000.0),
        ] {
            assert_eq!(of_header(header).map(|f| f.0), Some(from), "{header}");
        }
        for header in [
            "Price",
            "Price 1",
            "Price 2",
            "Price 2024",
            "Price 2023-2024",
            "Price per 100",
            "Price (100 pcs)",
            "Price /1000",
            "每1000件单价",
            "Total price @100",
            "Qty @100",
            "Cost for 4",
            "M3 screw price",
            "Lead time at price 100+",
            "2 x 450 price list of 2024",
            "100",
        ] {
            assert_eq!(of_header(header), None, "{header}");
        }
        assert_eq!(of_column("Price 100"), Some(100.0));
        assert_eq!(of_column("Price breaks"), None);
    }

    #[test]
    fn quantities_from_which_a_price_holds() {
        for (text, from) in [
            ("100", 100.0),
            ("100+", 100.0),
            ("≥ 1k", 1000.0),
            ("1-99", 1.0),
            ("1000 pcs", 1000.0),
            ("100件以上", 100.0),
        ] {
            assert_eq!(quantity(text), Some(from), "{text}");
        }
        assert_eq!([quantity("price"), quantity("10 mm"), quantity("-3")], [None; 3]);
    }
}
