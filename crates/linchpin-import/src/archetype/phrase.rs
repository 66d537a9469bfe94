//! What one cell says: which item its phrases name.
//!
//! In English as in Chinese the last noun of a phrase names the thing and what stands before it only describes it: a *motor
//! connector cable* is a cable, a 电机驱动器 a driver. A phrase ends at a comma or a bracket and before "for" or "with".

use super::Field;
use super::terms::{Role, Terms};
use super::text::{Kind, Token, normal, tokens};

/// Weight of a noun that may be several things once a mark says which.
const OPEN_WITH_MARK: f64 = 0.7;
/// What is left of a weight for a phrase that is not the first of its cell.
const LATER: f64 = 0.5;
/// What is left of it if an unknown word stands behind the noun: that word is then the noun.
const UNKNOWN_WORD: f64 = 0.65;
/// The same for a Han character, which more often belongs to the noun: 电机座.
const UNKNOWN_HAN: f64 = 0.5;

/// The same for a Latin word behind a Han noun, which is most often a maker.
const UNKNOWN_LATIN: f64 = 0.85;
/// A mark of at least this weight is a product, not a kind.
const PRODUCT: f64 = 0.8;

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It is this item.
    Item(usize),
    /// It is one of the items of the term.
    Open,
    /// It is something whose material counts.
    Part,
    /// It is something else.
    Plain,
    /// It is not of a robot.
    Never,
    /// It is made of this.
    Material(usize),
}

/// What a phrase says, by which term, and how surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Claim {
    pub(super) says: Says,
    pub(super) weight: f64,
    pub(super) term: usize,
    /// Whether a noun says it, not a mark alone.
    pub(super) noun: bool,
    /// Whether it is only what an open noun most often means.
    pub(super) default: bool,
}

/// All that one cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    pub(super) claims: Vec<Claim>,
    /// Makers named, by position.
    pub(super) makers: Vec<usize>,
    /// Whether a word or character is in it that no term explains.
    pub(super) unknown: bool,
}

/// A term found in a text.
#[derive(Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    term: usize,
}

/// Reads a cell.
pub(super) fn read(terms: &Terms, text: &str, field: Field) -> Reading {
    let text = normal(text);
    let tokens = tokens(&text);
    let found = terms.find(&tokens).into_iter().map(|(start, end, term)| Found { start, end, term });
    let all: Vec<Found> = found.collect();
    let found: Vec<Found> =
        all.iter().filter(|f| !is_of_number(terms, &tokens, &all, f, field)).copied().collect();
    let beside = matches!(field, Field::Details | Field::Number);
    let mut reading = Reading::default();
    let mut covered = vec![false; tokens.len()];
    for f in &found {
        covered[f.start..f.end].fill(true);
        if terms.term(f.term).role == Role::Maker {
            reading.makers.extend(&terms.term(f.term).items);
        }
    }
    reading.unknown = tokens.iter().zip(&covered).any(|(t, c)| !c && says_something(t));
    let mut rest = found.as_slice();
    let mut first = true;
    while let Some(&Found { start, .. }) = rest.first() {
        let segment = tokens[start].segment;
        let many = rest.iter().take_while(|f| tokens[f.start].segment == segment).count();
        let (phrase, later) = rest.split_at(many);
        rest = later;
        let begins = start == 0 || tokens[start - 1].segment != segment;
        if beside && begins && terms.term(phrase[0].term).role == Role::Cut {
            // "for the camera", "with cable": said of something else.
            continue;
        }
        let mut claims = phrase_claims(terms, phrase, &tokens, &covered);
        if !first {
            claims
                .iter_mut()
                .filter(|c| !matches!(c.says, Says::Material(_)))
                .for_each(|c| c.weight *= LATER);
        }
        // A phrase of materials or makers only does not make the next one a later one.
        first &= !claims.iter().any(|c| !matches!(c.says, Says::Material(_)));
        reading.claims.extend(claims);
    }
    reading
}

/// So many letters, at most, stand before the digits of a part number.
const LETTERS: usize = 4;

/// Whether a term is but a piece of what hyphens join to a number. The letters before it are no word: LSR-123 is nothing of
/// silicone, the part number IMU-0007 nothing of an IMU, while PA-12 is a term of its own. Nor are its digits behind letters
/// that no term explains: XC-602 is no bearing, SKF-602 is. What it counts is no noun: "2-stage". A part number that goes on
/// with a nought is a running one of somebody's own and names no series: LCS-0416 is no reducer.
fn is_of_number(terms: &Terms, tokens: &[Token<'_>], all: &[Found], found: &Found, field: Field) -> bool {
    let Found { start, end, term } = *found;
    let role = terms.term(term).role;
    let begin = (0..=start).rev().find(|at| !tokens[*at].joined).unwrap_or(0);
    let mut behind = tokens[end..].iter().take_while(|t| t.joined);
    let short = |at: usize| tokens[at].kind == Kind::Word && tokens[at].text.len() <= LETTERS;
    let alone = end == start + 1;
    let letters = alone && short(start) && behind.any(|t| t.kind == Kind::Code);
    let explained = || all.iter().any(|other| (other.start..other.end).contains(&begin));
    let number = |at: usize| tokens[at].text.bytes().all(|b| b.is_ascii_digit());
    let digits = begin < start && short(begin) && number(start) && !explained();
    let counted = begin < start && number(start - 1) && role == Role::Part;
    let running = field == Field::Number
        && tokens.get(begin + 1).is_some_and(|t| t.joined && t.text.len() > 2 && t.text.starts_with('0'));
    let word = match role {
        Role::Material | Role::Near | Role::Part => false,
        Role::Mark | Role::Maker => true,
        _ => field != Field::Number || tokens.iter().skip(1).any(|t| !t.joined),
    };
    letters && !word || digits || counted || running
}

/// Whether an unknown token may be a noun: letters, or a Han character.
fn says_something(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Han => true,
        Kind::Word => token.text.chars().count() >= 3,
        Kind::Code => false,
    }
}

fn phrase_claims(terms: &Terms, phrase: &[Found], tokens: &[Token<'_>], covered: &[bool]) -> Vec<Claim> {
    let role = |f: &Found| terms.term(f.term).role;
    let is_noun =
        |f: &Found| matches!(role(f), Role::Thing | Role::Open | Role::Part | Role::Plain | Role::Never);
    let says = |f: &Found| is_noun(f) || role(f) == Role::Mark;
    // "for" ends a phrase that has said something: "带编码器电机" begins with it and is a motor.
    let mut end = phrase.len();
    for (at, f) in phrase.iter().enumerate() {
        if role(f) == Role::Cut && phrase[..at].iter().any(says) {
            end = at;
            break;
        }
    }
    let cut = phrase.get(end).map(|f| f.start);
    let phrase = &phrase[..end];
    let mut claims: Vec<Claim> = vec![];
    for f in phrase.iter().filter(|f| matches!(role(f), Role::Material | Role::Near)) {
        let term = terms.term(f.term);
        if let Some(&item) = term.items.first() {
            let says = Says::Material(item);
            claims.push(Claim { says, weight: term.weight, term: f.term, noun: false, default: false });
        }
    }
    let marks = || phrase.iter().filter(|f| role(f) == Role::Mark);
    let measured = |at: usize| {
        phrase.get(at + 1).is_some_and(|next| role(next) == Role::Measure && next.start == phrase[at].end)
            && phrase[..at].iter().any(is_noun)
    };
    let last_noun = (0..phrase.len()).rev().find(|at| is_noun(&phrase[*at]) && !measured(*at));
    let Some(at) = last_noun else {
        let fade = marks().next_back().map_or(1.0, |f| fade(f.end, tokens, covered, cut).max(UNKNOWN_WORD));
        for f in marks() {
            let term = terms.term(f.term);
            let says = term.items.first().map_or(Says::Plain, |&item| Says::Item(item));
            claims.push(Claim {
                says,
                weight: term.weight * fade,
                term: f.term,
                noun: false,
                default: false,
            });
        }
        return claims;
    };
    let at = shell(terms, phrase, at).unwrap_or(at);
    let noun = &phrase[at];
    let term = terms.term(noun.term);
    let fade = fade(noun.end, tokens, covered, cut);
    let claim = |says, weight: f64| Claim {
        says,
        weight: weight * fade,
        term: noun.term,
        noun: true,
        default: false,
    };
    match term.role {
        Role::Part | Role::Plain if named_behind(terms, phrase, at).is_some() => {
            claims.extend(named_behind(terms, phrase, at));
        }
        Role::Part => claims.push(claim(Says::Part, term.weight)),
        Role::Plain => claims.push(claim(Says::Plain, term.weight)),
        Role::Never => claims.push(claim(Says::Never, term.weight)),
        Role::Thing => {
            claims.extend(term.items.first().map(|&item| claim(Says::Item(item), term.weight)));
            // A product named behind a noun is the noun's own name, or says that the noun was not one.
            for f in marks().filter(|f| f.start >= noun.end) {
                let mark = terms.term(f.term);
                let says = mark.items.first().map_or(Says::Plain, |&item| Says::Item(item));
                claims.push(Claim {
                    says,
                    weight: mark.weight * LATER,
                    term: f.term,
                    noun: false,
                    default: false,
                });
            }
        }
        _ => open(terms, phrase, noun, fade, &mut claims),
    }
    claims
}

/// Parts that are called after what they hold, and before it in lists that put the noun first.
const SHELLS: [&str; 8] = ["housing", "bracket", "cover", "lid", "enclosure", "holder", "shell", "casing"];

/// The shell with which a phrase begins that goes on with what it holds: a HOUSING ACTUATOR is no actuator.
fn shell(terms: &Terms, phrase: &[Found], last_noun: usize) -> Option<usize> {
    let first = terms.term(phrase.first()?.term);
    let held = terms.term(phrase[last_noun].term);
    let is_shell = first.role == Role::Part && SHELLS.contains(&first.text.as_str());
    (last_noun > 0 && is_shell && matches!(held.role, Role::Thing | Role::Open)).then_some(0)
}

/// A product behind the last noun that an earlier one names: a "bearing belt tensioner 623-2Z" is the bearing of a tensioner.
fn named_behind(terms: &Terms, phrase: &[Found], last_noun: usize) -> Option<Claim> {
    let product = phrase[last_noun..].iter().find(|f| {
        let term = terms.term(f.term);
        term.role == Role::Mark && term.weight >= PRODUCT
    })?;
    let term = terms.term(product.term);
    let item = *term.items.first()?;
    let named = phrase[..last_noun]
        .iter()
        .map(|f| terms.term(f.term))
        .any(|before| matches!(before.role, Role::Thing | Role::Open) && before.items.contains(&item));
    let weight = term.weight;
    named.then_some(Claim { says: Says::Item(item), weight, term: product.term, noun: true, default: false })
}

/// What an open noun says: the item that a mark, or a noun before it, points to; else what it most often means.
fn open(terms: &Terms, phrase: &[Found], noun: &Found, fade: f64, claims: &mut Vec<Claim>) {
    let term = terms.term(noun.term);
    let role = |f: &&Found| terms.term(f.term).role;
    let before = |f: &&Found| matches!(role(f), Role::Thing | Role::Open) && f.end <= noun.start;
    // A noun that names one of them says it before a mark does: an IMU 6-axis module is no force sensor.
    let is_one = |f: &&Found| {
        role(f) == Role::Thing && before(f) && terms.term(f.term).items.iter().any(|i| term.items.contains(i))
    };
    let named = phrase.iter().rev().filter(is_one);
    let describing = named.chain(phrase.iter().rev().filter(|f| role(f) == Role::Mark || before(f)));
    let mut told = false;
    for f in describing {
        let mark = terms.term(f.term);
        match mark.items.iter().find(|item| term.items.contains(item)) {
            Some(&item) if mark.role != Role::Open || mark.weight > 0.0 => {
                let weight = (1.0 - (1.0 - mark.weight) * (1.0 - OPEN_WITH_MARK)) * fade;
                let claim =
                    Claim { says: Says::Item(item), weight, term: f.term, noun: true, default: false };
                claims.push(claim);
                told = true;
                break;
            }
            None if mark.items.is_empty() => {
                let claim = Claim {
                    says: Says::Plain,
                    weight: mark.weight * fade,
                    term: f.term,
                    noun: true,
                    default: false,
                };
                claims.push(claim);
                told = true;
                break;
            }
            _ => {}
        }
    }
    if !told {
        let claim = Claim { says: Says::Open, weight: fade, term: noun.term, noun: true, default: false };
        claims.push(claim);
        if let Some(&item) = term.items.first().filter(|_| term.weight > 0.0) {
            let weight = term.weight * fade;
            claims.push(Claim { says: Says::Item(item), weight, term: noun.term, noun: true, default: true });
        }
    }
}

/// How far what stands directly behind a noun weakens it.
fn fade(end: usize, tokens: &[Token<'_>], covered: &[bool], cut: Option<usize>) -> f64 {
    let Some(next) = tokens.get(end).filter(|_| !covered[end] && cut != Some(end)) else { return 1.0 };
    let number_behind =
        tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Code && t.segment == next.segment);
    match next.kind {
        _ if next.segment != tokens[end - 1].segment || !says_something(next) => 1.0,
        Kind::Han => UNKNOWN_HAN,
        // "FMK-6010", "Conti 5": a maker or a series with its number.
        _ if number_behind => 1.0,
        _ if tokens[end - 1].kind == Kind::Han => UNKNOWN_LATIN,
        _ => UNKNOWN_WORD,
    }
}
