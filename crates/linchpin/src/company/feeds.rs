//! How many robots a year the output of a company could feed, if it fed nothing else.

use super::{Page, known_sum};
use crate::book::Draft;
use crate::model::Quantity;
use crate::stop::{Link, Plant};
use linchpin_table::{Message, Unit};

/// Published output of the company's plants in a market.
fn output(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    let made = link.plants.iter().filter(|p| page.owns(p)).filter_map(|p| p.output.clone());
    known_sum(made.map(Quantity::Figures).collect())
}

/// Published spare capacity of the company's plants in a market.
fn spare(page: &Page<'_, '_>, link: &Link) -> Option<Quantity> {
    known_sum(link.plants.iter().filter(|p| page.owns(p)).filter_map(Plant::spare).collect())
}

/// Every market of the robot that a running plant of the company sells into; `None` if there is none.
pub(super) fn table<'m, 'a>(page: &Page<'m, 'a>) -> Option<Draft<'m, 'a>> {
    let links: Vec<&Link> = page.links().filter(|l| l.plants.iter().any(|p| page.owns(p))).collect();
    if links.is_empty() {
        return None;
    }
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let yearly = || links.iter().map(|l| l.unit).collect::<Vec<_>>();
    let robots = |of: &dyn Fn(&Link) -> Option<Quantity>| {
        links.iter().map(|l| Some(of(l)?.over(l.need.clone()))).collect::<Vec<_>>()
    };
    let taken = |l: &&Link| Some(l.need.clone().times(page.chain.given.clone()).over(output(page, l)?));
    let title = Message::new("table-company-feeds").name("product", page.model.product.item.as_str());
    let draft = Draft::titled(page.model, "feeds", title, ids())
        .names("item", ids())
        .number_by_row(
            "need",
            links.iter().map(|l| page.model.unit_of(l.item)).collect(),
            links.iter().map(|l| Some(l.need.clone())).collect(),
        )
        .header(Message::new("col-company-need"))
        .number_by_row("output", yearly(), links.iter().map(|l| output(page, l)).collect())
        .number("robots", Unit::PiecePerYear, robots(&|l| output(page, l)))
        .header(Message::new("col-company-robots"))
        .number("taken", Unit::Fraction, links.iter().map(taken).collect())
        .header(Message::new("col-company-taken").number("volume", page.chain.volume, Unit::Piece))
        .number("spare_robots", Unit::PiecePerYear, robots(&|l| spare(page, l)))
        .header(Message::new("col-company-spare-robots"));
    Some(draft.note(Message::new("note-company-feeds")))
}
