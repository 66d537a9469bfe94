//! What the maker's own lanes still bring after a loss, nobody re-sourcing: between which ends it must lie.
//!
//! A plant gives what its own stands for times the smallest of its slots, and a slot the sum over its suppliers of
//! share × what the supplier gives (Leontief 1951, without substitution). Where a share is not published, every flow
//! that fits what is known is possible: known lanes first (a share of what the sender makes, or of what the buyer needs),
//! then nobody sells more than he makes. The ends of each
//! slot are found greedily, by filling what is left with the best, or the worst, suppliers (Dantzig 1957), stage by
//! stage. Each end is reached by some flow in a market by itself; over several markets the interval may be a little
//! wider than what one flow can reach, never narrower.
//!
//! Where the maker names the suppliers of a part, that part is a slot of its own: another part of the same market does
//! not stand in for it. What the told shares leave comes from those named without a share, if there are any, else from
//! whoever is in the market.

use super::chain::{Chain, Lane, Link, Part, Plant, Whole};
use super::flow::{Left, WHOLE};
use super::loss::{Loss, Mode};
use super::number::Number;
use super::selector::Selector;
use crate::atlas::Expr;
use crate::model::Quantity;
use std::collections::{BTreeMap, BTreeSet};

/// Suppliers that the maker says he has: he buys an item from these plants and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// The market.
    pub market: String,
    /// The plants.
    pub from: Selector,
}

/// Which end of the interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The most that can be left.
    Best,
    /// The least that can be left.
    Worst,
}

/// Somebody who buys in a market.
struct Buyer<'c> {
    /// Sites that lanes lead to.
    sites: Vec<&'c str>,
    /// Whether he is cut off from hit plants.
    cut: bool,
    /// Plants that he may buy from; all if `None`.
    only: Option<&'c Selector>,
    /// What he buys, if he names the suppliers of that part.
    part: Option<&'c Part>,
}

impl Buyer<'_> {
    fn may(&self, link: &Link, plant: usize) -> bool {
        self.only.is_none_or(|s| s.hits(&link.plants[plant], link))
    }

    /// Plants of a market from which may come what the told shares leave.
    fn candidates(&self, link: &Link) -> Vec<usize> {
        let may = |i: &usize| self.may(link, *i);
        let untold: Vec<usize> = self
            .part
            .into_iter()
            .flat_map(|p| &p.suppliers)
            .filter(|s| s.share.is_none())
            .map(|s| s.plant)
            .filter(may)
            .collect();
        if untold.is_empty() { (0..link.plants.len()).filter(may).collect() } else { untold }
    }
}

/// What the plants of a market still give, as shares of what they gave.
struct Given<N> {
    plants: Vec<N>,
    /// Whether each gives all.
    all: bool,
}

/// What is left for the robots at one end.
pub(super) fn left<N: Number>(chain: &Chain, loss: &Loss, own: &[Own], spare: bool, end: End) -> Left<N> {
    // Of markets that are not here every plant gives all and none is hit: whoever buys there loses nothing.
    let mut given: BTreeMap<usize, Given<N>> = BTreeMap::new();
    let mut open: BTreeSet<usize> = loss.hit.iter().map(|(k, _)| *k).collect();
    while let Some(k) = open.pop_first() {
        let link = &chain.links[k];
        let inputs: Vec<usize> = chain.inputs(k).iter().copied().filter(|m| given.contains_key(m)).collect();
        let plants = link.plants.iter().enumerate().map(|(i, plant)| {
            if loss.hits(k, i) && loss.mode == Mode::Output {
                return N::constant(0.0);
            }
            if inputs.is_empty() {
                return N::constant(1.0);
            }
            let cut = loss.cuts_plant(k, &plant.country);
            let buyer = Buyer { sites: vec![&plant.site], cut, only: None, part: None };
            let slots = inputs.iter().map(|m| {
                let want = (plant.made > 0.0).then(|| share_of::<N>(chain, *m, k, plant));
                slot(chain, *m, loss, given.get(m), &buyer, want, spare, end)
            });
            least(slots.collect())
        });
        let plants: Vec<N> = plants.collect();
        let all = plants.iter().all(|g| g.value() == 1.0);
        if loss.reaches(k) || !all {
            given.insert(k, Given { plants, all });
            // Every market hangs on a later one.
            open.extend(link.next);
        }
    }
    let mut slots: Vec<N> = vec![];
    let mut limit: Option<(usize, f64)> = None;
    for (k, link) in chain.links.iter().enumerate() {
        let only = own.iter().find(|o| o.market == link.id).map(|o| &o.from);
        if only.is_none() && !given.contains_key(&k) {
            continue;
        }
        for (part, want) in bought::<N>(chain, k) {
            let sites = chain.assembly.iter().map(String::as_str).collect();
            let buyer = Buyer { sites, cut: loss.cuts(&chain.home), only, part };
            let share = slot(chain, k, loss, given.get(&k), &buyer, Some(want), spare, end);
            if share.value() < limit.map_or(WHOLE, |l| l.1) {
                limit = Some((k, share.value()));
            }
            slots.push(share);
        }
    }
    Left { share: least(slots), limit: limit.map(|l| l.0) }
}

/// What the maker buys in a market, with how much he wants of it: each part of which he names the suppliers, and the rest.
fn bought<N: Number>(chain: &Chain, k: usize) -> Vec<(Option<&Part>, N)> {
    let mut slots: Vec<(Option<&Part>, N)> =
        chain.parts_of(k).map(|p| (Some(p), wanted(chain, &p.need, p.takes))).collect();
    let link = &chain.links[k];
    if link.is_direct() {
        let rest = rest::<N>(chain, k);
        // Needs add up to the whole but for rounding.
        if rest.value() > link.takes * chain.volume * (1.0 - WHOLE) {
            slots.push((None, rest));
        }
    }
    slots
}

/// What the maker wants for his robots of a year, by what one takes.
fn wanted<N: Number>(chain: &Chain, need: &Quantity, takes: f64) -> N {
    N::leaf(takes * chain.volume, || need.clone().times(chain.given.clone()))
}

/// What the maker wants of a market beside the parts of which he names the suppliers.
fn rest<N: Number>(chain: &Chain, k: usize) -> N {
    let link = &chain.links[k];
    let parts: f64 = chain.parts_of(k).map(|p| p.takes).sum();
    N::leaf((link.takes - parts) * chain.volume, || {
        let parts: Vec<Quantity> = chain.parts_of(k).map(|p| p.need.clone()).collect();
        let need = match parts.is_empty() {
            true => link.need.clone(),
            false => link.need.clone().less(Quantity::Sum(parts)),
        };
        need.times(chain.given.clone())
    })
}

fn least<N: Number>(mut slots: Vec<N>) -> N {
    slots.retain(|s| s.value() < 1.0);
    slots.push(N::constant(1.0));
    N::least(slots)
}

/// What a plant takes of an input market: its part of the next market's output.
fn share_of<N: Number>(chain: &Chain, market: usize, next: usize, plant: &Plant) -> N {
    let sum = |k: usize| {
        let outputs = chain.links[k].plants.iter().filter_map(|p| p.output.clone());
        N::leaf(chain.made(k), || Quantity::Figures(Expr::sum(outputs)))
    };
    sum(market).times(&output::<N>(plant).over(&sum(next)))
}

fn output<N: Number>(plant: &Plant) -> N {
    let expr = || plant.output.clone().unwrap_or(Expr::Number(0.0));
    N::leaf(plant.made, || Quantity::Figures(expr()))
}

fn unused<N: Number>(plant: &Plant) -> N {
    N::leaf(plant.spare, || plant.spare().unwrap_or(Quantity::Figures(Expr::Number(0.0))))
}

fn lane_share<N: Number>(lane: &Lane) -> N {
    N::leaf(lane.value, || Quantity::Figures(lane.share.clone()))
}

/// Plants of a market of which it is told how much they sell to a buyer, with that as a share of what he wants.
fn told<N: Number>(chain: &Chain, k: usize, buyer: &Buyer<'_>, want: Option<&N>) -> Vec<(usize, N)> {
    let link = &chain.links[k];
    if let Some(part) = buyer.part {
        let share = |(expr, value): &(Expr, f64)| N::leaf(*value, || Quantity::Figures(expr.clone()));
        let suppliers = part.suppliers.iter().filter(|s| buyer.may(link, s.plant));
        return suppliers
            .filter_map(|s| Some((s.plant, share(s.share.as_ref().filter(|s| s.1 > 0.0)?))))
            .collect();
    }
    let plants = (0..link.plants.len()).filter(|i| buyer.may(link, *i));
    let lanes = plants.flat_map(|i| lanes(chain, &link.plants[i].site).map(move |l| (i, l)));
    let lanes = lanes.filter(|(_, l)| buyer.sites.contains(&l.to.as_str()) && l.value > 0.0);
    // A lane into the assembly holds a share of all that it buys in the market.
    let is_part = chain.parts_of(k).next().is_some();
    let all = is_part.then(|| wanted::<N>(chain, &link.need, link.takes));
    let share = |(i, lane): (usize, &Lane)| {
        let part = match (lane.of, want) {
            (Whole::Need, Some(want)) => match &all {
                Some(all) => lane_share::<N>(lane).times(all).over(want),
                None => lane_share::<N>(lane),
            },
            (Whole::Need, None) => lane_share::<N>(lane),
            (Whole::Output, want) => lane_share::<N>(lane).times(&output::<N>(&link.plants[i])).over(want?),
        };
        Some((i, part))
    };
    lanes.filter_map(share).collect()
}

fn lanes<'c>(chain: &'c Chain, from: &'c str) -> impl Iterator<Item = &'c Lane> {
    chain.lanes.iter().filter(move |l| l.from == from)
}

/// Share of a want that is met at one end; without a known want nobody's output limits what he sells.
#[allow(clippy::too_many_arguments)]
fn slot<N: Number>(
    chain: &Chain,
    k: usize,
    loss: &Loss,
    given: Option<&Given<N>>,
    buyer: &Buyer<'_>,
    want: Option<N>,
    spare: bool,
    end: End,
) -> N {
    let link = &chain.links[k];
    let one = || N::constant(1.0);
    let gives = |i: usize| {
        let cut = buyer.cut && loss.hits(k, i);
        if cut { N::constant(0.0) } else { given.map_or_else(one, |given| given.plants[i].clone()) }
    };
    // Where every plant gives all and no border is closed, nothing is lost whoever the supplier is.
    let all = given.is_none_or(|given| given.all) && !(buyer.cut && loss.reaches(k));
    if buyer.only.is_none() && all {
        return one();
    }
    if !(0..link.plants.len()).any(|i| buyer.may(link, i)) {
        // Bought from where no plant is known: lost with everything that is made there.
        let named = buyer.only.map(Selector::countries).unwrap_or_default();
        let stopped = loss.mode == Mode::Output || buyer.cut;
        return match loss.whole && stopped && !named.is_disjoint(&loss.within) {
            true => N::constant(0.0),
            false => one(),
        };
    }
    let (mut kept, mut known) = (vec![], vec![]);
    for (i, part) in told::<N>(chain, k, buyer, want.as_ref()) {
        let plant = &link.plants[i];
        let more = if spare && plant.made > 0.0 {
            unused::<N>(plant).over(&output(plant))
        } else {
            N::constant(0.0)
        };
        kept.push(part.times(&gives(i)).times(&N::sum([one(), more])));
        known.push(part);
    }
    let known = N::least([one(), N::sum(known)]);
    let mut met = N::least([known.clone(), N::sum(kept)]);
    let mut open = one().less(&known);
    let unknown = open.value() > 0.0;
    // Whoever is told to bring all of it leaves nothing to look for among the others.
    let mut candidates = if unknown { buyer.candidates(link) } else { vec![] };
    // The rest of the want: first those that fit the end, each up to what he has not sold over lanes.
    candidates.sort_by(|a, b| {
        let order = gives(*a).value().total_cmp(&gives(*b).value());
        if end == End::Best { order.reverse().then(a.cmp(b)) } else { order.then(a.cmp(b)) }
    });
    let first = candidates.first().copied();
    for i in candidates {
        if open.value() <= 0.0 {
            break;
        }
        let plant = &link.plants[i];
        let takes = match &want {
            Some(want) if plant.output.is_some() => {
                let shares = lanes(chain, &plant.site).filter(|l| l.of == Whole::Output).map(lane_share);
                let sold = N::least([one(), N::sum(shares)]);
                let free = output::<N>(plant).times(&one().less(&sold));
                N::least([open.clone(), free.over(want)])
            }
            _ => open.clone(),
        };
        met = N::sum([met, takes.times(&gives(i))]);
        open = open.less(&takes);
    }
    if let Some(first) = first.filter(|_| open.value() > 0.0) {
        // More is wanted than all of them make. Whoever sells the rest, he gives no more than the best and no less
        // than the worst, with whom this end began.
        met = N::sum([met, open.times(&gives(first))]);
    }
    if let (true, true, End::Best, Some(want)) = (spare, unknown, end, &want) {
        // Who the other suppliers are is not known: at best they are those with capacity to spare.
        let helps = buyer.candidates(link).into_iter().filter(|i| gives(*i).value() > 0.0);
        let more = helps.map(|i| unused::<N>(&link.plants[i]).times(&gives(i)));
        met = N::sum([met, N::sum(more).over(want)]);
    }
    N::least([one(), met])
}
