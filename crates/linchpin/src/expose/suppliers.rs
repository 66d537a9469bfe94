//! The maker's own suppliers: what share of which part comes from each, and what stops if that plant makes nothing.

use super::stops::Shares;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{Chain, End, Kind, Loss, Mode, Own, Part, Plant, Reach, Selector, Supplier};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A supplier of a part.
struct Row<'c> {
    part: &'c Part,
    supplier: &'c Supplier,
    plant: &'c Plant,
}

impl Row<'_> {
    /// The told share; where none is told, of a part that nobody else supplies, all.
    fn share(&self) -> f64 {
        let alone = if self.part.suppliers.len() == 1 { 1.0 } else { 0.0 };
        self.supplier.share.as_ref().map_or(alone, |s| s.1)
    }
}

/// Every supplier of every part, the largest shares first; `None` if the maker names none.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    most: Option<usize>,
) -> Option<Draft<'m, 'a>> {
    if chain.parts.is_empty() {
        return None;
    }
    let plants = |part| {
        let Part { link, suppliers, .. }: &Part = part;
        suppliers.iter().map(|s| Row { part, supplier: s, plant: &chain.links[*link].plants[s.plant] })
    };
    let mut rows: Vec<Row<'_>> = chain.parts.iter().flat_map(plants).collect();
    let key = |r: &Row<'_>| (r.part.id.clone(), r.plant.site.clone());
    rows.sort_by(|a, b| b.share().total_cmp(&a.share()).then_with(|| key(a).cmp(&key(b))));
    let all = rows.len();
    rows.truncate(most.unwrap_or(usize::MAX));
    let loss = |r: &Row<'_>| {
        // All that the company makes in the country, under however many roofs.
        let whole = r.plant.owners.first().map(|c| format!("company:{c}/country:{}", r.plant.country));
        let whole = whole.and_then(|text| Selector::parse(model.atlas, &text).ok());
        let selector = whole.unwrap_or_else(|| Selector::single(model.atlas, Kind::Site, &r.plant.site));
        Rc::new(Loss::new(chain, &selector, Mode::Output, Reach::default()))
    };
    let mut losses: BTreeMap<&str, Rc<Loss>> = BTreeMap::new();
    for row in &rows {
        losses.entry(&row.plant.site).or_insert_with(|| loss(row));
    }
    let each = |end: End| -> Vec<Option<Quantity>> {
        let shares = |r: &Row<'_>| Shares { chain, loss: &losses[r.plant.site.as_str()], own };
        rows.iter().map(|r| Some(shares(r).own(false, end).quantity())).collect()
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
    .range(["share", "share_low", "share_high"], Unit::Fraction, shares.collect())
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
