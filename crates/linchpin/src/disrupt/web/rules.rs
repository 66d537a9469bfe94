//! Whom an event hits, which lanes it closes, and who is served first.

use super::{Builder, First, Kind, Pool, Site, Siting, Slot, Source};
use crate::disrupt::event::{Effect, Event};
use crate::network::Role;
use crate::network::baseline::market_of;

impl Builder<'_, '_> {
    /// Whether plants that give a by-product lose their hosts: all plants of the host that stand in their country are hit.
    fn host_lost(&self, e: &Event, k: usize, plant: usize) -> bool {
        let network = self.model.network;
        let makers = network.makers(self.link(k).item, Role::Byproduct);
        let hosts = makers.filter_map(|(recipe, _)| {
            let main = recipe.outputs.iter().find(|o| o.role == Role::Main)?;
            self.trade.market.get(main.item as usize).copied().flatten()
        });
        let country = &self.link(k).plants[plant].country;
        let lost = |h: usize| {
            let there = self.link(h).plants.iter().enumerate().filter(|(_, p)| p.country == *country);
            let mut hits = there.map(|(i, _)| e.loss.hits(h, i)).peekable();
            hits.peek().is_some() && hits.all(|hit| hit)
        };
        let mut hosts = hosts.peekable();
        hosts.peek().is_some() && hosts.all(lost)
    }

    /// Whether a site is hit where it makes, by event.
    pub(super) fn is_hit(&self, site: &Site) -> Vec<bool> {
        let hit = |e: &Event| {
            let makes = matches!(e.request.effect, Effect::Output | Effect::Equipment);
            let Some(k) = site.link.filter(|_| makes) else { return false };
            match site.kind {
                Kind::Users | Kind::Substitute => false,
                Kind::Plant => site.plants.iter().any(|i| e.loss.hits(k, *i) || self.host_lost(e, k, *i)),
                Kind::Maker | Kind::Supplier => self.supplier_hit(site, k, e),
            }
        };
        self.events.iter().map(hit).collect()
    }

    fn supplier_hit(&self, site: &Site, k: usize, e: &Event) -> bool {
        let of_site = || site.plants.iter().map(|i| e.loss.hits(k, *i));
        match self.terms.siting {
            Siting::Worst if site.named => of_site().any(|h| h),
            Siting::Best if !site.named => {
                let plants = self.link(k).plants.len();
                plants > 0 && e.loss.hits_in(k).count() == plants
            }
            Siting::Worst => e.loss.reaches(k),
            Siting::Likely | Siting::Best => !site.plants.is_empty() && of_site().all(|h| h),
        }
    }

    /// Whether an event leaves no maker of a substitute from whom this slot may buy.
    pub(super) fn spares_none(&self, e: &Event, site: usize, slot: &Slot) -> bool {
        let Some((_, item)) = self.sites[site].id.split_once(':') else { return false };
        let (left, _) = e.selector.spared(self.model.atlas, market_of(self.model.atlas, item));
        let reaches = match e.request.effect {
            Effect::Output => true,
            Effect::Exports => self.cuts(e, &self.sites[slot.site]),
            Effect::Demand | Effect::Equipment => false,
        };
        left == 0 && reaches
    }

    /// Events that may close a lane: those that hit who sells and cut off who buys, and rules on content.
    pub(super) fn closed(
        &self,
        slot: &Slot,
        pool: &Pool,
        seller: Option<usize>,
        users: Option<&Vec<bool>>,
    ) -> Vec<bool> {
        let buyer = &self.sites[slot.site];
        let closes = |(at, e): (usize, &Event)| {
            if e.request.effect != Effect::Exports {
                return false;
            }
            let seller_hit = match seller.map(|s| &self.sites[s]) {
                None => pool.hit[at],
                Some(site) => site.link.is_some_and(|k| self.supplier_hit(site, k, e)),
            };
            let cut = || match (users, buyer.kind, buyer.link) {
                (Some(cut), ..) => cut[at],
                (None, Kind::Plant, Some(k)) => e.loss.cuts_plant(k, &buyer.country),
                _ => self.cuts(e, buyer),
            };
            let by_content = |s: usize| {
                let counts = e.request.reach.de_minimis.is_some() && cut();
                // What is made where the rule points crosses no border.
                counts && !e.loss.cuts(&self.sites[s].country) && self.holds(e, s)
            };
            seller_hit && cut() || seller.is_some_and(by_content)
        };
        self.events.iter().enumerate().map(closes).collect()
    }

    /// Whether a buyer on the maker's side is cut off.
    fn cuts(&self, e: &Event, buyer: &Site) -> bool {
        match self.terms.siting {
            Siting::Likely => e.loss.cuts(&buyer.country),
            _ if buyer.kind == Kind::Maker || buyer.named => e.loss.cuts(&buyer.country),
            Siting::Worst => {
                let Some(k) = buyer.link else { return e.loss.cuts(&buyer.country) };
                self.link(k).plants.iter().any(|p| e.loss.cuts(&p.country))
            }
            Siting::Best => {
                let Some(k) = buyer.link else { return e.loss.cuts(&buyer.country) };
                self.link(k).plants.iter().all(|p| e.loss.cuts(&p.country))
            }
        }
    }

    /// Whether what a supplier sells holds so much of what is hit that a rule on content closes the lane from him.
    fn holds(&self, e: &Event, site: usize) -> bool {
        let Some(least) = e.request.reach.de_minimis else { return false };
        let mut content = 0.0;
        let mut open = vec![(site, 1.0)];
        let worth = |k: usize| Some(self.link(k).worth? / self.link(k).takes);
        while let Some((site, part)) = open.pop() {
            for inner in self.of_site.get(site).into_iter().flatten().map(|slot| &self.slots[*slot]) {
                let amount = inner.amount / self.sites[site].runs * part;
                match inner.source {
                    Source::Site(next) => open.push((next, amount)),
                    Source::Market(k) => {
                        let made = self.chain.made(k);
                        let plants = &self.link(k).plants;
                        let hit: f64 = e.loss.hits_in(k).map(|i| plants[i].made).sum();
                        if hit > 0.0 {
                            // Where a price is unknown it is taken to hold enough.
                            let Some(price) = worth(k) else { return true };
                            content += price * amount * hit / made;
                        }
                    }
                }
            }
        }
        let price = self.sites[site].link.and_then(worth);
        match price {
            Some(price) => content > 0.0 && content >= least * price,
            None => content > 0.0,
        }
    }

    /// Class of a lane: who is served first.
    pub(super) fn order(&self, slot: &Slot, pool: &Pool) -> u8 {
        let robots = matches!(self.sites[slot.site].kind, Kind::Maker | Kind::Supplier);
        if robots && slot.link.is_some_and(|k| self.terms.contracts.contains(&k)) {
            return 0;
        }
        // Contracts come before everything else.
        let contracts = u8::from(!self.terms.contracts.is_empty());
        contracts
            + match self.terms.first {
                First::Nobody => 0,
                First::Robots => u8::from(!robots),
                First::Others => u8::from(robots),
                First::Home => {
                    u8::from(pool.country.as_deref() != Some(self.sites[slot.site].country.as_str()))
                }
            }
    }
}
