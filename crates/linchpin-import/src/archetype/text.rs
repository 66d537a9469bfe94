//! A text as tokens that can be compared: one case, one width, one number, one sign for each meaning.
//!
//! A run of letters and digits is one token, as is each Han character: Chinese has no spaces, and terms of several characters
//! are found as phrases are in English. Commas, brackets, slashes and the like end a segment; no term runs across them, but for
//! a slash between two words: "force/torque sensor".

use crate::number::is_han;

/// A text in one case and width; a size, a term and an override are all looked up in this form.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Full-width forms of ASCII stand at a fixed distance from it.
            '\u{ff01}'..='\u{ff5e}' => {
                out.extend(char::from_u32(c as u32 - 0xfee0).into_iter().flat_map(char::to_lowercase));
            }
            '\u{3000}' | '\u{a0}' | '\u{202f}' => out.push(' '),
            '×' | '✕' | '✖' => out.push('x'),
            'µ' | 'μ' => out.push('u'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            '、' => out.push(','),
            '。' => out.push(';'),
            '【' | '「' | '《' => out.push('('),
            '】' | '」' | '》' => out.push(')'),
            '・' | '•' | '⋅' | '∙' => out.push('·'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// [`normal`] with white space as single spaces and none at the ends.
pub(crate) fn key(text: &str) -> String {
    normal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters only.
    Word,
    /// Letters and digits, or digits only.
    Code,
    /// One Han character.
    Han,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) text: std::borrow::Cow<'t, str>,
    pub(super) kind: Kind,
    /// Number of its segment; tokens of different segments never make one term.
    pub(super) segment: usize,
    /// Whether it stands in brackets.
    pub(super) aside: bool,
    /// Whether a hyphen or an underscore joins it to the one before: the 123 of LSR-123.
    pub(super) joined: bool,
    /// Whether but a slash parts it from the one before.
    pub(super) slashed: bool,
}

/// The tokens of a text in normal form.
pub(super) fn tokens(normal: &str) -> Vec<Token<'_>> {
    let mut tokens = vec![];
    let (mut segment, mut depth) = (0, 0_usize);
    let mut chars = normal.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = chars.next() {
        if is_han(c) {
            let text = normal[start..start + c.len_utf8()].into();
            let slashed = behind_slash(&normal[..start]);
            tokens.push(Token { text, kind: Kind::Han, segment, aside: depth > 0, joined: false, slashed });
        } else if c.is_alphanumeric() {
            let mut end = start + c.len_utf8();
            let mut last = c;
            while let Some(&(at, next)) = chars.peek() {
                let inside = next.is_alphanumeric() && !is_han(next)
                    || next == '.' && last.is_ascii_digit() && starts_with_digit(&normal[at + 1..]);
                if !inside {
                    break;
                }
                (end, last) = (at + next.len_utf8(), next);
                chars.next();
            }
            let text = &normal[start..end];
            let kind = if text.chars().all(char::is_alphabetic) { Kind::Word } else { Kind::Code };
            // "w/ cable" is "with cable".
            let text = if text == "w" && normal[end..].starts_with('/') { "with" } else { text };
            let joined = matches!(before, '-' | '_');
            let slashed = behind_slash(&normal[..start]);
            let text = singular(text, kind);
            tokens.push(Token { text, kind, segment, aside: depth > 0, joined, slashed });
        } else {
            let spaced = before.is_whitespace() && chars.peek().is_none_or(|&(_, next)| next.is_whitespace());
            // "F/T" and "I/O" are words.
            let letters = c == '/'
                && single_letter(&normal[..start], true)
                && single_letter(&normal[start + 1..], false);
            match c {
                '/' if letters => {}
                '(' | '[' | '{' => (segment, depth) = (segment + 1, depth + 1),
                ')' | ']' | '}' => (segment, depth) = (segment + 1, depth.saturating_sub(1)),
                ',' | ';' | ':' | '/' | '|' | '+' | '&' | '\n' | '\r' | '<' | '>' | '?' | '!' => segment += 1,
                // The stop of "dia. 10 mm" is that of an abbreviation.
                '.' if chars.peek().is_none_or(|&(_, next)| next.is_whitespace())
                    && !starts_with_digit(normal[start + 1..].trim_start()) =>
                {
                    segment += 1;
                }
                '-' if spaced => segment += 1,
                _ => {}
            }
        }
        before = c;
    }
    tokens
}

/// Whether a text ends with a slash that stands directly behind a word.
fn behind_slash(text: &str) -> bool {
    text.strip_suffix('/').is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

/// Whether a text ends, or begins, with a letter that stands alone.
fn single_letter(text: &str, at_end: bool) -> bool {
    let mut chars: Box<dyn Iterator<Item = char>> =
        if at_end { Box::new(text.chars().rev()) } else { Box::new(text.chars()) };
    chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn starts_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// An English plural as its singular, by rule of thumb; terms and texts pass through the same rule, so that it need not be right.
fn singular(word: &str, kind: Kind) -> std::borrow::Cow<'_, str> {
    if kind != Kind::Word || word.len() < 4 || !word.is_ascii() || !word.ends_with('s') {
        return word.into();
    }
    match word {
        w if w.ends_with("ss") || w.ends_with("us") || w.ends_with("is") => w.into(),
        w if w.ends_with("ies") && w.len() > 5 => format!("{}y", &w[..w.len() - 3]).into(),
        w if ["ches", "shes", "sses", "xes"].iter().any(|end| w.ends_with(end)) => w[..w.len() - 2].into(),
        w => w[..w.len() - 1].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(&normal(text)).iter().map(|t| format!("{}{}", t.text, t.segment)).collect()
    }

    #[test]
    fn text_becomes_tokens_of_segments() {
        assert_eq!(words("Ball Bearings, 6806-2RS (SKF)"), ["ball0", "bearing0", "68061", "2rs1", "skf2"]);
        assert_eq!(words("Ｍ２．５×８螺丝"), ["m2.5x80", "螺0", "丝0"]);
        assert_eq!(words("box w/ batteries"), ["box0", "with0", "battery1"]);
        assert_eq!(words("a-b - c"), ["a0", "b0", "c1"]);
        assert_eq!(words("motor dia. 10 mm. Black"), ["motor0", "dia0", "100", "mm0", "black1"]);
        assert!(tokens("").is_empty());
    }

    #[test]
    fn keys_ignore_case_width_and_spaces() {
        assert_eq!(key("  Ｍotor \t A "), key("motor a"));
    }
}
