//! One loss in full: its stop shares, the markets that it hits, and how hit content reaches the robot.

use super::stops::Shares;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use crate::stop::End;
use crate::stop::{Chain, Link};
use crate::stop::{Loss, Mode};
use crate::stop::{Parts, Rationing, Unknowns};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;

/// One row: what kind of number, on which terms.
struct Row {
    key: &'static str,
    rationing: Option<Rationing>,
    parts: Parts,
}

const ROWS: [Row; 5] = [
    Row { key: "own", rationing: None, parts: Parts::Home },
    Row { key: "pro_rata", rationing: Some(Rationing::ProRata), parts: Parts::Home },
    Row { key: "outbid", rationing: Some(Rationing::Outbid), parts: Parts::Home },
    Row { key: "pro_rata_inside", rationing: Some(Rationing::ProRata), parts: Parts::Inside },
    Row { key: "outbid_inside", rationing: Some(Rationing::Outbid), parts: Parts::Inside },
];

/// Whether it matters where parts are made: only a border can stop what goes into them and let them pass.
fn matters(chain: &Chain, loss: &Loss) -> bool {
    loss.mode != Mode::Output && loss.cuts(&chain.home)
}

/// The stop shares of one loss: own lanes, market pro rata, robots outbidding; and, where a border is closed, the
/// same for parts that are made behind it.
pub(crate) fn shares_table<'m, 'a>(model: &'m Model<'a>, shares: &Shares<'_>) -> Draft<'m, 'a> {
    let chain = shares.chain;
    let rows: Vec<&Row> =
        ROWS.iter().filter(|r| r.parts == Parts::Home || matters(chain, shares.loss)).collect();
    let ends = |row: &Row, spare: bool| match row.rationing {
        Some(rationing) => shares.ends(rationing, spare, row.parts),
        None => [End::Best, End::Worst].map(|end| shares.own(spare, end).quantity()),
    };
    let value = |row: &Row, spare: bool| match row.rationing {
        Some(rationing) => Some(shares.market(rationing, spare, Unknowns::Middle, row.parts).quantity()),
        None => {
            let [low, high] = ends(row, spare);
            (model.value(&low) == model.value(&high)).then_some(low)
        }
    };
    let values = |spare: bool| rows.iter().map(|r| value(r, spare)).collect::<Vec<_>>();
    let end = |spare: bool, which: usize| -> Vec<Option<Quantity>> {
        rows.iter().map(|row| ends(row, spare).into_iter().nth(which)).collect()
    };
    let limit = |row: &&Row| {
        let stop = match row.rationing {
            Some(rationing) => shares.market(rationing, false, Unknowns::Middle, row.parts),
            None => shares.own(false, End::Worst),
        };
        stop.limit().map(|k| chain.links[k].id.clone())
    };
    let draft = Draft::new(model, "stop", rows.iter().map(|r| r.key.to_owned()).collect())
        .words("policy", rows.iter().map(|r| Some(format!("policy-{}", r.key.replace('_', "-")))).collect())
        .ends(["stop", "stop_low", "stop_high"], Unit::Fraction, values(false), end(false, 0), end(false, 1))
        .ends(
            ["stop_spare", "stop_spare_low", "stop_spare_high"],
            Unit::Fraction,
            values(true),
            end(true, 0),
            end(true, 1),
        )
        .names("limit", rows.iter().map(|r| limit(r).unwrap_or_default()).collect())
        .note(Message::new("note-stop"));
    let draft = match matters(chain, shares.loss) {
        true => draft.note(Message::new("note-stop-inside")),
        false => draft,
    };
    match chain.unmade.len() {
        0 => draft,
        n => draft.note(Message::new("note-unmade").integer("items", n as i64)),
    }
}

/// The markets that a loss hits: how much of each, and whether the maker buys it as such or inside something.
pub(crate) fn hits_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain, loss: &Loss) -> Draft<'m, 'a> {
    let hit: Vec<(usize, &Link)> =
        chain.links.iter().enumerate().filter(|(k, _)| loss.reaches(*k)).rev().collect();
    let ids = || hit.iter().map(|(_, l)| l.id.clone()).collect::<Vec<_>>();
    let (bought, made) = first_bought(model);
    let output = |link: &Link, which: &dyn Fn(usize) -> bool| {
        let plants = link.plants.iter().enumerate().filter(|(i, _)| which(*i));
        Quantity::Figures(Expr::sum(plants.filter_map(|(_, p)| p.output.clone())))
    };
    let share = |(k, link): &(usize, &Link)| {
        link.is_known().then(|| output(link, &|i| loss.hits(*k, i)).over(output(link, &|_| true)))
    };
    let enters = |(_, link): &(usize, &Link)| {
        let traded = |node: &u32| model.markets.of(*node) == Some(link.item);
        let word = match (bought.iter().any(traded), made.iter().any(traded)) {
            (true, _) => "enters-itself",
            (false, true) => "enters-made",
            (false, false) => "enters-inside",
        };
        Some(word.to_owned())
    };
    let plants =
        |(k, link): &(usize, &Link)| Some(format!("{}/{}", loss.hits_in(*k).count(), link.plants.len()));
    Draft::new(model, "hit", ids())
        .names("item", ids())
        .words("stage", hit.iter().map(|(_, l)| Some(format!("stage-{}", l.stage))).collect())
        .text("plants", hit.iter().map(plants).collect())
        .number("share", Unit::Fraction, hit.iter().map(share).collect())
        .bar()
        .words("enters", hit.iter().map(enters).collect())
        .note(Message::new("note-hit"))
}

/// What the maker of the robot buys, the first bought items on the way down from it; and what he makes on that way.
fn first_bought(model: &Model<'_>) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let network = model.network;
    let (mut bought, mut seen) = (BTreeSet::new(), BTreeSet::from([model.product.node]));
    let mut open = vec![model.product.node];
    while let Some(node) = open.pop() {
        for (_, line) in network.out_of(node).filter(|(l, _)| model.coefficient(View::Gross, *l) != 0.0) {
            let input = &network.recipes[line.recipe as usize].inputs[line.input as usize];
            if input.bought {
                bought.insert(line.child);
            } else if seen.insert(line.child) {
                open.push(line.child);
            }
        }
    }
    (bought, seen)
}
