//! An uncertain number, as somebody types it.
//!
//! | typed | distribution |
//! |---|---|
//! | `13` | none: it is known |
//! | `[2, 8]` | uniform between the two |
//! | `[4, 13, 52]` | triangular: least, likeliest, greatest |
//! | `{ low = 2, high = 8 }` | lognormal, 5 % below `low`, 5 % above `high` |
//! | `{ median = 4, p95 = 20 }` | lognormal, half below the first, 5 % above the second |
//! | `{ mean = 26 }` | exponential |
//! | `{ least = 4, alpha = 1.5 }` | Pareto: `least · (1 − u)^(−1/alpha)` |
//! | `{ weeks = 6 }` | geometric: whole weeks, at least one, as many on average |

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeMap;
use std::str::FromStr;

/// An uncertain number that has a mean, and its distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Typed", into = "Typed")]
pub struct Spread(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Fixed(f64),
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Between { low: f64, high: f64 },
    Lognormal { median: f64, p95: f64 },
    Exponential { mean: f64 },
    Pareto { least: f64, alpha: f64 },
    Geometric { weeks: f64 },
}

/// The forms in which it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "13 | [2, 8] | [4, 13, 52] | { low = 2, high = 8 } | { median = 4, p95 = 20 } | { mean = 26 } | \
                 { least = 4, alpha = 1.5 } | { weeks = 6 }"
)]
enum Typed {
    Number(f64),
    List(Vec<f64>),
    Named(BTreeMap<String, f64>),
}

/// Why what was typed is no uncertain number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpreadError {
    /// It has none of the forms. (They are told as they are written, in any language.)
    #[error(
        "13 | [2, 8] | [4, 13, 52] | {{ low = 2, high = 8 }} | {{ median = 4, p95 = 20 }} | {{ mean = 26 }} | \
         {{ least = 4, alpha = 1.5 }} | {{ weeks = 6 }}"
    )]
    Form,
    /// A number is not finite.
    #[error("a number must be finite")]
    NotFinite,
    /// The least is above the greatest.
    #[error("low {low} is above high {high}")]
    LowAboveHigh {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// The likeliest number is not between the ends.
    #[error("the likeliest, {mode}, is not between {low} and {high}")]
    ModeOutside {
        /// The lower end.
        low: f64,
        /// The likeliest.
        mode: f64,
        /// The upper end.
        high: f64,
    },
    /// A number must be above another.
    #[error("{name} must be {least} or more than that, and is {value}")]
    TooSmall {
        /// What it is called.
        name: &'static str,
        /// The least it may be; where it is zero, zero itself is too small.
        least: f64,
        /// What was typed.
        value: f64,
    },
    /// The distribution has no finite mean, so that averages over trials come to rest nowhere.
    #[error("this distribution has no mean: averages over trials would come to rest nowhere")]
    NoMean,
}

impl Spread {
    /// A number that is known.
    pub fn fixed(value: f64) -> Result<Spread, SpreadError> {
        Kind::Fixed(value).checked()
    }

    /// Triangular: least, likeliest, greatest.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Spread, SpreadError> {
        Kind::Triangular { low, mode, high }.checked()
    }

    /// Lognormal, a twentieth of it below `low` and a twentieth above `high`.
    pub fn between(low: f64, high: f64) -> Result<Spread, SpreadError> {
        Kind::Between { low, high }.checked()
    }

    /// Exponential.
    pub fn exponential(mean: f64) -> Result<Spread, SpreadError> {
        Kind::Exponential { mean }.checked()
    }

    /// The least and the greatest value; infinite where there is none.
    pub fn ends(&self) -> [f64; 2] {
        match self.0 {
            Kind::Fixed(value) => [value; 2],
            Kind::Uniform { low, high } | Kind::Triangular { low, high, .. } => [low, high],
            Kind::Exponential { .. } | Kind::Between { .. } | Kind::Lognormal { .. } => [0.0, f64::INFINITY],
            Kind::Pareto { least, .. } => [least, f64::INFINITY],
            Kind::Geometric { .. } => [1.0, f64::INFINITY],
        }
    }

    /// The value that with chance `u` is not exceeded. It rises with `u`, so that with common random numbers a larger draw in
    /// one scenario is one in all.
    pub fn quantile(&self, u: f64) -> f64 {
        match self.0 {
            Kind::Fixed(value) => value,
            Kind::Uniform { low, high } => low + u * (high - low),
            Kind::Triangular { low, mode, high } => triangular(low, mode, high, u),
            Kind::Exponential { mean } => -mean * (-u).ln_1p(),
            Kind::Pareto { least, alpha } => least * (-(-u).ln_1p() / alpha).exp(),
            Kind::Geometric { weeks: 1.0 } => 1.0,
            Kind::Geometric { weeks } => ((-u).ln_1p() / (-1.0 / weeks).ln_1p()).ceil().max(1.0),
            Kind::Between { .. } | Kind::Lognormal { .. } => {
                let [location, scale] = self.logarithm();
                (location + scale * Normal::standard().inverse_cdf(u)).exp()
            }
        }
    }

    /// The average over all draws; always finite.
    pub fn mean(&self) -> f64 {
        match self.0 {
            Kind::Fixed(value) => value,
            Kind::Uniform { low, high } => low + (high - low) / 2.0,
            Kind::Triangular { low, mode, high } => low / 3.0 + mode / 3.0 + high / 3.0,
            Kind::Exponential { mean } => mean,
            Kind::Pareto { least, alpha } => least * (alpha / (alpha - 1.0)),
            Kind::Geometric { weeks } => weeks,
            Kind::Between { .. } | Kind::Lognormal { .. } => {
                let [location, scale] = self.logarithm();
                (location + scale * scale / 2.0).exp()
            }
        }
    }

    /// Whether nothing about it is uncertain.
    pub fn is_fixed(&self) -> bool {
        match self.0 {
            Kind::Fixed(_) => true,
            Kind::Uniform { low, high }
            | Kind::Triangular { low, high, .. }
            | Kind::Between { low, high } => low == high,
            Kind::Lognormal { median, p95 } => median == p95,
            Kind::Geometric { weeks } => weeks == 1.0,
            Kind::Exponential { .. } | Kind::Pareto { .. } => false,
        }
    }

    /// Mean and standard deviation of the logarithm of a lognormal number.
    fn logarithm(&self) -> [f64; 2] {
        /// 95 % of a standard normal number lie below.
        const Z95: f64 = 1.644_853_626_951_472_7;
        match self.0 {
            Kind::Between { low, high } => {
                [(low.ln() + high.ln()) / 2.0, (high.ln() - low.ln()) / (2.0 * Z95)]
            }
            Kind::Lognormal { median, p95 } => [median.ln(), (p95.ln() - median.ln()) / Z95],
            _ => [f64::NAN; 2],
        }
    }
}

fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let (below, above, all) = (mode - low, high - mode, high - low);
    if u * all < below { low + (u * all * below).sqrt() } else { high - ((1.0 - u) * all * above).sqrt() }
}

impl Kind {
    fn checked(self) -> Result<Spread, SpreadError> {
        let ordered = |low: f64, high: f64| match low <= high {
            true => Ok(()),
            false => Err(SpreadError::LowAboveHigh { low, high }),
        };
        let above_zero = |name, value: f64| match value > 0.0 {
            true => Ok(()),
            false => Err(SpreadError::TooSmall { name, least: 0.0, value }),
        };
        if self.numbers().iter().any(|n| !n.is_finite()) {
            return Err(SpreadError::NotFinite);
        }
        match self {
            Kind::Fixed(_) => {}
            Kind::Uniform { low, high } => ordered(low, high)?,
            Kind::Triangular { low, mode, high } => {
                ordered(low, high)?;
                if !(low..=high).contains(&mode) {
                    return Err(SpreadError::ModeOutside { low, mode, high });
                }
            }
            Kind::Between { low, high } => {
                above_zero("low", low)?;
                ordered(low, high)?;
            }
            Kind::Lognormal { median, p95 } => {
                above_zero("median", median)?;
                ordered(median, p95)?;
            }
            Kind::Exponential { mean } => above_zero("mean", mean)?,
            Kind::Pareto { least, alpha } => {
                above_zero("least", least)?;
                above_zero("alpha", alpha)?;
                if alpha <= 1.0 {
                    return Err(SpreadError::NoMean);
                }
            }
            Kind::Geometric { weeks } if weeks < 1.0 => {
                return Err(SpreadError::TooSmall { name: "weeks", least: 1.0, value: weeks });
            }
            Kind::Geometric { .. } => {}
        }
        // A lognormal number so wide that its mean overflows has none that could be told.
        let spread = Spread(self);
        if spread.mean().is_finite() { Ok(spread) } else { Err(SpreadError::NoMean) }
    }

    fn numbers(self) -> Vec<f64> {
        match self {
            Kind::Fixed(a) | Kind::Exponential { mean: a } | Kind::Geometric { weeks: a } => vec![a],
            Kind::Uniform { low, high } | Kind::Between { low, high } => vec![low, high],
            Kind::Triangular { low, mode, high } => vec![low, mode, high],
            Kind::Lognormal { median, p95 } => vec![median, p95],
            Kind::Pareto { least, alpha } => vec![least, alpha],
        }
    }
}

impl TryFrom<Typed> for Spread {
    type Error = SpreadError;

    fn try_from(typed: Typed) -> Result<Spread, SpreadError> {
        let kind = match typed {
            Typed::Number(value) => Kind::Fixed(value),
            Typed::List(numbers) => match numbers[..] {
                [low, high] => Kind::Uniform { low, high },
                [low, mode, high] => Kind::Triangular { low, mode, high },
                _ => return Err(SpreadError::Form),
            },
            Typed::Named(named) => {
                let pairs: Vec<(&str, f64)> =
                    named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
                // Names of a map come in the order of the alphabet.
                match pairs[..] {
                    [("high", high), ("low", low)] => Kind::Between { low, high },
                    [("median", median), ("p95", p95)] => Kind::Lognormal { median, p95 },
                    [("mean", mean)] => Kind::Exponential { mean },
                    [("alpha", alpha), ("least", least)] => Kind::Pareto { least, alpha },
                    [("weeks", weeks)] => Kind::Geometric { weeks },
                    _ => return Err(SpreadError::Form),
                }
            }
        };
        kind.checked()
    }
}

impl From<Spread> for Typed {
    fn from(spread: Spread) -> Typed {
        let named = |pairs: &[(&str, f64)]| {
            Typed::Named(pairs.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect())
        };
        match spread.0 {
            Kind::Fixed(value) => Typed::Number(value),
            Kind::Uniform { low, high } => Typed::List(vec![low, high]),
            Kind::Triangular { low, mode, high } => Typed::List(vec![low, mode, high]),
            Kind::Between { low, high } => named(&[("low", low), ("high", high)]),
            Kind::Lognormal { median, p95 } => named(&[("median", median), ("p95", p95)]),
            Kind::Exponential { mean } => named(&[("mean", mean)]),
            Kind::Pareto { least, alpha } => named(&[("least", least), ("alpha", alpha)]),
            Kind::Geometric { weeks } => named(&[("weeks", weeks)]),
        }
    }
}

impl FromStr for Spread {
    type Err = SpreadError;

    /// Reads what a flag holds, written as in a TOML file.
    fn from_str(text: &str) -> Result<Spread, SpreadError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Value {
            value: Typed,
        }
        let value: Value = toml::from_str(&format!("value = {text}")).map_err(|_| SpreadError::Form)?;
        value.value.try_into()
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match Typed::from(*self) {
            Typed::Number(value) => write!(f, "{value}"),
            Typed::List(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(f64::to_string).collect();
                write!(f, "[{}]", numbers.join(", "))
            }
            Typed::Named(named) => {
                let named: Vec<String> =
                    named.iter().map(|(name, value)| format!("{name} = {value}")).collect();
                write!(f, "{{ {} }}", named.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [&str; 8] = [
        "13",
        "[2, 8]",
        "[4, 13, 52]",
        "{ low = 2, high = 8 }",
        "{ median = 4, p95 = 20 }",
        "{ mean = 26 }",
        "{ least = 4, alpha = 2.5 }",
        "{ weeks = 6 }",
    ];

    fn spread(text: &str) -> Spread {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in FORMS {
            let read = spread(text);
            assert_eq!(read.to_string().parse::<Spread>().unwrap(), read);
            let json = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Spread>(&json).unwrap(), read);
        }
    }

    #[test]
    fn the_mean_is_that_of_the_quantiles_and_quantiles_rise() {
        for text in FORMS {
            let read = spread(text);
            let n = 1_000_000;
            let draws: Vec<f64> =
                (0..n).map(|i| read.quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
            assert!(draws.windows(2).all(|w| w[0] <= w[1]), "{text}");
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            assert!((mean / read.mean() - 1.0).abs() < 2e-3, "{text}: {mean} {}", read.mean());
            for u in [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0] {
                assert!(read.quantile(u).is_finite(), "{text}");
            }
        }
    }

    #[test]
    fn quantiles_are_where_they_are_said_to_be() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} {b}");
        near(spread("{ low = 2, high = 8 }").quantile(0.05), 2.0);
        near(spread("{ low = 2, high = 8 }").quantile(0.95), 8.0);
        near(spread("{ median = 4, p95 = 20 }").quantile(0.5), 4.0);
        near(spread("{ median = 4, p95 = 20 }").quantile(0.95), 20.0);
        near(spread("[4, 13, 52]").quantile(9.0 / 48.0), 13.0);
        near(spread("{ mean = 26 }").quantile(0.5), 26.0 * 2.0_f64.ln());
        near(spread("{ least = 4, alpha = 2 }").quantile(0.75), 8.0);
        // One week with chance 1/6, two with 5/36.
        assert_eq!(spread("{ weeks = 6 }").quantile(0.1666), 1.0);
        assert_eq!(spread("{ weeks = 6 }").quantile(0.1667), 2.0);
        assert_eq!(spread("{ weeks = 6 }").quantile(11.0 / 36.0 + 1e-9), 3.0);
        assert_eq!(spread("{ weeks = 1 }").quantile(0.999), 1.0);
    }

    #[test]
    fn what_is_none_is_refused_by_what_is_wrong() {
        let refused = |text: &str| text.parse::<Spread>().unwrap_err();
        assert_eq!(refused("[8, 2]"), SpreadError::LowAboveHigh { low: 8.0, high: 2.0 });
        assert_eq!(refused("[2, 9, 8]"), SpreadError::ModeOutside { low: 2.0, mode: 9.0, high: 8.0 });
        assert_eq!(refused("{ least = 4, alpha = 1 }"), SpreadError::NoMean);
        assert_eq!(refused("{ median = 1, p95 = 1e200 }"), SpreadError::NoMean);
        assert_eq!(refused("inf"), SpreadError::NotFinite);
        assert_eq!(refused("[1, nan]"), SpreadError::NotFinite);
        assert_eq!(
            refused("{ weeks = 0.5 }"),
            SpreadError::TooSmall { name: "weeks", least: 1.0, value: 0.5 }
        );
        assert_eq!(
            refused("{ low = 0, high = 1 }"),
            SpreadError::TooSmall { name: "low", least: 0.0, value: 0.0 }
        );
        for text in ["", "x", "[1]", "[1, 2, 3, 4]", "{ mean = 1, mode = 2 }", "1\nother = 2", "\"13\""] {
            assert_eq!(refused(text), SpreadError::Form, "{text}");
        }
    }
}
