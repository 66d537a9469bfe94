//! Text in columns of a terminal, where a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

fn char_width(each: char) -> usize {
    UnicodeWidthChar::width(each).unwrap_or(0)
}

/// The text on one line, without characters that would move the cursor or change colours.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|each| if each.is_control() { ' ' } else { each }).collect()
}

/// The text with only ASCII punctuation, for terminals that have no more.
pub(crate) fn ascii_punctuation(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '–' | '—' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            '·' => plain.push('|'),
            '•' => plain.push('*'),
            '×' => plain.push('x'),
            '≥' => plain.push_str(">="),
            '≤' => plain.push_str("<="),
            '“' | '”' => plain.push('"'),
            '‘' | '’' => plain.push('\''),
            other => match SPARKS.iter().position(|(spark, _)| *spark == other) {
                Some(level) => plain.push(SPARKS[level].1),
                None => plain.push(other),
            },
        }
    }
    plain
}

/// A level of a sparkline, and what stands for it where there is only ASCII.
const SPARKS: [(char, char); 8] =
    [('▁', '_'), ('▂', '.'), ('▃', ':'), ('▄', '-'), ('▅', '='), ('▆', '+'), ('▇', '*'), ('█', '#')];

/// Numbers as a line of bars that start at zero; the largest is full, zero the lowest bar, an unknown one a gap.
pub(crate) fn sparkline(values: &[Option<f64>]) -> String {
    let most = values.iter().flatten().copied().fold(0.0, f64::max);
    let level = |value: f64| {
        let part = if most > 0.0 { (value / most).clamp(0.0, 1.0) } else { 0.0 };
        SPARKS[(part * (SPARKS.len() - 1) as f64).round() as usize].0
    };
    values.iter().map(|value| value.map_or(' ', level)).collect()
}

pub(crate) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text cut to a width, with `mark` where something was cut off.
pub(crate) fn truncate(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let mut cut = String::new();
    let mut used = 0;
    for each in text.chars() {
        used += char_width(each);
        if used > room {
            break;
        }
        cut.push(each);
    }
    let cut = format!("{}{mark}", cut.trim_end());
    if width(&cut) <= columns { cut } else { String::new() }
}

/// The text in lines of at most `columns`, broken at spaces and between Chinese characters; longer words are cut.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for (space, word) in words(&one_line(paragraph)) {
            let gap = usize::from(space && !line.is_empty());
            if width(&line) + gap + width(&word) > columns && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            } else if gap == 1 {
                line.push(' ');
            }
            for each in word.chars() {
                if width(&line) + char_width(each) > columns {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(each);
            }
        }
        lines.push(line);
    }
    lines
}

/// Pieces that stay on one line, each with whether a space stood before it.
fn words(text: &str) -> Vec<(bool, String)> {
    let mut words: Vec<(bool, String)> = Vec::new();
    let mut space = false;
    let mut joined = false;
    for each in text.chars() {
        if each == ' ' {
            space = true;
            joined = false;
            continue;
        }
        let wide = char_width(each) > 1;
        match words.last_mut() {
            Some((_, word)) if !space && (closes(each) || (joined && !wide) || word.ends_with(opens)) => {
                word.push(each);
            }
            _ => words.push((space, each.to_string())),
        }
        joined = !wide;
        space = false;
    }
    words
}

fn closes(each: char) -> bool {
    "，。、；：？！）》」』”’％".contains(each)
}

fn opens(each: char) -> bool {
    "（《「『“‘".contains(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparkline_starts_at_zero_leaves_gaps_and_needs_no_more_than_ascii() {
        let line = sparkline(&[Some(0.0), Some(1.0), None, Some(3.5), Some(7.0)]);
        assert_eq!(line, "▁▂ ▅█");
        assert_eq!(width(&line), 5);
        assert_eq!(ascii_punctuation(&line), "_. =#");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)]), "▁▁");
    }

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("钕铁硼磁体，含镝", 10), ["钕铁硼磁", "体，含镝"]);
        assert_eq!(wrap("需要 1.2 kg 的钕", 9), ["需要 1.2", "kg 的钕"]);
        assert_eq!(wrap("", 9), [""]);
        for columns in 2..20 {
            let text = "一台机器人（人形）需要 1.2 (0.9–3.5) kg 的钕铁硼磁体 and moretext";
            assert!(wrap(text, columns).iter().all(|line| width(line) <= columns), "{columns}");
        }
    }

    #[test]
    fn what_is_cut_off_is_marked() {
        assert_eq!(truncate("magnet", 6, "…"), "magnet");
        assert_eq!(truncate("magnets", 6, "…"), "magne…");
        assert_eq!(truncate("钕铁硼磁体", 6, "…"), "钕铁…");
        assert_eq!(truncate("magnets", 2, "..."), "");
        assert_eq!(one_line("a\u{1b}[31m\nb"), "a [31m b");
    }
}
