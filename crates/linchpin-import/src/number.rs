//! Numbers as people write them: separators of both kinds, full-width digits, ranges.

/// A text in which full-width letters, digits and signs are plain ones, dashes are one dash, and spaces are one space; the
/// minus that accounts put behind a number stands before it: `2-`, `1,000.00-`.
pub fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\t' => ' ',
        '￥' => '¥',
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '〜' => '~',
        '×' | '✕' | '✖' | '╳' | '⨯' => 'x',
        '’' => '\'',
        other => other,
    };
    let text = text.trim();
    match signed_behind(text) {
        Some(number) => std::iter::once('-').chain(number.chars().map(sign)).collect(),
        None => text.chars().map(sign).collect(),
    }
}

/// The number before a minus, if a text is nothing else.
fn signed_behind(text: &str) -> Option<&str> {
    let number = text.strip_suffix(['-', '−', '–'])?.trim_end();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'');
    (number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(is_number)).then_some(number)
}

/// Whether a character is one of the unified Han characters.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a plain text is a day: 31.12.2025, 2025-12-31, 12/31/2025, 2025年12月31日, also with a time behind it.
pub(crate) fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or_default().trim_end_matches('日');
    let mut groups = day.split(['.', '-', '/', '年', '月']);
    let [Some(first), Some(middle), Some(last), None] = std::array::from_fn(|_| groups.next()) else {
        return false;
    };
    let digits =
        |text: &str, most: u32| text.len() <= 2 && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
    let year = |text: &str| text.len() == 4 && text.parse().is_ok_and(|n: u32| n >= 1900);
    digits(middle, 31) && (year(first) && digits(last, 31) || year(last) && digits(first, 31))
}

/// A number at the beginning of a plain text, and what follows it. `1,234.5`, `1.234,5`, `1 234,5` and `1'234.5` are one
/// number; `1,234` is one thousand two hundred and thirty-four, `0,234` and `1,5` are not; `1.234` is between one and two.
/// Nothing that begins with a letter, and no number that a double cannot hold.
pub fn leading(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start();
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut end = usize::from(text.starts_with(['-', '+']));
    let first = end;
    // Of separators, only those between digits belong to the number; a space only before three of them.
    while end < text.len() {
        let bytes = text.as_bytes();
        let goes_on = match bytes[end] {
            b'0'..=b'9' => true,
            b'.' if end == first => is_digit(end + 1),
            b'.' | b',' | b'\'' => end > first && is_digit(end - 1) && is_digit(end + 1),
            b' ' => {
                end > first
                    && is_digit(end - 1)
                    && (1..=3).all(|k| is_digit(end + k))
                    && !is_digit(end + 4)
                    && text[first..end].bytes().filter(u8::is_ascii_digit).count() <= 3
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    let digits = &text[first..end];
    if !digits.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut number = String::from(&text[..first]);
    number.push_str(&unseparated(digits)?);
    // 1e3, but not 2 each.
    let rest = &text[end..];
    let exponent = rest.strip_prefix(['e', 'E']).map(|after| {
        let sign = usize::from(after.starts_with(['-', '+']));
        (sign, after[sign..].bytes().take_while(u8::is_ascii_digit).count())
    });
    if let Some((sign, count)) = exponent.filter(|(_, count)| *count > 0) {
        end += 1 + sign + count;
        number.push_str(&rest[..1 + sign + count]);
    }
    let value: f64 = number.parse().ok()?;
    value.is_finite().then_some((value, &text[end..]))
}

/// Digits with a point for the decimals and nothing else.
fn unseparated(digits: &str) -> Option<String> {
    let last = digits.rfind(['.', ',']);
    let is_decimal = |at: usize| {
        let sign = digits.as_bytes()[at];
        let (before, after) = (&digits[..at], &digits[at + 1..]);
        let other = if sign == b'.' { ',' } else { '.' };
        // The later of two kinds is the decimal one; one that stands twice is not.
        if before.contains(other) {
            return true;
        }
        if before.contains(char::from(sign)) {
            return false;
        }
        // A point is a decimal one; a comma before three digits stands for thousands, but not after a zero.
        sign == b'.' || after.len() != 3 || before == "0" || before.len() > 3
    };
    let decimal = last.filter(|at| is_decimal(*at));
    let whole = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    Some(match decimal {
        Some(at) => format!("{}.{}", whole(&digits[..at]), whole(&digits[at + 1..])),
        None => whole(digits),
    })
}

/// The end of a range: what follows a dash, a wave or "to".
pub fn upper(rest: &str) -> Option<(f64, &str)> {
    let rest = rest.trim_start();
    let after = ["-", "~", "..", "to ", "至", "到"].iter().find_map(|sign| rest.strip_prefix(sign))?;
    leading(after).filter(|(value, _)| *value >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, value, rest) in [
            ("2", 2.0, ""),
            ("2x", 2.0, "x"),
            ("0.5 m", 0.5, " m"),
            (".5", 0.5, ""),
            ("0,5 kg", 0.5, " kg"),
            ("1,234", 1234.0, ""),
            ("0,234", 0.234, ""),
            ("1,234.50", 1234.5, ""),
            ("1.234,50 €", 1234.5, " €"),
            ("1.234.567", 1_234_567.0, ""),
            ("1 234,5", 1234.5, ""),
            ("1'234.5", 1234.5, ""),
            ("1.234", 1.234, ""),
            ("12,5", 12.5, ""),
            ("1e3 pcs", 1000.0, " pcs"),
            ("2 each", 2.0, " each"),
            ("2ea", 2.0, "ea"),
            ("-3", -3.0, ""),
            ("3.", 3.0, "."),
            ("12 (per hand)", 12.0, " (per hand)"),
            ("10 2020 profile", 10.0, " 2020 profile"),
        ] {
            let plain = plain(text);
            let (found, after) = leading(&plain).unwrap();
            assert_eq!((found, after), (value, rest), "{text}");
        }
        for (text, value) in [("2-", -2.0), ("1,000.000-", -1000.0), ("0.500 -", -0.5)] {
            assert_eq!(leading(&plain(text)), Some((value, "")), "{text}");
        }
        assert_eq!([plain("100-2-"), plain("A-2-"), plain("-")], ["100-2-", "A-2-", "-"]);
        for text in ["", "-", "x2", "N/A", "1e999", "."] {
            assert_eq!(leading(text), None, "{text}");
        }
        for text in ["31.12.9999", "2025-01-01", "2025/1/1", "2025-01-01 00:00:00", "2025年1月31日"] {
            assert!(is_date(&plain(text)), "{text}");
        }
        for text in ["1.2.3", "1.234.567", "02.01.0001", "2025", "100-2001", "10.5"] {
            assert!(!is_date(&plain(text)), "{text}");
        }
        assert_eq!(plain("１２．５　×　￥３"), "12.5 x ¥3");
    }
}
