//! What was promised: when a plant would start, as first announced and as announced last.

use super::Page;
use super::plants::{self, Role, series};
use crate::atlas::FigureId;
use crate::book::Draft;
use crate::model::Quantity;
use linchpin_table::{Message, Unit};

/// Plants with a promised start, and those that do not run yet; `None` if there are none.
pub(super) fn table<'m, 'a>(page: &Page<'m, 'a>) -> Option<Draft<'m, 'a>> {
    let starts = series(page.model, "starts", |_, _| true);
    let capacities = series(page.model, "site_figures", |s, r| s.text(r, "measure") == "capacity");
    let promises = |id: &str| starts.get(id).map(Vec::as_slice).unwrap_or_default();
    let told = |p: &&plants::Site<'a>| p.role == Role::Developer || !promises(p.id).is_empty();
    let sites: Vec<&plants::Site<'a>> = page.plants.iter().filter(told).collect();
    if sites.is_empty() {
        return None;
    }
    let ids = || sites.iter().map(|p| p.id.to_owned()).collect::<Vec<_>>();
    let year = |of: &(i64, FigureId)| Some(of.0.to_string());
    let cell = |of: &(i64, FigureId)| Quantity::cell(of.1);
    let slip = |id: &str| match promises(id) {
        [first, .., last] => Some(cell(last).less(cell(first))),
        _ => None,
    };
    // What a running plant can make stands among the shares; here stands what was announced and does not run.
    let announced = |p: &&plants::Site<'a>| match p.role {
        Role::Developer => capacities.get(p.id).and_then(|list| list.last()).map(cell),
        _ => None,
    };
    let draft = Draft::titled(page.model, "starts", Message::new("table-company-starts"), ids())
        .names("plant", ids())
        .header(Message::new("col-company-plant"))
        .names("item", sites.iter().map(|p| p.item.to_owned()).collect())
        .number_by_row(
            "announced",
            sites.iter().map(|p| plants::unit(page, p)).collect(),
            sites.iter().map(announced).collect(),
        )
        .header(Message::new("col-company-announced"))
        .text("first_said", sites.iter().map(|p| promises(p.id).first().and_then(year)).collect())
        .header(Message::new("col-company-first-said"))
        .number("first", Unit::Year, sites.iter().map(|p| promises(p.id).first().map(cell)).collect())
        .header(Message::new("col-company-first"))
        .text("latest_said", sites.iter().map(|p| promises(p.id).last().and_then(year)).collect())
        .header(Message::new("col-company-latest-said"))
        .number("latest", Unit::Year, sites.iter().map(|p| promises(p.id).last().map(cell)).collect())
        .header(Message::new("col-company-latest"))
        .number("slip", Unit::Year, sites.iter().map(|p| slip(p.id)).collect())
        .header(Message::new("col-company-slip"));
    Some(draft.note(Message::new("note-company-starts")))
}
