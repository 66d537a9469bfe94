//! What the markets still give after a loss: one fixed point over the chain, at the level of markets.
//!
//! Symbols, for market k and its next market j, in units of k a year: S output today; N what the robots take; P spare
//! capacity; T = S + N everything wanted (T = N where robots outbid all others); B what live plants can give; W
//! what is wanted; r ration, the share of a want that is met; y what plants are asked to make.
//!
//! Down the chain, wants: W(k, side) = T(k) · y(j, side) / T(j), because an input is used where the next stage is
//! made; a market at the end of the chain has the known users, and the robots at home. Plants that are gone want
//! nothing, so their inputs are free for those that are left: this is why the answer is not the product of shares.
//!
//! Up the chain, rations: a plant makes y times the smallest ration of its inputs (Leontief 1951), and a market gives
//! every want on a side the same share. Buyers have two sides: **free** ones may buy everything, **cut** ones
//! nothing of the hit plants. With S the hit plants' supply and O that of the others, the fairest split (max-min;
//! Megiddo 1974) is
//!
//! r(cut) = min(1, (S+O)/(W₁+W₂), O/W₁),  r(free) = min(1, max((S+O)/(W₁+W₂), S/W₂)).

use super::chain::{Chain, Link, Plant};
use super::loss::{Loss, Mode};
use super::number::Number;
use crate::atlas::Expr;
use crate::model::Quantity;

/// Who is served first where there is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rationing {
    /// All buyers get the same share.
    ProRata,
    /// Robots pay what it takes, at every stage.
    Outbid,
}

/// Which of the things that nobody publishes are assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknowns {
    /// What is worst for the robots.
    Worst,
    /// What is not published is not there; users without a known place are abroad.
    Middle,
    /// What is best for the robots.
    Best,
}

/// Where parts are made whose plants nobody publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parts {
    /// In the country of assembly: what goes into them must be let in.
    Home,
    /// Where the hit plants stand: what goes into them need not cross the border.
    Inside,
}

/// One way to look at a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Who is served first.
    pub rationing: Rationing,
    /// Whether plants that are left use their spare capacity.
    pub spare: bool,
    /// What is assumed where nothing is published.
    pub unknowns: Unknowns,
    /// Where parts without known plants are made.
    pub parts: Parts,
}

/// Something for each side of buyers.
#[derive(Debug, Clone)]
pub(super) struct Sides<N> {
    pub(super) free: N,
    pub(super) cut: N,
}

/// What plants give: the hit ones, and the others by the side on which they buy.
#[derive(Debug, Clone)]
struct Supply<N> {
    hit: N,
    free: N,
    cut: N,
}

impl<N: Number> Supply<N> {
    fn others(&self) -> N {
        N::sum(vec![self.free.clone(), self.cut.clone()])
    }

    fn all(&self) -> N {
        N::sum(vec![self.hit.clone(), self.free.clone(), self.cut.clone()])
    }
}

/// The rations of every market, and what is left for the robots.
#[derive(Debug, Clone)]
pub(super) struct Rations<N> {
    pub(super) markets: Vec<Option<Sides<N>>>,
    pub(super) robots: N,
    /// Market that limits the robots; `None` if nothing does.
    pub(super) limit: Option<usize>,
}

/// Solves the chain under a loss.
pub(super) fn solve<N: Number>(chain: &Chain, loss: &Loss, terms: Terms) -> Rations<N> {
    let one = N::constant(1.0);
    let mut wants: Vec<Option<Sides<N>>> = vec![None; chain.links.len()];
    let mut asked: Vec<Option<Supply<N>>> = vec![None; chain.links.len()];
    for k in (0..chain.links.len()).rev().filter(|k| chain.links[*k].is_known()) {
        let link = &chain.links[k];
        let want = match link.next.and_then(|j| Some((j, asked[j].as_ref()?))) {
            Some((j, y)) => passed_down(chain, k, j, y, terms),
            None => at_the_end(chain, k, loss, terms),
        };
        let can = supply(chain, k, loss, terms);
        asked[k] = Some(orders(&can, &want));
        wants[k] = Some(want);
    }
    let mut markets: Vec<Option<Sides<N>>> = vec![None; chain.links.len()];
    for k in 0..chain.links.len() {
        markets[k] = match (&wants[k], &asked[k]) {
            (Some(want), Some(y)) => {
                let inputs: Vec<&Sides<N>> = (0..k)
                    .filter(|m| chain.links[*m].next == Some(k))
                    .filter_map(|m| markets[m].as_ref())
                    .collect();
                let fed = |y: &N, pick: fn(&Sides<N>) -> &N| {
                    let rations: Vec<N> = inputs.iter().map(|r| pick(r).clone()).collect();
                    if rations.is_empty() { y.clone() } else { y.times(&N::least(rations)) }
                };
                let made = Supply {
                    hit: fed(&y.hit, |r| &r.free),
                    free: fed(&y.free, |r| &r.free),
                    cut: fed(&y.cut, |r| &r.cut),
                };
                Some(rations(&made, want, unpublished(chain, k, loss, terms)))
            }
            _ => unknown(k, loss, terms),
        };
    }
    let home_is_cut = loss.cuts(&chain.home) && terms.parts == Parts::Home;
    let mut least = vec![one];
    let mut limit: Option<(usize, f64)> = None;
    for (k, ration) in markets.iter().enumerate().filter(|(k, _)| chain.links[*k].direct) {
        let Some(ration) = ration else { continue };
        let r = if home_is_cut { &ration.cut } else { &ration.free };
        if r.value() < limit.map_or(1.0, |l| l.1) {
            limit = Some((k, r.value()));
        }
        least.push(r.clone());
    }
    // Parts that are made there are lost with everything else that is.
    if loss.whole && terms.parts == Parts::Inside && loss.cuts(&chain.home) {
        least.push(N::constant(0.0));
    }
    Rations { markets, robots: N::least(least), limit: limit.map(|l| l.0) }
}

/// What robots take of a market a year.
fn robots<N: Number>(chain: &Chain, link: &Link) -> N {
    N::leaf(link.takes * chain.volume, || link.need.clone().times(chain.given.clone()))
}

/// Everything wanted of a market, before the loss.
fn wanted<N: Number>(chain: &Chain, link: &Link, terms: Terms) -> N {
    match terms.rationing {
        Rationing::Outbid => robots(chain, link),
        Rationing::ProRata => N::sum(vec![made(link, |_, _| true), robots(chain, link)]),
    }
}

/// Output today of some plants.
fn made<N: Number>(link: &Link, which: impl Fn(usize, &Plant) -> bool) -> N {
    let chosen = link.plants.iter().enumerate().filter(|(i, p)| p.output.is_some() && which(*i, p));
    let chosen: Vec<&Plant> = chosen.map(|(_, p)| p).collect();
    let value = f64::sum(chosen.iter().map(|p| p.made).collect());
    N::leaf(value, || Quantity::Figures(Expr::sum(chosen.iter().filter_map(|p| p.output.clone()))))
}

/// Spare capacity of some plants.
fn spare<N: Number>(link: &Link, which: impl Fn(usize, &Plant) -> bool) -> N {
    let chosen = link.plants.iter().enumerate().filter(|(i, p)| p.spare > 0.0 && which(*i, p));
    let chosen: Vec<&Plant> = chosen.map(|(_, p)| p).collect();
    let value = f64::sum(chosen.iter().map(|p| p.spare).collect());
    N::leaf(value, || Quantity::Sum(chosen.iter().filter_map(|p| p.spare()).collect()))
}

/// What live plants can give. Without re-sourcing they give what they would have given without the loss: today's
/// output, and of their spare capacity the part that this volume of robots needs.
fn supply<N: Number>(chain: &Chain, k: usize, loss: &Loss, terms: Terms) -> Supply<N> {
    let link = &chain.links[k];
    let hit = &loss.hit[k];
    let cut = |p: &Plant| loss.cuts_plant(k, &p.country);
    let all: N = spare(link, |_, _| true);
    let used = match (terms.spare || !loss.is_felt(), all.value() > 0.0) {
        (true, _) => None,
        (false, true) => Some(N::least(vec![N::constant(1.0), robots::<N>(chain, link).over(&all)])),
        (false, false) => Some(N::constant(0.0)),
    };
    let give = |which: &dyn Fn(usize, &Plant) -> bool| {
        let more: N = spare(link, which);
        let more = used.as_ref().map_or(more.clone(), |u| more.times(u));
        N::sum(vec![made(link, which), more])
    };
    let stopped = loss.mode == Mode::Output;
    Supply {
        hit: if stopped { N::constant(0.0) } else { give(&|i, _| hit[i]) },
        free: give(&|i, p| !hit[i] && !cut(p)),
        cut: give(&|i, p| !hit[i] && cut(p)),
    }
}

/// Wants of a market whose output is used where the next market's plants stand.
fn passed_down<N: Number>(chain: &Chain, k: usize, j: usize, y: &Supply<N>, terms: Terms) -> Sides<N> {
    let per_unit = wanted::<N>(chain, &chain.links[k], terms).over(&wanted(chain, &chain.links[j], terms));
    let free = N::sum(vec![y.hit.clone(), y.free.clone()]);
    Sides { free: free.times(&per_unit), cut: y.cut.times(&per_unit) }
}

/// Wants of a market at the end of the chain: users whose place is known, those whose place is not, and robots.
fn at_the_end<N: Number>(chain: &Chain, k: usize, loss: &Loss, terms: Terms) -> Sides<N> {
    let link = &chain.links[k];
    let (mut free, mut cut) = (vec![], vec![]);
    let worst_side_is_cut = |cuts: Option<bool>| cuts.unwrap_or(terms.unknowns != Unknowns::Best);
    if terms.rationing == Rationing::ProRata {
        let all: N = made(link, |_, _| true);
        let mut placed = vec![];
        for (place, expr, value) in &link.users {
            let use_there = N::leaf(*value, || Quantity::Figures(expr.clone()));
            let cuts = worst_side_is_cut(loss.cuts_place(chain, place));
            if cuts { cut.push(use_there.clone()) } else { free.push(use_there.clone()) }
            placed.push(use_there);
        }
        let left = all.less(&N::sum(placed));
        let left = N::greatest(vec![N::constant(0.0), left]);
        let abroad = match (&loss.mode, terms.unknowns) {
            (Mode::Output, _) | (_, Unknowns::Best) => false,
            (Mode::Exports { to: None }, _) => true,
            (Mode::Exports { to: Some(_) }, unknowns) => unknowns == Unknowns::Worst && !loss.re_export,
        };
        if abroad { cut.push(left) } else { free.push(left) }
    }
    let home_is_cut = loss.cuts(&chain.home) && terms.parts == Parts::Home;
    if home_is_cut { cut.push(robots(chain, link)) } else { free.push(robots(chain, link)) }
    Sides { free: N::sum(free), cut: N::sum(cut) }
}

/// The share of each side's want that is met.
fn rations<N: Number>(supply: &Supply<N>, want: &Sides<N>, unlimited: Sides<bool>) -> Sides<N> {
    let one = || N::constant(1.0);
    let (hit, others, all) = (&supply.hit, supply.others(), supply.all());
    // Where nobody buys, a buyer would get what he asks for if there is anything at all.
    let any = |supply: &N| if supply.value() > 0.0 { one() } else { N::constant(0.0) };
    let fair = || all.over(&N::sum(vec![want.free.clone(), want.cut.clone()]));
    let free = match want.free.value() > 0.0 {
        true => N::least(vec![one(), N::greatest(vec![fair(), hit.over(&want.free)])]),
        false => any(&all),
    };
    let cut = match want.cut.value() > 0.0 {
        true => N::least(vec![one(), fair(), others.over(&want.cut)]),
        false => any(&others),
    };
    Sides { free: if unlimited.free { one() } else { free }, cut: if unlimited.cut { one() } else { cut } }
}

/// What the plants are asked to make so that the wants are met as far as they can be.
fn orders<N: Number>(can: &Supply<N>, want: &Sides<N>) -> Supply<N> {
    let ration = rations(can, want, Sides { free: false, cut: false });
    let to_cut = ration.cut.times(&want.cut);
    let to_free = ration.free.times(&want.free);
    let others = can.others();
    let rest = N::greatest(vec![N::constant(0.0), others.less(&to_cut)]);
    let reachable = N::sum(vec![can.hit.clone(), rest.clone()]);
    let from_hit = to_free.times(&can.hit.over(&reachable));
    let from_others = N::sum(vec![to_cut, to_free.times(&rest.over(&reachable))]);
    Supply {
        hit: from_hit,
        free: from_others.times(&can.free.over(&others)),
        cut: from_others.times(&can.cut.over(&others)),
    }
}

/// Whether plants that publish nothing are taken to give each side all that it wants.
fn unpublished(chain: &Chain, k: usize, loss: &Loss, terms: Terms) -> Sides<bool> {
    let link = &chain.links[k];
    let silent = |hit: bool| {
        let mut plants = link.plants.iter().enumerate();
        plants.any(|(i, p)| p.output.is_none() && loss.hit[k][i] == hit)
    };
    let best = terms.unknowns == Unknowns::Best;
    let cut = best && silent(false);
    Sides { free: cut || best && loss.mode != Mode::Output && silent(true), cut }
}

/// Rations of a market of which no plant publishes an output: known only where all plants are hit, or none.
fn unknown<N: Number>(k: usize, loss: &Loss, terms: Terms) -> Option<Sides<N>> {
    let hits = &loss.hit[k];
    let share = |value: f64| N::constant(value);
    let worst = match terms.unknowns {
        Unknowns::Worst => Some(0.0),
        Unknowns::Middle => None,
        Unknowns::Best => Some(1.0),
    };
    let (all, any) = (hits.iter().all(|h| *h), hits.iter().any(|h| *h));
    let cut = if all { Some(0.0) } else if any { worst } else { Some(1.0) };
    let free = if loss.mode == Mode::Output { cut } else { Some(1.0) };
    Some(Sides { free: share(free.unwrap_or(1.0)), cut: share(cut.unwrap_or(1.0)) })
        .filter(|_| cut.is_some() && free.is_some())
}
