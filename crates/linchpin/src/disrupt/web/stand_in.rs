//! What is of another design and may stand in for what the maker's side buys.

use super::{Builder, FOLLOWS, Kind, SECOND, Site};
use crate::disrupt::times;
use crate::model::View;
use crate::network::baseline::market_of;
use std::collections::BTreeSet;

/// Something of another design that may stand in.
struct StandIn {
    item: String,
    replaces: String,
    /// Units of what it replaces that one of it is worth.
    worth: f64,
    weeks: f64,
}

impl Builder<'_, '_> {
    /// Gives every slot of the maker's side whose item has a substitute with known makers the one that is qualified first.
    pub(super) fn substitute(&mut self) {
        for s in 0..self.slots.len() {
            let (holder, link, amount) = (self.slots[s].site, self.slots[s].link, self.slots[s].amount);
            let holder = self.sites.get(holder).map(|site| site.kind);
            let (Some(Kind::Maker | Kind::Supplier), Some(k)) = (holder, link) else { continue };
            let part = self.model.network.item(&self.slots[s].input).filter(|n| self.parts.contains_key(n));
            let used = match part {
                Some(part) => BTreeSet::from([part]),
                None => self.bought_in(self.slots[s].site, k),
            };
            let all: Vec<StandIn> =
                used.iter().flat_map(|n| self.stand_ins(self.model.network.name(*n))).collect();
            let first =
                all.into_iter().min_by(|a, b| a.weeks.total_cmp(&b.weeks).then_with(|| a.item.cmp(&b.item)));
            let Some(StandIn { item, replaces, worth, weeks }) = first else { continue };
            let runs = amount * SECOND / worth;
            let site = self.sites.len();
            self.slots[s].substitute = Some((site, worth, weeks));
            self.sites.push(Site {
                kind: Kind::Substitute,
                id: format!("{replaces}:{item}"),
                country: String::new(),
                link: None,
                plants: vec![],
                named: false,
                runs,
                capacity: runs * FOLLOWS,
            });
        }
    }

    /// Items of a market that go into what a maker or a supplier makes.
    fn bought_in(&self, site: usize, k: usize) -> BTreeSet<u32> {
        let site = &self.sites[site];
        let mut open: Vec<u32> = match (site.kind, site.link) {
            (Kind::Maker, _) => vec![self.model.product.node],
            (_, Some(own)) => self.trade.traded[own].iter().map(|(n, _)| *n).collect(),
            (_, None) => self.model.network.item(&site.id).into_iter().collect(),
        };
        let mut found = BTreeSet::new();
        while let Some(node) = open.pop() {
            for (l, line) in self.model.network.out_of(node).filter(|(l, _)| self.model.network.swept[*l]) {
                if self.model.coefficient(View::Gross, l) <= 0.0 {
                    continue;
                }
                match self.trade.market.get(line.child as usize).copied().flatten() {
                    Some(m) if m == k => {
                        found.insert(line.child);
                    }
                    Some(_) => {}
                    None => open.push(line.child),
                }
            }
        }
        found
    }

    /// What could stand in for an item, sold in another market by makers that are known.
    fn stand_ins(&self, replaces: &str) -> Vec<StandIn> {
        let sheet = self.model.atlas.sheet("substitutions");
        let market = market_of(self.model.atlas, replaces).to_owned();
        let rows = sheet.rows.iter().filter(|r| sheet.text(r, "replaces") == replaces);
        let items: BTreeSet<&str> = rows.map(|r| sheet.text(r, "item")).collect();
        let figure = |item: &str, measure: &str| {
            self.model.atlas.figures.find(&format!("substitutions/{item}/{replaces}/{measure}"))
        };
        let stand_in = |item: &&str| {
            let sold = market_of(self.model.atlas, item);
            let weeks = times::weeks(self.model, figure(item, "qualification"))?;
            let known = self.model.atlas.sheet("sites");
            let makers =
                known.rows.iter().any(|r| market_of(self.model.atlas, known.text(r, "item")) == sold);
            // What is counted by the kilogram needs more of what is heavier for the same work.
            let node = self.model.network.item(replaces)?;
            let by_mass = self.model.unit_of(node) == linchpin_table::Unit::Kg;
            let mass = figure(item, "mass").and_then(|f| self.model.values.get(f)).filter(|_| by_mass);
            let worth = 1.0 / mass.unwrap_or(1.0);
            (sold != market && makers).then(|| StandIn {
                item: (*item).to_owned(),
                replaces: replaces.to_owned(),
                worth,
                weeks,
            })
        };
        items.iter().filter_map(stand_in).collect()
    }
}
