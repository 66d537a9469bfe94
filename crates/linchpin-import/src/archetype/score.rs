//! From what the cells of a line say to the item that the line most likely is.

use super::designator::{self, Class};
use super::phrase::{Claim, Reading, Says, read};
use super::size::{Quantity, Size, sizes};
use super::terms::{Role, Terms};
use super::{Cause, Field, Guess, Match, Part, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// An answer is given from this score on; chosen so that on lines never seen at least 95 of 100 answers are right.
const SURE: f64 = 0.65;
/// How much of what speaks against an item is taken off.
const AGAINST: f64 = 0.5;
/// How much of that counts if only marks say it that may be said of other things too.
const WEAK: f64 = 0.5;
/// A noun of at least this weight keeps its meaning, and what is listed beside it is taken for its parts.
const CERTAIN: f64 = 0.88;
/// What speaks against a thing that is printed.
const PRINTED: f64 = 0.9;
/// How much of a part counts that is named beside a name that says enough.
const BESIDE: f64 = 0.5;
/// Weight of an open noun in one cell for what a mark in another says.
const OPEN_ELSEWHERE: f64 = 0.6;
/// Weight of a maker that makes one of the things that an open noun may be, and only one.
const MAKER_TELLS: f64 = 0.45;
/// Weight of a maker known to make the thing.
const MAKER_AGREES: f64 = 0.3;
/// Two sizes nearer than this ratio are of one class.
const SAME_CLASS: f64 = 1.35;

/// What the matcher knows of items besides terms, by position.
pub(super) struct Items {
    pub(super) ids: Vec<String>,
    /// The market that an item belongs to.
    pub(super) pool: Vec<Option<usize>>,
    /// Torque that the name of an item tells.
    pub(super) torque: Vec<Option<f64>>,
    /// What each maker makes.
    pub(super) made: Vec<Vec<usize>>,
    /// What a component on a circuit board may be, the usual first; empty if the atlas has none.
    pub(super) soldered: Vec<usize>,
    /// Metals that are printed.
    pub(super) printed: Vec<usize>,
    pub(super) connector: Option<usize>,
    pub(super) cable: Option<usize>,
}

/// A reason to take a line for an item.
struct Evidence {
    item: usize,
    weight: f64,
    field: Field,
    cause: Cause,
    /// Whether it is only what an open noun most often means.
    default: bool,
    /// Whether it is the material.
    material: bool,
    /// Whether it is a mark that may be said of other things too.
    weak: bool,
}

/// A noun that may be several things.
struct Open {
    items: Vec<usize>,
    field: Field,
    weight: f64,
}

#[derive(Default)]
struct Line {
    evidence: Vec<Evidence>,
    open: Vec<Open>,
    /// What speaks for its being no item, and where.
    against: Vec<(Says, f64, Field)>,
    makers: Vec<usize>,
    /// Whether a cell of its own has said something, whether its name has said it firmly.
    said: bool,
    firm: bool,
    certain: bool,
    unknown: bool,
}

/// The item that a line is.
pub(super) fn find(terms: &Terms, items: &Items, part: &Part<'_>) -> Match {
    let mut line = Line::default();
    let mut details = part.details;
    let mut name = part.name;
    let mut designators = part.designator;
    // Lists of circuit boards often begin with the designators.
    if designators.is_empty() && designator::class(name).is_some() {
        designators = name;
        (name, details) = details.split_first().map_or(("", details), |(first, rest)| (*first, rest));
    }
    line.read(terms, name, Field::Name, 1.0);
    line.firm = line.said && line.evidence.iter().any(|e| e.weight >= SURE && !e.material && !e.weak)
        || line.against.iter().any(|a| a.1 >= SURE)
        || !line.open.is_empty();
    line.certain = line.evidence.iter().any(|e| e.weight >= CERTAIN && !e.material);
    // The C5 of a ball screw is its grade.
    if designators.is_empty() && !line.certain {
        designators =
            details.iter().find(|d| designator::plain_class(d).is_some()).copied().unwrap_or_default();
    }
    let (first, others) = if line.certain {
        (0.5, 0.4)
    } else if line.firm {
        (0.7, 0.55)
    } else {
        (0.9, 0.75)
    };
    line.read(terms, part.number, Field::Number, 0.9);
    for (at, text) in details.iter().enumerate() {
        line.read(terms, text, Field::Details, if at == 0 { first } else { others });
    }
    line.designators(items, designators);
    line.heading(terms, part.heading);
    for link in part.links {
        line.link(terms, link);
    }
    line.makers.extend(read(terms, part.maker, Field::Maker).makers);
    let told: Vec<Size> = [name, part.number].iter().chain(details).flat_map(|t| sizes(t)).collect();
    line.decide(items, told)
}

impl Line {
    fn read(&mut self, terms: &Terms, text: &str, field: Field, factor: f64) {
        if text.is_empty() {
            return;
        }
        let reading = read(terms, text, field);
        self.unknown |= reading.unknown;
        self.makers.extend(&reading.makers);
        for claim in &reading.claims {
            self.claim(terms, claim, field, factor);
            self.said |= !matches!(claim.says, Says::Material(_));
        }
    }

    fn claim(&mut self, terms: &Terms, claim: &Claim, field: Field, factor: f64) {
        let term = terms.term(claim.term);
        // A column of materials is as good a place for them as the name.
        let factor =
            if matches!(claim.says, Says::Material(_)) && field == Field::Details { 0.95 } else { factor };
        let weight = claim.weight * factor;
        match claim.says {
            Says::Item(item) | Says::Material(item) => self.evidence.push(Evidence {
                item,
                weight,
                field,
                cause: if term.role == Role::Near {
                    Cause::Near(term.text.clone())
                } else {
                    Cause::Term(term.text.clone())
                },
                default: claim.default,
                material: matches!(claim.says, Says::Material(_)),
                weak: !claim.noun && claim.weight <= SURE,
            }),
            Says::Open => self.open.push(Open { items: term.items.clone(), field, weight }),
            // A tool or a treatment named beside a thing does not make it one.
            Says::Never if field != Field::Name && self.said => {}
            // Of a line that has a name, "wrist" or "cover" beside it says where it belongs.
            says if self.firm => self.against.push((says, weight * BESIDE, field)),
            says => self.against.push((says, weight, field)),
        }
    }

    fn designators(&mut self, items: &Items, text: &str) {
        let Some(class) = designator::class(text.trim()) else { return };
        let (item, weight) = match class {
            Class::Electronics => (items.soldered.first().copied(), 0.85),
            Class::Connector => (items.connector, 0.55),
            Class::Cable => (items.cable, 0.6),
            Class::Nothing => (None, 0.6),
        };
        self.said = true;
        let Some(item) = item else {
            self.against.push((Says::Plain, weight, Field::Designator));
            return;
        };
        let cause = Cause::Term(text.into());
        let default = class == Class::Electronics;
        self.evidence.push(Evidence {
            item,
            weight,
            field: Field::Designator,
            cause,
            default,
            material: false,
            weak: false,
        });
        if default {
            self.open.push(Open { items: items.soldered.clone(), field: Field::Designator, weight: 0.5 });
        }
    }

    /// What stands above a line says what it is only if the line itself does not.
    fn heading(&mut self, terms: &Terms, text: &str) {
        let reading: Reading = read(terms, text, Field::Heading);
        let noun =
            self.open.iter().any(|o| o.field != Field::Designator) || self.against.iter().any(|a| a.1 >= 0.4);
        let part = self.against.iter().any(|a| a.0 == Says::Part);
        let factor = match (self.said, self.unknown) {
            (true, _) => 0.5,
            (false, true) => 0.55,
            (false, false) => 0.8,
        };
        for claim in reading.claims {
            match claim.says {
                Says::Material(_) if part || !self.said => self.claim(terms, &claim, Field::Heading, 0.8),
                Says::Material(_) => {}
                Says::Item(_) | Says::Open if noun => {}
                _ => self.claim(terms, &claim, Field::Heading, factor),
            }
        }
    }

    /// Words of an address may agree with a line but do not say what it is: shops put many into one.
    fn link(&mut self, terms: &Terms, link: &str) {
        let path = link.split("://").last().unwrap_or(link);
        let path = path.split(['?', '#']).next().unwrap_or(path);
        for segment in path.split('/').skip(1) {
            for claim in read(terms, segment, Field::Link).claims {
                if matches!(claim.says, Says::Item(_)) {
                    self.claim(terms, &claim, Field::Link, 0.4);
                }
            }
        }
    }

    fn decide(mut self, items: &Items, told: Vec<Size>) -> Match {
        self.material(items);
        self.makers(items);
        self.narrow(items);
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        let named: BTreeSet<usize> = self.evidence.iter().map(|e| e.item).collect();
        let firm: BTreeSet<usize> = self.evidence.iter().filter(|e| !e.weak).map(|e| e.item).collect();
        for &item in &named {
            scores.insert(item, self.support(items, item));
        }
        let none = self
            .against
            .iter()
            .map(|a| if a.2 == Field::Heading { a.1 * 0.5 } else { a.1 })
            .fold(0.0, f64::max);
        let related = |a: usize, b: usize| items.pool[a] == Some(b) || items.pool[b] == Some(a);
        let mut ranked: Vec<(usize, f64)> = scores
            .iter()
            .map(|(&item, &score)| {
                let other = scores
                    .iter()
                    .filter(|&(&o, _)| o != item && !related(o, item))
                    .map(|(o, &s)| if firm.contains(o) { s } else { s * WEAK })
                    .fold(none, f64::max);
                (item, score * (1.0 - AGAINST * other))
            })
            .collect();
        // A member of a market before the market; then the surer, then the first by position.
        let member = |item: usize| items.pool[item].is_some_and(|p| scores.contains_key(&p));
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(member(b.0).cmp(&member(a.0))).then(a.0.cmp(&b.0)));
        let best = ranked.first().filter(|first| first.1 >= SURE).map(|first| first.0);
        // Who names a thing firmly means nothing else that is only touched on: a fan 6015 is no bearing.
        let other = |a: &(Says, f64, Field)| {
            a.2 == Field::Name && a.1 >= SURE && matches!(a.0, Says::Plain | Says::Never)
        };
        let named = best.is_some() || self.against.iter().any(other);
        let worth = |item: &usize| Some(*item) == best || !named || scores[item] >= SURE;
        let mut guesses = ranked
            .into_iter()
            .filter(|(item, _)| worth(item))
            .map(|(item, score)| self.guess(items, item, score, &told));
        let best = best.and_then(|_| guesses.next());
        let runner_up = guesses.next();
        Match { best, runner_up, sizes: told, overridden: false }
    }

    /// A material counts if the line names nothing that the atlas knows, and then nothing else does.
    fn material(&mut self, items: &Items) {
        let thing = self.evidence.iter().any(|e| !e.material && e.weight >= 0.5)
            || self.open.iter().any(|o| o.field != Field::Heading);
        // What is printed is plastic, whatever it is called.
        let process = |e: &Evidence| {
            e.material && matches!(&e.cause, Cause::Term(t) if t.contains("print") || t.contains("打印"))
        };
        let printed = |e: &Evidence| process(e) && e.field != Field::Heading;
        if thing && self.evidence.iter().any(printed) {
            self.against.push((Says::Part, PRINTED, Field::Details));
        }
        // But a metal that is printed too.
        let metal = |e: &Evidence| e.material && e.field != Field::Heading && items.printed.contains(&e.item);
        if self.evidence.iter().any(metal) {
            self.evidence.retain(|e| !process(e));
        }
        let never = self.against.iter().any(|a| a.0 == Says::Never && a.2 == Field::Name);
        let firm_part = self.against.iter().any(|a| a.0 == Says::Part && a.1 >= 0.5 && a.2 == Field::Name);
        if never || thing && !firm_part {
            self.evidence.retain(|e| !e.material);
        } else if self.evidence.iter().any(|e| e.material) {
            self.against.clear();
        }
    }

    /// A maker says which of the things an open noun means, if it makes just one of them.
    fn makers(&mut self, items: &Items) {
        for &maker in &std::mem::take(&mut self.makers) {
            let made = &items.made[maker];
            let mut agrees: Vec<(usize, f64)> = vec![];
            for open in &self.open {
                let which: Vec<usize> = open.items.iter().copied().filter(|i| made.contains(i)).collect();
                if let [one] = which[..] {
                    agrees.push((one, MAKER_TELLS * open.weight));
                }
            }
            for evidence in self.evidence.iter().filter(|e| made.contains(&e.item)) {
                agrees.push((evidence.item, MAKER_AGREES));
            }
            for (item, weight) in agrees {
                let cause = Cause::Maker;
                self.evidence.push(Evidence {
                    item,
                    weight,
                    field: Field::Maker,
                    cause,
                    default: false,
                    material: false,
                    weak: false,
                });
            }
        }
    }

    /// What an open noun most often means gives way to what a mark of another cell says it is.
    fn narrow(&mut self, items: &Items) {
        let told: Vec<(usize, Vec<usize>)> = self
            .evidence
            .iter()
            .filter(|e| !e.default && !e.material && e.weight >= 0.15)
            .flat_map(|e| {
                self.open.iter().filter(|o| o.items.contains(&e.item)).map(|o| (e.item, o.items.clone()))
            })
            .collect();
        self.evidence.retain(|e| {
            !e.default
                || e.weight >= CERTAIN
                || !told.iter().any(|(item, open)| {
                    *item != e.item && open.contains(&e.item) && items.pool[*item] != Some(e.item)
                })
        });
    }

    /// How much speaks for an item: its own evidence, and that of its market. Cells count as independent, terms of one do not.
    fn support(&self, items: &Items, item: usize) -> f64 {
        let mut fields: BTreeMap<Field, f64> = BTreeMap::new();
        let mut told = false;
        for e in &self.evidence {
            if e.item == item || items.pool[item] == Some(e.item) {
                let weight = fields.entry(e.field).or_default();
                *weight = weight.max(e.weight);
                told |= e.item == item && !e.default;
            }
        }
        let open = self.open.iter().filter(|o| o.items.contains(&item)).map(|o| o.weight).fold(0.0, f64::max);
        let open = if told { OPEN_ELSEWHERE * open.min(1.0) } else { 0.0 };
        1.0 - fields.values().fold(1.0 - open, |left, weight| left * (1.0 - weight))
    }

    fn guess(&self, items: &Items, item: usize, score: f64, told: &[Size]) -> Guess {
        let mut reason: Vec<Reason> = vec![];
        for e in self.evidence.iter().filter(|e| e.item == item || items.pool[item] == Some(e.item)) {
            let why = Reason { field: e.field, cause: e.cause.clone() };
            if !reason.contains(&why) {
                reason.push(why);
            }
        }
        let mut id = items.ids[item].as_str();
        if let Some((size, of_size)) = of_size(items, item, told) {
            reason.push(Reason { field: Field::Details, cause: Cause::Size(size) });
            id = items.ids[of_size].as_str();
        }
        Guess { item: id.into(), score, reason }
    }
}

/// The member of a market whose class the first torque of a line belongs to.
fn of_size(items: &Items, market: usize, told: &[Size]) -> Option<(Size, usize)> {
    let size = told.iter().find(|s| s.quantity == Quantity::Torque && s.value > 0.0)?;
    let apart = |torque: f64| (size.value / torque).max(torque / size.value);
    items
        .torque
        .iter()
        .enumerate()
        .filter(|(item, _)| items.pool[*item] == Some(market))
        .filter_map(|(item, torque)| torque.map(|t| (item, apart(t))))
        .filter(|(_, apart)| *apart <= SAME_CLASS)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(item, _)| (size.clone(), item))
}
