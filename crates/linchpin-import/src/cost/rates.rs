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

    /// The rate that is given for yuan and that of the atlas, in dollars for one, if they are so far apart that somebody
    /// wrote it the other way round.
    pub(crate) fn far_off(&self) -> Option<(f64, f64)> {
        let (given, known) = (self.given("CNY")?, 1.0 / self.yuan?);
        (given > 3.0 * known || given < known / 3.0).then_some((given, known))
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
