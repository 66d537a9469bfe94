//! Suppliers as the atlas knows them: a company, a plant, and a lane from it to the assembly.

use super::inside::Answers;
use super::{Maker, Placed, text};
use crate::bom::normal;
use crate::contents::Content;
use crate::vendors::{Lead, Vendor, suppliers};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of one lane: units of a part, or of a market, that its plant supplies to one product.
#[derive(Default)]
struct Supplied {
    /// By shares that are told.
    told: f64,
    /// Parts of which nobody else is listed and no share is told.
    alone: f64,
    /// Each share that is told, as a formula, with the amount that it is a share of.
    terms: Vec<(String, f64)>,
    /// Rows of the vendor list.
    rows: Vec<u32>,
}

impl Supplied {
    /// Adds a part. Shares of more than the whole are taken in proportion.
    fn add(&mut self, share: Option<f64>, sum: f64, amount: f64, alone: bool) {
        match share {
            Some(share) => {
                self.told += share / sum.max(1.0) * amount;
                let formula = if sum > 1.0 { format!("{share}/{sum}") } else { share.to_string() };
                self.terms.push((formula, amount));
            }
            None if alone => self.alone += amount,
            None => {}
        }
    }
}

/// Lanes by sender, receiver and item.
type Lanes = BTreeMap<(String, String, String), Supplied>;

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
    /// A lane of a part holds the supplier's share of that part; one of what is inside the parts, whose makers supply no part of
    /// the product itself, the share of what the product needs in that market.
    pub(super) fn supply(
        &mut self,
        robot: &str,
        vendors: &[Vendor<'_>],
        contents: &[Content<'_>],
        parts: &BTreeMap<usize, Placed>,
        totals: &[f64],
    ) {
        let suppliers = suppliers(vendors);
        let usable: Vec<(usize, &str, &Vendor<'_>)> = suppliers
            .iter()
            .filter_map(|v| v.delivers().map(|(part, country)| (part, country, *v)))
            .filter(|(part, _, _)| parts.contains_key(part))
            .collect();
        if usable.is_empty() && contents.is_empty() {
            return;
        }
        let assembly = self.assembly(robot);
        let mut companies = self.companies();
        let mut needs = self.needs(parts, totals);
        needs.extend(parts.iter().map(|(part, placed)| (placed.id.clone(), totals[*part])));
        let mut leads: BTreeMap<&str, LeadTimes<'_>> = BTreeMap::new();
        // Shares and suppliers of each part, those in unknown places too: they supply all the same.
        let mut listed: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        for vendor in suppliers.iter().filter(|v| !v.barred) {
            let Some(part) = vendor.part else { continue };
            let (sum, count) = listed.entry(part).or_default();
            *sum += vendor.share.unwrap_or(0.0);
            *count += 1;
        }
        let mut lanes = Lanes::new();
        // Plants of the suppliers of each part.
        let mut plants: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (part, country, vendor) in usable {
            let item = parts[&part].market.as_str();
            let site = self.stands(&mut companies, vendor.supplier, country, item, vendor.row);
            plants.entry(part).or_default().insert(site.clone());
            let amount = totals[part];
            let lane = lanes.entry((site, assembly.clone(), parts[&part].id.clone())).or_default();
            lane.rows.push(vendor.row);
            let (sum, count) = listed.get(&part).copied().unwrap_or_default();
            lane.add(vendor.share, sum, amount, count == 1);
            if let Lead::Days(days) = vendor.lead {
                let weight = amount * vendor.share.unwrap_or(1.0);
                let lead = leads.entry(item).or_insert(LeadTimes {
                    stage: &parts[&part].stage,
                    sum: 0.0,
                    of: 0.0,
                    low: days,
                    high: days,
                });
                (lead.sum, lead.of) = (lead.sum + days * weight, lead.of + weight);
                (lead.low, lead.high) = (lead.low.min(days), lead.high.max(days));
            }
        }
        for (item, lead) in leads {
            self.lead(item, &lead);
        }
        let behind = self.behind(&mut lanes, &mut companies, contents, &plants, &assembly, parts, totals);
        for ((site, end, item), lane) in lanes {
            let need = match end == assembly {
                true => needs.get(&item),
                false => behind.get(&(end.clone(), item.clone())),
            };
            self.lane(site, &end, &item, need.copied().unwrap_or(0.0), &lane);
        }
    }

    /// Units of each market that one product needs, in parts and in what they are made of.
    fn needs(&self, parts: &BTreeMap<usize, Placed>, totals: &[f64]) -> BTreeMap<String, f64> {
        let sheet = self.atlas.sheet("items");
        let mut items: BTreeMap<&str, f64> = BTreeMap::new();
        let mut markets: BTreeMap<String, f64> = BTreeMap::new();
        for (part, placed) in parts {
            *markets.entry(placed.market.clone()).or_default() += totals[*part];
            for inside in &placed.inside {
                let Some(row) = sheet.find(&inside.item) else { continue };
                let gross = totals[*part] * inside.value / inside.kept;
                *items.entry(&row.key).or_default() += gross;
                self.stand_ins.needs(&inside.item, gross, &mut items);
            }
            if let Some(found) = placed.stand_in.as_ref().filter(|_| placed.inside.is_empty()) {
                self.stand_ins.needs(&found.item, found.value * totals[*part], &mut items);
            }
        }
        for (item, amount) in items {
            *markets.entry(self.market(item).to_owned()).or_default() += amount;
        }
        markets
    }

    /// Adds lanes from those who make what is in the parts: to the plants of the suppliers, and to the assembly, which needs
    /// it inside its parts. The latter count where nobody knows what the makers of the part put out. Returns how much of
    /// each market the plants need for one product.
    #[allow(clippy::too_many_arguments)]
    fn behind(
        &mut self,
        lanes: &mut Lanes,
        companies: &mut BTreeMap<String, String>,
        contents: &[Content<'_>],
        plants: &BTreeMap<usize, BTreeSet<String>>,
        assembly: &str,
        parts: &BTreeMap<usize, Placed>,
        totals: &[f64],
    ) -> BTreeMap<(String, String), f64> {
        let items = self.atlas.sheet("items");
        let mut needs: BTreeMap<(String, String), f64> = BTreeMap::new();
        // How much of an input one product needs for a part, and how many makers of it are named.
        let mut inputs: BTreeMap<(usize, &str), (f64, usize)> = BTreeMap::new();
        let usable: Vec<(usize, &Content<'_>)> = contents
            .iter()
            .filter(|c| items.find(c.input).is_some())
            .filter_map(|c| Some((c.part.filter(|p| parts.contains_key(p))?, c)))
            .collect();
        let nowhere = BTreeSet::new();
        let plants = |part: &usize| plants.get(part).unwrap_or(&nowhere);
        for (part, content) in &usable {
            let (_, makers) = inputs.entry((*part, content.input)).or_default();
            *makers += usize::from(!content.maker.is_empty());
        }
        for ((part, input), (amount, _)) in &mut inputs {
            let placed = &parts[part];
            let usual =
                placed.inside.is_empty().then(|| self.inside(placed.stand_in.as_ref(), &Answers::new()));
            let mut inside = placed.inside.iter().chain(usual.iter().flatten());
            let here = inside.find(|inside| inside.item == **input);
            // Where nobody knows how much of it is in the part, every part weighs the same.
            *amount = totals[*part] * here.map_or(1.0, |inside| inside.value / inside.kept);
            for plant in plants(part) {
                *needs.entry((plant.clone(), self.market(input).to_owned())).or_default() += *amount;
            }
        }
        for (part, content) in &usable {
            let Some(country) = content.country.as_deref().filter(|_| !content.maker.is_empty()) else {
                continue;
            };
            let market = self.market(content.input).to_owned();
            let site = self.stands(companies, content.maker, country, &market, content.row);
            let (amount, makers) = inputs[&(*part, content.input)];
            let ends = plants(part).iter().map(String::as_str).chain([assembly]);
            for end in ends.filter(|end| *end != site) {
                let lane = lanes.entry((site.clone(), end.to_owned(), market.clone())).or_default();
                lane.add(content.share, 1.0, amount, makers == 1);
                lane.rows.push(content.row);
            }
        }
        needs
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
            let formula = match &lane.terms[..] {
                [(share, amount)] if *amount == need => share.clone(),
                terms => {
                    let terms: Vec<String> =
                        terms.iter().map(|(share, of)| format!("{share}*{of}")).collect();
                    format!("({})/{need}", terms.join("+"))
                }
            };
            match formula.parse::<f64>() {
                Ok(_) => row.push(("standing", "reported".into())),
                Err(_) => row.extend([("standing", "derived".into()), ("formula", formula)]),
            }
            row.push(("note", listed));
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
