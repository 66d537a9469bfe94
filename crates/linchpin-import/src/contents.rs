//! What suppliers say of what is in their parts, and who makes that: answers to the questionnaire.

use crate::bom;
use crate::column::{Role, ours};
use crate::companies::Company;
use crate::listed::{Listed, Names, listed};
use crate::quantity::{Quantity, Unit};
use crate::sheet::Sheet;
use crate::table::{Kind, Table};
use crate::vendors::{Countries, Shares, country};
use linchpin::atlas::Atlas;
use std::collections::BTreeMap;

/// A line of an answer of which something is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Content<'s> {
    /// The table, by its place among those that were read.
    pub table: usize,
    /// Number of the row in the file.
    pub row: u32,
    /// The part, if one of the product's has that number or name.
    pub part: Option<usize>,
    /// The part as typed.
    pub typed: &'s str,
    /// The supplier of the part who says so; empty where the line names none: of whom all its suppliers buy.
    pub supplier: &'s str,
    /// What is in it: the id of an item of the atlas, or what stands there instead.
    pub input: &'s str,
    /// How much is in one part, as the line says.
    pub told: Option<Amount>,
    /// How much counts: what is told, of suppliers who tell different amounts the mean.
    pub amount: Option<Amount>,
    /// Who makes it.
    pub maker: &'s str,
    /// Which company of the atlas that is, as the user says; empty where nothing is said.
    pub said: &'s str,
    /// Which company it is.
    pub company: Company,
    /// Id of the country in which it is made, if the atlas has it.
    pub country: Option<String>,
    /// The country as typed.
    pub place: &'s str,
    /// Share of what the supplier buys of it, from 0 to 1.
    pub share: Option<f64>,
    /// What stands for a share and is none; empty where nothing does.
    pub no_share: &'s str,
}

impl Content<'_> {
    /// The country in which somebody who is named makes it, if the atlas has it.
    pub(crate) fn made_in(&self) -> Option<&str> {
        self.country.as_deref().filter(|_| !self.maker.is_empty())
    }

    /// Whether somebody is named who makes it for a part of the product, and stands in no country of the atlas.
    pub(crate) fn is_nowhere(&self) -> bool {
        self.part.is_some() && !self.maker.is_empty() && self.country.is_none()
    }
}

/// How much of something is in a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// So many units of the atlas's item.
    Told(f64),
    /// An amount in a unit in which the item is not counted.
    OtherUnit,
}

/// All answers of questionnaires; which companies they name is found later.
pub fn contents<'s>(
    atlas: &'s Atlas,
    countries: &Countries,
    sheets: &'s [Sheet],
    tables: &[Table],
    names: &Names,
) -> Vec<Content<'s>> {
    let items = atlas.sheet("items");
    let shares = Shares::of(sheets, tables, Kind::Contents, names);
    let ids = ids(atlas);
    let content = |l: Listed<'_, 's>| {
        let text = |role| l.table.text(l.row, role).trim();
        let typed = ours::value(text(Role::Input));
        let input = ids.get(&bom::normal(typed)).copied().flatten().unwrap_or(typed);
        let (share, no_share) = shares.read(&l);
        // Who makes it has a column of its own, unless there is but one for both.
        let has_maker = l.table.column(Role::Maker).is_some();
        let (supplier, maker) = (text(Role::Supplier), text(Role::Maker));
        let unit = items.find(input).map_or("", |row| items.text(row, "unit"));
        let told = bom::amount(l.table, l.row, None).map(|q| in_unit(&q, unit));
        let content = Content {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            supplier: if has_maker { supplier } else { "" },
            input,
            told,
            amount: told,
            maker: if has_maker { maker } else { supplier },
            said: ours::value(text(Role::Company)),
            company: Company::default(),
            country: country(countries, text(Role::Country)).cloned(),
            place: text(Role::Country),
            share,
            no_share,
        };
        let filled = content.amount.is_some() || !content.maker.is_empty() || !text(Role::Country).is_empty();
        Some(content).filter(|_| filled)
    };
    listed(sheets, tables, Kind::Contents, names).filter_map(content).collect()
}

/// Ids of items by id and by name in both languages; what two are called means neither.
fn ids(atlas: &Atlas) -> BTreeMap<String, Option<&str>> {
    let items = atlas.sheet("items");
    let mut found: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for row in &items.rows {
        let id = row.key.as_str();
        for name in [items.text(row, "name_en"), items.text(row, "name_zh")] {
            let one = found.entry(bom::normal(name)).or_insert(Some(id));
            *one = one.filter(|known| *known == id);
        }
    }
    found.extend(items.rows.iter().map(|row| (bom::normal(&row.key), Some(row.key.as_str()))));
    found
}

fn in_unit(quantity: &Quantity, unit: &str) -> Amount {
    let wanted = if unit == "kg" { Unit::Kilogram } else { Unit::Piece };
    if quantity.unit == wanted { Amount::Told(quantity.amount) } else { Amount::OtherUnit }
}
