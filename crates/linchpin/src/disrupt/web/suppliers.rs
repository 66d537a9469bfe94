//! The maker's side: what he buys, down the bill of materials, who makes it, and who could make it instead.

use super::{Builder, FOLLOWS, Input, Kind, SECOND, Site, Slot, Source};
use crate::atlas::{FigureId, Row};
use crate::disrupt::stock::Held;
use crate::disrupt::times::{self, Measure};
use crate::model::{Model, View};
use crate::network::baseline::is_of_need;
use crate::stop::{Chain, Supplier};
use std::collections::{BTreeMap, BTreeSet};

/// What buyers usually hold, by its figure.
pub(super) fn usual(model: &Model<'_>, figure: Option<FigureId>) -> Held {
    let weeks = times::weeks(model, figure).unwrap_or(0.0);
    Held { weeks, rests: figure.map(|f| vec![f]).zip(times::days(figure)) }
}

/// Sites from which the maker is known to buy what is no part of its own.
pub(super) fn named(model: &Model<'_>, chain: &Chain) -> BTreeSet<String> {
    let lanes = model.atlas.sheet("lanes");
    // Who is named for one part is no hint at who makes another.
    let own = |r: &&Row| chain.assembly.contains(lanes.text(r, "to_site")) && !is_of_need(lanes, r);
    lanes.rows.iter().filter(own).map(|r| lanes.text(r, "from_site").to_owned()).collect()
}

impl<'b> Builder<'b, '_> {
    /// What some amounts of items are made from, made items opened.
    fn inputs(&self, nodes: &[(u32, f64)]) -> BTreeMap<Input, f64> {
        let network = self.model.network;
        let mut found = BTreeMap::new();
        let mut open: Vec<(u32, f64)> = nodes.to_vec();
        while let Some((node, need)) = open.pop() {
            for (l, line) in network.out_of(node).filter(|(l, _)| network.swept[*l]) {
                let need = need * self.model.coefficient(View::Gross, l);
                if need <= 0.0 {
                    continue;
                }
                let is_bought = || {
                    let recipe = network.recipes.get(line.recipe as usize);
                    recipe.and_then(|r| r.inputs.get(line.input as usize)).is_some_and(|i| i.bought)
                };
                match self.trade.market.get(line.child as usize).copied().flatten() {
                    Some(k) if self.is_apart(line.child, k) => {
                        *found.entry(Input::Part(line.child)).or_insert(0.0) += need;
                    }
                    Some(k) => *found.entry(Input::Market(k)).or_insert(0.0) += need,
                    None if is_bought() => *found.entry(Input::Item(line.child)).or_insert(0.0) += need,
                    None => open.push((line.child, need)),
                }
            }
        }
        found
    }

    /// Whether an item of a market is a requirement of its own: its suppliers are named, or those of a good in it.
    fn is_apart(&self, node: u32, k: usize) -> bool {
        let holds = || self.model.network.out_of(node).any(|(_, line)| self.parts.contains_key(&line.child));
        self.parts.contains_key(&node) || !self.link(k).is_known() && holds()
    }

    pub(super) fn maker(&mut self) {
        let product = &self.model.product;
        let own = self.chain.find(&product.item);
        let assembly = |k: usize| {
            let plants = self.chain.links[k].plants.iter().enumerate();
            plants.filter(|(_, p)| self.chain.assembly.contains(&p.site)).map(|(i, _)| i).collect()
        };
        self.countries.push(&self.chain.home);
        self.sites.push(Site {
            kind: Kind::Maker,
            id: product.item.clone(),
            country: self.chain.home.clone(),
            link: own,
            plants: own.map(assembly).unwrap_or_default(),
            named: false,
            runs: self.rate,
            capacity: self.rate * self.terms.growth,
        });
        let inputs = self.inputs(&[(product.node, 1.0)]);
        self.buy(0, inputs, self.rate);
    }

    /// Slots of a site for what it needs, `scale` times.
    fn buy(&mut self, site: usize, inputs: BTreeMap<Input, f64>, scale: f64) {
        for (input, need) in inputs {
            let amount = need * scale;
            match input {
                Input::Market(k) if self.link(k).is_known() => {
                    self.slot(site, k, amount, Source::Market(k), false);
                }
                Input::Market(k) => {
                    let Some(supplier) = self.supplier_in(k, amount, site) else { continue };
                    let slot = self.slot(site, k, amount, Source::Site(supplier), false);
                    self.slots[slot].second = self.second_in(k, amount * SECOND, supplier);
                }
                Input::Part(node) => self.buy_part(site, node, amount),
                Input::Item(node) => {
                    let Some(supplier) = self.supplier_of(node, amount, site) else { continue };
                    let (id, stage) = (self.model.network.name(node), self.stage(node));
                    let slot = self.slot_of(site, id, stage, None, amount, Source::Site(supplier));
                    self.put(id, slot);
                }
            }
        }
    }

    /// A slot for a part: each supplier that is named gives his share. The rest comes from those named without a share, taken
    /// to be one who is hit when all of them are, else from the market.
    fn buy_part(&mut self, site: usize, node: u32, amount: f64) {
        let Some(k) = self.trade.market[node as usize] else { return };
        let suppliers: &[Supplier] = self.parts.get(&node).map_or(&[], |part| &part.suppliers);
        let told = suppliers.iter().filter_map(|s| Some((vec![s.plant], s.share.as_ref()?.1)));
        let mut shares: Vec<(Vec<usize>, f64)> = told.filter(|(_, share)| *share > 0.0).collect();
        let sum: f64 = shares.iter().map(|(_, share)| share).sum();
        shares.iter_mut().for_each(|(_, share)| *share /= sum.max(1.0));
        let rest = (1.0 - sum).max(0.0);
        let untold: Vec<usize> = suppliers.iter().filter(|s| s.share.is_none()).map(|s| s.plant).collect();
        let source = match (rest > 1e-9, untold.is_empty()) {
            (false, _) => None,
            (true, true) if self.link(k).is_known() => Some(Source::Market(k)),
            (true, true) => self.maker_of(node, k, amount * rest, site).map(Source::Site),
            (true, false) => {
                shares.push((untold, rest));
                None
            }
        };
        let mut named: Vec<(usize, f64)> = vec![];
        for (plants, share) in shares {
            named.extend(self.named(node, k, plants, amount * share).map(|site| (site, amount * share)));
        }
        // Where all of it is named the first gives what the others do not.
        let source = match source {
            Some(source) => source,
            None if named.is_empty() => return,
            None => Source::Site(named.remove(0).0),
        };
        let (id, link) = (self.model.network.name(node), self.link(k));
        let mut slot = self.slot_of(site, &link.id, link.stage, Some(k), amount, source);
        if let Some(held) = self.stocked(site, id) {
            (slot.cover, slot.rests) = (held.weeks, held.rests);
        }
        (slot.input, slot.beside) = (id.to_owned(), named);
        self.put(id, slot);
    }

    /// Who makes a part at some plants, which the maker names.
    fn named(&mut self, node: u32, k: usize, plants: Vec<usize>, amount: f64) -> Option<usize> {
        let plant = &self.link(k).plants[*plants.first()?];
        let (id, country) = (plant.site.as_str(), plant.country.as_str());
        let mut inputs = self.inputs(&[(node, 1.0)]);
        inputs.remove(&Input::Market(k));
        // What he lacks for another part of his is no want of this one.
        if let Some(&site) = self.suppliers.get(&(id, country, Some(node))) {
            self.sites[site].runs += amount;
            self.sites[site].capacity = self.sites[site].runs * FOLLOWS;
            self.buy(site, inputs, amount);
            return Some(site);
        }
        // The market is being followed: what comes back to it is left out.
        self.building.push(&self.link(k).id);
        let site = self.supplier(id, country, Some(k), plants, inputs, amount, Some(node));
        self.building.pop();
        if let Some(site) = site {
            self.sites[site].named = true;
        }
        site
    }

    /// Weeks until another supplier of a slot is qualified: those of its market, else of its item.
    pub(super) fn wait(&self, slot: &Slot) -> f64 {
        let figure = || times::figure(self.model, slot.stage, &slot.input, Measure::Qualification);
        let wait = match slot.link {
            Some(k) => self.waits[k],
            None => times::weeks(self.model, figure()),
        };
        wait.unwrap_or(0.0)
    }

    /// Adds a slot, or to the one that the site has for the same: who makes several parts holds one stock of what goes into them.
    fn put(&mut self, input: &'b str, slot: Slot) -> usize {
        let known = self.held.get(&(slot.site, input)).copied();
        let same = |at: &usize| {
            let at = &self.slots[*at];
            at.source == slot.source && at.beside.iter().map(|b| b.0).eq(slot.beside.iter().map(|b| b.0))
        };
        if let Some(at) = known.filter(same) {
            self.slots[at].amount += slot.amount;
            for (beside, more) in self.slots[at].beside.iter_mut().zip(slot.beside) {
                beside.1 += more.1;
            }
            return at;
        }
        self.held.insert((slot.site, input), self.slots.len());
        self.of_site.resize(self.sites.len(), vec![]);
        self.of_site[slot.site].push(self.slots.len());
        self.slots.push(slot);
        self.slots.len() - 1
    }

    /// A slot for what is bought in a market, by its position; `rest` if it takes what the maker's side leaves.
    pub(super) fn slot(&mut self, site: usize, k: usize, amount: f64, source: Source, rest: bool) -> usize {
        let link = self.link(k);
        let slot = self.slot_of(site, &link.id, link.stage, Some(k), amount, source);
        self.put(&link.id, Slot { rest, ..slot })
    }

    fn slot_of(
        &self,
        site: usize,
        input: &str,
        stage: &'static str,
        link: Option<usize>,
        amount: f64,
        source: Source,
    ) -> Slot {
        let usual = || match link {
            Some(k) => self.usual[k].clone(),
            None => usual(self.model, times::figure(self.model, stage, input, Measure::Cover)),
        };
        let Held { weeks: cover, rests } = self.stocked(site, input).unwrap_or_else(usual);
        Slot {
            site,
            input: input.to_owned(),
            stage,
            link,
            cover,
            rests,
            amount,
            source,
            beside: vec![],
            second: None,
            substitute: None,
            rest: false,
        }
    }

    /// What a site holds, where the request or the maker says it.
    fn stocked(&self, site: usize, input: &str) -> Option<Held> {
        let holder = &self.sites[site];
        let others = holder.kind != Kind::Maker;
        if others && self.terms.covers.is_empty() {
            return None;
        }
        let names = [others.then(|| holder.key()), others.then(|| holder.id.clone())];
        let given = |by| self.terms.covers.get(&(by, input.to_owned()));
        if let Some(cover) = names.into_iter().find_map(given) {
            return Some(Held { weeks: *cover, rests: None });
        }
        self.trade.stock.get(input).filter(|_| !others).cloned()
    }

    fn stage(&self, node: u32) -> &'static str {
        let stage = self.model.item_text(node, "stage").unwrap_or_default();
        crate::explode::STAGES.iter().find(|s| **s == stage).copied().unwrap_or("component")
    }

    /// Who makes an item that no market of the chain covers; `None` if nothing of it could run short.
    fn supplier_of(&mut self, node: u32, amount: f64, buyer: usize) -> Option<usize> {
        let id = self.model.network.name(node);
        let inputs = self.inputs(&[(node, 1.0)]);
        if inputs.is_empty() {
            return None;
        }
        let country = self.countries[buyer];
        self.supplier(id, country, None, vec![], inputs, amount, None)
    }

    /// Who makes a part that is a requirement of its own, where nobody is named or makes the rest of it.
    fn maker_of(&mut self, node: u32, k: usize, amount: f64, buyer: usize) -> Option<usize> {
        let id = self.model.network.name(node);
        let mut inputs = self.inputs(&[(node, 1.0)]);
        inputs.remove(&Input::Market(k));
        let (plants, country) = self.likely(k, buyer);
        self.building.push(&self.link(k).id);
        let site = self.supplier(id, country, Some(k), plants, inputs, amount, None);
        self.building.pop();
        site
    }

    /// Who makes the same in another country, if anybody is known to.
    fn second_in(&mut self, k: usize, amount: f64, first: usize) -> Option<usize> {
        let link = self.link(k);
        let country = &self.sites[first].country;
        let others: Vec<usize> =
            (0..link.plants.len()).filter(|i| link.plants[*i].country != *country).collect();
        let countries = || others.iter().map(|i| link.plants[*i].country.as_str());
        let home = countries().find(|country| *country == self.chain.home);
        let country = home.or_else(|| most(countries()))?;
        let plants = others.iter().copied().filter(|i| link.plants[*i].country == country).collect();
        let inputs = self.inputs_of(k);
        self.supplier(&link.id, country, Some(k), plants, inputs, amount, None)
    }

    /// What a unit of what is bought in a market is made from, beside the parts that are requirements of their own.
    fn inputs_of(&self, k: usize) -> BTreeMap<Input, f64> {
        let traded: Vec<(u32, f64)> =
            self.trade.traded[k].iter().copied().filter(|(node, _)| !self.is_apart(*node, k)).collect();
        let all: f64 = traded.iter().map(|(_, need)| need).sum();
        let shares: Vec<(u32, f64)> = traded.iter().map(|(n, need)| (*n, need / all)).collect();
        let mut inputs = self.inputs(&shares);
        inputs.remove(&Input::Market(k));
        inputs
    }

    /// Who makes for the maker what is bought in a market of which nobody publishes an output.
    fn supplier_in(&mut self, k: usize, amount: f64, buyer: usize) -> Option<usize> {
        let inputs = self.inputs_of(k);
        let (plants, country) = self.likely(k, buyer);
        self.supplier(&self.link(k).id, country, Some(k), plants, inputs, amount, None)
    }

    /// The plants that stand for a supplier of whom nothing is published, and their country.
    fn likely(&self, k: usize, buyer: usize) -> (Vec<usize>, &'b str) {
        let plants = self.makers(k, buyer);
        let country = plants.first().map(|p| self.link(k).plants[*p].country.as_str());
        let country = country.unwrap_or(self.countries[buyer]);
        (plants, country)
    }

    #[allow(clippy::too_many_arguments)]
    fn supplier(
        &mut self,
        id: &'b str,
        country: &'b str,
        link: Option<usize>,
        plants: Vec<usize>,
        inputs: BTreeMap<Input, f64>,
        amount: f64,
        part: Option<u32>,
    ) -> Option<usize> {
        if self.building.contains(&id) {
            // Markets that need each other: what comes back to where the walk began is left out.
            return None;
        }
        let key = (id, country, part);
        if let Some(&site) = self.suppliers.get(&key) {
            // Asked by somebody more: he and those behind him make more.
            self.enlarge(site, amount);
            return Some(site);
        }
        let site = self.sites.len();
        self.suppliers.insert(key, site);
        self.building.push(id);
        self.countries.push(country);
        let (kind, capacity) = (Kind::Supplier, amount * FOLLOWS);
        let (id, country) = (id.to_owned(), country.to_owned());
        self.sites.push(Site { kind, id, country, link, plants, named: false, runs: amount, capacity });
        self.buy(site, inputs, amount);
        self.building.pop();
        Some(site)
    }

    fn enlarge(&mut self, site: usize, by: f64) {
        let before = self.sites[site].runs;
        self.sites[site].runs += by;
        self.sites[site].capacity = self.sites[site].runs * FOLLOWS;
        for at in 0..self.of_site.get(site).map_or(0, Vec::len) {
            let s = self.of_site[site][at];
            let more = if before > 0.0 { self.slots[s].amount * by / before } else { 0.0 };
            self.slots[s].amount += more;
            if let Source::Site(supplier) = self.slots[s].source {
                self.enlarge(supplier, more);
            }
            if let Some(second) = self.slots[s].second {
                self.enlarge(second, more * SECOND);
            }
        }
    }

    /// The plants that stand for a supplier of whom nothing is published.
    fn makers(&self, k: usize, buyer: usize) -> Vec<usize> {
        let link = self.link(k);
        let all = || (0..link.plants.len()).collect::<Vec<usize>>();
        if let Some(own) = self.terms.own.iter().find(|o| o.market == link.id) {
            return all().into_iter().filter(|i| own.from.hits(&link.plants[*i], link)).collect();
        }
        let of = |keep: &dyn Fn(usize) -> bool| all().into_iter().filter(|i| keep(*i)).collect::<Vec<_>>();
        let is_maker = self.sites[buyer].kind == Kind::Maker;
        let by_lane = of(&|i| is_maker && self.trade.named.contains(&link.plants[i].site));
        if !by_lane.is_empty() {
            return by_lane;
        }
        let at_home = of(&|i| link.plants[i].country == self.sites[buyer].country);
        if !at_home.is_empty() {
            return at_home;
        }
        let most = most(link.plants.iter().map(|p| p.country.as_str()));
        of(&|i| Some(link.plants[i].country.as_str()) == most)
    }

    /// Other markets that the plants of a known market need and that hang nowhere: those beneath them that the maker's
    /// side does not reach.
    pub(super) fn hang(&mut self) {
        let mut reached: BTreeSet<usize> = self.slots.iter().filter_map(|s| s.link).collect();
        for j in (0..self.chain.links.len()).rev() {
            let link = self.link(j);
            if !link.is_known() || link.feed {
                continue;
            }
            let scale = link.takes * self.rate;
            let loose = self.inputs_of(j).into_iter().filter_map(|(input, need)| match input {
                Input::Market(m) if self.link(m).is_direct() && !reached.contains(&m) => Some((m, need)),
                _ => None,
            });
            for (m, need) in loose.collect::<Vec<_>>() {
                reached.insert(m);
                // At the scale of what robots take of it: a slot counts in parts of its need.
                let amount = need * scale;
                let source = match self.link(m).is_known() {
                    true => Source::Market(m),
                    false => match self.supplier_in(m, amount, 0) {
                        Some(site) => Source::Site(site),
                        None => continue,
                    },
                };
                self.loose.push((j, m, amount, source));
            }
            reached.extend(self.slots.iter().filter_map(|s| s.link));
        }
    }
}

/// The country that stands most often, the first of equals.
fn most<'c>(countries: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    countries.for_each(|c| *count.entry(c).or_default() += 1);
    count.into_iter().map(|(c, n)| (n, c)).reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|m| m.1)
}
