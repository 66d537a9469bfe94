//! Capacity by year: the company's share of what stands outside a country, as it runs, and with what is announced.
//!
//! A running plant counts with its latest capacity figure that is not of a later year, or, if it publishes no capacity at
//! all, with its output: to leave it out would hand its part to those that do. A plant that is being built or
//! planned counts, in the column of plans alone, with its latest figure of any year, from the year of the start that
//! was promised last. Numerator and denominator are counted alike. A plant with neither figure counts nothing.

use super::Page;
use super::plants::{Role, Series, belongs, series};
use crate::atlas::{Expr, FigureId};
use crate::book::Draft;
use crate::explode::yearly;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;

/// First year that is told.
const FIRST: i64 = 2022;

/// A plant that may be counted.
struct Counted<'a> {
    own: bool,
    role: Role,
    /// Its capacity by year; of a running plant that publishes none, its output.
    capacities: &'a [(i64, FigureId)],
    /// Year of the start promised last.
    start: Option<i64>,
}

impl Counted<'_> {
    /// Its capacity in a year, as far as it counts.
    fn capacity(&self, year: i64, plans: bool) -> Option<FigureId> {
        match self.role {
            Role::Producer => {
                let until = self.capacities.iter().rev().find(|(period, _)| *period <= year);
                until.map(|(_, figure)| *figure)
            }
            Role::Developer if plans && self.start? <= year => {
                self.capacities.last().map(|(_, figure)| *figure)
            }
            _ => None,
        }
    }

    /// Years in which what it counts changes.
    fn changes(&self) -> impl Iterator<Item = i64> {
        let figures =
            self.capacities.iter().map(|(period, _)| *period).filter(|_| self.role == Role::Producer);
        let start = self.start.filter(|_| self.role == Role::Developer && !self.capacities.is_empty());
        figures.chain(start).map(|year| year.max(FIRST))
    }
}

/// One item in one year.
struct Line<'p, 'a> {
    item: &'a str,
    node: u32,
    year: i64,
    plants: &'p [Counted<'p>],
}

impl Line<'_, '_> {
    fn sum(&self, plans: bool, which: impl Fn(&Counted<'_>) -> bool) -> Vec<Expr> {
        let plants = self.plants.iter().filter(|p| which(p));
        plants.filter_map(|p| p.capacity(self.year, plans)).map(Expr::Figure).collect()
    }

    /// Capacity of all plants that count.
    fn all(&self, plans: bool) -> Option<Quantity> {
        let all = self.sum(plans, |_| true);
        (!all.is_empty()).then(|| Quantity::Figures(Expr::sum(all)))
    }

    /// The company's part of it. Where none of its plants that would count publishes a capacity, nobody knows.
    fn share(&self, plans: bool) -> Option<Quantity> {
        let own = self.sum(plans, |p| p.own);
        let due = |p: &Counted<'_>| p.start.is_some_and(|start| start <= self.year);
        let would =
            |p: &Counted<'_>| p.role == Role::Producer || plans && p.role == Role::Developer && due(p);
        if own.is_empty() && self.plants.iter().any(|p| p.own && would(p) && p.capacities.is_empty()) {
            return None;
        }
        Some(Quantity::Figures(Expr::sum(own)).over(self.all(plans)?))
    }

    /// Whether the company's part holds plants that do not run.
    fn holds_plans(&self) -> bool {
        self.plants
            .iter()
            .any(|p| p.own && p.role == Role::Developer && p.capacity(self.year, true).is_some())
    }
}

/// Every item that the company makes or means to make outside the country; `None` if there is none.
pub(super) fn table<'m, 'a>(page: &Page<'m, 'a>) -> Option<Draft<'m, 'a>> {
    let model = page.model;
    let of =
        |measure: &'static str| series(model, "site_figures", move |s, r| s.text(r, "measure") == measure);
    let (capacities, outputs) = (of("capacity"), of("output"));
    let starts = series(model, "starts", |_, _| true);
    let mut items: Vec<(&'a str, u32)> = vec![];
    for plant in page.plants.iter().filter(|p| page.is_outside(p.country) && p.role.may_supply()) {
        if !items.contains(&(plant.item, plant.node)) {
            items.push((plant.item, plant.node));
        }
    }
    if items.is_empty() {
        return None;
    }
    let counted: Vec<Vec<Counted<'_>>> =
        items.iter().map(|(item, _)| counted(page, item, [&capacities, &outputs], &starts)).collect();
    let mut lines: Vec<Line<'_, 'a>> = vec![];
    for (&(item, node), plants) in items.iter().zip(&counted) {
        let years: BTreeSet<i64> = plants.iter().flat_map(Counted::changes).collect();
        lines.extend(years.into_iter().map(|year| Line { item, node, year, plants }));
    }
    // Where nobody knows the company's part in any year, a row would only repeat that.
    let known: BTreeSet<&str> =
        lines.iter().filter(|l| l.share(true).or_else(|| l.share(false)).is_some()).map(|l| l.item).collect();
    lines.retain(|l| known.contains(l.item));
    let is_known = |item: &&str| known.contains(item);
    // Why there is no row: a capacity whose start nobody promised stands in no year; else there is no capacity.
    let unknown = |waits: bool| -> Vec<&str> {
        let held = |plants: &[Counted<'_>]| plants.iter().any(|p| p.own && !p.capacities.is_empty());
        let rowless = items.iter().zip(&counted).filter(|((item, _), _)| !is_known(item));
        rowless.filter(|(_, plants)| held(plants) == waits).map(|((item, _), _)| *item).collect()
    };
    let told = || items.iter().zip(&counted).filter(|((item, _), _)| is_known(item)).flat_map(|(_, p)| p);
    let blank = told().filter(|p| p.capacities.is_empty()).count();
    let undated =
        told().filter(|p| p.role == Role::Developer && !p.capacities.is_empty() && p.start.is_none());
    let shares = |plans| lines.iter().map(|l| l.share(plans)).collect();
    let alls = |plans| lines.iter().map(|l| l.all(plans)).collect();
    let units = || lines.iter().map(|l| yearly(model, l.node)).collect::<Vec<_>>();
    let planned = |l: &Line<'_, '_>| {
        Some(if l.holds_plans() { "company-holds-plans".to_owned() } else { String::new() })
    };
    let title = page.of_country("table-company-years");
    let keys = lines.iter().map(|l| format!("{}:{}", l.item, l.year)).collect();
    let draft = Draft::titled(model, "years", title, keys)
        .names("item", lines.iter().map(|l| l.item.to_owned()).collect())
        .text("year", lines.iter().map(|l| Some(l.year.to_string())).collect())
        .number_by_row("all_running", units(), alls(false))
        .header(Message::new("col-company-all-running"))
        .number("running", Unit::Fraction, shares(false))
        .header(Message::new("col-company-running"))
        .number_by_row("all_plans", units(), alls(true))
        .header(Message::new("col-company-all-plans"))
        .number("with_plans", Unit::Fraction, shares(true))
        .header(Message::new("col-company-with-plans"))
        .words("planned", lines.iter().map(planned).collect())
        .header(Message::new("col-company-planned"));
    let rule = page
        .of_country("note-company-years-blank")
        .integer("blank", blank as i64)
        .integer("plants", told().count() as i64)
        .integer("undated", undated.count() as i64);
    let draft = match lines.is_empty() {
        true => draft,
        false => {
            let shares = |l: &Line<'_, '_>| l.share(true).and_then(|q| model.value(&q));
            let lines = lines.chunk_by(|a, b| a.item == b.item).filter(|years| years.len() > 1);
            let lines = lines.map(|years| {
                Message::new("note-company-years-line")
                    .name("item", years[0].item)
                    .text("first", years[0].year.to_string())
                    .text("last", years[years.len() - 1].year.to_string())
                    .series("line", years.iter().map(shares))
            });
            lines.fold(draft, Draft::note).note(Message::new("note-company-years")).note(rule)
        }
    };
    let reasons = [("note-company-years-unknown", false), ("note-company-years-waiting", true)];
    let without_row = reasons.into_iter().map(|(reason, waits)| (reason, unknown(waits)));
    let without_row = without_row.filter(|(_, items)| !items.is_empty());
    Some(
        without_row
            .fold(draft, |draft, (reason, items)| draft.note(Message::new(reason).names("items", items))),
    )
}

/// All plants of an item that do not stand in the country left out and are not idle.
fn counted<'s>(
    page: &Page<'_, '_>,
    item: &str,
    [capacities, outputs]: [&'s Series<'_>; 2],
    starts: &Series<'_>,
) -> Vec<Counted<'s>> {
    let sites = page.model.atlas.sheet("sites");
    let of = |row: &&crate::atlas::Row| {
        sites.text(row, "item") == item && page.is_outside(sites.text(row, "country"))
    };
    let plant = |row: &crate::atlas::Row| {
        let (id, role) = (row.key.as_str(), Role::of(sites.text(row, "status")));
        let made = || outputs.get(id).filter(|_| role == Role::Producer);
        Counted {
            own: belongs(page.model.atlas, id, &page.company.key),
            role,
            capacities: capacities.get(id).or_else(made).map(Vec::as_slice).unwrap_or_default(),
            start: starts.get(id).and_then(|list| year_of(page.model, list.last()?.1)),
        }
    };
    sites.rows.iter().filter(of).map(plant).filter(|p| p.role.may_supply()).collect()
}

/// The year that a point in time lies in.
fn year_of(model: &Model<'_>, figure: FigureId) -> Option<i64> {
    model.values.get(figure).map(|point| point.floor() as i64)
}
