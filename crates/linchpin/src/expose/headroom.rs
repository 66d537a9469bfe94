//! Headroom: how many robots a year each market can feed before its spare capacity runs out. The first is the wall.
//!
//! headroom = Σ max(0, capacity − output) / need of one robot, over the plants that publish both: of the world, of the
//! world less the country that makes most (or less what a selector names), and of the maker's own suppliers. A
//! market of which no plant publishes both has no headroom to tell; that is "no data", not zero.

use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{Chain, Link, Own, Plant, Selector};
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
fn largest(link: &Link) -> Option<&str> {
    let mut by_country: BTreeMap<&str, f64> = BTreeMap::new();
    link.plants.iter().for_each(|p| *by_country.entry(&p.country).or_insert(0.0) += p.made);
    let most = by_country.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
    most.filter(|(_, made)| *made > 0.0).map(|(country, _)| country)
}

/// Headroom without the country that makes most.
fn less_largest(link: &Link) -> Option<Quantity> {
    largest(link).and_then(|country| headroom(link, &|p| p.country != country))
}

/// A market and the volume at which its spare capacity runs out.
pub(crate) struct Wall<'c> {
    /// The market.
    pub(crate) link: &'c Link,
    /// Robots a year.
    pub(crate) volume: Quantity,
}

/// Share of a market's output whose plants publish their capacity too.
fn told(link: &Link) -> Option<Quantity> {
    let output = |both: bool| {
        let plants = link.plants.iter().filter(move |p| !both || p.capacity.is_some());
        Quantity::Figures(Expr::sum(plants.filter_map(|p| p.output.clone())))
    };
    link.is_known().then(|| output(true).over(output(false)))
}

/// From this share on, the spare capacity of the plants that publish it stands for the market's.
const TOLD: f64 = 0.5;

/// How well the headroom of a market is known: well enough to be a wall, as a lower bound, or not at all; then by size.
fn order(model: &Model<'_>, link: &Link) -> (u8, f64) {
    let value = |q: Option<Quantity>| q.and_then(|q| model.value(&q));
    match (value(headroom(link, &|_| true)), value(told(link))) {
        (Some(robots), Some(told)) if told >= TOLD => (0, robots),
        (Some(robots), _) => (1, robots),
        _ => (2, 0.0),
    }
}

/// The market whose spare capacity runs out first, of those in which it is known well enough.
pub(crate) fn wall<'c>(model: &Model<'_>, chain: &'c Chain) -> Option<Wall<'c>> {
    let first = sorted(model, chain).into_iter().next()?;
    let volume = headroom(first, &|_| true).filter(|_| order(model, first).0 == 0)?;
    Some(Wall { link: first, volume })
}

/// Markets by what is known of their headroom, then by its size, then by id.
fn sorted<'c>(model: &Model<'_>, chain: &'c Chain) -> Vec<&'c Link> {
    let mut links: Vec<((u8, f64), &Link)> = chain.links.iter().map(|l| (order(model, l), l)).collect();
    links.sort_by(|(a, x), (b, y)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(x.id.cmp(&y.id)));
    links.into_iter().map(|(_, l)| l).collect()
}

/// Every market, the wall first; under a loss those that it hits before the others.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    without: Option<&Selector>,
    own: &[Own],
    rows: Option<usize>,
) -> Draft<'m, 'a> {
    let mut links = sorted(model, chain);
    // What is lost comes first: it is what was asked about.
    links.sort_by_key(|l| without.is_none_or(|s| !l.plants.iter().any(|p| s.hits(p, l))));
    links.truncate(rows.unwrap_or(usize::MAX));
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let outside = |l: &&Link| match without {
        Some(selector) => headroom(l, &|p| !selector.hits(p, l)),
        None => less_largest(l),
    };
    let own_sites = chain.own_sites();
    let suppliers = |l: &&Link| {
        let named = own.iter().find(|o| o.market == l.id);
        let lost = |p: &Plant| without.is_some_and(|s| s.hits(p, l));
        headroom(l, &|p| {
            !lost(p) && named.map_or_else(|| own_sites.contains(p.site.as_str()), |o| o.from.hits(p, l))
        })
    };
    let draft = Draft::new(model, "headroom", ids())
        .names("item", ids())
        .words("stage", links.iter().map(|l| Some(format!("stage-{}", l.stage))).collect())
        .range(
            ["headroom", "headroom_low", "headroom_high"],
            Unit::PiecePerYear,
            links.iter().map(|l| headroom(l, &|_| true)).collect(),
        )
        .log_bar()
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
        .header(Message::new(if without.is_some() { "col-headroom-left" } else { "col-headroom-outside" }))
        .number("headroom_own", Unit::PiecePerYear, links.iter().map(suppliers).collect())
        .number("told", Unit::Fraction, links.iter().map(|l| told(l)).collect())
        .note(Message::new(if without.is_some() { "note-headroom-without" } else { "note-headroom" }))
}

/// The first markets in short.
pub(crate) fn brief_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain, rows: usize) -> Draft<'m, 'a> {
    let mut links = sorted(model, chain);
    links.truncate(rows);
    let ids = || links.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    Draft::new(model, "headroom", ids())
        .names("item", ids())
        .range(
            ["headroom", "headroom_low", "headroom_high"],
            Unit::PiecePerYear,
            links.iter().map(|l| headroom(l, &|_| true)).collect(),
        )
        .log_bar()
        .number("takes", Unit::Fraction, links.iter().map(|l| takes(chain, l)).collect())
        .names("largest", links.iter().map(|l| largest(l).unwrap_or_default().to_owned()).collect())
        .number("headroom_outside", Unit::PiecePerYear, links.iter().map(|l| less_largest(l)).collect())
        .number("told", Unit::Fraction, links.iter().map(|l| told(l)).collect())
        .note(Message::new("note-headroom-brief"))
}

/// Labels of the feeds, which are no items.
pub(crate) fn labels(
    chain: &Chain,
    known: &BTreeMap<String, linchpin_table::Label>,
) -> Vec<(String, linchpin_table::Label)> {
    let feeds = chain.links.iter().filter(|l| l.feed);
    let label = |l: &Link| {
        let oxide = known.get(l.id.strip_prefix("feed_")?)?;
        let (en, zh) = (format!("{} in concentrates", oxide.en), format!("精矿所含{}", oxide.zh));
        Some((l.id.clone(), linchpin_table::Label::new(en, zh)))
    };
    feeds.filter_map(label).collect()
}
