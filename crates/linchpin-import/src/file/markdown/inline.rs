//! Text of a cell without its markup; what a link leads to is kept.

use std::borrow::Cow;

/// The text as it is read: marks of emphasis and code removed, line breaks as such, a link as `text <address>`.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\\', '`', '[', '<', '&', '*', '_', '~']) {
        return Cow::Borrowed(text);
    }
    let mut writing = Writing { text, at: 0, out: String::with_capacity(text.len()), ..Writing::default() };
    writing.find_links();
    while writing.at < text.len() {
        writing.step();
    }
    Cow::Owned(writing.finish())
}

/// Code marks longer than this are text.
const LONGEST_CODE: usize = 8;

#[derive(Default)]
struct Writing<'t> {
    text: &'t str,
    at: usize,
    out: String,
    /// Links in the order of their brackets, the next one last; and those whose text is being written.
    links: Vec<Link<'t>>,
    inside: Vec<Link<'t>>,
    /// Where the link of HTML leads whose text is being written.
    leads: &'t str,
    /// Where a mark of emphasis of each kind and length was written that is still open, and what of the text written is such marks.
    open: [[Option<usize>; 3]; 3],
    marks: Vec<(usize, usize)>,
    /// Marks that were found to have no end, so that none is looked for twice.
    open_code: [bool; LONGEST_CODE],
    open_tag: bool,
}

/// A link: where its bracket opens and closes, where it ends, and where it leads.
#[derive(Clone, Copy)]
struct Link<'t> {
    open: usize,
    close: usize,
    end: usize,
    address: &'t str,
}

impl<'t> Writing<'t> {
    /// Finds all `[text](address)`, each bracket with its partner.
    fn find_links(&mut self) {
        if !self.text.contains("](") {
            return;
        }
        let bytes = self.text.as_bytes();
        let mut partner = vec![0; bytes.len()];
        let (mut square, mut round, mut at) = (vec![], vec![], 0);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'[' => square.push(at),
                b'(' => round.push(at),
                b']' => square.pop().into_iter().for_each(|open: usize| partner[open] = at),
                b')' => round.pop().into_iter().for_each(|open: usize| partner[open] = at),
                _ => {}
            }
            at += 1;
        }
        for open in (0..bytes.len()).rev().filter(|at| bytes[*at] == b'[' && partner[*at] > 0) {
            let close = partner[open];
            if bytes.get(close + 1) == Some(&b'(') && partner[close + 1] > 0 {
                let end = partner[close + 1];
                // After the address there may be a title.
                let address = self.text[close + 2..end].split_whitespace().next().unwrap_or_default();
                let address = address.strip_prefix('<').unwrap_or(address);
                let address = address.strip_suffix('>').unwrap_or(address);
                self.links.push(Link { open, close, end, address });
            }
        }
    }

    /// Writes what stands at this place, and steps over it.
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        while self.inside.last().is_some_and(|link| link.close < self.at) {
            self.inside.pop();
        }
        while self.links.last().is_some_and(|link| link.open < self.at) {
            self.links.pop();
        }
        let Some(first) = rest.chars().next() else { return };
        match first {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                self.out.push_str(&rest[1..2]);
                self.at += 2;
            }
            '!' if self.links.last().is_some_and(|link| link.open == self.at + 1) => {
                // Of a picture only its description is text.
                if let Some(link) = self.links.pop() {
                    self.inside.push(Link { address: "", ..link });
                }
                self.at += 2;
            }
            '[' if self.links.last().is_some_and(|link| link.open == self.at) => {
                self.inside.extend(self.links.pop());
                self.at += 1;
            }
            ']' if self.inside.last().is_some_and(|link| link.close == self.at) => {
                if let Some(link) = self.inside.pop() {
                    self.address(link.address);
                    self.at = link.end + 1;
                }
            }
            '`' => self.code(rest),
            '<' => self.tag(rest),
            '&' => self.entity(rest),
            '*' | '_' | '~' => self.emphasis(rest, first),
            _ => self.copy(first.len_utf8()),
        }
    }

    fn copy(&mut self, length: usize) {
        self.out.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
    }

    fn address(&mut self, address: &str) {
        if address.is_empty() {
            return;
        }
        if !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
        self.out.push('<');
        self.out.push_str(address);
        self.out.push('>');
    }

    /// Code between as many marks at its end as at its start.
    fn code(&mut self, rest: &str) {
        let length = rest.len() - rest.trim_start_matches('`').len();
        let end = match self.open_code.get_mut(length - 1) {
            Some(open) if !*open => {
                let end = closing(&rest[length..], length);
                *open = end.is_none();
                end
            }
            _ => None,
        };
        match end {
            Some(end) => {
                self.out.push_str(rest[length..length + end].trim());
                self.at += length + end + length;
            }
            None => self.copy(length),
        }
    }

    /// A line break, an address between angle brackets, or a mark of HTML, which is left out.
    fn tag(&mut self, rest: &'t str) {
        let end = if self.open_tag { None } else { rest.find('>') };
        self.open_tag |= end.is_none();
        let inner = &rest[1..end.unwrap_or(1)];
        let name = inner.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let name = name.to_ascii_lowercase();
        let length = inner.len() + 2;
        if name == "br" {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
            let spaces = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
            self.at += length + spaces;
        } else if inner.contains("://") && !inner.contains(' ') || inner.starts_with("mailto:") {
            self.copy(length);
        } else if name == "a" {
            if inner.starts_with('/') {
                let leads = std::mem::take(&mut self.leads);
                self.address(leads);
            } else {
                self.leads = attribute(inner, "href");
            }
            self.at += length;
        } else if MARKS.contains(&name.as_str()) {
            self.at += length;
        } else {
            self.copy(1);
        }
    }

    fn entity(&mut self, rest: &str) {
        match ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, text)) => {
                self.out.push_str(text);
                self.at += name.len();
            }
            None => self.copy(1),
        }
    }

    /// Marks of emphasis count in pairs of the same length, and within a word only in pairs of two, so that `3*4` and `a_b` stay.
    fn emphasis(&mut self, rest: &str, mark: char) {
        let length = rest.len() - rest.trim_start_matches(mark).len();
        let before = self.text[..self.at].chars().next_back();
        let after = rest[length..].chars().next();
        let kind = match mark {
            '*' => 0,
            '_' => 1,
            _ => 2,
        };
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let within = is_letter(before) && is_letter(after) && (mark == '_' || length == 1);
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if length <= 3 && !within && (mark != '~' || length == 2) {
            let open = &mut self.open[kind][length - 1];
            match *open {
                Some(start) if touches(before) => {
                    self.marks.push((start, length));
                    self.marks.push((self.out.len(), length));
                    *open = None;
                }
                _ if touches(after) => *open = Some(self.out.len()),
                _ => {}
            }
        }
        self.copy(length);
    }

    fn finish(mut self) -> String {
        self.marks.sort_unstable();
        let mut text = String::with_capacity(self.out.len());
        let mut at = 0;
        for (start, length) in self.marks {
            text.push_str(&self.out[at..start]);
            at = start + length;
        }
        text.push_str(&self.out[at..]);
        text.trim().to_owned()
    }
}

/// Where a run of exactly so many backticks begins.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|found| at + found) {
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// What an attribute of a mark of HTML says; nothing if it is not there.
fn attribute<'t>(mark: &'t str, name: &str) -> &'t str {
    let Some((_, value)) = mark.split_once(name) else { return "" };
    let value = value.trim_start().trim_start_matches('=').trim_start();
    match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
        None => value.split_whitespace().next().unwrap_or_default(),
    }
}

/// Marks of HTML that stand within a text and say nothing themselves.
const MARKS: [&str; 18] = [
    "b", "center", "code", "del", "div", "em", "font", "i", "img", "kbd", "p", "s", "small", "span",
    "strong", "sub", "sup", "u",
];

const ENTITIES: [(&str, &str); 10] = [
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("&times;", "×"),
    ("&deg;", "°"),
    ("&micro;", "µ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_text_stays() {
        for (typed, read) in [
            ("  **NEMA 23 — 1.9Nm** ", "NEMA 23 — 1.9Nm"),
            ("*a* _b_ __c__ ***d*** ~~e~~ `f|g` ``h`i``", "a b c d e f|g h`i"),
            (
                "Gear_Motor left/right_wheel_joint 3*4*5 M3 * 10",
                "Gear_Motor left/right_wheel_joint 3*4*5 M3 * 10",
            ),
            ("~$6.00* and ~$40.00", "~$6.00* and ~$40.00"),
            ("**~$70.00**", "~$70.00"),
            (r"a \| b \* c\d", r"a | b * c\d"),
            ("10 mm<br>wide <BR/> x", "10 mm\nwide\nx"),
            ("H<sub>2</sub>O &amp; 5 < 6 > 4 <not a tag>", "H2O & 5 < 6 > 4 <not a tag>"),
            ("`a` `b", "a `b"),
            ("**", "**"),
            ("****", "****"),
            ("*", "*"),
            ("电机*4", "电机*4"),
        ] {
            assert_eq!(plain(typed), read, "{typed}");
        }
    }

    #[test]
    fn addresses_are_kept() {
        for (typed, read) in [
            ("[Amazon](https://a.co/d/1) kit", "Amazon <https://a.co/d/1> kit"),
            ("see [RC wheels](#rc-wheels)", "see RC wheels <#rc-wheels>"),
            ("[TODO]()", "TODO"),
            ("[](http://x)", "<http://x>"),
            ("[PDD](https://p.cn/g?a=b \"a title\")", "PDD <https://p.cn/g?a=b>"),
            ("[**a** (b)](<http://x/(y)>)", "a (b) <http://x/(y)>"),
            ("3D part ([drawing](d.pdf))", "3D part (drawing <d.pdf>)"),
            ("[![photo](p.png)](http://shop)", "photo <http://shop>"),
            ("<https://shop/x_y_z>", "<https://shop/x_y_z>"),
            ("https://shop/x_y_z*", "https://shop/x_y_z*"),
            ("[a_b](http://x_y_z) c_d", "a_b <http://x_y_z> c_d"),
            ("<a href=\"http://x/a b\"><img src='p'>x</a>, <a class=b>y</a>", "x <http://x/a b>, y"),
            ("R[1] [open (x", "R[1] [open (x"),
            ("[`x](y`) z](w)", "x](y) z](w)"),
        ] {
            assert_eq!(plain(typed), read, "{typed}");
        }
    }

    #[test]
    fn long_texts_of_marks_take_no_long_time() {
        for mark in ["[", "[](", "](", "`", "``a", "<", "*", "*a", "_a ", "&", "(", "![", "\\"] {
            let text = mark.repeat((1 << 20) / mark.len());
            assert!(plain(&text).len() <= text.len(), "{mark}");
        }
    }
}
