//! Suppliers as the atlas knows them: a company, a plant, and a lane from it to the assembly.

use super::{Known, Maker, text};
use crate::bom::normal;
use crate::vendors::Vendor;
use std::collections::{BTreeMap, BTreeSet};

impl Maker<'_, '_, '_> {
    /// Adds the suppliers of a product. One that the atlas knows in that country keeps its plant there.
    pub(super) fn supply(&mut self, robot: &str, vendors: &[Vendor<'_>], known: &[Known], ids: &[String]) {
        let usable: Vec<(usize, &str, &Vendor<'_>)> = vendors
            .iter()
            .filter(|v| !v.barred)
            .filter_map(|v| Some((v.part?, v.country.as_deref()?, v)))
            .collect();
        if usable.is_empty() {
            return;
        }
        let assembly = self.assembly(robot);
        let mut companies = self.companies();
        let mut told = BTreeSet::new();
        for (part, country, vendor) in usable {
            let item =
                known[part].item.as_deref().map_or(ids[part].as_str(), |kind| self.market(kind)).to_owned();
            let company = match companies.get(&normal(vendor.supplier)) {
                Some(company) => company.clone(),
                None => {
                    let company = self.company(vendor.supplier, country, vendor.row);
                    companies.insert(normal(vendor.supplier), company.clone());
                    company
                }
            };
            if !told.insert((company.clone(), country.to_owned(), item.clone())) {
                continue;
            }
            let site = match self.plant(&company, country, &item) {
                Some(site) => site,
                None => self.site(&company, vendor.supplier, country, &item),
            };
            let mut row = vec![("from_site", site), ("to_site", assembly.clone()), ("item", item)];
            row.extend([
                ("unit", "fraction".into()),
                ("year", self.year.clone()),
                ("source", self.source.clone()),
                ("standing", "reported".into()),
                ("note", format!("vendor list, row {}; share of the plant's output not told", vendor.row)),
            ]);
            self.rows.add("lanes", row);
        }
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
