//! Stop shares of everything that can be lost: every country, group, company with what it owns, and plant.

use crate::atlas::Atlas;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{
    Chain, End, Kind, Loss, Measured, Mode, Own, Parts, Plant, Rationing, Reach, Selector, Stop, Terms,
    Unknowns, holding_label,
};
use linchpin_table::{Label, Message, Unit};
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
    /// Stop shares by which cases are ranked.
    rank: [f64; 5],
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

    /// The ends of the market's number over what nobody publishes, the middle among them: what is best for rivals is
    /// not always worst for the robots.
    pub(crate) fn ends(&self, rationing: Rationing, spare: bool, parts: Parts) -> [Quantity; 2] {
        let all = || {
            let each = [Unknowns::Best, Unknowns::Middle, Unknowns::Worst];
            each.map(|u| self.market(rationing, spare, u, parts).quantity()).to_vec()
        };
        [Quantity::Least(all()), Quantity::Greatest(all())]
    }

    /// Number of the own lanes at one end of the interval of stop shares.
    pub(crate) fn own(&self, spare: bool, end: End) -> Stop {
        Stop::new(self.chain, self.loss, self.own, Measured::Own { spare, end })
    }
}

/// Everything that can be lost behind a product, in both loss modes, the worst first.
pub(crate) fn cases(model: &Model<'_>, chain: &Rc<Chain>, own: &Rc<Vec<Own>>) -> Vec<Case> {
    let selectors = selectors(model.atlas, chain);
    let nothing = Rc::new(Loss::none(chain));
    let before = rank(&Shares { chain, loss: &nothing, own });
    let mut cases: Vec<Case> = vec![];
    for (kind, id, selector) in &selectors {
        for (word, mode) in [("output", Mode::Output), ("exports", Mode::Exports { to: None })] {
            let loss = Rc::new(Loss::new(chain, selector, mode, Reach::default()));
            if !loss.is_felt() {
                continue;
            }
            // A loss that takes the assembly itself stops everything, and says nothing about the markets behind it.
            if loss.mode == Mode::Output && hits_assembly(chain, &loss) {
                continue;
            }
            let rank = rank(&Shares { chain, loss: &loss, own });
            // A site may have the id of its company; countries are what people type.
            let key = match kind {
                Kind::Country => format!("{id}:{word}"),
                _ => format!("{}:{id}:{word}", kind.word()),
            };
            cases.push(Case { key, kind: *kind, id: id.clone(), mode: word, loss, rank });
        }
    }
    // What changes nothing is left out.
    cases.retain(|c| c.rank.iter().zip(&before).any(|(r, b)| ordered(*r) > ordered(*b)));
    let order = |c: &Case| c.rank.map(|r| std::cmp::Reverse(ordered(r)));
    cases.sort_by(|a, b| order(a).cmp(&order(b)).then(a.kind.cmp(&b.kind)).then(a.key.cmp(&b.key)));
    cases
}

pub(crate) fn hits_assembly(chain: &Chain, loss: &Loss) -> bool {
    loss.hit.iter().any(|&(k, i)| chain.assembly.contains(&chain.links[k].plants[i].site))
}

/// Numbers by which losses are compared: the least that own lanes allow, and how many of his parts are lost, if the maker
/// names his suppliers; the market pro rata without re-sourcing, robots outbidding with it, and the worst that own lanes
/// allow.
fn rank(shares: &Shares<'_>) -> [f64; 5] {
    let value = |rationing, spare| {
        shares.market(rationing, spare, Unknowns::Middle, Parts::Home).value().unwrap_or(0.0)
    };
    let own = |end| shares.own(false, end).value().unwrap_or(0.0);
    [
        if shares.chain.parts.is_empty() { 0.0 } else { own(End::Best) },
        parts_lost(shares.chain, shares.loss),
        value(Rationing::ProRata, false),
        value(Rationing::Outbid, true),
        own(End::Worst),
    ]
}

/// How many of the parts of which the maker names the suppliers no longer reach him, by the shares of who is hit.
fn parts_lost(chain: &Chain, loss: &Loss) -> f64 {
    let stops = loss.mode == Mode::Output || loss.cuts(&chain.home);
    loss.hit.iter().filter(|_| stops).map(|&(k, plant)| chain.supplies(k, plant)).fold(0.0, |a, b| a + b)
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
    // What a country's other producers make together is no plant; its country is in the list. One of a maker's own suppliers is
    // told among these, and its company here.
    let named = chain.own_sites();
    let is_listed =
        |p: &&Plant| !p.owners.is_empty() && (p.output.is_some() || !named.contains(p.site.as_str()));
    let sites: BTreeSet<&str> = plants().filter(is_listed).map(|p| p.site.as_str()).collect();
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

/// What each case takes away, after what is short without any loss.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    cases: &[&Case],
) -> Draft<'m, 'a> {
    let nothing = Case {
        key: "nothing".to_owned(),
        kind: Kind::Country,
        id: "nothing".to_owned(),
        mode: "none",
        loss: Rc::new(Loss::none(chain)),
        rank: [0.0; 5],
    };
    let cases: Vec<&Case> = std::iter::once(&nothing).chain(cases.iter().copied()).collect();
    let each = |make: &dyn Fn(&Shares<'_>) -> Stop| -> Vec<Option<Quantity>> {
        cases.iter().map(|c| Some(make(&Shares { chain, loss: &c.loss, own }).quantity())).collect()
    };
    let market = |rationing, spare| {
        each(&move |s: &Shares<'_>| s.market(rationing, spare, Unknowns::Middle, Parts::Home))
    };
    let end = |rationing, which: usize| -> Vec<Option<Quantity>> {
        let shares = |c: &&Case| Shares { chain, loss: &c.loss, own }.ends(rationing, false, Parts::Home);
        cases.iter().map(|c| shares(c).into_iter().nth(which)).collect()
    };
    let limits = cases.iter().map(|c| {
        let shares = Shares { chain, loss: &c.loss, own };
        let stop = shares.market(Rationing::ProRata, false, Unknowns::Middle, Parts::Home);
        stop.limit().map_or_else(String::new, |k| chain.links[k].id.clone())
    });
    let limits = limits.collect();
    Draft::new(model, "stops", cases.iter().map(|c| c.key.clone()).collect())
        .names("lost", cases.iter().map(|c| c.id.clone()).collect())
        .words("mode", cases.iter().map(|c| Some(format!("mode-{}", c.mode))).collect())
        .interval(
            ["own", "own_low", "own_high"],
            Unit::Fraction,
            each(&|s| s.own(false, End::Best)),
            each(&|s| s.own(false, End::Worst)),
        )
        .ends(
            ["pro_rata", "pro_rata_low", "pro_rata_high"],
            Unit::Fraction,
            market(Rationing::ProRata, false),
            end(Rationing::ProRata, 0),
            end(Rationing::ProRata, 1),
        )
        .ends(
            ["outbid", "outbid_low", "outbid_high"],
            Unit::Fraction,
            market(Rationing::Outbid, false),
            end(Rationing::Outbid, 0),
            end(Rationing::Outbid, 1),
        )
        .number("pro_rata_spare", Unit::Fraction, market(Rationing::ProRata, true))
        .number("outbid_spare", Unit::Fraction, market(Rationing::Outbid, true))
        .names("limit", limits)
}

/// The worst losses of single countries, one row each, in the loss mode in which each is worse. What stands at home is
/// no one else's to take away.
pub(crate) fn worst<'c>(cases: &'c [Case], chain: &Chain, count: usize) -> Vec<&'c Case> {
    let mut seen = BTreeSet::new();
    cases
        .iter()
        .filter(|c| c.kind == Kind::Country && c.id != chain.home)
        .filter(|c| seen.insert(c.id.clone()))
        .take(count)
        .collect()
}

/// Says how many losses are not shown, and what is short without any.
pub(crate) fn noted<'m, 'a>(draft: Draft<'m, 'a>, chain: &Chain, shown: usize, all: usize) -> Draft<'m, 'a> {
    let draft = match shown < all {
        true => {
            let note = Message::new("note-shown").integer("shown", shown as i64).integer("all", all as i64);
            draft.note(note)
        }
        false => draft,
    };
    match chain.unmade.len() {
        0 => draft,
        n => draft.note(Message::new("note-unmade").integer("items", n as i64)),
    }
}

/// A selector in words: each id by its name, the separators as typed.
pub(crate) fn selector_label(text: &str, labels: &BTreeMap<String, Label>) -> Label {
    let named = |pick: fn(&Label) -> &str| {
        let alternative = |terms: &str| {
            let term = |t: &str| {
                let id = t.trim().rsplit(':').next().unwrap_or_default();
                let holding =
                    || holding_label(id).map_or_else(|| t.trim().to_owned(), |l| pick(&l).to_owned());
                labels.get(id).map_or_else(holding, |l| pick(l).to_owned())
            };
            terms.split('/').map(term).collect::<Vec<_>>().join(" / ")
        };
        text.split(',').map(alternative).collect::<Vec<_>>().join(", ")
    };
    Label::new(named(|l| &l.en), named(|l| &l.zh))
}

/// Labels of groups, companies, plants and controls, which other answers do not name.
pub(crate) fn labels(atlas: &Atlas) -> BTreeMap<String, Label> {
    let mut labels = BTreeMap::from([("nothing".to_owned(), Label::new("nothing", "无"))]);
    for table in ["groups", "controls"] {
        let sheet = atlas.sheet(table);
        let label = |row| Label::new(sheet.text(row, "name_en"), sheet.text(row, "name_zh"));
        labels.extend(sheet.rows.iter().map(|row| (row.key.clone(), label(row))));
    }
    let companies = atlas.sheet("companies");
    labels.extend(companies.rows.iter().map(|row| {
        let name = companies.text(row, "name");
        (row.key.clone(), Label::new(name, companies.get(row, "name_zh").unwrap_or(name)))
    }));
    let sites = atlas.sheet("sites");
    let site = |row| {
        let name = sites.text(row, "name");
        Label::new(name, sites.get(row, "name_zh").unwrap_or(name))
    };
    labels.extend(sites.rows.iter().map(|row| (row.key.clone(), site(row))));
    labels
}
