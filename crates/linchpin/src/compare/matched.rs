//! Which parts of two robots are one part: those of one id; else, where the ids of each begin with its robot, those of the
//! same id without that (`r1_knee`, `r2_knee`); else those of one name.
//!
//! In two revisions of one robot a part number counts before either: parts of one name are numbered as they come
//! (`r1_screw_2`), and what is taken out of a list moves the numbers of all that follow.

use super::parts::Part;
use std::collections::{BTreeMap, BTreeSet};

/// How two parts were found to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The same id.
    Id,
    /// The same id but for the name of the robot before it.
    Stem,
    /// The same part number.
    Number,
    /// The same name.
    Name,
}

impl By {
    /// Its message.
    pub(super) fn word(self) -> String {
        let word = match self {
            By::Id => "id",
            By::Stem => "stem",
            By::Number => "number",
            By::Name => "name",
        };
        format!("matched-{word}")
    }
}

/// The parts of both sides, each once: positions on the sides, and what makes two one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// Only in A.
    Removed(usize),
    /// Only in B.
    Added(usize),
    /// In both.
    Both(usize, usize, By),
}

/// A pair with the key of its row: the id, or what is left of it without the robot's name where that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Matched {
    pub(super) key: String,
    pub(super) pair: Pair,
}

/// What is left of an id without the word that the robot's own parts begin with.
pub(super) fn stem<'i>(id: &'i str, own: &str) -> Option<&'i str> {
    id.strip_prefix(own)?.strip_prefix('_').filter(|rest| !rest.is_empty())
}

/// A part of an address without the robot's name, wherever it stands in it: `make_r1_knee`, `r1_knee`, `robot_r1`.
pub(super) fn anonymous(part: &str, own: &str) -> String {
    let inside = part.replace(&format!("_{own}_"), "_");
    let ends = inside.strip_prefix(own).filter(|rest| rest.starts_with('_')).unwrap_or(&inside);
    ends.strip_suffix(own).filter(|rest| rest.ends_with('_')).unwrap_or(ends).trim_matches('_').to_owned()
}

/// The word that a robot's own parts begin with: its alias, else the first word of most of the parts that go straight into
/// it, as with `opt_arm`, `opt_leg`.
pub(super) fn own_word(alias: &str, direct: &[&str]) -> String {
    if direct.iter().any(|id| stem(id, alias).is_some()) {
        return alias.to_owned();
    }
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    direct
        .iter()
        .filter_map(|id| id.split_once('_'))
        .for_each(|(word, _)| *words.entry(word).or_insert(0) += 1);
    let most = words.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
    most.map_or_else(|| alias.to_owned(), |(word, _)| word.to_owned())
}

/// What two parts must have in common to be one; `None` for a part that does not have it.
type Way = fn(&Part, &str) -> Option<Vec<String>>;

/// In this order: what agrees in more comes first.
const WAYS: [(By, Way); 7] = [
    (By::Id, |part, _| Some(vec![part.id.clone()])),
    (By::Stem, |part, own| Some(vec![stem(&part.id, own)?.to_owned(), bare(part), part.number.clone()?])),
    (By::Number, |part, _| Some(vec![bare(part), part.number.clone()?])),
    (By::Stem, |part, own| Some(vec![stem(&part.id, own)?.to_owned(), bare(part)])),
    (By::Stem, |part, own| Some(vec![stem(&part.id, own)?.to_owned()])),
    (By::Name, |part, _| Some(vec![bare(part)]).filter(|name| !name[0].is_empty())),
    (By::Number, |part, _| Some(vec![part.number.clone()?])),
];

/// A name without the part number that tells it from others of that name.
fn bare(part: &Part) -> String {
    let name = part.label.en.as_str();
    let numbered = name.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    numbered.map_or(name, |(_, bare)| bare).to_owned()
}

/// Whether two parts of one name have numbers of their own: then they are two parts, unless nobody else has the name.
fn contradict(a: &Part, b: &Part) -> bool {
    let told_apart = |part: &Part| part.label.en.starts_with('[');
    let differ = a.number.as_ref().zip(b.number.as_ref()).is_some_and(|(x, y)| x != y);
    differ && (told_apart(a) || told_apart(b))
}

/// Finds the pairs, by key. The first part of each side is the robot itself.
pub(super) fn matched(a: (&[Part], &str), b: (&[Part], &str)) -> Vec<Matched> {
    let ((a, a_own), (b, b_own)) = (a, b);
    let mut pairs: Vec<(usize, usize, By)> = vec![];
    let (mut in_a, mut in_b) = (BTreeSet::new(), BTreeSet::new());
    if !a.is_empty() && !b.is_empty() {
        pairs.push((0, 0, By::Id));
        in_a.insert(0);
        in_b.insert(0);
    }
    for (by, of) in WAYS {
        let index = |parts: &[Part], own: &str, taken: &BTreeSet<usize>| {
            let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, part) in parts.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
                of(part, own).into_iter().for_each(|key| by_key.entry(key.join("\n")).or_default().push(at));
            }
            by_key
        };
        let (of_a, of_b) = (index(a, a_own, &in_a), index(b, b_own, &in_b));
        for (key, x) in &of_a {
            // Of two parts of one name nobody can say which is which.
            if let ([x], Some([y])) = (x.as_slice(), of_b.get(key).map(Vec::as_slice))
                && a[*x].unit == b[*y].unit
                && !contradict(&a[*x], &b[*y])
            {
                pairs.push((*x, *y, by));
                in_a.insert(*x);
                in_b.insert(*y);
            }
        }
    }
    let key = |x: usize, y: usize| {
        let (x, y) = (&a[x].id, &b[y].id);
        match (stem(x, a_own), stem(y, b_own)) {
            _ if x == y => x.clone(),
            (Some(stem), Some(other)) if stem == other => stem.to_owned(),
            // The same from both sides.
            _ => x.min(y).clone(),
        }
    };
    let both = pairs.iter().map(|&(x, y, by)| Matched { key: key(x, y), pair: Pair::Both(x, y, by) });
    let mut all: Vec<Matched> = both.collect();
    let alone = |parts: &[Part], taken: &BTreeSet<usize>, pair: fn(usize) -> Pair| {
        let left = (0..parts.len()).filter(|at| !taken.contains(at));
        left.map(|at| Matched { key: parts[at].id.clone(), pair: pair(at) }).collect::<Vec<_>>()
    };
    all.extend(alone(a, &in_a, Pair::Removed));
    all.extend(alone(b, &in_b, Pair::Added));
    unique(&mut all);
    all.sort_by(|x, y| x.key.cmp(&y.key));
    all
}

/// Tells keys apart that two rows share: a part of one side may have the id that is left of another's.
fn unique(all: &mut [Matched]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    all.iter().for_each(|m| *count.entry(m.key.clone()).or_insert(0) += 1);
    for matched in all.iter_mut().filter(|m| count[&m.key] > 1) {
        let side = match matched.pair {
            Pair::Both(..) => continue,
            Pair::Removed(_) => "removed",
            Pair::Added(_) => "added",
        };
        matched.key = format!("{side}:{}", matched.key);
    }
}
