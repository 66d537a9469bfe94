//! Suppliers as the atlas knows them: a company, a plant, and a lane from it to the assembly.

use super::{Maker, Placed, text};
use crate::bom::normal;
use crate::contents::{Amount, Content};
use crate::vendors::{Lead, Vendor};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one lane: units of a market that its plant supplies to one product.
#[derive(Default)]
struct Supplied {
    /// By shares that are told.
    told: f64,
    /// Parts of which nobody else is listed and no share is told.
    alone: f64,
    /// `share*amount` of each share that is told.
    terms: Vec<String>,
    /// Rows of the vendor list.
    rows: Vec<u32>,
}

impl Supplied {
    /// Adds a part. Shares of more than the whole are taken in proportion.
    fn add(&mut self, share: Option<f64>, sum: f64, amount: f64, alone: bool) {
        match share {
            Some(share) => {
                let share = share / sum.max(1.0);
                self.told += share * amount;
                self.terms.push(format!("{share}*{amount}"));
            }
            None if alone => self.alone += amount,
            None => {}
        }
    }
}

/// What one product needs of a market, and how long it takes to come.
#[derive(Default)]
struct Needed {
    /// Units in one product, of all parts that are bought there.
    amount: f64,
    /// Sum of days times amounts, amounts, and the shortest and longest time.
    lead: Option<(f64, f64, f64, f64)>,
}

impl Maker<'_, '_, '_> {
    /// Adds the suppliers of a product. One that the atlas knows in that country keeps its plant there.
    ///
    /// A lane holds the share of what the product needs in a market: of the parts that are bought there, in units of one
    /// product, those that this plant supplies.
    pub(super) fn supply(
        &mut self,
        robot: &str,
        vendors: &[Vendor<'_>],
        contents: &[Content<'_>],
        parts: &BTreeMap<usize, Placed>,
        totals: &[f64],
    ) {
        let usable: Vec<(usize, &str, &Vendor<'_>)> = vendors
            .iter()
            .filter(|v| !v.barred)
            .filter_map(|v| Some((v.part?, v.country.as_deref()?, v)))
            .filter(|(part, _, _)| parts.contains_key(part))
            .collect();
        if usable.is_empty() {
            return;
        }
        let assembly = self.assembly(robot);
        let mut companies = self.companies();
        let mut needs: BTreeMap<&str, Needed> = BTreeMap::new();
        for (part, placed) in parts {
            needs.entry(&placed.market).or_default().amount += totals[*part];
        }
        // Shares and suppliers of each part, those in unknown places too: they supply all the same.
        let mut listed: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        for vendor in vendors.iter().filter(|v| !v.barred) {
            let Some(part) = vendor.part else { continue };
            let (sum, count) = listed.entry(part).or_default();
            *sum += vendor.share.unwrap_or(0.0);
            *count += 1;
        }
        let mut lanes: BTreeMap<(String, &str), Supplied> = BTreeMap::new();
        // Plants of the suppliers of each part.
        let mut plants: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (part, country, vendor) in usable {
            let item = parts[&part].market.as_str();
            let site = self.stands(&mut companies, vendor.supplier, country, item, vendor.row);
            plants.entry(part).or_default().insert(site.clone());
            let amount = totals[part];
            let lane = lanes.entry((site, item)).or_default();
            lane.rows.push(vendor.row);
            let (sum, count) = listed.get(&part).copied().unwrap_or_default();
            lane.add(vendor.share, sum, amount, count == 1);
            if let Lead::Days(days) = vendor.lead {
                let weight = amount * vendor.share.unwrap_or(1.0);
                let lead = &mut needs.entry(item).or_default().lead;
                let (sum, of, low, high) = lead.unwrap_or((0.0, 0.0, days, days));
                *lead = Some((sum + days * weight, of + weight, low.min(days), high.max(days)));
            }
        }
        for ((site, item), lane) in lanes {
            let need = needs.get(item).map_or(0.0, |n| n.amount);
            self.lane(site, &assembly, item, need, &lane);
        }
        for (item, need) in needs {
            if let Some(lead) = need.lead {
                self.lead(item, lead);
            }
        }
        self.behind(&mut companies, contents, &plants, totals);
    }

    /// Lanes to the plants of the suppliers, from those who make what is in their parts.
    fn behind(
        &mut self,
        companies: &mut BTreeMap<String, String>,
        contents: &[Content<'_>],
        plants: &BTreeMap<usize, BTreeSet<String>>,
        totals: &[f64],
    ) {
        let items = self.atlas.sheet("items");
        let mut needs: BTreeMap<(&str, String), f64> = BTreeMap::new();
        // How much of an input one product needs for a part, and how many makers of it are named.
        let mut inputs: BTreeMap<(usize, &str), (f64, usize)> = BTreeMap::new();
        let usable: Vec<(usize, &Content<'_>)> = contents
            .iter()
            .filter(|c| items.find(c.input).is_some())
            .filter_map(|c| Some((c.part.filter(|p| plants.contains_key(p))?, c)))
            .collect();
        for (part, content) in &usable {
            let (amount, makers) = inputs.entry((*part, content.input)).or_default();
            *makers += usize::from(!content.maker.is_empty());
            if let Some(Amount::Told(told)) = content.amount {
                *amount = told * totals[*part];
            }
        }
        for ((part, input), (amount, _)) in &mut inputs {
            // Of what nobody tells an amount of, every part weighs the same.
            *amount = if *amount > 0.0 { *amount } else { totals[*part] };
            for plant in &plants[part] {
                *needs.entry((plant, self.market(input).to_owned())).or_default() += *amount;
            }
        }
        let mut lanes: BTreeMap<(String, &str, String), Supplied> = BTreeMap::new();
        for (part, content) in &usable {
            let Some(country) = content.country.as_deref().filter(|_| !content.maker.is_empty()) else {
                continue;
            };
            let market = self.market(content.input).to_owned();
            let site = self.stands(companies, content.maker, country, &market, content.row);
            let (amount, makers) = inputs[&(*part, content.input)];
            for plant in plants[part].iter().filter(|plant| **plant != site) {
                let lane = lanes.entry((site.clone(), plant, market.clone())).or_default();
                lane.add(content.share, 1.0, amount, makers == 1);
                lane.rows.push(content.row);
            }
        }
        for ((site, plant, market), lane) in lanes {
            let need = needs.get(&(plant, market.clone())).copied().unwrap_or(0.0);
            self.lane(site, plant, &market, need, &lane);
        }
    }

    /// The plant of a company in a country that makes an item: one that is known, else a new one.
    fn stands(
        &mut self,
        companies: &mut BTreeMap<String, String>,
        name: &str,
        country: &str,
        item: &str,
        line: u32,
    ) -> String {
        let company = match companies.get(&normal(name)) {
            Some(company) => company.clone(),
            None => {
                let company = self.company(name, country, line);
                companies.insert(normal(name), company.clone());
                company
            }
        };
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

    fn lane(&mut self, site: String, assembly: &str, item: &str, need: f64, lane: &Supplied) {
        let rows: Vec<String> = lane.rows.iter().map(u32::to_string).collect();
        let listed = format!("vendor list, row {}", rows.join(", "));
        let mut row = vec![
            ("from_site", site),
            ("to_site", assembly.to_owned()),
            ("item", item.to_owned()),
            ("share_of", "need".into()),
            ("unit", "fraction".into()),
            ("year", self.year.clone()),
        ];
        let value = (lane.told + lane.alone) / need;
        if !value.is_finite() || value <= 0.0 {
            row.push(("source", self.source.clone()));
            row.extend([("standing", "reported".into()), ("note", format!("{listed}; no share is told"))]);
        } else if lane.alone > 0.0 {
            let low = lane.told / need;
            row.extend([("value", value.to_string()), ("low", low.to_string()), ("high", value.to_string())]);
            row.push(("standing", "assumed".into()));
            row.push(("note", format!("{listed}; no share is told and nobody else is listed: all at most")));
        } else {
            row.extend([("value", value.to_string()), ("source", self.source.clone())]);
            row.push(("standing", "derived".into()));
            row.push(("formula", format!("({})/{need}", lane.terms.join("+"))));
            row.push(("note", format!("{listed}; of all parts of this market")));
        }
        self.rows.add("lanes", row);
    }

    /// How long orders take: by the suppliers listed, those of greater share weighing more.
    fn lead(&mut self, item: &str, (sum, of, low, high): (f64, f64, f64, f64)) {
        let items = self.atlas.sheet("items");
        // Of a market that only this product has, all that is known is in its own row.
        let own = |rows: &Vec<Vec<(&str, String)>>| {
            let row = rows.iter().find(|r| r.iter().any(|c| c.0 == "id" && c.1 == item))?;
            row.iter().find(|c| c.0 == "stage").map(|c| c.1.clone())
        };
        let stage = match items.find(item) {
            Some(row) => Some(items.text(row, "stage").to_owned()),
            None => self.rows.0.get("items").and_then(own),
        };
        let Some(stage) = stage.filter(|_| of > 0.0) else { return };
        let mut row = vec![("stage", stage), ("item", item.to_owned()), ("measure", "lead_time".to_owned())];
        row.extend(self.reported(sum / of, "d"));
        row.extend([("low", low.to_string()), ("high", high.to_string())]);
        row.push(("note", "vendor list".into()));
        self.rows.add("times", row);
    }

    /// The market in which an item of the atlas is traded.
    fn market<'k>(&'k self, item: &'k str) -> &'k str {
        let items = self.atlas.sheet("items");
        items.find(item).and_then(|row| items.get(row, "pool")).unwrap_or(item)
    }

    /// Companies of the atlas by their names.
    fn companies(&self) -> BTreeMap<String, String> {
        let sheet = self.atlas.sheet("companies");
        let mut names = BTreeMap::new();
        for row in &sheet.rows {
            for name in [Some(row.key.as_str()), sheet.get(row, "name"), sheet.get(row, "name_zh")]
                .into_iter()
                .flatten()
            {
                names.entry(normal(name)).or_insert_with(|| row.key.clone());
            }
        }
        names
    }

    fn company(&mut self, name: &str, country: &str, line: u32) -> String {
        let company = self.new.id(&self.product.alias, name);
        self.rows.add(
            "companies",
            vec![
                ("id", company.clone()),
                ("name", text(name)),
                ("country", country.to_owned()),
                ("note", format!("vendor list, row {line}; headquarters taken to be where the plant is")),
            ],
        );
        company
    }

    /// A running plant that the atlas has.
    fn plant(&self, company: &str, country: &str, item: &str) -> Option<String> {
        let sites = self.atlas.sheet("sites");
        let is_it = |row: &&linchpin::atlas::Row| {
            sites.get(row, "company") == Some(company)
                && sites.text(row, "country") == country
                && self.market(sites.text(row, "item")) == item
        };
        sites.rows.iter().find(is_it).map(|row| row.key.clone())
    }

    fn site(&mut self, company: &str, name: &str, country: &str, item: &str) -> String {
        let site = self.new.id(&self.product.alias, &format!("{name} {country} {item}"));
        self.rows.add(
            "sites",
            vec![
                ("id", site.clone()),
                ("name", text(&format!("{name}, {country}"))),
                ("company", company.to_owned()),
                ("country", country.to_owned()),
                ("item", item.to_owned()),
                ("status", "operating".into()),
                ("note", "from the vendor list".into()),
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
