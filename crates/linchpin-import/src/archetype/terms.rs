//! The words of the trade, and finding them in a text.
//!
//! `terms.csv` holds them: a term, the items that it may name, its role and how sure it is when nothing else is said. In a term
//! `#` stands for a digit, `?` for a letter and a `*` at the end of a word for any rest, so that one row covers a series of
//! part numbers.

use super::text::{Kind, Token, normal, tokens};
use std::collections::HashMap;

/// The file of terms.
const TERMS: &str = include_str!("terms.csv");

/// What a term does for the phrase that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A noun that names one item: "cable".
    Thing,
    /// A noun that may be one of several items; what is said besides decides, else the first of them if the weight is not 0.
    Open,
    /// A product, series or kind that points to an item but does not end a phrase: "harmonic", "Raspberry Pi".
    Mark,
    /// A noun for a part that no item stands for; its material does: "bracket".
    Part,
    /// A noun for something that no item stands for and that takes no material from its heading: "screw".
    Plain,
    /// Not of a robot at all, whatever it is made of: tools, services.
    Never,
    /// A material.
    Material,
    /// A material that the atlas does not have; the item is the nearest that it has.
    Near,
    /// A word that says nothing: "black".
    Skip,
    /// What is measured, with the noun before it: "diameter", so that a "motor, shaft diameter 5" is no shaft.
    Measure,
    /// What follows is not the thing itself: "for", "with".
    Cut,
    /// A maker; `items` are positions in the list of makers.
    Maker,
}

/// A term of the trade.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// As in the file.
    pub(super) text: String,
    pub(super) role: Role,
    /// Items that it may name, by position.
    pub(super) items: Vec<usize>,
    /// How sure it is alone, 0 to 1.
    pub(super) weight: f64,
}

/// All terms, as a tree over tokens.
pub(super) struct Terms {
    terms: Vec<Term>,
    words: HashMap<String, u32>,
    /// Patterns by the first byte of a token that may match.
    patterns: Vec<Vec<(String, u32)>>,
    next: HashMap<(u32, u32), u32>,
    ends: Vec<Option<u32>>,
    symbols: u32,
}

impl Terms {
    /// The terms of the file whose items are known; `item` gives the position of an id.
    pub(super) fn shipped(item: impl Fn(&str) -> Option<usize>) -> Terms {
        let mut terms = Terms {
            terms: vec![],
            words: HashMap::new(),
            patterns: vec![vec![]; 128],
            next: HashMap::new(),
            ends: vec![None],
            symbols: 0,
        };
        for (text, ids, role, weight) in rows() {
            let named: Vec<&str> = ids.split(';').filter(|id| !id.is_empty()).collect();
            let items: Vec<usize> = named.iter().filter_map(|id| item(id)).collect();
            // A term for items of another atlas says nothing here; an open noun keeps the items that are left.
            if named.is_empty() || !items.is_empty() {
                let weight = if named.first().is_some_and(|id| item(id).is_none()) { 0.0 } else { weight };
                terms.add(text, role, items, weight);
            }
        }
        terms
    }

    /// Adds a term; one that is there already stays as it is.
    pub(super) fn add(&mut self, text: &str, role: Role, items: Vec<usize>, weight: f64) {
        let mut node = 0;
        let spelt = normal(text);
        for word in spelt.split_whitespace() {
            if word.contains(['#', '?', '*']) {
                let symbol = self.pattern(word);
                node = self.step(node, symbol);
            } else {
                for token in tokens(word) {
                    let symbol = self.word(&token.text);
                    node = self.step(node, symbol);
                }
            }
        }
        if node != 0 && self.ends[node as usize].is_none() {
            self.ends[node as usize] = Some(self.terms.len() as u32);
            self.terms.push(Term { text: text.into(), role, items, weight });
        }
    }

    /// The term at a position.
    pub(super) fn term(&self, at: usize) -> &Term {
        &self.terms[at]
    }

    /// The terms of a text in order, the longest at each place: first token, behind the last token, term.
    pub(super) fn find(&self, tokens: &[Token<'_>]) -> Vec<(usize, usize, usize)> {
        let symbols: Vec<Vec<u32>> = tokens.iter().map(|t| self.symbols_of(&t.text)).collect();
        let mut found = vec![];
        let mut at = 0;
        while at < tokens.len() {
            let longest = self.longest(at, &symbols, tokens);
            let crossed = longest.and_then(|(end, _)| self.crossed(at, end, &symbols, tokens));
            let longest = crossed.map_or(longest, |start| self.longest(at, &symbols[..start], tokens));
            match longest {
                Some((end, term)) => {
                    found.push((at, end, term as usize));
                    at = end;
                }
                None => at = crossed.unwrap_or(at + 1),
            }
        }
        found
    }

    /// The longest term at a place: behind its last token, term.
    fn longest(&self, at: usize, symbols: &[Vec<u32>], tokens: &[Token<'_>]) -> Option<(usize, u32)> {
        let mut longest = None;
        self.walk(0, at, symbols, tokens, &mut longest);
        longest
    }

    /// Where in Chinese, which does not part words, a thing begins inside a term and ends behind it: 旋转关节模组 is a
    /// 关节模组, not the 模组 of a 旋转关节, for the last noun names the thing.
    fn crossed(&self, at: usize, end: usize, symbols: &[Vec<u32>], tokens: &[Token<'_>]) -> Option<usize> {
        let thing = |start: &usize| {
            let crossing = self.longest(*start, symbols, tokens).filter(|(behind, _)| *behind > end);
            crossing.is_some_and(|(_, term)| self.term(term as usize).role == Role::Thing)
        };
        (at + 1..end).filter(|start| tokens[*start].kind == Kind::Han).find(thing)
    }

    /// Looks for a longer term from a node on. Words come before patterns, so that of equal length a word wins.
    fn walk(
        &self,
        node: u32,
        at: usize,
        symbols: &[Vec<u32>],
        tokens: &[Token<'_>],
        longest: &mut Option<(usize, u32)>,
    ) {
        if let Some(term) = self.ends[node as usize]
            && longest.is_none_or(|(end, _)| end < at)
        {
            *longest = Some((at, term));
        }
        let same = at == 0
            || node == 0
            || tokens.get(at).is_some_and(|t| t.slashed || t.segment == tokens[at - 1].segment);
        if let (true, Some(symbols_here)) = (same, symbols.get(at)) {
            for &symbol in symbols_here {
                if let Some(&next) = self.next.get(&(node, symbol)) {
                    self.walk(next, at + 1, symbols, tokens, longest);
                }
            }
        }
    }

    fn symbols_of(&self, token: &str) -> Vec<u32> {
        let mut symbols: Vec<u32> = self.words.get(token).copied().into_iter().collect();
        if let Some(patterns) = token.bytes().next().and_then(|b| self.patterns.get(b as usize)) {
            symbols.extend(
                patterns.iter().filter(|(p, _)| matches(p.as_bytes(), token.as_bytes())).map(|p| p.1),
            );
        }
        symbols
    }

    fn step(&mut self, node: u32, symbol: u32) -> u32 {
        let fresh = self.ends.len() as u32;
        let next = *self.next.entry((node, symbol)).or_insert(fresh);
        if next == fresh {
            self.ends.push(None);
        }
        next
    }

    fn word(&mut self, word: &str) -> u32 {
        let fresh = self.symbols;
        let symbol = *self.words.entry(word.into()).or_insert(fresh);
        self.symbols += u32::from(symbol == fresh);
        symbol
    }

    fn pattern(&mut self, pattern: &str) -> u32 {
        let first = pattern.bytes().next().unwrap_or(b'*');
        let starts: Vec<u8> = match first {
            b'#' => (b'0'..=b'9').collect(),
            b'?' => (b'a'..=b'z').collect(),
            b'*' => (0..128).collect(),
            byte => vec![byte],
        };
        let known = starts
            .first()
            .and_then(|&s| self.patterns.get(s as usize))
            .and_then(|there| there.iter().find(|(p, _)| p == pattern));
        if let Some((_, symbol)) = known {
            return *symbol;
        }
        let symbol = self.symbols;
        self.symbols += 1;
        for start in starts {
            if let Some(there) = self.patterns.get_mut(start as usize) {
                there.push((pattern.into(), symbol));
            }
        }
        symbol
    }
}

/// Whether a token is one that a pattern stands for.
fn matches(pattern: &[u8], token: &[u8]) -> bool {
    match (pattern.split_first(), token.split_first()) {
        (None, None) | (Some((b'*', [])), _) => true,
        // A star takes nothing, or one more byte.
        (Some((b'*', rest)), _) if matches(rest, token) => true,
        (Some((b'*', _)), Some((_, token))) => matches(pattern, token),
        (Some((p, pattern)), Some((t, token))) => {
            let here = match p {
                b'#' => t.is_ascii_digit(),
                b'?' => t.is_ascii_alphabetic(),
                p => p == t,
            };
            here && matches(pattern, token)
        }
        _ => false,
    }
}

/// The rows of the file that are sound; a test sees to it that all are.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, Role, f64)> {
    TERMS.lines().skip(1).filter_map(row)
}

fn row(line: &'static str) -> Option<(&'static str, &'static str, Role, f64)> {
    let mut cells = line.split(',');
    let (text, items, role, weight) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let role = match role {
        "thing" => Role::Thing,
        "open" => Role::Open,
        "mark" => Role::Mark,
        "part" => Role::Part,
        "plain" => Role::Plain,
        "never" => Role::Never,
        "material" => Role::Material,
        "near" => Role::Near,
        "skip" => Role::Skip,
        "measure" => Role::Measure,
        "cut" => Role::Cut,
        _ => return None,
    };
    cells.next().is_none().then_some((text, items, role, weight.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_file_is_sound_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for line in TERMS.lines().skip(1) {
            let (text, items, role, weight) = row(line).unwrap_or_else(|| panic!("row: {line}"));
            assert!((0.0..=1.0).contains(&weight), "{line}");
            assert_eq!(text, text.trim(), "{line}");
            let spelt: Vec<String> = normal(text)
                .split_whitespace()
                .flat_map(|w| {
                    if w.contains(['#', '?', '*']) {
                        vec![w.to_string()]
                    } else {
                        tokens(w).into_iter().map(|t| t.text.into_owned()).collect()
                    }
                })
                .collect();
            assert!(seen.insert(spelt.join(" ")), "twice: {line}");
            let names = matches!(role, Role::Thing | Role::Open | Role::Material | Role::Near);
            assert!(!names || !items.is_empty(), "without item: {line}");
        }
    }

    #[test]
    fn patterns_stand_for_part_numbers() {
        let fits = |pattern: &str, token: &str| matches(pattern.as_bytes(), token.as_bytes());
        assert!(fits("68##zz*", "6806zz") && fits("mr##*", "mr63zz") && fits("ina2##*", "ina240a1"));
        assert!(fits("*kv", "300kv") && fits("*kv", "kv") && !fits("*kv", "kv300"));
        assert!(!fits("68##", "6806zz") && !fits("68##", "680"));
    }

    #[test]
    fn the_longest_term_wins() {
        assert_eq!(found("Raspberry Pi Pico"), ["raspberry pi pico"]);
        assert_eq!(found("force/torque sensor"), ["force torque sensor"]);
        assert_eq!(found("force / torque sensor"), ["torque sensor"]);
    }

    #[test]
    fn in_chinese_the_last_noun_is_whole() {
        assert_eq!(found("旋转关节模组"), ["关节模组"]);
        assert_eq!(found("旋转关节"), ["旋转关节"]);
    }

    /// The terms in a text.
    fn found(text: &str) -> Vec<String> {
        let terms = Terms::shipped(|_| Some(0));
        let text = normal(text);
        terms.find(&tokens(&text)).iter().map(|f| terms.term(f.2).text.clone()).collect()
    }
}
