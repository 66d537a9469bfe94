//! Who steps in when a country stops: spare capacity elsewhere, whose it is, and what is still missing.

use super::{Page, known_sum};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{Link, Plant};
use linchpin_table::{Message, Unit};

/// The company's markets in which the country has plants, and the plants elsewhere that publish spare capacity.
pub(super) fn tables<'m, 'a>(page: &Page<'m, 'a>) -> Vec<Draft<'m, 'a>> {
    let links: Vec<&Link> =
        page.links().filter(|l| l.plants.iter().any(|p| !page.is_outside(&p.country))).collect();
    if links.is_empty() {
        return vec![];
    }
    let mut drafts = vec![markets(page, &links)];
    drafts.extend(plants(page, &links));
    drafts
}

/// What the country puts out of a market, as far as it is published.
fn lost(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    let hit = link.plants.iter().filter(|p| !page.is_outside(&p.country));
    known_sum(hit.filter_map(|p| p.output.clone()).map(Quantity::Figures).collect())
}

/// Plants elsewhere that publish both output and capacity, with what they have to spare, the most first.
fn spares<'l>(page: &Page<'_, '_>, link: &'l Link) -> Vec<(&'l Plant, Quantity)> {
    let outside = link.plants.iter().filter(|p| page.is_outside(&p.country));
    let mut spares: Vec<_> = outside.filter_map(|p| Some((p, p.spare()?))).collect();
    let value = |model: &Model<'_>, q: &Quantity| model.value(q).unwrap_or(0.0);
    spares.sort_by(|a, b| {
        value(page.model, &b.1).total_cmp(&value(page.model, &a.1)).then(a.0.site.cmp(&b.0.site))
    });
    spares
}

fn spare(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    known_sum(spares(page, link).into_iter().map(|(_, q)| q).collect())
}

/// The company's part of the spare capacity; unknown where its plants elsewhere run and publish none.
fn own_share(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    let own: Vec<Quantity> =
        spares(page, link).into_iter().filter(|(p, _)| page.owns(p)).map(|(_, q)| q).collect();
    let runs = link.plants.iter().any(|p| page.owns(p) && page.is_outside(&p.country));
    if own.is_empty() && runs {
        return None;
    }
    Some(Quantity::Sum(own).over(spare(page, link)?))
}

/// Output lost less all spare capacity elsewhere, never below zero.
fn missing(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    let left =
        lost(page, link)?.less(Quantity::Sum(spares(page, link).into_iter().map(|(_, q)| q).collect()));
    Some(Quantity::Greatest(vec![Quantity::Figures(Expr::Number(0.0)), left]))
}

fn markets<'m, 'a>(page: &Page<'m, 'a>, links: &[&Link]) -> Draft<'m, 'a> {
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let yearly = || links.iter().map(|l| l.unit).collect::<Vec<_>>();
    let each = |of: &dyn Fn(&Link) -> Option<Quantity>| links.iter().map(|l| of(l)).collect::<Vec<_>>();
    let covered = |l: &Link| Some(spare(page, l)?.over(lost(page, l)?));
    Draft::titled(page.model, "gains", page.of_country("table-company-gains"), ids())
        .names("item", ids())
        .number_by_row("lost", yearly(), each(&|l| lost(page, l)))
        .header(Message::new("col-company-lost"))
        .number_by_row("spare", yearly(), each(&|l| spare(page, l)))
        .header(Message::new("col-company-spare"))
        .number("covered", Unit::Fraction, each(&covered))
        .header(Message::new("col-company-covered"))
        .number_by_row("missing", yearly(), each(&|l| missing(page, l)))
        .header(Message::new("col-company-missing"))
        .number("own", Unit::Fraction, each(&|l| own_share(page, l)))
        .header(Message::new("col-company-own").name("company", page.company.key.as_str()))
        .note(page.of_country("note-company-gains"))
}

fn plants<'m, 'a>(page: &Page<'m, 'a>, links: &[&Link]) -> Option<Draft<'m, 'a>> {
    let rows: Vec<(&Link, &Plant, Quantity)> =
        links.iter().flat_map(|l| spares(page, l).into_iter().map(|(p, q)| (*l, p, q))).collect();
    if rows.is_empty() {
        return None;
    }
    let own = |p: &Plant| Some(if page.owns(p) { "company-own".to_owned() } else { String::new() });
    let title = page.of_country("table-company-gainers");
    let keys = rows.iter().map(|(l, p, _)| format!("{}/{}", l.id, p.site)).collect();
    let draft = Draft::titled(page.model, "gainers", title, keys)
        .names("item", rows.iter().map(|(l, ..)| l.id.clone()).collect())
        .names("plant", rows.iter().map(|(_, p, _)| p.site.clone()).collect())
        .header(Message::new("col-company-plant"))
        .names("country", rows.iter().map(|(_, p, _)| p.country.clone()).collect())
        .words("own", rows.iter().map(|(_, p, _)| own(p)).collect())
        .header(Message::new("col-company-whose"))
        .number_by_row(
            "spare",
            rows.iter().map(|(l, ..)| l.unit).collect(),
            rows.iter().map(|(.., q)| Some(q.clone())).collect(),
        )
        .header(Message::new("col-company-plant-spare"))
        .number(
            "share",
            Unit::Fraction,
            rows.iter().map(|(l, _, q)| Some(q.clone().over(spare(page, l)?))).collect(),
        )
        .header(Message::new("col-company-plant-share"))
        .bar();
    Some(draft)
}
