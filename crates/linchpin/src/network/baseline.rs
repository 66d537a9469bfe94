//! Balanced flows of one product mix, volume and year.
//!
//! Each item's market is a **pool**: sites put in, buyers take out, so a market of n sites and m buyers has n + m
//! arcs and no trade is invented between a pair that nobody named. Known lanes are served before the pool.
//!
//! Stock, pipeline and orders stand in equilibrium with the flow q (units a day): stock s = cover × q, pipeline
//! p = lead time × q, orders o = q, so that s, p and o repeat themselves as long as q does (the steady state of a
//! base-stock policy; Zipkin 2000, §6.2). A site without a published cover or lead time has none here: the cell is
//! empty, not zero.

use super::params::Flow;
use super::topology::Topology;
use crate::atlas::units::DAYS_PER_YEAR;
use crate::atlas::{Atlas, Expr, FigureId, Row, Sheet, Values};
use std::collections::BTreeMap;

/// What a site does in a pool.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteFlow {
    /// Site id.
    pub site: String,
    /// Country it stands in.
    pub country: String,
    /// Output a year, if published.
    pub output: Option<f64>,
    /// The output as an expression: a figure, or capacity × utilisation.
    pub output_expr: Option<Expr>,
    /// The capacity as an expression.
    pub capacity_expr: Option<Expr>,
    /// Published share of the world market, where no quantity is.
    pub share_expr: Option<Expr>,
    /// Sent over known lanes a year.
    pub over_lanes: f64,
    /// Put into the pool a year.
    pub into_pool: f64,
    /// Finished stock in equilibrium.
    pub stock: Option<f64>,
    /// On the way in equilibrium.
    pub pipeline: Option<f64>,
    /// Ordered a day in equilibrium.
    pub orders: f64,
}

/// A known flow between two sites.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneFlow {
    /// Site that sends.
    pub from: String,
    /// Site that receives.
    pub to: String,
    /// Units a year.
    pub flow: f64,
}

/// The market of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// The item.
    pub item: u32,
    /// Need of the products a year.
    pub products: f64,
    /// Figures of the known need of other industries.
    pub others_figures: Vec<FigureId>,
    /// Known need by country, inside the world's where that is known too.
    pub places: Vec<(String, FigureId)>,
    /// Sites, by id.
    pub sites: Vec<SiteFlow>,
    /// Known lanes.
    pub lanes: Vec<LaneFlow>,
}

impl Pool {
    /// Published output of all running sites; `None` if none publishes one.
    pub fn output(&self) -> Option<Expr> {
        sum(self.sites.iter().filter_map(|s| s.output_expr.clone()))
    }

    /// Capacity of all running sites, with the output of those that publish no capacity.
    pub fn capacity(&self) -> Option<Expr> {
        sum(self.sites.iter().filter_map(|s| s.capacity_expr.clone().or(s.output_expr.clone())))
    }

    /// Published need of other industries.
    pub fn others(&self) -> Option<Expr> {
        sum(self.others_figures.iter().map(|f| Expr::Figure(*f)))
    }
}

fn sum(terms: impl Iterator<Item = Expr>) -> Option<Expr> {
    terms.reduce(|a, b| Expr::sum([a, b]))
}

/// The item in whose market an item is traded: as stated, else the item itself.
pub(crate) fn market_of<'a>(atlas: &'a Atlas, item: &'a str) -> &'a str {
    let items = atlas.sheet("items");
    items.find(item).and_then(|row| items.get(row, "pool")).unwrap_or(item)
}

/// Where every item is traded. Each market and every step of a walk asks for it, so it is looked up once an item.
pub(crate) struct Markets {
    of: Vec<u32>,
    traded: Vec<Vec<u32>>,
}

impl Markets {
    pub(crate) fn new(atlas: &Atlas, network: &Topology) -> Markets {
        let of = |(item, id): (u32, &String)| network.item(market_of(atlas, id)).unwrap_or(item);
        let of: Vec<u32> = (0..).zip(&network.items).map(of).collect();
        let mut traded = vec![vec![]; of.len()];
        for (item, market) in (0..).zip(&of) {
            traded[*market as usize].push(item);
        }
        Markets { of, traded }
    }

    /// The item in whose market a node is traded; `None` for the runs of a recipe.
    pub(crate) fn of(&self, node: u32) -> Option<u32> {
        self.of.get(node as usize).copied()
    }

    /// All items that are traded in the market of one, ascending.
    pub(crate) fn traded(&self, market: u32) -> &[u32] {
        &self.traded[market as usize]
    }
}

/// The markets of all items that have a site or a demand, by item.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Year of the figures.
    pub year: i64,
    /// Markets by position of the item.
    pub pools: BTreeMap<u32, Pool>,
}

impl Baseline {
    /// Balances the markets. `flow` is the need of one product, `volume` the products a year. Figures of sites and
    /// industries are the latest not after `year`. Linear in rows and nodes.
    pub fn new(
        atlas: &Atlas,
        network: &Topology,
        values: &Values,
        flow: &Flow,
        volume: f64,
        year: i64,
    ) -> Baseline {
        let mut pools: BTreeMap<u32, Pool> = BTreeMap::new();
        let empty = |item| Pool {
            item,
            products: 0.0,
            others_figures: vec![],
            places: vec![],
            sites: vec![],
            lanes: vec![],
        };
        let sites = atlas.sheet("sites");
        // By site, so that one with many measures is looked for once.
        let mut measures: Vec<Vec<(&str, i64, FigureId)>> = vec![vec![]; sites.rows.len()];
        each_known(atlas, values, "site_figures", year, |sheet, row, period, figure| {
            let Some(site) = sites.position(sheet.text(row, "site")) else { return };
            let (of, measure) = (&mut measures[site], sheet.text(row, "measure"));
            match of.iter_mut().find(|known| known.0 == measure) {
                Some(known) if period > known.1 => *known = (measure, period, figure),
                Some(_) => {}
                None => of.push((measure, period, figure)),
            }
        });
        for (row, measures) in sites.rows.iter().zip(&measures) {
            let Some(item) = network.item(sites.text(row, "item")) else { continue };
            // A total of the world is no supplier beside its countries.
            if !is_running(sites.text(row, "status")) || sites.text(row, "country") == WORLD {
                continue;
            }
            let known = |measure: &str| measures.iter().find(|known| known.0 == measure).map(|known| known.2);
            let value = |measure: &str| known(measure).and_then(|f| values.get(f));
            let used = || Some(Expr::Figure(known("capacity")?).times(known("utilisation")?));
            let output_expr = known("output").map(Expr::Figure).or_else(used);
            let output = output_expr.as_ref().map(|e| e.value(&values.value));
            let flow = output.map(|o| o / DAYS_PER_YEAR);
            pools.entry(item).or_insert_with(|| empty(item)).sites.push(SiteFlow {
                site: row.key.clone(),
                country: sites.text(row, "country").to_owned(),
                output,
                over_lanes: 0.0,
                into_pool: 0.0,
                stock: value("stock_cover").and_then(|cover| Some(cover * flow?)),
                pipeline: value("lead_time").and_then(|lead| Some(lead * flow?)),
                orders: flow.unwrap_or(0.0),
                output_expr,
                capacity_expr: known("capacity").map(Expr::Figure),
                share_expr: known("share").map(Expr::Figure),
            });
        }
        for (item, need) in demands(atlas, network, values, year) {
            let pool = pools.entry(item).or_insert_with(|| empty(item));
            (pool.others_figures, pool.places) = (need.counted, need.places);
        }
        for (node, id) in network.items.iter().enumerate() {
            if let Some(pool) = network.item(market_of(atlas, id)).and_then(|p| pools.get_mut(&p)) {
                pool.products += flow.need[node] * volume;
            }
        }
        lanes(atlas, network, values, &mut pools);
        for site in pools.values_mut().flat_map(|p| &mut p.sites) {
            site.into_pool = site.output.unwrap_or(0.0) - site.over_lanes;
        }
        Baseline { year, pools }
    }
}

/// Code of the whole world in the atlas.
const WORLD: &str = "WLD";

/// Whether a site with this status makes anything today.
pub fn is_running(status: &str) -> bool {
    matches!(status, "operating" | "ramping")
}

/// The latest known figure not after `year` of each key of a table that has a column `period`.
pub(crate) fn latest<'a, K: Ord>(
    atlas: &'a Atlas,
    values: &Values,
    table: &str,
    year: i64,
    key: impl Fn(&'a Sheet, &'a Row) -> Option<K>,
) -> BTreeMap<K, FigureId> {
    let mut latest: BTreeMap<K, (i64, FigureId)> = BTreeMap::new();
    each_known(atlas, values, table, year, |sheet, row, period, figure| {
        let Some(key) = key(sheet, row) else { return };
        let entry = latest.entry(key).or_insert((period, figure));
        if period > entry.0 {
            *entry = (period, figure);
        }
    });
    latest.into_iter().map(|(key, (_, figure))| (key, figure)).collect()
}

/// Goes through the known figures not after `year` of a table that has a column `period`, with their year.
fn each_known<'a>(
    atlas: &'a Atlas,
    values: &Values,
    table: &str,
    year: i64,
    mut each: impl FnMut(&'a Sheet, &'a Row, i64, FigureId),
) {
    let sheet = atlas.sheet(table);
    for row in &sheet.rows {
        let Some(period) = sheet.get(row, "period").and_then(|p| p.parse().ok()).filter(|p| *p <= year)
        else {
            continue;
        };
        if let Some(figure) = row.figure.filter(|f| values.get(*f).is_some()) {
            each(sheet, row, period, figure);
        }
    }
}

/// Known need of other industries for one item.
#[derive(Default)]
struct Need {
    /// Figures that add up to it: the world's of each industry; its countries' only where no world figure exists.
    counted: Vec<FigureId>,
    /// Figures of single countries.
    places: Vec<(String, FigureId)>,
}

/// The latest known need of other industries by item.
fn demands(atlas: &Atlas, network: &Topology, values: &Values, year: i64) -> BTreeMap<u32, Need> {
    let latest = latest(atlas, values, "demands", year, |sheet, row| {
        Some((network.item(sheet.text(row, "item"))?, sheet.text(row, "market"), sheet.text(row, "country")))
    });
    let mut out: BTreeMap<u32, Need> = BTreeMap::new();
    for ((item, market, country), figure) in &latest {
        let need = out.entry(*item).or_default();
        if *country == WORLD || !latest.contains_key(&(*item, *market, WORLD)) {
            need.counted.push(*figure);
        }
        if *country != WORLD {
            need.places.push(((*country).to_owned(), *figure));
        }
    }
    out
}

/// Whether the share of a lane is one of what its receiver buys, not of what its sender puts out.
pub fn is_of_need(lanes: &Sheet, row: &Row) -> bool {
    lanes.get(row, "share_of") == Some("need")
}

fn lanes(atlas: &Atlas, network: &Topology, values: &Values, pools: &mut BTreeMap<u32, Pool>) {
    let sheet = atlas.sheet("lanes");
    for row in &sheet.rows {
        let Some(pool) = network.item(sheet.text(row, "item")).and_then(|i| pools.get_mut(&i)) else {
            continue;
        };
        // Of a share of what somebody needs the flow hangs on his volume, which no statistics hold.
        let Some(id) = row.figure.filter(|_| !is_of_need(sheet, row)) else { continue };
        let from = sheet.text(row, "from_site");
        let Some(site) = pool.sites.iter_mut().find(|s| s.site == from) else { continue };
        let (Some(value), Some(output)) = (values.get(id), site.output) else { continue };
        // A share is of what the sender puts out; a volume is a volume. Nobody sends more than he makes.
        let asked = match atlas.figures.get(id).unit {
            linchpin_table::Unit::Fraction => value * output,
            _ => value,
        };
        let flow = asked.min(output - site.over_lanes).max(0.0);
        site.over_lanes += flow;
        pool.lanes.push(LaneFlow { from: from.to_owned(), to: sheet.text(row, "to_site").to_owned(), flow });
    }
}
