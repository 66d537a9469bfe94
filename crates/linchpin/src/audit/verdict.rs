//! When a claim holds, when it fails, and when nobody can tell.
//!
//! | the claim and the recomputed range | verdict |
//! |---|---|
//! | one of the two is not known | cannot tell |
//! | they meet, but the range also meets half and twice the claim, or spans more than a factor of [`WIDEST`] | cannot tell |
//! | they meet | holds |
//! | the claim lies above, by no more than what has no stated content may hold | cannot tell |
//! | they do not meet | fails |
//!
//! They meet if they overlap once the range is widened by [`TOLERANCE`] at both ends: published numbers are rounded.

use linchpin_table::Message;

/// By how much of itself each end of a recomputed range is widened.
pub const TOLERANCE: f64 = 0.1;
/// A range whose high end is more than this many times its low end confirms nothing.
pub const WIDEST: f64 = 10.0;

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The figures of the atlas contradict it.
    Fails,
    /// The figures of the atlas are missing or too uncertain.
    CannotTell,
    /// The figures of the atlas agree with it.
    Holds,
}

/// The rule by which a verdict was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The claim meets the recomputed range.
    Agrees,
    /// The claim lies above the recomputed range.
    TooHigh,
    /// The claim lies below the recomputed range.
    TooLow,
    /// The range agrees with almost anything.
    Wide,
    /// What is missing may be in what has no stated content.
    Hidden,
    /// A figure is missing.
    NoData,
    /// A sentence that nothing computes: judged by reading.
    Read,
}

/// Two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

impl Verdict {
    /// Id of its word.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Fails => "word-fails",
            Verdict::CannotTell => "word-cannot-tell",
            Verdict::Holds => "word-holds",
        }
    }

    /// The verdict that a row states; none is "cannot tell".
    pub fn stated(finding: Option<&str>) -> Verdict {
        match finding {
            Some("holds") => Verdict::Holds,
            Some("fails") => Verdict::Fails,
            _ => Verdict::CannotTell,
        }
    }
}

impl Rule {
    /// Id of its words.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Agrees => "rule-agrees",
            Rule::TooHigh => "rule-too-high",
            Rule::TooLow => "rule-too-low",
            Rule::Wide => "rule-wide",
            Rule::Hidden => "rule-hidden",
            Rule::NoData => "rule-no-data",
            Rule::Read => "rule-read",
        }
    }
}

/// The rules in one line, for the page.
pub fn note() -> Message {
    Message::new("note-audit")
        .number("tolerance", TOLERANCE, linchpin_table::Unit::Fraction)
        .integer("widest", WIDEST as i64)
}

/// Sets a claim against a recomputed range. `hidden` is the most that what has no stated content may add to the
/// range; `None` if that is not known.
pub fn verdict(
    claimed: Option<Interval>,
    recomputed: Option<Interval>,
    hidden: Option<f64>,
) -> (Verdict, Rule) {
    let (Some(claimed), Some(range)) = (claimed, recomputed) else {
        return (Verdict::CannotTell, Rule::NoData);
    };
    if claimed.low > range.high * (1.0 + TOLERANCE) {
        return match hidden.is_none_or(|more| claimed.low <= range.high + more) {
            true => (Verdict::CannotTell, Rule::Hidden),
            false => (Verdict::Fails, Rule::TooHigh),
        };
    }
    if claimed.high < range.low * (1.0 - TOLERANCE) {
        return (Verdict::Fails, Rule::TooLow);
    }
    let meets_any = range.low <= claimed.low / 2.0 && range.high >= claimed.high * 2.0;
    if range.high > range.low && (meets_any || range.high > range.low * WIDEST) {
        return (Verdict::CannotTell, Rule::Wide);
    }
    (Verdict::Holds, Rule::Agrees)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(claimed: [f64; 2], range: [f64; 2], hidden: Option<f64>) -> (Verdict, Rule) {
        let interval = |[low, high]: [f64; 2]| Some(Interval { low, high });
        verdict(interval(claimed), interval(range), hidden)
    }

    #[test]
    fn a_claim_holds_within_beside_and_across_the_range() {
        for claimed in [[10.0, 10.0], [11.0, 12.0], [5.0, 9.1], [15.0, 30.0], [16.4, 16.4]] {
            assert_eq!(
                judge(claimed, [10.0, 15.0], Some(0.0)),
                (Verdict::Holds, Rule::Agrees),
                "{claimed:?}"
            );
        }
        // Without a range, a tenth is forgiven.
        assert_eq!(judge([91.0, 91.0], [100.0, 100.0], Some(0.0)).0, Verdict::Holds);
        assert_eq!(judge([0.0, 0.0], [0.0, 0.0], Some(0.0)).0, Verdict::Holds);
    }

    #[test]
    fn a_claim_fails_outside() {
        assert_eq!(judge([8.9, 8.9], [10.0, 15.0], Some(0.0)), (Verdict::Fails, Rule::TooLow));
        assert_eq!(judge([16.6, 20.0], [10.0, 15.0], Some(0.0)), (Verdict::Fails, Rule::TooHigh));
        // However wide the range is.
        assert_eq!(judge([200.0, 200.0], [0.0, 100.0], Some(0.0)).0, Verdict::Fails);
    }

    #[test]
    fn a_range_that_agrees_with_anything_confirms_nothing() {
        assert_eq!(judge([10.0, 10.0], [5.0, 20.0], Some(0.0)), (Verdict::CannotTell, Rule::Wide));
        assert_eq!(judge([10.0, 10.0], [5.1, 20.0], Some(0.0)).0, Verdict::Holds);
        assert_eq!(judge([10.0, 10.0], [1.0, 11.0], Some(0.0)), (Verdict::CannotTell, Rule::Wide));
        assert_eq!(judge([10.0, 10.0], [1.1, 11.0], Some(0.0)).0, Verdict::Holds);
    }

    #[test]
    fn what_is_missing_may_be_hidden() {
        assert_eq!(judge([20.0, 20.0], [10.0, 15.0], Some(5.0)), (Verdict::CannotTell, Rule::Hidden));
        assert_eq!(judge([20.0, 20.0], [10.0, 15.0], Some(4.9)).0, Verdict::Fails);
        assert_eq!(judge([20.0, 20.0], [10.0, 15.0], None), (Verdict::CannotTell, Rule::Hidden));
        // Nothing hidden can make a computed amount smaller.
        assert_eq!(judge([5.0, 5.0], [10.0, 15.0], None).0, Verdict::Fails);
    }

    #[test]
    fn without_data_nobody_can_tell() {
        let known = Some(Interval { low: 1.0, high: 1.0 });
        assert_eq!(verdict(None, known, Some(0.0)), (Verdict::CannotTell, Rule::NoData));
        assert_eq!(verdict(known, None, Some(0.0)), (Verdict::CannotTell, Rule::NoData));
    }
}
