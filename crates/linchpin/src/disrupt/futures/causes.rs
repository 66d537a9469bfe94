//! What stands behind the loss: parts that are in the way, sites and events that cost, and what the spread comes from.

use super::super::web::Kind;
use super::chance::input;
use super::drawing::Cell;
use super::tally::site_name;
use super::{CLUSTER, Told};
use crate::book::{Book, Draft};
use crate::trials::{Estimate, first_order};
use linchpin_table::{Label, Message, Unit};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Parts, sites and inputs that are listed.
const PARTS: usize = 12;
const SITES: usize = 20;
const INPUTS: usize = 12;
/// Weeks of a cell of the calendar.
const QUARTER: usize = 13;
/// Trials in which a site must fail for its effect to be told.
const FEWEST: usize = 10;

/// A part that stood in the way in some trials.
pub(super) struct InTheWay {
    pub(super) part: usize,
    /// Weeks that it did, by trial.
    weeks: Vec<f64>,
    /// Trials in which it did in each quarter.
    quarters: Vec<BTreeSet<u32>>,
}

/// What a site or an event costs.
struct Cost {
    key: String,
    name: String,
    kind: &'static str,
    country: String,
    chance: Estimate,
    /// Robots lost in the trials in which it fails or happens.
    when: Estimate,
    /// Robots lost because of it: what its trials lose beyond the others, times its chance.
    due: Estimate,
}

impl<'s, 'a> Told<'s, 'a> {
    /// Parts that stood in the way, those that did longest first.
    pub(super) fn parts(&self) -> Vec<InTheWay> {
        let quarters = self.weeks.div_ceil(QUARTER);
        let mut found: BTreeMap<u16, InTheWay> = BTreeMap::new();
        let mut before = 0;
        for tally in &self.run.outcomes {
            for [trial, week, part] in &tally.gates {
                let trial = before + u32::from(*trial);
                let of = found.entry(*part).or_insert_with(|| InTheWay {
                    part: usize::from(*part),
                    weeks: vec![0.0; self.lost.len()],
                    quarters: vec![BTreeSet::new(); quarters],
                });
                of.weeks[trial as usize] += 1.0;
                of.quarters[usize::from(*week) / QUARTER].insert(trial);
            }
            before += tally.lost.len() as u32;
        }
        let mut parts: Vec<InTheWay> =
            found.into_values().filter(|p| p.part < self.names.parts.len()).collect();
        let all = |p: &InTheWay| p.weeks.iter().sum::<f64>();
        parts.sort_by(|a, b| all(b).total_cmp(&all(a)).then(a.part.cmp(&b.part)));
        parts.truncate(PARTS);
        parts
    }

    pub(super) fn parts_table(&self, parts: &[InTheWay]) -> Draft<'s, 'a> {
        let name = |p: &InTheWay| self.names.parts[p.part].clone();
        let chance: Vec<Option<Estimate>> =
            parts.iter().map(|p| Some(self.sample(&p.weeks).share(|weeks| weeks > 0.0))).collect();
        let weeks: Vec<Option<Estimate>> = parts.iter().map(|p| Some(self.sample(&p.weeks).mean())).collect();
        let draft = Draft::new(self.story.model, "risk_parts", parts.iter().map(name).collect())
            .names("part", parts.iter().map(name).collect());
        let draft = self.estimates(draft, ["chance", "chance_low", "chance_high"], Unit::Fraction, &chance);
        self.estimates(draft, ["weeks_in_way", "weeks_in_way_low", "weeks_in_way_high"], Unit::None, &weeks)
            .note(Message::new("note-risk-parts"))
    }

    /// How likely each part is in the way, quarter by quarter.
    pub(super) fn calendar_table(&self, parts: &[InTheWay]) -> Draft<'s, 'a> {
        let quarters = 0..self.weeks.div_ceil(QUARTER);
        let rows: Vec<(&InTheWay, usize)> =
            parts.iter().flat_map(|p| quarters.clone().map(move |q| (p, q))).collect();
        let name = |p: &InTheWay| self.names.parts[p.part].clone();
        let trials = self.lost.len() as f64;
        let until = |q: usize| ((q + 1) * QUARTER).min(self.weeks);
        Draft::new(
            self.story.model,
            "risk_calendar",
            rows.iter().map(|(p, q)| format!("{}:{}", name(p), q + 1)).collect(),
        )
        .names("part", rows.iter().map(|(p, _)| name(p)).collect())
        .number(
            "from_week",
            Unit::None,
            rows.iter().map(|(_, q)| self.number((q * QUARTER) as f64)).collect(),
        )
        .number("until_week", Unit::None, rows.iter().map(|(_, q)| self.number(until(*q) as f64)).collect())
        .number(
            "chance",
            Unit::Fraction,
            rows.iter().map(|(p, q)| self.number(p.quarters[*q].len() as f64 / trials)).collect(),
        )
        .bar()
        .note(Message::new("note-risk-calendar"))
    }

    /// What a cause costs that is there in some trials.
    fn cost(&self, trials: &BTreeSet<u32>) -> Option<(Estimate, Estimate, Estimate)> {
        let all = self.lost.len();
        if trials.len() < FEWEST || trials.len() + FEWEST > all {
            return None;
        }
        let mut is = vec![0.0; all];
        trials.iter().for_each(|t| is[*t as usize] = 1.0);
        let sample = self.sample(&self.lost);
        let mean = sample.mean().value;
        let chance = trials.len() as f64 / all as f64;
        // Cov(lost, is) / (1 − chance) = chance × (mean with it − mean without it), as a mean over trials.
        let due: Vec<f64> =
            self.lost.iter().zip(&is).map(|(l, is)| (l - mean) * (is - chance) / (1.0 - chance)).collect();
        let listed: Vec<u32> = trials.iter().copied().collect();
        let share = self.sample(&is).share(|v| v > 0.0);
        Some((share, sample.mean_of(&listed), self.sample(&due).mean()))
    }

    /// Sites and events by what they cost.
    pub(super) fn sites_table(&self, book: &mut Book) -> Option<Draft<'s, 'a>> {
        let web = &self.story.web;
        let mut failing: BTreeMap<u16, BTreeSet<u32>> = BTreeMap::new();
        let mut before = 0;
        for tally in &self.run.outcomes {
            for [trial, site] in &tally.failed {
                failing.entry(*site).or_default().insert(before + u32::from(*trial));
            }
            before += tally.lost.len() as u32;
        }
        let place: BTreeMap<String, usize> = (0..web.sites.len()).map(|s| (site_name(web, s), s)).collect();
        let mut costs: Vec<Cost> = vec![];
        for (at, trials) in failing {
            let Some(key) = self.names.sites.get(usize::from(at)).cloned() else { continue };
            let Some((chance, when, due)) = self.cost(&trials) else { continue };
            let (name, kind, country) = match (key.strip_prefix("shock/"), place.get(&key)) {
                (Some(country), _) => (country.to_owned(), "kind-shock", country.to_owned()),
                (None, Some(site)) => {
                    let place = &web.sites[*site];
                    let kind = match place.kind {
                        Kind::Maker => "kind-maker",
                        Kind::Plant => "kind-plants",
                        _ => "kind-supplier",
                    };
                    (place.key(), kind, place.country.clone())
                }
                (None, None) => continue,
            };
            costs.push(Cost { key, name, kind, country, chance, when, due });
        }
        let courses = &self.study.courses;
        let mut happening: Vec<(usize, BTreeSet<u32>)> =
            courses.uncertain().map(|at| (at, BTreeSet::new())).collect();
        for trial in 0..if happening.is_empty() { 0 } else { self.lost.len() as u32 } {
            let drawn = courses.draw(self.run.first + u64::from(trial));
            let happens = |at: usize| drawn[at].start < self.weeks as u32;
            happening.iter_mut().filter(|(at, _)| happens(*at)).for_each(|(_, trials)| {
                trials.insert(trial);
            });
        }
        for (at, trials) in happening {
            let Some((chance, when, due)) = self.cost(&trials) else { continue };
            let key = label_event(book, &courses.name(at));
            let (name, country) = (key.clone(), String::new());
            costs.push(Cost { key, name, kind: "kind-event", country, chance, when, due });
        }
        costs.sort_by(|a, b| b.due.value.total_cmp(&a.due.value).then_with(|| a.key.cmp(&b.key)));
        costs.truncate(SITES);
        if costs.is_empty() {
            return None;
        }
        let of = |get: fn(&Cost) -> Estimate| costs.iter().map(|c| Some(get(c))).collect::<Vec<_>>();
        let draft = Draft::new(self.story.model, "risk_sites", costs.iter().map(|c| c.key.clone()).collect())
            .names("cause", costs.iter().map(|c| c.name.clone()).collect())
            .words("kind", costs.iter().map(|c| Some(c.kind.to_owned())).collect())
            .names("country", costs.iter().map(|c| c.country.clone()).collect());
        let draft =
            self.estimates(draft, ["chance", "chance_low", "chance_high"], Unit::Fraction, &of(|c| c.chance));
        let draft = self.estimates(draft, ["due", "due_low", "due_high"], Unit::Piece, &of(|c| c.due));
        let draft = self.estimates(draft, ["when", "when_low", "when_high"], Unit::Piece, &of(|c| c.when));
        Some(draft.note(Message::new("note-risk-sites")))
    }

    /// What the spread of the loss comes from: for each number that is drawn, the part of the variance that it alone explains.
    pub(super) fn inputs_table(&self, book: &mut Book) -> Option<Draft<'s, 'a>> {
        let mut found: Vec<(String, String, &'static str, Estimate)> = vec![];
        let courses = &self.study.courses;
        let drawn = courses.inputs();
        let mut values = vec![Vec::with_capacity(self.lost.len()); drawn.len()];
        for trial in 0..if drawn.is_empty() { 0 } else { self.lost.len() as u64 } {
            let of = courses.draw(self.run.first + trial);
            let now = drawn.iter().map(|(at, what)| input(&of[*at], what, self.weeks as u32));
            values.iter_mut().zip(now).for_each(|(values, value)| values.push(value));
        }
        for ((at, what), values) in drawn.iter().zip(&values) {
            let name = label_event(book, &courses.name(*at));
            let effect = first_order(values, &self.lost, self.cluster);
            found.extend(effect.map(|e| (format!("{name}/{}", &what["input-".len()..]), name, *what, e)));
        }
        if let Some(drawing) = &self.study.drawing {
            // A figure is the same in a cluster: what it explains of the clusters' means, times their part in the variance.
            let means: Vec<f64> =
                self.lost.chunks(self.cluster).map(|c| c.iter().sum::<f64>() / c.len() as f64).collect();
            let part = variance(&means) / variance(&self.lost);
            let first = self.run.first / CLUSTER;
            let effect = |cell: &Cell| {
                let values = (0..means.len() as u64).map(|draw| cell.value(first + draw, 0));
                first_order(&values.collect::<Vec<f64>>(), &means, 1)
            };
            // Hundreds of figures, each by itself.
            let effects: Vec<Option<Estimate>> = match part.is_finite() {
                true => drawing.cells.par_iter().map(effect).collect(),
                false => vec![],
            };
            for (cell, e) in drawing.cells.iter().zip(effects) {
                let Some(e) = e else { continue };
                let effect = Estimate {
                    value: e.value * part,
                    error: e.error * part,
                    low: e.low * part,
                    high: e.high * part,
                };
                let address = self.story.model.atlas.figures.get(cell.figure).address.clone();
                found.push((address.clone(), address, "input-figure", effect));
            }
        }
        found.sort_by(|a, b| b.3.value.total_cmp(&a.3.value).then_with(|| a.0.cmp(&b.0)));
        // Hundreds are looked at: chance alone puts some two errors above nothing.
        found.retain(|f| f.3.value > 3.0 * f.3.error && f.3.value > 0.0);
        found.truncate(INPUTS);
        if found.is_empty() {
            return None;
        }
        for (_, name, _, _) in found.iter().filter(|f| f.2 == "input-figure") {
            book.answer
                .labels
                .entry(name.clone())
                .or_insert_with(|| Label::new(name.as_str(), name.as_str()));
        }
        let effects: Vec<Option<Estimate>> = found.iter().map(|f| Some(f.3)).collect();
        let draft = Draft::new(self.story.model, "risk_inputs", found.iter().map(|f| f.0.clone()).collect())
            .names("input", found.iter().map(|f| f.1.clone()).collect())
            .words("what", found.iter().map(|f| Some(f.2.to_owned())).collect());
        Some(
            self.estimates(
                draft,
                ["first_order", "first_order_low", "first_order_high"],
                Unit::Fraction,
                &effects,
            )
            .bar()
            .note(Message::new("note-risk-inputs")),
        )
    }
}

/// The key of an event, labelled as its user named it: an id may be that of an item or a stage too.
fn label_event(book: &mut Book, name: &str) -> String {
    let key = format!("event/{name}");
    book.answer.labels.insert(key.clone(), Label::new(name, name));
    key
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / values.len() as f64
}
