//! What the running plants of a company put out, and what part of the published output that is.

use super::plants::{self, Site};
use super::{Page, known_sum};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::Quantity;
use crate::network::baseline::Pool;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// One plant, or all plants of an item together.
struct Line<'p, 'a> {
    key: String,
    /// Label of the plant, or of the company.
    name: String,
    sites: Vec<&'p Site<'a>>,
}

impl Line<'_, '_> {
    fn output(&self) -> Option<Quantity> {
        known_sum(self.sites.iter().filter_map(|s| s.output.clone()).map(Quantity::Figures).collect())
    }

    fn capacity(&self) -> Option<Quantity> {
        known_sum(self.sites.iter().filter_map(|s| s.capacity.clone()).map(Quantity::Figures).collect())
    }

    /// Output over capacity, of the plants that publish both.
    fn used(&self) -> Option<Quantity> {
        let both = self.sites.iter().filter_map(|s| s.output.clone().zip(s.capacity.clone()));
        let (made, can): (Vec<_>, Vec<_>) =
            both.map(|(o, c)| (Quantity::Figures(o), Quantity::Figures(c))).unzip();
        Some(known_sum(made)?.over(known_sum(can)?))
    }
}

/// Every running plant; `None` if none runs.
pub(super) fn table<'m, 'a>(page: &Page<'m, 'a>) -> Option<Draft<'m, 'a>> {
    let lines = lines(page);
    if lines.is_empty() {
        return None;
    }
    let pool = |l: &Line<'_, 'a>| page.baseline.pools.get(&l.sites[0].node);
    let units = || lines.iter().map(|l| plants::unit(page, l.sites[0])).collect::<Vec<_>>();
    let world = |l: &Line<'_, 'a>| Some(l.output()?.over(Quantity::Figures(pool(l)?.output()?)));
    let outside = |l: &Line<'_, 'a>| {
        let made = l.sites.iter().filter(|s| page.is_outside(s.country)).filter_map(|s| s.output.clone());
        let made = known_sum(made.map(Quantity::Figures).collect())?;
        Some(made.over(Quantity::Figures(output_outside(page, pool(l)?)?)))
    };
    let title = Message::new("table-company-shares");
    let draft = Draft::titled(page.model, "shares", title, lines.iter().map(|l| l.key.clone()).collect())
        .names("plant", lines.iter().map(|l| l.name.clone()).collect())
        .header(Message::new("col-company-plant"))
        .names("item", lines.iter().map(|l| l.sites[0].item.to_owned()).collect())
        .number_by_row("output", units(), lines.iter().map(Line::output).collect())
        .number_by_row("capacity", units(), lines.iter().map(Line::capacity).collect())
        .number("used", Unit::Fraction, lines.iter().map(Line::used).collect())
        .header(Message::new("col-company-used"))
        .number("world", Unit::Fraction, lines.iter().map(world).collect())
        .header(Message::new("col-company-world"))
        .number("outside", Unit::Fraction, lines.iter().map(outside).collect())
        .header(page.of_country("col-company-outside"))
        .note(Message::new("note-company-shares").text("year", page.baseline.year.to_string()));
    let mined = lines.iter().any(|l| page.model.item_text(l.sites[0].node, "stage") == Some("mining"));
    Some(if mined { draft.note(Message::new("note-company-mined")) } else { draft })
}

/// Running plants by item; where an item has several, a line for all of them follows.
fn lines<'p, 'a>(page: &'p Page<'_, 'a>) -> Vec<Line<'p, 'a>> {
    let mut by_item: BTreeMap<&str, Vec<&Site<'a>>> = BTreeMap::new();
    let running = || page.plants.iter().filter(|p| p.role == plants::Role::Producer);
    running().for_each(|p| by_item.entry(p.item).or_default().push(p));
    let mut lines = vec![];
    for site in running() {
        lines.push(Line { key: site.id.to_owned(), name: site.id.to_owned(), sites: vec![site] });
        let all = &by_item[site.item];
        if all.len() > 1 && all.last().is_some_and(|last| last.id == site.id) {
            let (key, name) = (format!("all_{}", site.item), page.company.key.clone());
            lines.push(Line { key, name, sites: all.clone() });
        }
    }
    lines
}

/// Published output of all running plants that do not stand in the country left out.
fn output_outside(page: &Page<'_, '_>, pool: &Pool) -> Option<Expr> {
    let outside = pool.sites.iter().filter(|s| page.is_outside(&s.country));
    let made: Vec<Expr> = outside.filter_map(|s| s.output_expr.clone()).collect();
    (!made.is_empty()).then(|| Expr::sum(made))
}
