//! Where what a company makes leads: the markets further down, and the buyers that are known.

use super::Page;
use crate::atlas::{Expr, Row};
use crate::book::Draft;
use crate::model::Quantity;
use crate::network::baseline::is_of_need;
use crate::stop::Link;
use linchpin_table::{Label, Message, Unit};
use std::collections::BTreeMap;

/// The ways down the chain and the known lanes, with the labels of the ways.
#[allow(clippy::type_complexity)]
pub(super) fn tables<'m, 'a>(
    page: &Page<'m, 'a>,
    labels: &BTreeMap<String, Label>,
) -> (Vec<(String, Label)>, Vec<Draft<'m, 'a>>) {
    let links: Vec<&Link> = page.links().collect();
    let ways: Vec<(String, Label)> =
        links.iter().map(|l| (format!("way_{}", l.id), way(page, l, labels))).collect();
    let mut drafts = vec![];
    if !links.is_empty() {
        let title = Message::new("table-company-outlets").name("product", page.model.product.item.as_str());
        let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
        let draft = Draft::titled(page.model, "outlets", title, ids())
            .names("item", ids())
            .names("way", ways.iter().map(|(id, _)| id.clone()).collect())
            .header(Message::new("col-company-way"));
        drafts.push(draft);
    }
    drafts.extend(lanes(page));
    (ways, drafts)
}

/// The markets between one and the robot, in words; the robot itself where there are none.
fn way(page: &Page<'_, '_>, link: &Link, labels: &BTreeMap<String, Label>) -> Label {
    let mut ids: Vec<&str> = vec![];
    let mut at = link.next;
    // Every market hangs on a later one, so the walk ends.
    while let Some(next) = at {
        ids.push(&page.chain.links[next].id);
        at = page.chain.links[next].next;
    }
    if ids.is_empty() {
        ids.push(&page.model.product.item);
    }
    // What stands behind a comma or in brackets tells like things apart, which a way need not.
    let join = |of: fn(&Label) -> &str| {
        let names = ids.iter().filter_map(|id| labels.get(*id)).map(of);
        let short = names.map(|name| name.split([',', '(', '（']).next().unwrap_or(name).trim_end());
        short.collect::<Vec<_>>().join(" → ")
    };
    Label::new(join(|l| &l.en), join(|l| &l.zh))
}

/// Known buyers of the company's plants; `None` if none is known.
fn lanes<'m, 'a>(page: &Page<'m, 'a>) -> Option<Draft<'m, 'a>> {
    let sheet = page.model.atlas.sheet("lanes");
    let sender = |row: &Row| page.plants.iter().find(|p| p.id == sheet.text(row, "from_site"));
    let rows: Vec<&Row> = sheet.rows.iter().filter(|r| sender(r).is_some()).collect();
    if rows.is_empty() {
        return None;
    }
    let column = |name: &str| rows.iter().map(|r| sheet.text(r, name).to_owned()).collect::<Vec<_>>();
    let share = |row: &&Row| {
        let figure = row.figure.filter(|_| !is_of_need(sheet, row))?;
        let share = match page.model.atlas.figures.get(figure).unit {
            Unit::Fraction => Expr::Figure(figure),
            _ => Expr::Figure(figure).div(sender(row)?.output.clone()?),
        };
        Some(Quantity::Figures(share))
    };
    let of_need = |row: &&Row| {
        let figure = row.figure.filter(|_| is_of_need(sheet, row))?;
        Some(Quantity::Figures(Expr::Figure(figure)))
    };
    let status = |row: &&Row| Some(format!("company-status-{}", sender(row)?.status));
    let title = Message::new("table-company-lanes");
    let draft = Draft::titled(page.model, "lanes", title, rows.iter().map(|r| r.key.clone()).collect())
        .names("from", column("from_site"))
        .header(Message::new("col-company-from"))
        .words("status", rows.iter().map(status).collect())
        .header(Message::new("col-company-status"))
        .names("item", column("item"))
        .names("to", column("to_site"))
        .header(Message::new("col-company-to"))
        .number("share", Unit::Fraction, rows.iter().map(share).collect())
        .header(Message::new("col-company-lane-share"));
    let needs: Vec<Option<Quantity>> = rows.iter().map(of_need).collect();
    let draft = match needs.iter().any(Option::is_some) {
        true => draft.number("of_need", Unit::Fraction, needs).header(Message::new("col-company-lane-need")),
        false => draft,
    };
    Some(draft.note(Message::new("note-company-lanes")))
}
