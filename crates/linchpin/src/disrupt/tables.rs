//! The answer: headlines, and a table a question.

use super::cause::{self, Step, Why};
use super::event::Effect;
use super::outcome::{self, Outcome};
use super::times::{self, Measure};
use super::web::{Kind, Siting};
use super::{DisruptError, Story, manner, number};
use crate::atlas::FigureId;
use crate::book::{Book, Draft};
use crate::expose::stops::selector_label;
use crate::model::Quantity;
use linchpin_table::{Label, Message, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Weeks of cover that are tried at each place.
const MORE: f64 = 6.0;
/// Places at which more cover is tried.
const TRIED: usize = 12;

/// Stocks of one thing in one kind of hands, of which some run dry.
struct Dry {
    slots: Vec<usize>,
    /// How many of them do.
    dry: usize,
    /// First week, and the week in which all are back.
    first: usize,
    back: Option<usize>,
}

/// Rows of the outcome: how it was run, and what came of it.
struct Case {
    key: &'static str,
    outcome: Outcome,
}

impl<'s, 'a> Story<'s, 'a> {
    pub(super) fn tell(&self, book: &mut Book) -> Result<(), DisruptError> {
        let inputs = Rc::new(self.inputs());
        let cases = self.cases()?;
        for event in &self.request.events {
            for text in [Some(&event.select), event.to.as_ref()].into_iter().flatten() {
                let label = selector_label(text, &book.answer.labels);
                book.answer.labels.insert(text.clone(), label);
            }
        }
        let all = Label::new("all that runs dry", "断料的全部");
        book.answer.labels.insert("all_dry".to_owned(), all);
        if self.web.rate < self.web.wanted {
            let made = self.web.rate * super::web::WEEKS_PER_YEAR;
            book.answer.headlines.push(Message::new("note-disrupt-wall").number("rate", made, Unit::Piece));
        }
        let mut gates = outcome::gates(&self.web, &self.base, &self.run);
        // While his own plant stands, no part stands in the maker's way.
        gates.iter_mut().enumerate().filter(|(w, _)| self.is_stopped(*w)).for_each(|(_, gate)| *gate = None);
        self.headlines(book, &cases, &gates);
        book.push(self.outcome_table(&cases, &inputs))?;
        let causes = self.causes(&gates);
        if !causes.is_empty() {
            book.push(self.causes_table(&causes, &inputs))?;
        }
        let dry = self.dry();
        if !dry.is_empty() {
            book.push(self.calendar_table(&dry, &inputs))?;
            if !self.request.alone {
                book.push(self.gain_table(&dry, &causes, &inputs)?)?;
            }
        }
        if let Some(draft) = self.substitutes_table(book, &inputs) {
            book.push(draft)?;
        }
        book.push(self.suppliers_table())?;
        book.push(self.weeks_table(&gates, &inputs))?;
        let way = if self.request.way_lost { "note-disrupt-way-lost" } else { "note-disrupt-way" };
        book.answer.notes.push(Message::new(way).integer("weeks", i64::from(self.request.transit)));
        book.answer.notes.push(
            Message::new("note-disrupt-estimate")
                .integer("sites", self.web.sites.len() as i64)
                .integer("lanes", self.web.lanes.len() as i64),
        );
        let ends = self.events.iter().map(|e| e.start.saturating_add(e.request.weeks)).max().unwrap_or(0);
        if ends > self.request.weeks {
            let note = Message::new("note-disrupt-short").integer("end", i64::from(ends));
            book.answer.notes.push(note.integer("horizon", i64::from(self.request.weeks)));
        }
        if manner(self.request).policy().overshoots() {
            book.answer.notes.push(Message::new("note-disrupt-overshoots"));
        }
        Ok(())
    }

    /// Figures that went into the run: covers of everything held, and output and capacity of the plants that were hit.
    pub(super) fn inputs(&self) -> Vec<FigureId> {
        let mut inputs: Vec<FigureId> = self.web.slots.iter().filter_map(|s| s.figure).collect();
        for event in self.events {
            for (k, i) in event.loss.hits() {
                let plant = &self.chain.links[k].plants[i];
                inputs.extend(plant.output.iter().chain(&plant.capacity).flat_map(|e| e.figures()));
            }
        }
        inputs.sort();
        inputs.dedup();
        inputs
    }

    fn cases(&self) -> Result<Vec<Case>, DisruptError> {
        let mut cases = vec![Case { key: "as_asked", outcome: self.outcome.clone() }];
        if self.request.alone {
            return Ok(cases);
        }
        let mut add = |key, outcome: Outcome| cases.push(Case { key, outcome });
        add("best", self.again(&self.covers, Siting::Best, self.request, self.events)?);
        add("worst", self.again(&self.covers, Siting::Worst, self.request, self.events)?);
        let mut other = self.request.clone();
        other.backlog = !self.request.backlog;
        let key = if other.backlog { "backlog" } else { "lost_sales" };
        add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
        let mut other = self.request.clone();
        other.substitutes = !self.request.substitutes;
        let key = if other.substitutes { "substitutes" } else { "no_substitutes" };
        add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
        if let Some((weeks, events)) = self.until_recovered() {
            let mut longer = self.request.clone();
            longer.weeks = longer.weeks.max(weeks + 52);
            add("recovery", self.again(&self.covers, Siting::Likely, &longer, &events)?);
        }
        Ok(cases)
    }

    /// The same events, each as long as it takes to restore a plant of the kind that stopped.
    fn until_recovered(&self) -> Option<(u32, Vec<super::event::Event>)> {
        let mut most = 0;
        let mut events = vec![];
        for event in self.events {
            let mut longer = event.clone();
            if event.request.effect == Effect::Output {
                let stages = event.loss.hits().map(|(k, _)| &self.chain.links[k]);
                let weeks = stages
                    .filter_map(|l| {
                        let figure = times::figure(self.model, l.stage, &l.id, Measure::Recovery);
                        times::weeks(self.model, figure)
                    })
                    .fold(0.0, f64::max);
                if weeks > 0.0 {
                    longer.request.weeks = weeks.ceil() as u32;
                    longer.request.granted.clear();
                    most = most.max(event.start + longer.request.weeks);
                }
            }
            events.push(longer);
        }
        (most > 0).then_some((most, events))
    }

    fn headlines(&self, book: &mut Book, cases: &[Case], gates: &[Option<usize>]) {
        for event in &self.request.events {
            let nothing = event.left == 0.0 && event.granted.is_empty();
            let id = match (event.effect, &event.to, nothing) {
                (Effect::Output, _, true) => "disrupt-stops",
                (Effect::Output, _, false) => "disrupt-output",
                (Effect::Exports, None, true) => "disrupt-closed",
                (Effect::Exports, None, false) => "disrupt-exports",
                (Effect::Exports, Some(_), true) => "disrupt-closed-to",
                (Effect::Exports, Some(_), false) => "disrupt-exports-to",
                (Effect::Demand, ..) => "disrupt-demand",
                (Effect::Equipment, ..) => "disrupt-equipment",
            };
            let message = Message::new(id)
                .name("what", event.select.as_str())
                .number("left", event.left, Unit::Fraction)
                .integer("weeks", i64::from(event.weeks));
            book.answer.headlines.push(match &event.to {
                Some(to) => message.name("to", to.as_str()),
                None => message,
            });
            let step = |(week, left): &(u32, f64)| {
                Message::new("disrupt-granted").integer("week", i64::from(*week)).number(
                    "left",
                    *left,
                    Unit::Fraction,
                )
            };
            book.answer.headlines.extend(event.granted.iter().map(step));
        }
        let o = &self.outcome;
        let product = self.model.product.item.as_str();
        let country = self.model.product.country.as_str();
        let message = match (o.first, o.survive) {
            (Some(first), Some(survive)) => {
                let ends = cases.iter().filter(|c| matches!(c.key, "best" | "worst")).map(|c| c.outcome.lost);
                let (low, high) = ends.fold((o.lost, o.lost), |(l, h), v| (l.min(v), h.max(v)));
                Message::new(if o.back.is_some() { "disrupt-lost" } else { "disrupt-lost-on" })
                    .integer("first", first as i64)
                    .text("survive", format!("{survive:.1}"))
                    .range("lost", o.lost, low, high, Unit::Piece)
                    .number("part", o.part, Unit::Fraction)
                    .number("depth", o.depth, Unit::Fraction)
                    .integer("deepest", o.deepest as i64)
                    .integer("back", o.back.map_or(0, |w| w as i64))
                    .integer("horizon", i64::from(self.request.weeks))
            }
            _ => {
                let worst =
                    cases.iter().filter(|c| c.key == "worst").map(|c| c.outcome.lost).fold(0.0, f64::max);
                Message::new(if worst > 0.5 { "disrupt-none-but" } else { "disrupt-none" })
                    .number("worst", worst, Unit::Piece)
                    .integer("horizon", i64::from(self.request.weeks))
            }
        };
        book.answer.headlines.push(message.name("product", product).name("country", country).number(
            "volume",
            self.request.volume,
            Unit::Piece,
        ));
        if o.first.is_some_and(|w| self.is_stopped(w)) {
            book.answer.headlines.push(Message::new("disrupt-cause-maker"));
        } else if let Some((week, slot)) = o.first.and_then(|w| Some((w, gates[w]?))) {
            let chain = cause::chain_of(&self.web, self.chain, self.events, &self.run, slot, week);
            if let Some(last) = chain.last() {
                let id = if chain.len() == 1 { "disrupt-cause-itself" } else { "disrupt-cause" };
                let message = Message::new(id)
                    .name("part", self.web.slots[slot].input.as_str())
                    .name("root", self.web.slots[last.slot].input.as_str())
                    .word("why", why(last.why));
                book.answer.headlines.push(message);
            }
        }
        let line = self.base.delivered.iter().zip(&self.run.delivered);
        let line = line.map(|(base, run)| Some(if *base > 0.0 { run / base } else { 1.0 }));
        let line: Vec<Option<f64>> = line.collect();
        // Two weeks a bar, so that two years fit on a line.
        let line = line.chunks(2).map(|c| Some(c.iter().flatten().sum::<f64>() / c.len() as f64));
        book.answer.headlines.push(
            Message::new("disrupt-line")
                .series("line", line)
                .integer("last", i64::from(self.request.weeks.saturating_sub(1))),
        );
    }

    /// Whether the maker's own plant is stopped in a week.
    fn is_stopped(&self, week: usize) -> bool {
        let hits = self.web.hit[0].iter().zip(self.events);
        hits.filter(|(hit, _)| **hit).any(|(_, e)| e.left(week as u32) < 1.0)
    }

    fn outcome_table(&self, cases: &[Case], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let of = |get: &dyn Fn(&Outcome) -> Option<f64>| -> Vec<Option<Quantity>> {
            cases.iter().map(|c| get(&c.outcome).map(|v| number(v, inputs))).collect()
        };
        let price =
            self.model.atlas.figures.find(&format!("product_figures/{}/cost/2025", self.model.product.item));
        let worth = |c: &Case| Some(number(c.outcome.lost, inputs).times(Quantity::cell(price?)));
        Draft::new(self.model, "outcome", cases.iter().map(|c| c.key.to_owned()).collect())
            .words("case", cases.iter().map(|c| Some(format!("case-{}", c.key.replace('_', "-")))).collect())
            .number("first_loss", Unit::None, of(&|o| o.first.map(|w| w as f64)))
            .number("survive", Unit::None, of(&|o| o.survive))
            .number("robots_lost", Unit::Piece, of(&|o| Some(o.lost)))
            .number("lost_part", Unit::Fraction, of(&|o| Some(o.part)))
            .number("depth", Unit::Fraction, of(&|o| Some(o.depth)))
            .number("back", Unit::None, of(&|o| o.back.map(|w| w as f64)))
            .number("worth", Unit::Usd, cases.iter().map(worth).collect())
            .note(Message::new("note-outcome"))
    }

    /// Every part that stood in the way, from the week in which it began to, with its chain of causes.
    fn causes(&self, gates: &[Option<usize>]) -> Vec<(usize, Vec<Step>)> {
        let mut causes: Vec<(usize, Vec<Step>)> = vec![];
        for (week, gate) in gates.iter().enumerate() {
            let Some(slot) = gate else { continue };
            if !causes.iter().any(|(_, chain)| chain.first().is_some_and(|s| s.slot == *slot)) {
                let chain = cause::chain_of(&self.web, self.chain, self.events, &self.run, *slot, week);
                causes.push((week, chain));
            }
        }
        causes
    }

    fn causes_table(&self, causes: &[(usize, Vec<Step>)], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let rows: Vec<(usize, usize, &Step)> = causes
            .iter()
            .flat_map(|(week, chain)| chain.iter().enumerate().map(move |(depth, step)| (*week, depth, step)))
            .collect();
        let keys = rows.iter().map(|(week, depth, _)| format!("{week}:{depth}"));
        let event = |why: Why| match why {
            Why::Stopped(e) | Why::Closed(e) => self.events[e].request.select.clone(),
            _ => String::new(),
        };
        Draft::new(self.model, "causes", keys.collect())
            .names("short", rows.iter().map(|r| self.web.slots[r.2.slot].input.clone()).collect())
            .text(
                "week",
                rows.iter().map(|r| Some(if r.1 == 0 { r.0.to_string() } else { String::new() })).collect(),
            )
            .names("at", rows.iter().map(|r| self.web.sites[r.2.site].id.clone()).collect())
            .number("stock", Unit::None, rows.iter().map(|r| Some(number(r.2.stock, inputs))).collect())
            .header(Message::new("col-stock-weeks"))
            .words("cause", rows.iter().map(|r| Some(why(r.2.why).to_owned())).collect())
            .names(
                "seller",
                rows.iter()
                    .map(|r| r.2.seller.map_or(String::new(), |s| self.web.sites[s].id.clone()))
                    .collect(),
            )
            .names("event", rows.iter().map(|r| event(r.2.why)).collect())
            .indent(rows.iter().map(|r| r.1.min(255) as u8).collect())
            .note(Message::new("note-causes"))
    }

    /// Stocks that run dry: of the maker, of each supplier, and of all plants of a market together.
    fn dry(&self) -> Vec<Dry> {
        let mut groups: BTreeMap<(String, String), Dry> = BTreeMap::new();
        for slot in 0..self.web.slots.len() {
            let place = self.place(slot);
            let Some(holder) = place else { continue };
            let key = (holder, self.web.slots[slot].input.clone());
            let group = groups.entry(key).or_insert_with(|| Dry {
                slots: vec![],
                dry: 0,
                first: usize::MAX,
                back: Some(0),
            });
            group.slots.push(slot);
            if let Some((first, back)) = outcome::dry(&self.web, &self.base, &self.run, slot) {
                group.dry += 1;
                group.first = group.first.min(first);
                group.back = group.back.zip(back).map(|(a, b)| a.max(b));
            }
        }
        let mut dry: Vec<((String, String), Dry)> = groups.into_iter().filter(|(_, d)| d.dry > 0).collect();
        dry.sort_by(|a, b| a.1.first.cmp(&b.1.first).then_with(|| a.0.cmp(&b.0)));
        dry.into_iter().map(|(_, d)| d).collect()
    }

    /// Who holds a slot: the maker, a supplier, or the plants of a market; nobody we tell of if other users do.
    fn place(&self, slot: usize) -> Option<String> {
        let site = &self.web.sites[self.web.slots[slot].site];
        match (site.kind, site.link) {
            (Kind::Users | Kind::Substitute, _) => None,
            (Kind::Plant, Some(k)) => Some(self.chain.links[k].id.clone()),
            _ => Some(site.key()),
        }
    }

    /// What its holder is called by.
    fn name(&self, slot: usize) -> String {
        let site = &self.web.sites[self.web.slots[slot].site];
        match (site.kind, site.link) {
            (Kind::Plant, Some(k)) => self.chain.links[k].id.clone(),
            _ => site.id.clone(),
        }
    }

    fn key(&self, slot: usize) -> String {
        format!("{}:{}", self.place(slot).unwrap_or_default(), self.web.slots[slot].input)
    }

    fn calendar_table(&self, dry: &[Dry], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let slot = |d: &Dry| &self.web.slots[d.slots[0]];
        let site = |d: &Dry| &self.web.sites[slot(d).site];
        let cover = |d: &Dry| match slot(d).figure {
            Some(figure) => times::days(Some(figure)),
            None => Some(Quantity::Given {
                value: slot(d).cover * times::WEEK,
                what: Message::new("given-cover"),
            }),
        };
        let week = |w: Option<usize>| w.map(|w| number(w as f64, inputs));
        // Plants of a market stand in many countries.
        let country = |d: &Dry| match site(d).kind {
            Kind::Plant => String::new(),
            _ => site(d).country.clone(),
        };
        let kind = |d: &Dry| match site(d).kind {
            Kind::Maker => "kind-maker",
            Kind::Plant => "kind-plants",
            Kind::Supplier | Kind::Substitute | Kind::Users => "kind-supplier",
        };
        Draft::new(self.model, "calendar", dry.iter().map(|d| self.key(d.slots[0])).collect())
            .names("input", dry.iter().map(|d| slot(d).input.clone()).collect())
            .words("holder_kind", dry.iter().map(|d| Some(kind(d).to_owned())).collect())
            .names("holder", dry.iter().map(|d| self.name(d.slots[0])).collect())
            .names("country", dry.iter().map(country).collect())
            .range(["cover", "cover_low", "cover_high"], Unit::Day, dry.iter().map(cover).collect())
            .number("dry", Unit::None, dry.iter().map(|d| week(Some(d.first))).collect())
            .number("refilled", Unit::None, dry.iter().map(|d| week(d.back)).collect())
            .number("dry_sites", Unit::None, dry.iter().map(|d| week(Some(d.dry))).collect())
            .number("all_sites", Unit::None, dry.iter().map(|d| week(Some(d.slots.len()))).collect())
            .note(Message::new("note-calendar"))
    }

    /// What six more weeks of stock would change: at each holder, everything of his that runs dry at once; and at each
    /// step down the chains of causes by itself.
    fn gain_table(
        &self,
        dry: &[Dry],
        causes: &[(usize, Vec<Step>)],
        inputs: &Rc<Vec<FigureId>>,
    ) -> Result<Draft<'s, 'a>, DisruptError> {
        let mut tried: Vec<(String, Option<usize>, Vec<usize>)> = vec![];
        for d in dry {
            let holder = self.place(d.slots[0]).unwrap_or_default();
            match tried.iter_mut().find(|t| t.0 == holder) {
                Some(all) => all.2.extend(&d.slots),
                None => tried.push((holder, None, d.slots.clone())),
            }
        }
        let on_chains: Vec<usize> = causes.iter().flat_map(|c| c.1.iter().map(|s| s.slot)).collect();
        for d in dry.iter().filter(|d| d.slots.iter().any(|s| on_chains.contains(s))) {
            let holder = self.place(d.slots[0]).unwrap_or_default();
            // Alone it says more only where the holder has others.
            if tried.iter().any(|t| t.0 == holder && t.2.len() > d.slots.len()) {
                tried.push((self.key(d.slots[0]), Some(d.slots[0]), d.slots.clone()));
            }
        }
        tried.truncate(TRIED);
        let mut rows: Vec<(String, Option<usize>, usize, Outcome)> = vec![];
        for (key, input, slots) in tried {
            let mut covers: BTreeMap<_, f64> = self.covers.clone();
            for slot in &slots {
                covers.insert(self.holder(*slot), self.web.slots[*slot].cover + MORE);
            }
            let outcome = self.again(&covers, Siting::Likely, self.request, self.events)?;
            rows.push((key, input, slots[0], outcome));
        }
        let saved = |o: &Outcome| outcome::whole(self.outcome.lost - o.lost, self.outcome.lost);
        // Where no robot is lost any more, stock bridges all of it.
        let survived = |o: &Outcome| Some(o.survive? - self.outcome.survive?);
        rows.sort_by(|a, b| saved(&b.3).total_cmp(&saved(&a.3)).then_with(|| a.0.cmp(&b.0)));
        let value = |v: f64| Some(number(v, inputs));
        let input = |r: &(String, Option<usize>, usize, Outcome)| {
            r.1.map_or_else(|| "all_dry".to_owned(), |s| self.web.slots[s].input.clone())
        };
        Ok(Draft::new(self.model, "gain", rows.iter().map(|r| r.0.clone()).collect())
            .names("holder", rows.iter().map(|r| self.name(r.2)).collect())
            .names("input", rows.iter().map(input).collect())
            .number(
                "survive_more",
                Unit::None,
                rows.iter().map(|r| survived(&r.3).and_then(|v| value(v / MORE))).collect(),
            )
            .number("saved", Unit::Piece, rows.iter().map(|r| value(saved(&r.3))).collect())
            .number("still_lost", Unit::Piece, rows.iter().map(|r| value(r.3.lost)).collect())
            .note(Message::new("note-gain").integer("weeks", MORE as i64)))
    }

    /// Who holds a slot, as covers name it.
    fn holder(&self, slot: usize) -> (Option<String>, String) {
        let s = &self.web.slots[slot];
        let site = &self.web.sites[s.site];
        ((site.kind != Kind::Maker).then(|| site.id.clone()), s.input.clone())
    }

    /// What stood in, from which week on, for which part of the need, and what the robot loses by it.
    fn substitutes_table(&self, book: &mut Book, inputs: &Rc<Vec<FigureId>>) -> Option<Draft<'s, 'a>> {
        let sites = self.web.sites.iter().enumerate().filter(|(_, s)| s.kind == Kind::Substitute);
        // In equilibrium it gives next to nothing; it counts from a hundred times that on.
        let part = |site: usize, week: usize| f64::from(self.run.runs[week][site]) * super::web::SECOND;
        let weeks = 0..self.run.runs.len();
        let used: Vec<(usize, usize, &str, &str)> = sites
            .filter_map(|(site, s)| {
                let (replaces, item) = s.id.split_once(':')?;
                let label = book.answer.labels.get(item).cloned();
                book.answer.labels.extend(label.map(|l| (s.id.clone(), l)));
                let first = weeks.clone().find(|w| part(site, *w) > 0.01)?;
                Some((site, first, replaces, item))
            })
            .collect();
        let holder = |site: usize| {
            let slot =
                self.web.lanes.iter().find(|l| self.web.own_pool(site) == Some(l.pool)).map(|l| l.slot);
            slot.map_or(String::new(), |s| self.web.sites[self.web.slots[s].site].id.clone())
        };
        // Suppliers of one part in several countries are told once.
        let mut told = BTreeSet::new();
        let used: Vec<_> = used.into_iter().filter(|u| told.insert((u.2, u.3, holder(u.0)))).collect();
        if used.is_empty() {
            return None;
        }
        let most = |site: usize| weeks.clone().map(|w| part(site, w)).fold(0.0, f64::max).min(1.0);
        let figures = |measure: &str| -> Vec<Option<Quantity>> {
            let of = |(_, _, replaces, item): &(usize, usize, &str, &str)| {
                self.model
                    .atlas
                    .figures
                    .find(&format!("substitutions/{item}/{replaces}/{measure}"))
                    .map(Quantity::cell)
            };
            used.iter().map(of).collect()
        };
        let keys = used.iter().map(|u| format!("{}@{}", self.web.sites[u.0].id, holder(u.0))).collect();
        let mut draft = Draft::new(self.model, "stood_in", keys)
            .names("item", used.iter().map(|u| u.3.to_owned()).collect())
            .names("replaces", used.iter().map(|u| u.2.to_owned()).collect())
            .names("holder", used.iter().map(|u| holder(u.0)).collect())
            .number("from_week", Unit::None, used.iter().map(|u| Some(number(u.1 as f64, inputs))).collect())
            .number(
                "most_part",
                Unit::Fraction,
                used.iter().map(|u| Some(number(most(u.0), inputs))).collect(),
            );
        for names in [
            ["torque", "torque_low", "torque_high"],
            ["energy", "energy_low", "energy_high"],
            ["mass", "mass_low", "mass_high"],
        ] {
            let ratios = figures(names[0]);
            if ratios.iter().any(Option::is_some) {
                draft = draft.range(names, Unit::Fraction, ratios);
            }
        }
        Some(draft.note(Message::new("note-stood-in")))
    }

    fn suppliers_table(&self) -> Draft<'s, 'a> {
        let sites = self.web.sites.iter().filter(|s| s.kind == Kind::Supplier && s.link.is_some());
        let sites: Vec<_> = sites.collect();
        let plants = |s: &&super::web::Site| s.link.map_or(0, |k| self.chain.links[k].plants.len());
        let count = |n: usize| Some(Quantity::Figures(crate::atlas::Expr::Number(n as f64)));
        Draft::new(self.model, "suppliers", sites.iter().map(|s| s.key()).collect())
            .names("item", sites.iter().map(|s| s.id.clone()).collect())
            .names("country", sites.iter().map(|s| s.country.clone()).collect())
            .number("standing_for", Unit::None, sites.iter().map(|s| count(s.plants.len())).collect())
            .number("makers_known", Unit::None, sites.iter().map(|s| count(plants(s))).collect())
            .note(Message::new("note-suppliers"))
    }

    fn weeks_table(&self, gates: &[Option<usize>], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let weeks = 0..self.run.delivered.len();
        let column = |of: &dyn Fn(usize) -> f64| -> Vec<Option<Quantity>> {
            weeks.clone().map(|w| Some(number(of(w), inputs))).collect()
        };
        let felt = |w: usize| gates[w].map_or(String::new(), |s| self.web.slots[s].input.clone());
        Draft::new(self.model, "weeks", weeks.clone().map(|w| w.to_string()).collect())
            .text("week", weeks.clone().map(|w| Some(w.to_string())).collect())
            .number("usual", Unit::Piece, column(&|w| self.base.delivered[w]))
            .number("delivered", Unit::Piece, column(&|w| self.run.delivered[w]))
            .bar()
            .number(
                "missing",
                Unit::Fraction,
                column(&|w| {
                    let missing = 1.0 - self.run.delivered[w] / self.base.delivered[w].max(f64::MIN_POSITIVE);
                    if missing.abs() < 1e-9 { 0.0 } else { missing }
                }),
            )
            .names("gate", weeks.clone().map(felt).collect())
            .note(Message::new("note-weeks"))
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Inputs => "why-inputs",
        Why::Stopped(_) => "why-stopped",
        Why::Closed(_) => "why-closed",
        Why::Asked => "why-asked",
    }
}
