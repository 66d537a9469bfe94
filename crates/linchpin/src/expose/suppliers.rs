//! The maker's own suppliers: what share of which part comes from each, and what stops if that plant makes nothing.

use super::stops::Shares;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{Chain, End, Kind, Loss, Mode, Own, Part, Plant, Reach, Selector, Stop, Supplier};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A supplier of a part, with what stops without him, at least and at most.
struct Row<'c> {
    part: &'c Part,
    supplier: &'c Supplier,
    plant: &'c Plant,
    stop: [f64; 2],
}

/// Every supplier of every part, those first without whom most robots are not made; `None` if the maker names none.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    most: Option<usize>,
) -> Option<Draft<'m, 'a>> {
    if chain.parts.is_empty() {
        return None;
    }
    let loss = |site: &str| {
        let selector = Selector::single(model.atlas, Kind::Site, site);
        Rc::new(Loss::new(chain, &selector, Mode::Output, Reach::default()))
    };
    let stop = |loss: &Rc<Loss>, end| Shares { chain, loss, own }.own(false, end);
    let mut losses: BTreeMap<&str, (Rc<Loss>, [f64; 2])> = BTreeMap::new();
    let mut rows: Vec<Row<'_>> = vec![];
    for part in &chain.parts {
        for supplier in &part.suppliers {
            let plant = &chain.links[part.link].plants[supplier.plant];
            let (_, stop) = losses.entry(&plant.site).or_insert_with(|| {
                let loss = loss(&plant.site);
                let ends = [End::Best, End::Worst].map(|end| stop(&loss, end).value().unwrap_or(0.0));
                (loss, ends)
            });
            rows.push(Row { part, supplier, plant, stop: *stop });
        }
    }
    let share = |r: &Row<'_>| r.supplier.share.as_ref().map_or(0.0, |s| s.1);
    let order = |a: &Row<'_>, b: &Row<'_>| {
        let by = |of: fn(&Row<'_>) -> f64| of(b).total_cmp(&of(a));
        let by_stop = by(|r| r.stop[0]).then(by(|r| r.stop[1])).then(share(b).total_cmp(&share(a)));
        by_stop.then_with(|| (&a.part.id, &a.plant.site).cmp(&(&b.part.id, &b.plant.site)))
    };
    rows.sort_by(order);
    let all = rows.len();
    rows.truncate(most.unwrap_or(usize::MAX));
    let each = |end: End| -> Vec<Option<Quantity>> {
        let quantity = |r: &Row<'_>| -> Stop { stop(&losses[r.plant.site.as_str()].0, end) };
        rows.iter().map(|r| Some(quantity(r).quantity())).collect()
    };
    let shares = rows.iter().map(|r| Some(Quantity::Figures(r.supplier.share.as_ref()?.0.clone())));
    let draft = Draft::new(
        model,
        "vendors",
        rows.iter().map(|r| format!("{}:{}", r.part.id, r.plant.site)).collect(),
    )
    .names("part", rows.iter().map(|r| r.part.id.clone()).collect())
    .header(Message::new("col-vendor-part"))
    .names("vendor", rows.iter().map(|r| r.plant.site.clone()).collect())
    .number("share", Unit::Fraction, shares.collect())
    .header(Message::new("col-share-of-part"))
    .interval(["stop", "stop_low", "stop_high"], Unit::Fraction, each(End::Best), each(End::Worst))
    .note(Message::new("note-vendors"));
    Some(match rows.len() < all {
        true => draft.note(
            Message::new("note-vendors-shown").integer("shown", rows.len() as i64).integer("all", all as i64),
        ),
        false => draft,
    })
}
