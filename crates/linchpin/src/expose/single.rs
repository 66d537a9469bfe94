//! Single points of failure: one plant, company or country without which no robot is made. In the **market** that holds
//! even if the others use all they have and robots outbid everybody; by the maker's **suppliers**, as he names them, if
//! nobody buys elsewhere. A company is left out if a plant of it is named already; countries are told in any case.
//!
//! A **hidden** one does not show where the maker buys: there he has two or more suppliers, and all of them rest on it.

use super::stops::{Case, Shares};
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::Kind;
use crate::stop::{Chain, Link};
use crate::stop::{End, Own};
use crate::stop::{Parts, Rationing, Unknowns};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Something that stops everything.
struct Point<'c> {
    case: &'c Case,
    market: Option<&'c Link>,
    /// Market further down with two or more suppliers that all rest on it.
    behind: Option<&'c Link>,
    stop: Quantity,
    /// Word of who could not help it.
    holds: &'static str,
}

/// Every single point of failure by loss of output.
fn points<'c>(chain: &'c Rc<Chain>, own: &Rc<Vec<Own>>, cases: &'c [Case]) -> Vec<Point<'c>> {
    let mut points = vec![];
    let mut covered: BTreeSet<(usize, usize)> = BTreeSet::new();
    for kind in [Kind::Site, Kind::Company, Kind::Country] {
        let mut found = vec![];
        for case in cases.iter().filter(|c| c.kind == kind && c.mode == "output") {
            let shares = Shares { chain, loss: &case.loss, own };
            let market = shares.market(Rationing::Outbid, true, Unknowns::Best, Parts::Home);
            let by_lanes = shares.own(true, End::Best);
            let (stop, holds) = if market.value() == Some(1.0) {
                (market, "single-market")
            } else if by_lanes.value() == Some(1.0) {
                (by_lanes, "single-own")
            } else {
                continue;
            };
            let hits: Vec<(usize, usize)> = case.loss.hit.iter().copied().collect();
            // A company that holds a smaller point adds nothing to it; which countries stop all is a question of its own.
            if kind != Kind::Country && hits.iter().any(|h| covered.contains(h)) {
                continue;
            }
            let (market, behind) = place(chain, stop.limit(), &hits);
            points.push(Point { case, market, behind, stop: stop.quantity(), holds });
            found.extend(hits);
        }
        covered.extend(found);
    }
    points
}

/// The market in which something is alone, and the one behind which that is hidden: it is alone where it is hit and
/// the shortage comes from, or in a market on the way to it.
fn place<'c>(
    chain: &'c Chain,
    limit: Option<usize>,
    hits: &[(usize, usize)],
) -> (Option<&'c Link>, Option<&'c Link>) {
    let Some(limit) = limit else { return (None, None) };
    let is_hit = |k: usize| hits.iter().any(|h| h.0 == k);
    let leads = |mut k: usize| {
        while let Some(next) = chain.links[k].next {
            if next == limit {
                return true;
            }
            k = next;
        }
        false
    };
    let alone =
        if is_hit(limit) { limit } else { (0..limit).rfind(|k| is_hit(*k) && leads(*k)).unwrap_or(limit) };
    (Some(&chain.links[alone]), several_below(chain, alone))
}

/// The first market further down that has plants of two or more owners.
fn several_below(chain: &Chain, k: usize) -> Option<&Link> {
    let mut next = chain.links[k].next;
    while let Some(j) = next {
        let link = &chain.links[j];
        let owners: BTreeSet<&str> =
            link.plants.iter().map(|p| p.owners.last().unwrap_or(&p.site).as_str()).collect();
        if owners.len() > 1 {
            return Some(link);
        }
        next = link.next;
    }
    None
}

/// How many there are.
pub(crate) fn count(chain: &Rc<Chain>, own: &Rc<Vec<Own>>, cases: &[Case]) -> usize {
    points(chain, own, cases).len()
}

/// The table; empty if nothing alone stops everything.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    cases: &[Case],
) -> Draft<'m, 'a> {
    let points = points(chain, own, cases);
    let market = |link: Option<&Link>| link.map_or_else(String::new, |l| l.id.clone());
    Draft::new(model, "single", points.iter().map(|p| p.case.id.clone()).collect())
        .names("lost", points.iter().map(|p| p.case.id.clone()).collect())
        .words("kind", points.iter().map(|p| Some(format!("kind-{}", p.case.kind.word()))).collect())
        .names("market", points.iter().map(|p| market(p.market)).collect())
        .names("behind", points.iter().map(|p| market(p.behind)).collect())
        .words("holds", points.iter().map(|p| Some(p.holds.to_owned())).collect())
        .number("stop", Unit::Fraction, points.iter().map(|p| Some(p.stop.clone())).collect())
        .note(Message::new(if points.is_empty() { "note-single-none" } else { "note-single" }))
}
