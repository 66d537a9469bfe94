//! A first look through a text of XML: what is refused before a tree is built of it, and what is mended.
//!
//! The builder of trees takes 80 bytes for each `<` and 60 for each `=` before it reads anything, compares all attributes of
//! an element with each other, and copies name spaces from element to element; so their numbers are bounded here. Readers of
//! robot models are lenient where XML is not: what they take and files have (`--` inside a comment, prefixes that nobody
//! declared, blanks before the first line) is mended.

use super::Limits;
use super::fault::What;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most attributes of an element. Those of robot models have some ten.
const MOST_ATTRIBUTES: usize = 256;
/// Most name spaces that hold at a place.
const MOST_SPACES: usize = 64;
/// Most prefixes that are looked after.
const MOST_PREFIXES: usize = 16;
/// What xacro calls its elements.
const XACRO: &str = "xacro";

/// Why a text is refused: what is wrong, where, as a byte, and with which element.
#[derive(Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) at: usize,
    pub(super) what: What,
    pub(super) element: String,
}

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Elements, comments and instructions.
    pub(super) elements: usize,
    /// Whether there are elements that include files.
    pub(super) includes: bool,
    /// The innermost element that is not closed, and where it begins.
    pub(super) open: Option<(String, usize)>,
    /// Whether the text ends inside of a tag or a comment; that is what is open then.
    pub(super) is_cut: bool,
    /// What is to become blanks.
    blanks: Vec<Range<usize>>,
    /// Prefixes to declare, and the end of the name of the first element.
    prefixes: Option<(usize, Vec<String>)>,
}

/// Looks through a text.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<Scan, Refused> {
    let refused = |at, what, element: &str| Refused { at, what, element: element.to_owned() };
    let count = |sign| text.bytes().filter(|b| *b == sign).count();
    if count(b'=') > limits.attributes {
        return Err(refused(0, What::TooManyAttributes, ""));
    }
    // An element has two.
    if count(b'<') > limits.elements.saturating_mul(2) {
        return Err(refused(0, What::TooManyElements, ""));
    }
    let mut scanner = Scanner::new(text, limits);
    scanner.run().map_err(|(at, what)| refused(at, what, root(&text[at..]).unwrap_or_default()))?;
    Ok(scanner.finish())
}

/// Name of the first element of a text, of which only the beginning need be there.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if rest.starts_with("<!DOCTYPE") {
            let (head, tail) = rest.split_once('>')?;
            if head.contains('[') { rest.split_once("]")?.1.split_once('>')?.1 } else { tail }
        } else {
            let name = rest.strip_prefix('<')?;
            return Some(&name[..name.find(|c: char| c.is_whitespace() || c == '/' || c == '>')?]);
        };
        rest = behind.trim_start();
    }
}

struct Scanner<'t> {
    text: &'t str,
    limits: &'t Limits,
    found: Scan,
    open: Vec<Open>,
    /// Where the tag without an end begins.
    cut: Option<usize>,
    /// Name spaces that hold.
    spaces: usize,
    /// Where the name of the first element ends.
    root: Option<usize>,
    used: BTreeSet<&'t str>,
    declared: BTreeSet<&'t str>,
}

struct Open {
    start: usize,
    spaces: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Scanner<'t> {
        Scanner {
            text,
            limits,
            found: Scan::default(),
            open: vec![],
            cut: None,
            spaces: 0,
            root: None,
            used: BTreeSet::new(),
            declared: BTreeSet::from(["xml", "xmlns"]),
        }
    }

    /// Goes through all tags, until one has no end.
    fn run(&mut self) -> Result<(), (usize, What)> {
        let mut at = 0;
        while let Some(found) = self.text[at..].find('<') {
            let start = at + found;
            let rest = &self.text[start..];
            let end = if rest.starts_with("<!--") {
                self.comment(start)
            } else if rest.starts_with("<![CDATA[") {
                self.after(start, "]]>")
            } else if rest.starts_with("<!DOCTYPE") {
                return Err((start, What::Dtd));
            } else if rest.starts_with("<?") {
                self.instruction(start)
            } else if rest.starts_with("</") {
                if let Some(open) = self.open.pop() {
                    self.spaces -= open.spaces;
                }
                self.after(start, ">")
            } else {
                self.element(start)?
            };
            if !rest.starts_with("</") {
                self.found.elements += 1;
            }
            if self.found.elements > self.limits.elements {
                return Err((start, What::TooManyElements));
            }
            let Some(end) = end else {
                self.cut = Some(start);
                break;
            };
            at = end;
        }
        Ok(())
    }

    /// The place behind the next such sign.
    fn after(&self, start: usize, sign: &str) -> Option<usize> {
        self.text[start..].find(sign).map(|found| start + found + sign.len())
    }

    fn comment(&mut self, start: usize) -> Option<usize> {
        let inside = start + "<!--".len();
        let end = self.after(inside, "-->")?;
        let comment = &self.text[inside..end - "-->".len()];
        if comment.contains("--") || comment.ends_with('-') {
            self.found.blanks.push(start..end);
        }
        Some(end)
    }

    fn instruction(&mut self, start: usize) -> Option<usize> {
        let end = self.after(start, "?>")?;
        // A declaration of XML must stand at the very beginning.
        if start > 0 && self.text[start..].starts_with("<?xml ") && self.text[..start].trim().is_empty() {
            self.found.blanks.push(start..end);
        }
        Some(end)
    }

    fn element(&mut self, start: usize) -> Result<Option<usize>, (usize, What)> {
        let text = self.text;
        let bytes = text.as_bytes();
        let begins = start + 1;
        let ends_name =
            |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<' | b'=' | b'"' | b'\'');
        let Some(length) = bytes[begins..].iter().position(ends_name) else { return Ok(None) };
        let name = begins..begins + length;
        self.root.get_or_insert(name.end);
        self.found.includes |= &text[name.clone()] == "include";
        self.uses(&text[name.clone()]);
        let (mut quote, mut attribute, mut attributes, mut spaces) = (None, name.end, 0, 0);
        let mut at = name.end;
        let end = loop {
            let Some(byte) = bytes.get(at) else { return Ok(None) };
            match (quote, byte) {
                (Some(sign), byte) if sign == *byte => (quote, attribute) = (None, at + 1),
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'=') => {
                    attributes += 1;
                    let called = text[attribute..at].trim();
                    if let Some(prefix) = called.strip_prefix("xmlns:") {
                        self.declared.insert(prefix);
                    }
                    spaces += usize::from(called.starts_with("xmlns"));
                    self.uses(called);
                }
                (None, b'>') => break at,
                // The builder says what is wrong.
                (None, b'<') => return Ok(Some(at)),
                (None, _) => {}
            }
            at += 1;
        };
        if attributes > MOST_ATTRIBUTES || self.spaces + spaces > MOST_SPACES {
            return Err((start, What::TooManyAttributes));
        }
        if bytes[end - 1] != b'/' {
            self.open.push(Open { start, spaces });
            self.spaces += spaces;
            if self.open.len() > self.limits.depth {
                return Err((start, What::TooDeep));
            }
        }
        Ok(Some(end + 1))
    }

    /// A name may begin with a prefix.
    fn uses(&mut self, name: &'t str) {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if let Some((prefix, _)) = name.split_once(':')
            && self.used.len() < MOST_PREFIXES
            && prefix.chars().all(plain)
        {
            self.used.insert(prefix);
        }
    }

    fn finish(self) -> Scan {
        let mut scan = self.found;
        let word = |start: usize| {
            let tag = &self.text[start + 1..];
            tag[..tag.find(|c: char| c.is_whitespace() || "=\"'/<>".contains(c)).unwrap_or(tag.len())]
                .to_owned()
        };
        let open = self.cut.or(self.open.last().map(|open| open.start));
        scan.open = open.map(|start| (word(start), start));
        scan.is_cut = self.cut.is_some();
        let missing: Vec<String> = self.used.difference(&self.declared).map(|p| (*p).to_owned()).collect();
        scan.prefixes = self.root.filter(|_| !missing.is_empty()).map(|end| (end, missing));
        scan
    }
}

impl Scan {
    /// The text with what is lenient about it mended; all lines stay where they are.
    pub(super) fn mend(self, text: String) -> String {
        if self.blanks.is_empty() && self.prefixes.is_none() {
            return text;
        }
        let (place, prefixes) = self.prefixes.unwrap_or((text.len(), vec![]));
        let mut mended = String::with_capacity(text.len() + 64 * prefixes.len());
        let blank = |c| if c == '\n' { c } else { ' ' };
        // Comments and the declaration of XML may stand on both sides of the place.
        let (before, behind): (Vec<_>, Vec<_>) = self.blanks.into_iter().partition(|b| b.end <= place);
        let copy = |from: usize, to: usize, blanks: Vec<Range<usize>>, mended: &mut String| {
            let mut at = from;
            for range in blanks {
                mended.push_str(&text[at..range.start]);
                mended.extend(text[range.clone()].chars().map(blank));
                at = range.end;
            }
            mended.push_str(&text[at..to]);
        };
        copy(0, place, before, &mut mended);
        for prefix in prefixes {
            let space = if prefix == XACRO { "http://www.ros.org/wiki/xacro" } else { &prefix };
            mended.push_str(&format!(" xmlns:{prefix}=\"{space}\""));
        }
        copy(place, text.len(), behind, &mut mended);
        mended
    }
}

/// Whether a name space is the one of xacro.
pub(super) fn is_xacro(space: &str) -> bool {
    space.trim_end_matches('/').ends_with(XACRO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        scan(text, &Limits::default()).unwrap().mend(text.to_owned())
    }

    #[test]
    fn only_what_readers_of_models_take_is_mended() {
        for text in
            ["<a/>", "<!-- a - b --><a b='--'/>", "<?xml version='1.0'?><a xmlns:p='u'><p:b xml:c=''/></a>"]
        {
            assert_eq!(mended(text), text);
        }
        assert_eq!(mended("<a/><!-- -- \n电 -->x"), "<a/>        \n     x");
        assert_eq!(mended(" <?xml version='1.0'?><a/>"), format!("{}<a/>", " ".repeat(22)));
        assert_eq!(mended("<!----- -->\n<a c='<'><p:b q:c='1'/></a>"), {
            format!("{}\n<a xmlns:p=\"p\" xmlns:q=\"q\" c='<'><p:b q:c='1'/></a>", " ".repeat(11))
        });
        assert_eq!(mended("<a><xacro:b/><!-- -- --></a>"), {
            format!("<a xmlns:xacro=\"http://www.ros.org/wiki/xacro\"><xacro:b/>{}</a>", " ".repeat(11))
        });
    }

    #[test]
    fn what_is_open_at_the_end_is_known() {
        let open = |text: &str| {
            let seen = scan(text, &Limits::default()).unwrap();
            (seen.open, seen.is_cut)
        };
        assert_eq!(open("<a><b></b><c/></a>"), (None, false));
        assert_eq!(open("<a><b></b><c d='>'>"), (Some(("c".to_owned(), 10)), false));
        assert_eq!(open("<a><b c='"), (Some(("b".to_owned(), 3)), true));
        assert_eq!(open("<a><!-- <b>"), (Some(("!--".to_owned(), 3)), true));
        assert_eq!(open("<a></b"), (Some(("".to_owned(), 3)), true));
    }

    #[test]
    fn elements_and_levels_are_counted() {
        let limits = Limits { elements: 4, depth: 2, ..Limits::default() };
        let refused = |text| scan(text, &limits).err().map(|refused| (refused.what, refused.at));
        assert_eq!(refused("<a><b/><b/><b/></a>"), None);
        assert_eq!(refused("<a><b/><b/><!----><b/></a>"), Some((What::TooManyElements, 18)));
        assert_eq!(refused("<a><b></b><b><c></c></b></a>"), Some((What::TooDeep, 13)));
    }
}
