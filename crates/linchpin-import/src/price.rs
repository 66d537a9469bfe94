//! Prices as people write them: `$12.50`, `1.234,50 €`, `￥35–40`, `~8 USD (100pcs)`.

use crate::column::price_break::quantity;
use crate::number::{leading, plain, upper};

/// A price.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Least and most; the same if it is one number.
    pub range: (f64, f64),
    /// What it is in, if the cell says so.
    pub currency: Option<Currency>,
    /// For how many pieces it is, if the cell says so.
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
    let (last, rest) = match upper(&joined).filter(|(last, _)| *last >= first) {
        Some((last, rest)) => (last, rest.to_owned()),
        None => (first, joined),
    };
    Some(Price { range: (first, last), currency: currency(&text), per: per(&rest) })
}

/// The number of pieces that a price is for: `(100pcs)`, `/ 1000`, `per 10`.
fn per(rest: &str) -> Option<f64> {
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let (count, after) = leading(&rest[at..])?;
    let before = rest[..at].trim_end();
    let slashed =
        before.ends_with('/') || before.ends_with("per") || before.ends_with("for") || before.ends_with('每');
    let after = after.trim_start();
    let counted = before.ends_with('(')
        && ["pcs", "pieces", "pc", "个", "只", "件"].iter().any(|w| after.starts_with(w));
    ((slashed || counted) && count >= 1.0).then_some(count)
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
            ("12 CAD", (12.0, 12.0), Some(Currency::Code("CAD")), None),
            (".5", (0.5, 0.5), None, None),
            ("Rs. 450", (450.0, 450.0), Some(Currency::Code("INR")), None),
        ] {
            assert_eq!(price(text), Some(Price { range, currency, per }), "{text}");
        }
        for text in ["", "-", "TBD", "-3", "free"] {
            assert_eq!(price(text), None, "{text}");
        }
        assert_eq!(currency("UPE (USD)"), usd);
        assert_eq!(currency("单价（元）"), cny);
        assert_eq!(currency("Eureka"), None);
        assert_eq!(currency("单价（港元）"), Some(Currency::Code("HKD")));
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
