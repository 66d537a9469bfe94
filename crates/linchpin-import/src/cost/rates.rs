//! Rates of exchange: those that a user gives, and the one of the atlas.

use std::collections::BTreeMap;

/// Dollars for one of other currencies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// By the code of the currency, as the user gives them.
    given: BTreeMap<String, f64>,
    /// Yuan for a dollar, by the atlas.
    yuan: Option<f64>,
}

/// Dollars for one of the currencies in which parts are bought, from 2015 to 2025: least and most, rounded outwards. They
/// refuse slips of the pen and price nothing.
const USUAL: [(&str, f64, f64); 25] = [
    ("AUD", 0.57, 0.82),
    ("BRL", 0.15, 0.4),
    ("CAD", 0.67, 0.85),
    ("CHF", 0.95, 1.3),
    ("CZK", 0.037, 0.05),
    ("DKK", 0.125, 0.17),
    ("EUR", 0.95, 1.26),
    ("GBP", 1.05, 1.6),
    ("HKD", 0.127, 0.13),
    ("HUF", 0.0022, 0.0042),
    ("IDR", 5.8e-5, 8.1e-5),
    ("ILS", 0.24, 0.33),
    ("INR", 0.011, 0.0165),
    ("JPY", 0.006, 0.0102),
    ("KRW", 0.00066, 0.00096),
    ("MXN", 0.04, 0.07),
    ("MYR", 0.2, 0.29),
    ("NOK", 0.085, 0.14),
    ("NZD", 0.55, 0.79),
    ("PLN", 0.19, 0.31),
    ("SEK", 0.085, 0.13),
    ("SGD", 0.67, 0.8),
    ("THB", 0.026, 0.034),
    ("TWD", 0.029, 0.037),
    ("VND", 3.7e-5, 4.8e-5),
];

/// Why a rate cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateFault {
    /// It is not three letters, an equals sign and a number above zero.
    #[error("{0:?} is no rate: EUR=1.08")]
    Form(String),
    /// Everything is told in dollars.
    #[error("{0:?}: a dollar is a dollar")]
    Dollar(String),
    /// A currency has two rates.
    #[error("two rates for {0}")]
    Twice(String),
}

impl Rates {
    /// Reads rates such as `EUR=1.08`, dollars for one; every fault is told.
    pub fn parse<T: AsRef<str>>(texts: &[T]) -> Result<Rates, Vec<RateFault>> {
        let (mut given, mut faults) = (BTreeMap::new(), vec![]);
        for text in texts.iter().map(AsRef::as_ref) {
            match one(text) {
                Err(fault) => faults.push(fault),
                Ok((code, rate)) => {
                    if given.insert(code.clone(), rate).is_some() {
                        faults.push(RateFault::Twice(code));
                    }
                }
            }
        }
        if faults.is_empty() { Ok(Rates { given, yuan: None }) } else { Err(faults) }
    }

    /// The same with the atlas's yuan for a dollar.
    #[must_use]
    pub fn with_yuan(mut self, per_dollar: Option<f64>) -> Rates {
        self.yuan = per_dollar.filter(|rate| *rate > 0.0);
        self
    }

    /// Rates that are so far from the usual ones that somebody slipped or wrote them the other way round: the currency, what
    /// is given and the usual ones, in dollars for one.
    pub(crate) fn far_off(&self) -> Vec<(String, f64, (f64, f64))> {
        let far = |given: f64, (low, high): (f64, f64)| given > 3.0 * high || given < low / 3.0;
        self.unusual(far)
    }

    /// Rates out of the usual range: slips of the pen, years of which nobody knew, or the other way round.
    pub(crate) fn odd(&self) -> Vec<(String, f64, (f64, f64))> {
        self.unusual(|given, (low, high)| given < low || given > high)
    }

    fn unusual(&self, is_odd: impl Fn(f64, (f64, f64)) -> bool) -> Vec<(String, f64, (f64, f64))> {
        let all =
            self.given.iter().filter_map(|(code, given)| Some((code.clone(), *given, self.usual(code)?)));
        all.filter(|(_, given, usual)| is_odd(*given, *usual)).collect()
    }

    /// Least and most that a currency is usually worth: near the rate of the atlas, else what it was in the last ten years.
    fn usual(&self, code: &str) -> Option<(f64, f64)> {
        if code == "CNY" {
            // Two digits are enough for a range.
            let rounded = |rate: f64| (rate * 100.0).round() / 100.0;
            return self.yuan.map(|per_dollar| (rounded(0.8 / per_dollar), rounded(1.25 / per_dollar)));
        }
        USUAL.iter().find(|(known, ..)| *known == code).map(|(_, low, high)| (*low, *high))
    }

    /// The rates that a user gave, in the order of their codes: `EUR=1.08, JPY=0.0067`.
    pub fn text(&self) -> String {
        let all = self.given.iter().map(|(code, rate)| format!("{code}={rate}"));
        all.collect::<Vec<_>>().join(", ")
    }

    /// Dollars for one, if the user gave them.
    pub(crate) fn given(&self, code: &str) -> Option<f64> {
        self.given.get(code).copied()
    }

    /// Yuan for a dollar by the atlas.
    pub(crate) fn yuan(&self) -> Option<f64> {
        self.yuan
    }
}

fn one(text: &str) -> Result<(String, f64), RateFault> {
    let fault = || RateFault::Form(text.to_owned());
    let (code, rate) = text.split_once('=').ok_or_else(fault)?;
    let code = code.trim().to_ascii_uppercase();
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(fault());
    }
    if code == "USD" {
        return Err(RateFault::Dollar(text.to_owned()));
    }
    // Beyond these ends it is a slip of the pen, and sums might overflow.
    let rate: f64 = rate.trim().parse().map_err(|_| fault())?;
    if (1e-9..=1e9).contains(&rate) { Ok((code, rate)) } else { Err(fault()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rate is refused where no time explains it, and only told near what it was, where times might change.
    #[test]
    fn rates_the_other_way_round_are_found() {
        let codes =
            |found: Vec<(String, f64, (f64, f64))>| found.into_iter().map(|f| f.0).collect::<Vec<_>>();
        let rates = |texts: &[&str]| Rates::parse(texts).unwrap().with_yuan(Some(7.1));
        let wrong = rates(&["JPY=150", "CNY=7.1", "KRW=1300", "EUR=0.92", "CAD=1.37", "GBP=0.77", "XXX=9"]);
        assert_eq!(codes(wrong.far_off()), ["CNY", "JPY", "KRW"]);
        assert_eq!(codes(wrong.odd()), ["CAD", "CNY", "EUR", "GBP", "JPY", "KRW"]);
        assert_eq!(codes(rates(&["EUR=0.5", "GBP=2", "CNY=0.2"]).odd()), ["CNY", "EUR", "GBP"]);
        let right = rates(&["JPY=0.0067", "CNY=0.14", "KRW=0.00072", "EUR=1.08", "CAD=0.73", "GBP=1.3"]);
        assert_eq!((right.far_off(), right.odd()), (vec![], vec![]));
    }

    #[test]
    fn rates_are_three_letters_and_a_number() {
        let rates = Rates::parse(&["EUR=1.08", "jpy = 0.0067"]).unwrap();
        assert_eq!((rates.given("EUR"), rates.given("JPY")), (Some(1.08), Some(0.0067)));
        assert_eq!(rates.text(), "EUR=1.08, JPY=0.0067");
        for text in
            ["EUR", "EUR=", "EURO=1", "EUR=0", "EUR=-1", "EUR=NaN", "EUR=inf", "€=1", "EUR=1,08", "=1"]
        {
            assert_eq!(Rates::parse(&[text]), Err(vec![RateFault::Form(text.into())]), "{text}");
        }
        assert_eq!(
            Rates::parse(&["USD=1", "EUR=1", "EUR=2"]),
            Err(vec![RateFault::Dollar("USD=1".into()), RateFault::Twice("EUR".into())])
        );
    }
}
