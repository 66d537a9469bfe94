//! The answer: headlines, and a table a question.

use super::cause::{self, Step, Why};
use super::event::Event;
use super::outcome;
use super::times;
use super::web::Kind;
use super::{DisruptError, Story, manner, number};
use crate::atlas::{Expr, FigureId};
use crate::book::{Book, Draft};
use crate::expose::stops::selector_label;
use crate::model::Quantity;
use linchpin_table::{Label, Message, Status, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Stocks of one thing in one kind of hands, of which some run dry.
pub(super) struct Dry {
    pub(super) slots: Vec<usize>,
    /// How many of them do.
    dry: usize,
    /// First week, and the week in which all are back.
    first: usize,
    back: Option<usize>,
}

impl<'s, 'a> Story<'s, 'a> {
    pub(super) fn tell(&self, book: &mut Book) -> Result<(), DisruptError> {
        let inputs = Rc::new(self.inputs());
        let cases = self.cases()?;
        self.label(book);
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
        book.push(self.events_table())?;
        book.push(self.suppliers_table())?;
        book.push(self.weeks_table(&gates, &inputs))?;
        let way = if self.request.way_lost { "note-disrupt-way-lost" } else { "note-disrupt-way" };
        book.answer.notes.push(Message::new(way).integer("weeks", i64::from(self.request.transit)));
        book.answer.notes.push(
            Message::new("note-disrupt-estimate")
                .integer("sites", self.web.sites.len() as i64)
                .integer("lanes", self.web.lanes.len() as i64),
        );
        book.answer.stamp.status =
            book.answer.stamp.status.worst(Status::Simulated { steps: self.request.horizon });
        let ends = self.events.iter().map(|e| e.course.end()).max().unwrap_or(0);
        if ends > self.request.horizon {
            let note = Message::new("note-disrupt-short").integer("end", i64::from(ends));
            book.answer.notes.push(note.integer("horizon", i64::from(self.request.horizon)));
        }
        if manner(self.request).policy::<f64>().overshoots() {
            book.answer.notes.push(Message::new("note-disrupt-overshoots"));
        }
        Ok(())
    }

    /// Names of whom events hit and of who supplies.
    pub(super) fn label(&self, book: &mut Book) {
        for event in &self.request.events {
            for text in [Some(&event.select), event.to.as_ref()].into_iter().flatten() {
                let label = selector_label(text, &book.answer.labels);
                book.answer.labels.insert(text.clone(), label);
            }
        }
        for site in self.web.sites.iter().filter(|s| s.kind == Kind::Supplier) {
            let label = |id: &str| book.answer.labels.get(id).cloned().unwrap_or_else(|| Label::new(id, id));
            let (item, country) = (label(&site.id), label(&site.country));
            let key = match site.named {
                true => item,
                false => {
                    let en = format!("{} ({})", item.en, country.en);
                    Label::new(en, format!("{}（{}）", item.zh, country.zh))
                }
            };
            book.answer.labels.insert(site.key(), key);
        }
        let all = Label::new("all that runs dry", "断料的全部");
        book.answer.labels.insert("all_dry".to_owned(), all);
    }
    /// Figures that went into the run: covers of everything held, and output and capacity of the plants that were hit.
    pub(super) fn inputs(&self) -> Vec<FigureId> {
        let mut inputs: Vec<FigureId> =
            self.web.slots.iter().filter_map(|s| s.rests.as_ref()).flat_map(|r| r.0.clone()).collect();
        for event in self.events {
            for &(k, i) in &event.loss.hit {
                let plant = &self.chain.links[k].plants[i];
                inputs.extend(plant.output.iter().chain(&plant.capacity).flat_map(|e| e.figures()));
            }
        }
        inputs.sort();
        inputs.dedup();
        inputs
    }

    /// What happens, and when.
    fn events_table(&self) -> Draft<'s, 'a> {
        let weeks = |of: &dyn Fn(&Event) -> u32| -> Vec<Option<Quantity>> {
            self.events.iter().map(|e| Some(Quantity::Figures(Expr::Number(f64::from(of(e)))))).collect()
        };
        let left = |e: &Event| Some(Quantity::Figures(Expr::Number(e.course.left)));
        Draft::new(self.model, "events", (1..=self.events.len()).map(|n| n.to_string()).collect())
            .names("select", self.events.iter().map(|e| e.request.select.clone()).collect())
            .words("effect", self.events.iter().map(|e| Some(e.request.effect.word().to_owned())).collect())
            .names("to", self.events.iter().map(|e| e.request.to.clone().unwrap_or_default()).collect())
            .header(Message::new("col-destination"))
            .number("from_week", Unit::None, weeks(&|e| e.course.start))
            .number("until_week", Unit::None, weeks(&|e| e.course.end()))
            .number("over_week", Unit::None, weeks(&|e| e.course.end().saturating_add(e.course.recovery)))
            .number("left", Unit::Fraction, self.events.iter().map(left).collect())
            .note(Message::new("note-events"))
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
            .names("at", rows.iter().map(|r| self.web.sites[r.2.site].key()).collect())
            .number("stock", Unit::None, rows.iter().map(|r| Some(number(r.2.stock, inputs))).collect())
            .header(Message::new("col-stock-weeks"))
            .words("cause", rows.iter().map(|r| Some(why(r.2.why).to_owned())).collect())
            .names(
                "seller",
                rows.iter().map(|r| r.2.seller.map_or(String::new(), |s| self.web.sites[s].key())).collect(),
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
    pub(super) fn place(&self, slot: usize) -> Option<String> {
        let site = &self.web.sites[self.web.slots[slot].site];
        match (site.kind, site.link) {
            (Kind::Users | Kind::Substitute, _) => None,
            (Kind::Plant, Some(k)) => Some(self.chain.links[k].id.clone()),
            _ => Some(site.key()),
        }
    }

    /// What its holder is called by.
    pub(super) fn name(&self, slot: usize) -> String {
        let site = &self.web.sites[self.web.slots[slot].site];
        match (site.kind, site.link) {
            (Kind::Plant, Some(k)) => self.chain.links[k].id.clone(),
            _ => site.id.clone(),
        }
    }

    pub(super) fn key(&self, slot: usize) -> String {
        format!("{}:{}", self.place(slot).unwrap_or_default(), self.web.slots[slot].input)
    }

    fn calendar_table(&self, dry: &[Dry], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let slot = |d: &Dry| &self.web.slots[d.slots[0]];
        let site = |d: &Dry| &self.web.sites[slot(d).site];
        let cover = |d: &Dry| match &slot(d).rests {
            Some((_, days)) => Some(days.clone()),
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
            .absent(Message::new("absent-beyond"))
            .number("dry_sites", Unit::None, dry.iter().map(|d| week(Some(d.dry))).collect())
            .number("all_sites", Unit::None, dry.iter().map(|d| week(Some(d.slots.len()))).collect())
            .note(Message::new("note-calendar"))
    }

    fn suppliers_table(&self) -> Draft<'s, 'a> {
        let sites =
            self.web.sites.iter().filter(|s| s.kind == Kind::Supplier && s.link.is_some() && !s.named);
        let sites: Vec<_> = sites.collect();
        let plants = |s: &&super::web::Site| s.link.map_or(0, |k| self.chain.links[k].plants.len());
        let count = |n: usize| Some(Quantity::Figures(Expr::Number(n as f64)));
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

pub(super) fn why(why: Why) -> &'static str {
    match why {
        Why::Inputs => "why-inputs",
        Why::Stopped(_) => "why-stopped",
        Why::Closed(_) => "why-closed",
        Why::Asked => "why-asked",
    }
}
