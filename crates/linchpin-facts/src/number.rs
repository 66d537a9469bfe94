//! How numbers are written.

/// A number in the shortest way that reads back the same; an exponent only where there would be many zeros.
pub(crate) fn shortest(v: f64) -> String {
    let size = v.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    if (1e-4..1e16).contains(&size) {
        return format!("{v}");
    }
    let text = format!("{v:e}");
    let Some((digits, exponent)) = text.split_once('e') else { return text };
    let (sign, exponent) = exponent.strip_prefix('-').map_or(("+", exponent), |e| ("-", e));
    format!("{digits}e{sign}{exponent:0>2}")
}

/// A computed number: seven significant digits.
pub(crate) fn computed(v: f64) -> String {
    shortest(rounded(v, 6))
}

/// A number of a source without what binary arithmetic added to it: twelve significant digits.
pub(crate) fn tidy(text: &str) -> Option<String> {
    text.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| shortest(rounded(v, 11)))
}

fn rounded(v: f64, decimals: usize) -> f64 {
    format!("{v:.decimals$e}").parse().unwrap_or(v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_the_tables() {
        for (v, text) in [
            (6.106_811_234e-6, "6.106811e-06"),
            (12_000_000.0, "12000000"),
            (0.529_256_91, "0.5292569"),
            (0.1 + 0.2, "0.3"),
            (0.0, "0"),
            (-2.5e-11, "-2.5e-11"),
            (123_456_789.0, "123456800"),
        ] {
            assert_eq!(computed(v), text);
        }
        assert_eq!(tidy("0.6395000000000001").as_deref(), Some("0.6395"));
        assert_eq!(tidy("W"), None);
    }
}
