//! Headroom: how many robots a year each market can feed before its spare capacity runs out. The first is the wall.
//!
//! headroom = Σ max(0, capacity − output) / need of one robot, over the plants that publish both: of the world, of the
//! world less the country that makes most (or less what a selector names), and of the maker's own suppliers. A
//! market of which no plant publishes both has no headroom to tell; that is "no data", not zero.

use crate::stop::{Chain, Link, Plant};
use crate::stop::Own;
use crate::stop::Selector;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// Spare capacity of some plants of a market over the need of one robot, in robots a year.
fn headroom(link: &Link, which: &dyn Fn(&Plant) -> bool) -> Option<Quantity> {
    let spare: Vec<Quantity> = link.plants.iter().filter(|p| which(p)).filter_map(Plant::spare).collect();
    (!spare.is_empty()).then(|| Quantity::Sum(spare).over(link.need.clone()))
}

/// Robots a year that the whole market could feed if it fed nothing else.
fn everything(link: &Link) -> Option<Quantity> {
    let output = |p: &Plant| p.output.clone().map(Quantity::Figures);
    let made = link.plants.iter().filter_map(output);
    let all: Vec<Quantity> = made.chain(link.plants.iter().filter_map(Plant::spare)).collect();
    link.is_known().then(|| Quantity::Sum(all).over(link.need.clone()))
}

/// What a year's robots take of today's output.
fn takes(chain: &Chain, link: &Link) -> Option<Quantity> {
    let output = link.plants.iter().filter_map(|p| p.output.clone());
    let taken = || link.need.clone().times(chain.given.clone());
    link.is_known().then(|| taken().over(Quantity::Figures(Expr::sum(output))))
}

/// The market of which the robots take the largest share of today's output, with that share.
pub(crate) fn most_taken<'c>(model: &Model<'_>, chain: &'c Chain) -> Option<(&'c Link, Quantity)> {
    let shares = chain.links.iter().filter_map(|l| {
        let share = takes(chain, l)?;
        Some((model.value(&share)?, l, share))
    });
    shares.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, link, share)| (link, share))
}

/// The country that makes most.
pub(super) fn largest(link: &Link) -> Option<&str> {
    let mut by_country: BTreeMap<&str, f64> = BTreeMap::new();
    link.plants.iter().for_each(|p| *by_country.entry(&p.country).or_insert(0.0) += p.made);
    let most = by_country.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
    most.filter(|(_, made)| *made > 0.0).map(|(country, _)| country)
}

/// A market and the volume at which its spare capacity runs out.
pub(crate) struct Wall<'c> {
    /// The market.
    pub(crate) link: &'c Link,
    /// Robots a year.
    pub(crate) volume: Quantity,
}

/// The market whose spare capacity runs out first, of those that publish any.
pub(crate) fn wall<'c>(model: &Model<'_>, chain: &'c Chain) -> Option<Wall<'c>> {
    sorted(model, chain).into_iter().find_map(|link| Some(Wall { link, volume: headroom(link, &|_| true)? }))
}

/// Markets by headroom, those without data last, by id.
fn sorted<'c>(model: &Model<'_>, chain: &'c Chain) -> Vec<&'c Link> {
    let mut links: Vec<(f64, &Link)> = chain
        .links
        .iter()
        .map(|l| (headroom(l, &|_| true).and_then(|q| model.value(&q)).unwrap_or(f64::INFINITY), l))
        .collect();
    links.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
    links.into_iter().map(|(_, l)| l).collect()
}

/// Every market, the wall first.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    without: Option<&Selector>,
    own: &[Own],
    rows: Option<usize>,
) -> Draft<'m, 'a> {
    let mut links = sorted(model, chain);
    links.truncate(rows.unwrap_or(usize::MAX));
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let outside = |l: &&Link| match without {
        Some(selector) => headroom(l, &|p| !selector.hits(p, l)),
        None => largest(l).and_then(|country| headroom(l, &|p| p.country != country)),
    };
    let suppliers = |l: &&Link| {
        let named = own.iter().find(|o| o.market == l.id);
        let lane = |p: &Plant| chain.lanes.iter().any(|x| x.from == p.site && chain.assembly.contains(&x.to));
        headroom(l, &|p| named.map_or_else(|| lane(p), |o| o.from.hits(p, l)))
    };
    let count = |which: &dyn Fn(&Plant) -> bool, l: &Link| l.plants.iter().filter(|p| which(p)).count();
    let publish = |p: &Plant| p.capacity.is_some() && p.output.is_some();
    let plants = |l: &&Link| Some(format!("{}/{}", count(&publish, l), l.plants.len()));
    let draft = Draft::new(model, "headroom", ids())
        .names("item", ids())
        .range(
            ["headroom", "headroom_low", "headroom_high"],
            Unit::PiecePerYear,
            links.iter().map(|l| headroom(l, &|_| true)).collect(),
        )
        .number("takes", Unit::Fraction, links.iter().map(|l| takes(chain, l)).collect())
        .number("everything", Unit::PiecePerYear, links.iter().map(|l| everything(l)).collect());
    let draft = match without {
        Some(_) => draft,
        None => {
            draft.names("largest", links.iter().map(|l| largest(l).unwrap_or_default().to_owned()).collect())
        }
    };
    draft
        .number("headroom_outside", Unit::PiecePerYear, links.iter().map(outside).collect())
        .number("headroom_own", Unit::PiecePerYear, links.iter().map(suppliers).collect())
        .text("publish", links.iter().map(plants).collect())
        .note(Message::new(if without.is_some() { "note-headroom-without" } else { "note-headroom" }))
}

/// The first markets in short.
pub(crate) fn brief_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain, rows: usize) -> Draft<'m, 'a> {
    let mut links = sorted(model, chain);
    links.truncate(rows);
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let outside = |l: &&Link| largest(l).and_then(|country| headroom(l, &|p| p.country != country));
    Draft::new(model, "headroom", ids())
        .names("item", ids())
        .range(
            ["headroom", "headroom_low", "headroom_high"],
            Unit::PiecePerYear,
            links.iter().map(|l| headroom(l, &|_| true)).collect(),
        )
        .number("takes", Unit::Fraction, links.iter().map(|l| takes(chain, l)).collect())
        .names("largest", links.iter().map(|l| largest(l).unwrap_or_default().to_owned()).collect())
        .number("headroom_outside", Unit::PiecePerYear, links.iter().map(outside).collect())
        .note(Message::new("note-headroom-brief"))
}

/// Labels of the feeds, which are no items.
pub(crate) fn labels(chain: &Chain, known: &BTreeMap<String, linchpin_table::Label>) -> Vec<(String, linchpin_table::Label)> {
    let feeds = chain.links.iter().filter(|l| l.feed);
    let label = |l: &Link| {
        let oxide = known.get(l.id.strip_prefix("feed_")?)?;
        let (en, zh) = (format!("{} in concentrates", oxide.en), format!("精矿所含{}", oxide.zh));
        Some((l.id.clone(), linchpin_table::Label::new(en, zh)))
    };
    feeds.filter_map(label).collect()
}
