//! Stop shares of everything that can be lost: every country, group, company with what it owns, and plant.

use super::chain::Chain;
use super::loss::{Loss, Mode, Reach};
use super::flow::{Parts, Rationing, Terms, Unknowns};
use super::own::{End, Own};
use super::selector::{Kind, Selector};
use super::stop::{Measured, Stop};
use crate::atlas::Atlas;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::{Label, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// One thing that can be lost, in one loss mode, with what it does.
pub(crate) struct Case {
    /// `CHN:exports` and so on; the key of its row.
    pub(crate) key: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its id.
    pub(crate) id: String,
    /// Word of the loss mode.
    pub(crate) mode: &'static str,
    /// The loss.
    pub(crate) loss: Rc<Loss>,
    /// Stop share in the market pro rata without re-sourcing, by which cases are ranked; then robots outbidding.
    rank: [f64; 3],
}

/// Shares of one loss, ready to be printed.
pub(crate) struct Shares<'c> {
    pub(crate) chain: &'c Rc<Chain>,
    pub(crate) loss: &'c Rc<Loss>,
    pub(crate) own: &'c Rc<Vec<Own>>,
}

impl Shares<'_> {
    /// Market number on some terms.
    pub(crate) fn market(&self, rationing: Rationing, spare: bool, unknowns: Unknowns, parts: Parts) -> Stop {
        let terms = Terms { rationing, spare, unknowns, parts };
        Stop::new(self.chain, self.loss, self.own, Measured::Market(terms))
    }

    /// Number of the own lanes at one end of the interval of stop shares.
    pub(crate) fn own(&self, spare: bool, end: End) -> Stop {
        Stop::new(self.chain, self.loss, self.own, Measured::Own { spare, end })
    }
}

/// Everything that can be lost behind a product, in both loss modes, the worst first.
pub(crate) fn cases(model: &Model<'_>, chain: &Rc<Chain>, own: &Rc<Vec<Own>>) -> Vec<Case> {
    let selectors = selectors(model.atlas, chain);
    let mut cases: Vec<Case> = vec![];
    for (kind, id, selector) in &selectors {
        for (word, mode) in [("output", Mode::Output), ("exports", Mode::Exports { to: None })] {
            let loss = Rc::new(Loss::new(chain, selector, mode, Reach::default()));
            let shares = Shares { chain, loss: &loss, own };
            let value = |rationing, spare| {
                shares.market(rationing, spare, Unknowns::Middle, Parts::Home).value().unwrap_or(0.0)
            };
            let rank = [
                value(Rationing::ProRata, false),
                value(Rationing::Outbid, true),
                shares.own(false, End::Worst).value().unwrap_or(0.0),
            ];
            let key = format!("{}:{word}", if *kind == Kind::Owner { format!("owner_{id}") } else { id.clone() });
            cases.push(Case { key, kind: *kind, id: id.clone(), mode: word, loss, rank });
        }
    }
    cases.retain(|c| c.rank.iter().any(|r| *r > 0.0));
    let order = |c: &Case| c.rank.map(|r| std::cmp::Reverse(ordered(r)));
    cases.sort_by(|a, b| order(a).cmp(&order(b)).then(a.kind.cmp(&b.kind)).then(a.key.cmp(&b.key)));
    cases
}

/// A share as a whole number of parts per 10^12, so that it can be ordered.
fn ordered(share: f64) -> u64 {
    (share * 1e12).round() as u64
}

/// Every country, group, company and plant behind the product.
fn selectors(atlas: &Atlas, chain: &Chain) -> Vec<(Kind, String, Selector)> {
    let plants = || chain.links.iter().flat_map(|l| &l.plants);
    let countries: BTreeSet<&str> = plants().map(|p| p.country.as_str()).collect();
    let companies: BTreeSet<&str> = plants().flat_map(|p| &p.owners).map(String::as_str).collect();
    let sites: BTreeSet<&str> = plants().map(|p| p.site.as_str()).collect();
    let groups: BTreeSet<&str> = chain
        .groups
        .iter()
        .filter(|(_, members)| members.iter().any(|m| countries.contains(m.as_str())))
        .map(|(id, _)| id.as_str())
        .collect();
    let kinds =
        [(Kind::Country, countries), (Kind::Group, groups), (Kind::Company, companies), (Kind::Site, sites)];
    let of = |(kind, ids): (Kind, BTreeSet<&str>)| {
        let single = move |id: &str| (kind, id.to_owned(), Selector::single(atlas, kind, id));
        ids.into_iter().map(single).collect::<Vec<_>>()
    };
    // The rest of the world is no one's to stop.
    kinds.into_iter().flat_map(of).filter(|(_, id, _)| id != "OTH" && id != "WLD").collect()
}

/// What each case takes away; `kinds` says which are shown.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    name: &'static str,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    cases: &[&Case],
) -> Draft<'m, 'a> {
    let each = |make: &dyn Fn(&Shares<'_>) -> Stop| -> Vec<Option<Quantity>> {
        cases.iter().map(|c| Some(make(&Shares { chain, loss: &c.loss, own }).quantity())).collect()
    };
    let market = |rationing, spare| {
        each(&move |s: &Shares<'_>| s.market(rationing, spare, Unknowns::Middle, Parts::Home))
    };
    let limits = cases.iter().map(|c| {
        let shares = Shares { chain, loss: &c.loss, own };
        let stop = shares.market(Rationing::ProRata, false, Unknowns::Middle, Parts::Home);
        stop.limit().map_or_else(String::new, |k| chain.links[k].id.clone())
    });
    let limits = limits.collect();
    Draft::new(model, name, cases.iter().map(|c| c.key.clone()).collect())
        .names("lost", cases.iter().map(|c| c.id.clone()).collect())
        .words("kind", cases.iter().map(|c| Some(format!("kind-{}", c.kind.word()))).collect())
        .words("mode", cases.iter().map(|c| Some(format!("mode-{}", c.mode))).collect())
        .interval(
            ["own", "own_low", "own_high"],
            Unit::Fraction,
            each(&|s| s.own(false, End::Best)),
            each(&|s| s.own(false, End::Worst)),
        )
        .number("pro_rata", Unit::Fraction, market(Rationing::ProRata, false))
        .number("pro_rata_spare", Unit::Fraction, market(Rationing::ProRata, true))
        .number("outbid", Unit::Fraction, market(Rationing::Outbid, false))
        .number("outbid_spare", Unit::Fraction, market(Rationing::Outbid, true))
        .names("limit", limits)
}

/// Labels of groups, companies, plants and controls, which other answers do not name.
pub(crate) fn labels(atlas: &Atlas) -> BTreeMap<String, Label> {
    let mut labels = BTreeMap::new();
    for table in ["groups", "controls"] {
        let sheet = atlas.sheet(table);
        let label = |row| Label::new(sheet.text(row, "name_en"), sheet.text(row, "name_zh"));
        labels.extend(sheet.rows.iter().map(|row| (row.key.clone(), label(row))));
    }
    for table in ["companies", "sites"] {
        let sheet = atlas.sheet(table);
        let label = |row| Label::new(sheet.text(row, "name"), sheet.text(row, "name"));
        labels.extend(sheet.rows.iter().map(|row| (row.key.clone(), label(row))));
    }
    labels
}
