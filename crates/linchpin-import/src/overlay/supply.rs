//! Suppliers as the atlas knows them: a company, a plant, and a lane from it to the assembly.

use super::{Maker, Placed, text};
use crate::bom::normal;
use crate::companies::{Company, bare};
use crate::contents::Content;
use crate::vendors::{Vendor, barred, holdings, suppliers};
use std::collections::BTreeMap;

/// Somebody who supplies a part, or a good that is in one.
struct Supply<'s> {
    /// The part or the good, and the market in which it is bought.
    item: &'s str,
    market: &'s str,
    /// The supplier, and which company he is.
    name: &'s str,
    company: &'s Company,
    /// Where he stands, if that is a country of the atlas.
    country: Option<&'s str>,
    share: Option<f64>,
    /// All that he could have of it: what of the part his customer supplies.
    most: f64,
    /// Share of the part that suppliers hold who are not qualified.
    barred: f64,
    /// The list that names him, and the row.
    list: &'static str,
    row: u32,
}

/// What is known of one lane: the share of an item that its plant supplies to the product.
#[derive(Default)]
struct Supplied {
    /// By shares that are told.
    told: f64,
    /// What he has if nobody else is listed and no share is told: all that he could.
    alone: Option<f64>,
    /// Whether what suppliers hold who are not qualified is shared by the others.
    barred: bool,
    /// Each share that is told, as a formula.
    terms: Vec<String>,
    /// Where it is listed, and the rows.
    list: &'static str,
    rows: Vec<u32>,
}

impl Supplied {
    /// Adds a line. Shares of more than the whole, and of what those leave who are not qualified, are taken in proportion.
    fn add(&mut self, supply: &Supply<'_>, sum: f64, alone: bool) {
        let qualified = rounded(1.0 - supply.barred);
        let whole = sum.max(qualified);
        if let Some(share) = supply.share.filter(|_| whole > 0.0) {
            self.told += share / whole;
            self.terms.push(if whole == 1.0 { share.to_string() } else { format!("{share}/{whole}") });
            self.barred |= whole == qualified && supply.barred > 0.0;
        }
        if alone && supply.share.is_none() {
            self.alone = Some((supply.most / qualified).min(1.0)).filter(|most| most.is_finite());
        }
        self.list = supply.list;
        self.rows.push(supply.row);
    }
}

/// A share without what subtraction leaves behind its decimals.
fn rounded(share: f64) -> f64 {
    (share * 1e9).round() / 1e9
}

/// Lanes into the assembly by sender and item.
type Lanes = BTreeMap<(String, String), Supplied>;

/// How long orders in a market take: days times amounts, amounts, and the shortest and longest time.
struct LeadTimes<'p> {
    /// Stage of the first part that is bought there.
    stage: &'p str,
    sum: f64,
    of: f64,
    low: f64,
    high: f64,
}

impl Maker<'_, '_, '_> {
    /// Adds the suppliers of a product. One that the atlas knows in that country keeps its plant there.
    ///
    /// A lane holds the supplier's share of a part, or of a good that is in a part and has makers who are named.
    pub(super) fn supply(
        &mut self,
        robot: &str,
        vendors: &[Vendor<'_>],
        contents: &[Content<'_>],
        parts: &BTreeMap<usize, Placed>,
        totals: &[f64],
    ) {
        let vendors = suppliers(vendors);
        let (barred, holdings) = (barred(&vendors), holdings(&vendors));
        let barred = |part: usize| barred.get(&part).copied().unwrap_or(0.0);
        let mut supplies: Vec<Supply<'_>> = vec![];
        for vendor in vendors.iter().filter(|v| !v.barred) {
            let Some((part, placed)) = vendor.part.and_then(|p| Some((p, parts.get(&p)?))) else { continue };
            supplies.push(Supply {
                item: &placed.id,
                market: &placed.market,
                name: vendor.supplier,
                company: &vendor.company,
                country: vendor.country.as_deref(),
                share: vendor.share,
                most: 1.0,
                barred: barred(part),
                list: "vendor list",
                row: vendor.row,
            });
        }
        for content in contents.iter().filter(|c| !c.maker.is_empty()) {
            let Some((part, placed)) = content.part.and_then(|p| Some((p, parts.get(&p)?))) else { continue };
            let inside = placed.inside.iter().filter(|inside| inside.item == content.input);
            let Some((item, market)) = inside.filter_map(|i| i.own.as_ref()).next() else { continue };
            let customer = holdings.get(&(part, normal(content.supplier)));
            // Nothing is bought of who is not qualified, and so nothing of whom he buys from.
            if customer.is_some_and(|customer| customer.barred) {
                continue;
            }
            // His share of what one supplier of the part buys.
            let most = customer.and_then(|customer| customer.share).unwrap_or(1.0);
            supplies.push(Supply {
                item,
                market,
                name: content.maker,
                company: &content.company,
                country: content.country.as_deref(),
                share: content.share.map(|share| share * most),
                most,
                barred: barred(part),
                list: "questionnaire",
                row: content.row,
            });
        }
        if supplies.iter().all(|s| s.country.is_none()) {
            return;
        }
        // Shares and suppliers of each, those in unknown places too: they supply all the same.
        let mut listed: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
        for supply in &supplies {
            let (sum, count) = listed.entry(supply.item).or_default();
            *sum += supply.share.unwrap_or(0.0);
            *count += 1;
        }
        let assembly = self.assembly(robot);
        let mut own = BTreeMap::new();
        let mut lanes = Lanes::new();
        for supply in &supplies {
            let Some(country) = supply.country else { continue };
            let site = self.stands(&mut own, country, supply);
            let lane = lanes.entry((site, supply.item.to_owned())).or_default();
            let (sum, count) = listed[supply.item];
            lane.add(supply, sum, count == 1);
        }
        for ((site, item), lane) in lanes {
            self.lane(site, &assembly, &item, &lane);
        }
        self.leads(&vendors, parts, totals);
    }

    /// How long orders in each market take, by the suppliers of the parts.
    fn leads(&mut self, vendors: &[&Vendor<'_>], parts: &BTreeMap<usize, Placed>, totals: &[f64]) {
        let mut leads: BTreeMap<&str, LeadTimes<'_>> = BTreeMap::new();
        for vendor in vendors {
            let Some(((part, _), (low, high))) = vendor.delivers().zip(vendor.lead.days()) else { continue };
            let Some(placed) = parts.get(&part) else { continue };
            let weight = totals[part] * vendor.share.unwrap_or(1.0);
            let lead = leads.entry(&placed.market).or_insert(LeadTimes {
                stage: &placed.stage,
                sum: 0.0,
                of: 0.0,
                low,
                high,
            });
            (lead.sum, lead.of) = (lead.sum + 0.5 * (low + high) * weight, lead.of + weight);
            (lead.low, lead.high) = (lead.low.min(low), lead.high.max(high));
        }
        for (item, lead) in leads {
            self.lead(item, &lead);
        }
    }

    /// The plant of a company in a country that makes an item: one that is known, else a new one. `own` are the companies that
    /// the atlas does not know.
    fn stands(&mut self, own: &mut BTreeMap<String, String>, country: &str, supply: &Supply<'_>) -> String {
        let &Supply { name, market: item, .. } = supply;
        let known = supply.company.known.as_ref().or_else(|| own.get(&bare(name))).cloned();
        let company = known.unwrap_or_else(|| {
            let company = self.company(country, supply);
            own.insert(bare(name), company.clone());
            company
        });
        if let Some(site) = self.plant(&company, country, item) {
            return site;
        }
        let plant = (company.clone(), country.to_owned(), item.to_owned());
        if let Some(site) = self.plants.get(&plant) {
            return site.clone();
        }
        let site = self.site(&company, name, country, item);
        self.plants.insert(plant, site.clone());
        site
    }

    fn lane(&mut self, site: String, assembly: &str, item: &str, lane: &Supplied) {
        let rows: Vec<String> = lane.rows.iter().map(u32::to_string).collect();
        let listed = format!("{}, row {}", lane.list, rows.join(", "));
        let mut row = vec![
            ("from_site", site),
            ("to_site", assembly.to_owned()),
            ("item", item.to_owned()),
            ("share_of", "need".into()),
            ("unit", "fraction".into()),
            ("year", self.year.clone()),
        ];
        if let Some(all) = lane.alone {
            let all = all.to_string();
            row.extend([("value", all.clone()), ("standing", "derived".into()), ("formula", all)]);
            row.push(("note", format!("{listed}; nobody else is listed for it")));
        } else if lane.told <= 0.0 {
            row.push(("source", self.source.clone()));
            row.extend([("standing", "reported".into()), ("note", format!("{listed}; no share is told"))]);
        } else {
            row.extend([("value", lane.told.to_string()), ("source", self.source.clone())]);
            let formula = lane.terms.join("+");
            match formula.parse::<f64>() {
                Ok(_) => row.push(("standing", "reported".into())),
                Err(_) => row.extend([("standing", "derived".into()), ("formula", formula)]),
            }
            let barred =
                if lane.barred { "; what is not qualified holds is shared by the others" } else { "" };
            row.push(("note", format!("{listed}{barred}")));
        }
        self.rows.add("lanes", row);
    }

    /// How long orders take: by the suppliers listed, those of greater share weighing more.
    fn lead(&mut self, item: &str, lead: &LeadTimes<'_>) {
        if lead.of <= 0.0 {
            return;
        }
        let items = self.atlas.sheet("items");
        // A market that only this product has is that of one part.
        let stage = items.find(item).map_or(lead.stage, |row| items.text(row, "stage")).to_owned();
        let mut row = vec![("stage", stage), ("item", item.to_owned()), ("measure", "lead_time".to_owned())];
        row.extend(self.reported(lead.sum / lead.of, "d"));
        row.extend([("low", lead.low.to_string()), ("high", lead.high.to_string())]);
        row.push(("note", "vendor list".into()));
        self.rows.add("times", row);
    }

    fn company(&mut self, country: &str, supply: &Supply<'_>) -> String {
        let &Supply { name, list, row, .. } = supply;
        let company = self.new.id(&self.product.alias, name);
        self.rows.add(
            "companies",
            vec![
                ("id", company.clone()),
                ("name", text(name)),
                ("country", country.to_owned()),
                ("note", format!("{list}, row {row}; headquarters taken to be where the plant is")),
            ],
        );
        company
    }

    /// A plant that the atlas has.
    fn plant(&self, company: &str, country: &str, item: &str) -> Option<String> {
        let sites = self.atlas.sheet("sites");
        let is_it = |row: &&linchpin::atlas::Row| {
            sites.get(row, "company") == Some(company)
                && sites.text(row, "country") == country
                && self.market(sites.text(row, "item")) == item
        };
        // Of several the first that runs.
        let runs = |row: &&linchpin::atlas::Row| sites.get(row, "status") == Some("operating");
        let mut all = sites.rows.iter().filter(is_it);
        all.clone().find(runs).or_else(|| all.next()).map(|row| row.key.clone())
    }

    fn site(&mut self, company: &str, name: &str, country: &str, item: &str) -> String {
        let site = self.new.id(&self.product.alias, &format!("{name} {country} {item}"));
        self.rows.add(
            "sites",
            vec![
                ("id", site.clone()),
                ("name", text(&format!("{name} ({country})"))),
                ("company", company.to_owned()),
                ("country", country.to_owned()),
                ("item", item.to_owned()),
                ("status", "operating".into()),
                ("note", "as listed".into()),
            ],
        );
        site
    }

    /// The plant that assembles the product, and its company.
    fn assembly(&mut self, robot: &str) -> String {
        let (company, site) =
            (self.new.id(&self.product.alias, "maker"), self.new.id(&self.product.alias, "assembly"));
        let title = text(&self.product.title);
        self.rows.add(
            "companies",
            vec![("id", company.clone()), ("name", title.clone()), ("country", self.product.country.clone())],
        );
        self.rows.add(
            "sites",
            vec![
                ("id", site.clone()),
                ("name", title),
                ("company", company),
                ("country", self.product.country.clone()),
                ("item", robot.to_owned()),
                ("recipes", format!("make_{robot}")),
                ("status", "operating".into()),
            ],
        );
        site
    }
}
