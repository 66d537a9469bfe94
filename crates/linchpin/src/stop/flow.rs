//! What still gets through the markets after a loss: the largest share of the robots that some flow allows.
//!
//! Plants are hit, or they buy on the **free** side (they may use what hit plants sell) or on the **cut** side (they
//! may not). For every market j, as shares of everything wanted of it, T(j):
//!
//! c = min(C/T, a′),  a = min(F/T + c, b′),  b = min((H + F)/T + c, b′)
//!
//! with H, F, C what the hit plants, the other plants on the free side and those on the cut side can make, a the most
//! that can reach buyers on the cut side, b the most that can be made in all, and a′, b′ the smallest a and b among
//! the markets of its inputs (1 without any). Every pair (u, w) of deliveries to the two sides with u ≤ a and
//! u + w ≤ b is then feasible, and no other: the regions are polymatroids, which fixed proportions (Leontief 1951)
//! and sums keep (Megiddo 1974). So a and b are the answer of the maximum flow, worked out in one pass, and not a
//! product of shares: plants that are gone want no inputs, and leave them to those that remain.
//!
//! Where the chain ends, a share ω of the wants is on the cut side. Pro rata every buyer gets the largest common share,
//!
//! r(cut) = min(1, b, a/ω),  r(free) = min(1, max(b, (b − a)/(1 − ω))),
//!
//! and where robots outbid all others, T is what they want, and ω is one or zero.

use super::chain::{Chain, Link, Plant};
use super::loss::{Loss, Mode};
use super::number::Number;
use super::sides::{Side, Sides};
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

impl Terms {
    /// How many there are.
    pub const COUNT: usize = 24;

    /// Which of them these are, from 0.
    pub(super) fn index(self) -> usize {
        let (rationing, spare) = (self.rationing as usize, usize::from(self.spare));
        ((rationing * 2 + spare) * 3 + self.unknowns as usize) * 2 + self.parts as usize
    }
}

/// What a market can still give, as shares of what is wanted of it.
#[derive(Debug, Clone)]
struct Reach<N> {
    /// To buyers on the cut side.
    cut: N,
    /// In all.
    all: N,
}

/// What is left for the robots.
#[derive(Debug, Clone)]
pub struct Left<N> {
    /// As a share of what they want.
    pub share: N,
    /// Market that limits it; `None` if nothing does.
    pub limit: Option<usize>,
}

/// Shares above this are whole: what is missing is rounding.
pub(super) const WHOLE: f64 = 1.0 - 1e-9;

/// What a loss leaves for the robots.
pub(super) fn left<N: Number>(chain: &Chain, loss: &Loss, terms: Terms) -> Left<N> {
    let idle = !terms.spare && loss.is_felt();
    let mut reach: Vec<Reach<N>> = Vec::with_capacity(chain.links.len());
    for k in 0..chain.links.len() {
        let here = match chain.links[k].is_known() {
            true => through(chain, k, loss, terms, idle, &reach),
            false => unpublished(chain, k, loss, terms),
        };
        reach.push(here);
    }
    let home_is_cut = loss.cuts(&chain.home) && terms.parts == Parts::Home;
    let mut shares: Vec<N> = vec![];
    let mut limit: Option<(usize, f64)> = None;
    for k in (0..chain.links.len()).filter(|k| chain.links[*k].is_direct()) {
        let share = ration(chain, k, loss, terms, &reach[k], home_is_cut);
        if share.value() < limit.map_or(WHOLE, |l| l.1) {
            limit = Some((k, share.value()));
        }
        shares.push(share);
    }
    let limit = limit.map(|(k, _)| deepest(chain, k, home_is_cut, &reach));
    // Parts that are made there are lost with everything else that is.
    if loss.whole && terms.parts == Parts::Inside && loss.cuts(&chain.home) {
        shares.push(N::constant(0.0));
    }
    shares.push(N::constant(1.0));
    Left { share: N::least(shares), limit }
}

/// What robots take of a market a year.
fn robots<N: Number>(chain: &Chain, link: &Link) -> N {
    N::leaf(link.takes * chain.volume, || link.need.clone().times(chain.given.clone()))
}

/// Everything wanted of a market: what is made today is used, and robots come on top.
fn wanted<N: Number>(chain: &Chain, k: usize, terms: Terms) -> N {
    let link = &chain.links[k];
    match terms.rationing {
        Rationing::Outbid => robots(chain, link),
        Rationing::ProRata => N::sum([made_by_all(chain, k), robots(chain, link)]),
    }
}

/// Output today of the plants on a side.
fn made<N: Number>(link: &Link, sides: &Sides, side: Side) -> N {
    let outputs = || sides.on(side).filter_map(|i| link.plants[i].output.clone());
    N::leaf(sides.of(side).made, || Quantity::Figures(Expr::sum(outputs())))
}

/// Output today of all plants.
fn made_by_all<N: Number>(chain: &Chain, k: usize) -> N {
    let link = &chain.links[k];
    N::leaf(chain.made(k), || {
        Quantity::Figures(Expr::sum(link.plants.iter().filter_map(|p| p.output.clone())))
    })
}

/// Spare capacity of the plants on a side.
fn spare<N: Number>(link: &Link, sides: &Sides, side: Side) -> N {
    N::leaf(sides.of(side).spare, || spare_of(sides.on(side).map(|i| &link.plants[i])))
}

/// Spare capacity of all plants.
fn spare_of_all<N: Number>(chain: &Chain, k: usize) -> N {
    N::leaf(chain.spare(k), || spare_of(chain.links[k].plants.iter()))
}

fn spare_of<'a>(plants: impl Iterator<Item = &'a Plant>) -> Quantity {
    Quantity::Sum(plants.filter(|p| p.spare > 0.0).filter_map(Plant::spare).collect())
}

/// The equations above for one market; `idle` if plants do not step in for those that are hit.
fn through<N: Number>(
    chain: &Chain,
    k: usize,
    loss: &Loss,
    terms: Terms,
    idle: bool,
    reach: &[Reach<N>],
) -> Reach<N> {
    let link = &chain.links[k];
    let sides = loss.sides(chain, k);
    // Idle plants give what they would have given without the loss: today's output, and of their
    // spare capacity the part that this volume of robots needs.
    let used: Option<N> = idle.then(|| {
        let all: N = spare_of_all(chain, k);
        match all.value() > 0.0 {
            true => N::least([N::constant(1.0), robots::<N>(chain, link).over(&all)]),
            false => N::constant(0.0),
        }
    });
    let wanted: N = wanted(chain, k, terms);
    // What a side can give, over what is wanted. Plants that publish nothing give all of it, or nothing.
    let can = |side: Side| -> N {
        if terms.unknowns == Unknowns::Best && sides.of(side).silent {
            return N::constant(1.0);
        }
        let more: N = spare(link, sides, side);
        let more = used.as_ref().map_or_else(|| more.clone(), |u| more.times(u));
        N::sum([made(link, sides, side), more]).over(&wanted)
    };
    let nobody = || N::constant(0.0);
    let sells = sides.of(Side::Hit).any && loss.mode != Mode::Output;
    let from_hit = if sells { can(Side::Hit) } else { nobody() };
    let from_free = can(Side::Free);
    let from_cut = if sides.of(Side::Cut).any { can(Side::Cut) } else { nobody() };
    let inputs = || chain.inputs(k).iter().map(|m| &reach[*m]);
    let fed_cut = N::least(inputs().map(|r| r.cut.clone()).chain([N::constant(1.0)]));
    let fed_all = N::least(inputs().map(|r| r.all.clone()).chain([N::constant(1.0)]));
    let on_cut = N::least([from_cut, fed_cut]);
    let others = N::sum([from_free, on_cut]);
    Reach {
        cut: N::least([others.clone(), fed_all.clone()]),
        all: N::least([N::sum([from_hit, others]), fed_all]),
    }
}

/// A market of which no plant publishes an output: known only where all plants are hit, or none.
fn unpublished<N: Number>(chain: &Chain, k: usize, loss: &Loss, terms: Terms) -> Reach<N> {
    let hit = loss.hits_in(k).count();
    let (all_hit, any_hit) = (hit == chain.links[k].plants.len(), hit > 0);
    let lost = all_hit || any_hit && terms.unknowns == Unknowns::Worst;
    let cut = if lost { 0.0 } else { 1.0 };
    let all = if loss.mode == Mode::Output { cut } else { 1.0 };
    Reach { cut: N::constant(cut), all: N::constant(all) }
}

/// The share of their want of a market that the robots get.
fn ration<N: Number>(
    chain: &Chain,
    k: usize,
    loss: &Loss,
    terms: Terms,
    reach: &Reach<N>,
    home_is_cut: bool,
) -> N {
    let one = || N::constant(1.0);
    let link = &chain.links[k];
    if terms.rationing == Rationing::Outbid || !link.is_known() {
        return N::least([one(), if home_is_cut { reach.cut.clone() } else { reach.all.clone() }]);
    }
    let wanted: N = wanted(chain, k, terms);
    let on_cut = cut_users::<N>(chain, k, loss, terms, home_is_cut).over(&wanted);
    if home_is_cut {
        // The robots themselves want something there, so that ω is not zero.
        return N::least([one(), reach.all.clone(), reach.cut.over(&on_cut)]);
    }
    let rest = one().less(&on_cut);
    let left_over = reach.all.less(&reach.cut);
    match rest.value() > 0.0 && left_over.value() > 0.0 {
        true => N::least([one(), N::greatest([reach.all.clone(), left_over.over(&rest)])]),
        false => N::least([one(), reach.all.clone()]),
    }
}

/// What buyers on the cut side want of a market at the end of the chain: users whose place is known, those whose
/// place is not, and the robots. Robots on the cut side share with those users and are worst off with many of them;
/// robots on the free side are best off with many, who do not get what hit plants sell.
fn cut_users<N: Number>(chain: &Chain, k: usize, loss: &Loss, terms: Terms, home_is_cut: bool) -> N {
    let link = &chain.links[k];
    let many = if home_is_cut { Unknowns::Worst } else { Unknowns::Best };
    let (mut cut, mut placed) = (vec![], vec![]);
    for ((_, expr, value), is_cut) in link.users.iter().zip(&loss.sides(chain, k).users) {
        let use_there = N::leaf(*value, || Quantity::Figures(expr.clone()));
        let unknown = terms.unknowns == many || terms.unknowns == Unknowns::Middle;
        if is_cut.unwrap_or(unknown) {
            cut.push(use_there.clone());
        }
        placed.push(use_there);
    }
    let abroad = match &loss.mode {
        Mode::Output => false,
        Mode::Exports { to: None } => terms.unknowns == many || terms.unknowns == Unknowns::Middle,
        Mode::Exports { to: Some(_) } => terms.unknowns == many && !loss.re_export,
    };
    if abroad {
        let left = made_by_all::<N>(chain, k).less(&N::sum(placed));
        cut.push(N::greatest([N::constant(0.0), left]));
    }
    // Figures of users and of makers come from different publishers: others use no more than is made.
    let others = N::least([N::sum(cut), made_by_all(chain, k)]);
    match home_is_cut {
        true => N::sum([others, robots(chain, link)]),
        false => others,
    }
}

/// The market from which a shortage comes: down the inputs as long as one of them is the limit.
fn deepest<N: Number>(chain: &Chain, mut k: usize, mut cut: bool, reach: &[Reach<N>]) -> usize {
    loop {
        let here = if cut { reach[k].cut.value() } else { reach[k].all.value() };
        let mut inputs = chain.inputs(k).iter().copied();
        let Some((m, side)) = inputs.find_map(|m| match reach[m] {
            _ if reach[m].all.value() <= here => Some((m, false)),
            _ if reach[m].cut.value() <= here => Some((m, true)),
            _ => None,
        }) else {
            return k;
        };
        (k, cut) = (m, side);
    }
}
