//! Prices as people write them: `$12.50`, `1.234,50 €`, `￥35–40`, `~8 USD (100pcs)`.

use crate::column::price_break::quantity;
use crate::number::{leading, plain, upper};
use crate::quantity::{Unit, unit_of};

/// A price.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Least and most; the same if it is one number.
    pub range: (f64, f64),
    /// What it is in, if the cell says so.
    pub currency: Option<Currency>,
    /// For how many pieces it is, if the cell says so, in whatever unit the part is counted.
    pub per: Option<f64>,
}

/// What a price is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Currency {
    /// By its code in ISO 4217.
    Code(&'static str),
    /// `¥`: yuan or yen, as the rest of the file is Chinese or not.
    YuanOrYen,
}

/// Signs and words of currencies, longer ones first where one holds another.
const CURRENCIES: &[(&str, Currency)] = &[
    ("us$", Currency::Code("USD")),
    ("usd", Currency::Code("USD")),
    ("ca$", Currency::Code("CAD")),
    ("c$", Currency::Code("CAD")),
    ("cad", Currency::Code("CAD")),
    ("au$", Currency::Code("AUD")),
    ("a$", Currency::Code("AUD")),
    ("aud", Currency::Code("AUD")),
    ("hk$", Currency::Code("HKD")),
    ("hkd", Currency::Code("HKD")),
    ("nt$", Currency::Code("TWD")),
    ("twd", Currency::Code("TWD")),
    ("s$", Currency::Code("SGD")),
    ("sgd", Currency::Code("SGD")),
    ("美元", Currency::Code("USD")),
    ("美金", Currency::Code("USD")),
    ("欧元", Currency::Code("EUR")),
    ("日元", Currency::Code("JPY")),
    ("港元", Currency::Code("HKD")),
    ("港币", Currency::Code("HKD")),
    ("韩元", Currency::Code("KRW")),
    ("英镑", Currency::Code("GBP")),
    ("新台币", Currency::Code("TWD")),
    ("人民币", Currency::Code("CNY")),
    ("rmb", Currency::Code("CNY")),
    ("cny", Currency::Code("CNY")),
    ("元", Currency::Code("CNY")),
    ("jpy", Currency::Code("JPY")),
    ("円", Currency::Code("JPY")),
    ("eur", Currency::Code("EUR")),
    ("€", Currency::Code("EUR")),
    ("gbp", Currency::Code("GBP")),
    ("£", Currency::Code("GBP")),
    ("inr", Currency::Code("INR")),
    ("rs.", Currency::Code("INR")),
    ("₹", Currency::Code("INR")),
    ("krw", Currency::Code("KRW")),
    ("₩", Currency::Code("KRW")),
    ("chf", Currency::Code("CHF")),
    ("sek", Currency::Code("SEK")),
    ("nok", Currency::Code("NOK")),
    ("dkk", Currency::Code("DKK")),
    ("pln", Currency::Code("PLN")),
    ("czk", Currency::Code("CZK")),
    ("huf", Currency::Code("HUF")),
    ("ils", Currency::Code("ILS")),
    ("nzd", Currency::Code("NZD")),
    ("mxn", Currency::Code("MXN")),
    ("brl", Currency::Code("BRL")),
    ("thb", Currency::Code("THB")),
    ("vnd", Currency::Code("VND")),
    ("myr", Currency::Code("MYR")),
    ("¥", Currency::YuanOrYen),
    ("$", Currency::Code("USD")),
];

/// The currency that a text names, such as the header of a column of prices.
pub fn currency(text: &str) -> Option<Currency> {
    // A bare number names none.
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let text = plain(text).to_lowercase();
    let is_word = |at: usize, word: &str| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        !word.starts_with(|c: char| c.is_ascii_alphabetic())
            || !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    };
    CURRENCIES.iter().find_map(|(word, currency)| {
        text.match_indices(word).any(|(at, word)| is_word(at, word)).then_some(*currency)
    })
}

/// Reads a cell of a column of prices. `None` if it holds no number or one below zero.
pub fn price(text: &str) -> Option<Price> {
    let text = plain(text).to_lowercase();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    // .5 begins with its point; a minus before the number makes it no price.
    let start = start - usize::from(text[..start].ends_with('.') && !text[..start].ends_with("rs."));
    if text[..start].trim_end_matches(|c: char| !c.is_ascii() || c == '$' || c == ' ').ends_with('-') {
        return None;
    }
    let (first, rest) = leading(&text[start..])?;
    let (times, rest) = many(rest);
    let after = rest.trim_start();
    // Between the two ends of a range the currency may stand again.
    let signs = |text: &str| {
        let word = CURRENCIES.iter().find(|(word, _)| text.starts_with(word))?;
        Some(text[word.0.len()..].trim_start().to_owned())
    };
    let after = signs(after).unwrap_or_else(|| after.to_owned());
    let dashed = ["-", "~", "至", "to "].iter().find_map(|d| Some((d, after.strip_prefix(d)?.trim_start())));
    let joined = match dashed {
        Some((dash, rest)) => format!("{dash}{}", signs(rest).unwrap_or_else(|| rest.to_owned())),
        None => after,
    };
    let (first, last, rest) = match upper(&joined).map(|(last, rest)| (last, many(rest))) {
        // 3-4万: both ends are in ten thousands.
        Some((last, (of_last, rest))) if last * of_last >= first * times => {
            let of_first = if times == 1.0 && last >= first { of_last } else { times };
            (first * of_first, last * of_last, rest.to_owned())
        }
        _ => (first * times, first * times, joined),
    };
    Some(Price { range: (first, last), currency: currency(&text), per: per(&rest) })
}

/// How many times as much a word behind a number makes it, and what follows: `4.8万`, `4.8k`.
fn many(rest: &str) -> (f64, &str) {
    let found = [("万", 1e4), ("千", 1e3), ("k", 1e3)].into_iter().find_map(|(word, times)| {
        let after = rest.trim_start().strip_prefix(word)?;
        // 千克 is a unit, and so is kg; 千元 is money.
        let is_unit = after.starts_with(|c: char| c.is_alphanumeric() && c != '元');
        (!is_unit).then_some((times, after))
    });
    found.unwrap_or((1.0, rest))
}

/// The number of pieces that a price is for: `(100pcs)`, `/ 1000`, `per 10`, `/千个`, `/C`.
fn per(rest: &str) -> Option<f64> {
    if let Some(count) = together(rest) {
        return Some(count);
    }
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let (count, after) = leading(&rest[at..])?;
    let after = after.trim_start();
    let counted = rest[..at].trim_end().ends_with('(')
        && ["pcs", "pieces", "pc", "个", "只", "件"].iter().any(|w| after.starts_with(w));
    (counted && count >= 1.0).then_some(count)
}

/// What stands before the number of those that have a price together.
pub(crate) const TOGETHER: [&str; 4] = ["/", "per", "for", "每"];

/// The number of those that a plain lower-case text says have a price together, if it is more than one.
fn together(text: &str) -> Option<f64> {
    let said = TOGETHER.iter().flat_map(|word| text.match_indices(word).map(move |(at, _)| (at, *word)));
    let mut counts = said.filter_map(|(at, word)| {
        // 2025/26 are years, and so is what a price is for in `for 2026`; a word begins where letters do.
        let before = text[..at].chars().next_back();
        let is_word = word != "/" || !before.is_some_and(|c| c.is_ascii_digit() && is_year(text, at));
        let whole = !word.is_ascii() || word == "/" || !before.is_some_and(char::is_alphanumeric);
        let count = counted(&text[at + word.len()..])?;
        (is_word && whole && !(word == "for" && (1900.0..2100.0).contains(&count))).then_some(count)
    });
    counts.find(|count| *count > 1.0)
}

/// Whether four digits stand before a place.
fn is_year(text: &str, at: usize) -> bool {
    text[..at].chars().rev().take_while(char::is_ascii_digit).count() == 4
}

/// Words for round numbers of pieces; longer ones first where one begins with another.
const COUNTS: [(&str, f64); 9] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("kpcs", 1e3),
    ("k", 1e3),
    ("c", 1e2),
    ("百", 1e2),
    ("千", 1e3),
    ("万", 1e4),
    ("ts", 1e3),
];

/// The number with which a plain lower-case text begins, in digits or in words: `1000 pcs`, `1k`, `千个`. That of another
/// unit than pieces is none (`千克`, `100 g`), unless it is ours (`100 m`).
fn counted(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let (number, rest) = leading(text).map_or((None, text), |(number, rest)| (Some(number), rest));
    let word = COUNTS.iter().find_map(|(word, times)| {
        let rest = rest.trim_start().strip_prefix(word)?;
        let whole = !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        whole.then_some((*times, rest))
    });
    let (times, rest) = word.unwrap_or((1.0, rest));
    let count = number.or(word.map(|_| 1.0))? * times;
    let unit = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_ours = unit_of(unit).is_none_or(|(unit, times)| unit == Unit::Piece || times == 1.0);
    // 千克 begins with a number and is a unit, 万元 is money.
    let is_gram = word.is_some_and(|(_, rest)| rest.starts_with(['克', '米', '升', '元']));
    (is_ours && !is_gram && count > 0.0).then_some(count)
}

/// How many a cell says that prices are for: `100`, `1000 pcs`, `千个`.
pub(crate) fn basis(text: &str) -> Option<f64> {
    counted(plain(text).to_lowercase().trim_start_matches(['每', '/', ' ']))
}

/// How many the header of a column of prices says that they are for: `Price per 100`, `单价(元/千个)`.
pub(crate) fn per_of_header(header: &str) -> Option<f64> {
    per(&plain(header).to_lowercase())
}

impl Price {
    /// The price of one, where the cell, or else the row or the header, says how many it is for.
    pub(crate) fn of_one(mut self, basis: Option<f64>) -> Price {
        let per = self.per.or(basis).unwrap_or(1.0);
        self.range = (self.range.0 / per, self.range.1 / per);
        self.per = self.per.map(|_| 1.0);
        self
    }
}

/// Prices by quantity in one cell, each with the quantity from which it holds: `1: 2.5; 100: 2.1; 1000: 1.8`, the least
/// quantity first. `None` for anything else.
pub fn tiers(text: &str) -> Option<Vec<(f64, Price)>> {
    if !text.contains([':', '：']) {
        return None;
    }
    // A comma before a space separates no thousands.
    let text = plain(text).replace(", ", ";");
    let pieces = text.split([';', '|', '\n', '、']).map(str::trim).filter(|piece| !piece.is_empty());
    let mut found = vec![];
    for piece in pieces {
        let (from, each) = piece.split_once(':')?;
        found.push((quantity(from)?, price(each).filter(|_| !each.contains(':'))?));
    }
    // The currency may stand with one of them only.
    let money = found.iter().find_map(|(_, price)| price.currency);
    found.iter_mut().for_each(|(_, price)| price.currency = price.currency.or(money));
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_as_people_write_them() {
        let usd = Some(Currency::Code("USD"));
        let (eur, cny) = (Some(Currency::Code("EUR")), Some(Currency::Code("CNY")));
        for (text, range, currency, per) in [
            ("12.5", (12.5, 12.5), None, None),
            ("$12.50", (12.5, 12.5), usd, None),
            ("US$ 1,200", (1200.0, 1200.0), usd, None),
            ("1.234,50 €", (1234.5, 1234.5), eur, None),
            ("€8", (8.0, 8.0), eur, None),
            ("~€8", (8.0, 8.0), eur, None),
            ("￥35–40", (35.0, 40.0), Some(Currency::YuanOrYen), None),
            ("¥35-¥40", (35.0, 40.0), Some(Currency::YuanOrYen), None),
            ("35元", (35.0, 35.0), cny, None),
            ("₹1,29,000", (129_000.0, 129_000.0), Some(Currency::Code("INR")), None),
            ("~$6.00 (100pcs)", (6.0, 6.0), usd, Some(100.0)),
            ("0.02/1000", (0.02, 0.02), None, Some(1000.0)),
            ("48元/千个", (48.0, 48.0), cny, Some(1000.0)),
            ("950元/100个", (950.0, 950.0), cny, Some(100.0)),
            ("900元/台", (900.0, 900.0), cny, None),
            ("9.00/C", (9.0, 9.0), None, Some(100.0)),
            ("$228 per 100", (228.0, 228.0), usd, Some(100.0)),
            ("12元/千克", (12.0, 12.0), cny, None),
            ("3.4 / m", (3.4, 3.4), None, None),
            ("12 CAD", (12.0, 12.0), Some(Currency::Code("CAD")), None),
            (".5", (0.5, 0.5), None, None),
            ("￥4.8万", (48_000.0, 48_000.0), Some(Currency::YuanOrYen), None),
            ("3-4万元", (30_000.0, 40_000.0), cny, None),
            ("$4.8k", (4800.0, 4800.0), usd, None),
            ("1.2千元", (1200.0, 1200.0), cny, None),
            ("12 kr", (12.0, 12.0), None, None),
            ("Rs. 450", (450.0, 450.0), Some(Currency::Code("INR")), None),
        ] {
            assert_eq!(price(text), Some(Price { range, currency, per }), "{text}");
        }
        for text in ["", "-", "TBD", "-3", "3-", "free"] {
            assert_eq!(price(text), None, "{text}");
        }
        assert_eq!(currency("UPE (USD)"), usd);
        assert_eq!(currency("单价（元）"), cny);
        assert_eq!(currency("Eureka"), None);
        assert_eq!(currency("单价（港元）"), Some(Currency::Code("HKD")));
    }

    #[test]
    fn headers_and_cells_say_how_many_a_price_is_for() {
        for (header, per) in [
            ("Price per 100", Some(100.0)),
            ("Unit price ($/1000 pcs)", Some(1000.0)),
            ("Price (100 pcs)", Some(100.0)),
            ("Price /1000", Some(1000.0)),
            ("单价(元/千个)", Some(1000.0)),
            ("单价（元/百个）", Some(100.0)),
            ("每1000件单价", Some(1000.0)),
            ("Price per 100 m", Some(100.0)),
            ("Price", None),
            ("Price per unit", None),
            ("Price 2025/26", None),
            ("Price for 2026", None),
            ("单价(元/千克)", None),
            ("Price ($/100 g)", None),
            ("Price per kg", None),
        ] {
            assert_eq!(per_of_header(header), per, "{header}");
        }
        for (cell, many) in [
            ("1", 1.0),
            ("1,000", 1000.0),
            ("100 pcs", 100.0),
            ("千个", 1000.0),
            ("每百个", 100.0),
            ("1k", 1000.0),
        ] {
            assert_eq!(basis(cell), Some(many), "{cell}");
        }
        assert_eq!([basis(""), basis("EA"), basis("0")], [None; 3]);
    }

    #[test]
    fn prices_by_quantity_stand_in_one_cell() {
        let of = |text: &str| -> Option<Vec<(f64, f64)>> {
            tiers(text).map(|all| all.iter().map(|(from, price)| (*from, price.range.0)).collect())
        };
        let all = Some(vec![(1.0, 2.5), (100.0, 2.1), (1000.0, 1.8)]);
        for text in [
            "1: 2.5; 100: 2.1; 1000: 1.8",
            "1k+: $1.8 | 100+: $2.1 | 1+: $2.5",
            "1-99：2.5；100-999：2.1；≥1000：1.8",
            "1: 2.5, 100: 2.1, 1000: 1.8",
            "1件: 2.5、100件: 2.1、1000件以上: 1.8元",
        ] {
            assert_eq!(of(text), all, "{text}");
        }
        let money = tiers("1: 2.5; 100: 2.1 EUR").unwrap();
        assert!(money.iter().all(|(_, p)| p.currency == Some(Currency::Code("EUR"))));
        for text in ["2.5", "https://x.org/1", "Price: 2.5", "1: 2: 3", "1: 2.5; on demand"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
