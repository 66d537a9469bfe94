//! Who supplies what, from where: vendor lists.

use crate::bom::{self, normal};
use crate::column::{Role, ours, price_break};
use crate::companies::Company;
use crate::cost::quoted::{Quoted, agreed};
use crate::listed::{Listed, Names, listed};
use crate::number::{leading, plain, upper};
use crate::price::Price;
use crate::quantity::unit_beside;
use crate::questionnaire::is_answer;
use crate::sheet::Sheet;
use crate::table::{Kind, Table};
use linchpin::atlas::Atlas;
use linchpin::atlas::units::DAYS_PER_YEAR;
use std::collections::BTreeMap;

/// A line of a vendor list.
#[derive(Clone, Debug, PartialEq)]
pub struct Vendor<'s> {
    /// The table, by its place among those that were read.
    pub table: usize,
    /// Number of the row in the file.
    pub row: u32,
    /// The part, if one of the product's has that number or name.
    pub part: Option<usize>,
    /// The part as typed.
    pub typed: &'s str,
    /// Who supplies it.
    pub supplier: &'s str,
    /// Which company of the atlas that is, as the user says; empty where nothing is said.
    pub said: &'s str,
    /// Which company it is.
    pub company: Company,
    /// Whether it is a line of a questionnaire.
    pub is_answer: bool,
    /// Id of the country in which its plant stands, if the atlas has it.
    pub country: Option<String>,
    /// The country as typed.
    pub place: &'s str,
    /// Whether it is said not to be qualified.
    pub barred: bool,
    /// Share of what is bought of the part, from 0 to 1.
    pub share: Option<f64>,
    /// What stands for a share and is none; empty where nothing does.
    pub no_share: &'s str,
    /// Days from order to delivery.
    pub lead: Lead,
    /// Least quantity of an order, in the unit of the part.
    pub minimum_order: Option<f64>,
    /// Prices of one by the quantity from which each holds, the least first.
    pub breaks: Vec<(f64, Price)>,
    /// What is told in a unit of another kind than the part's, with it, and left out.
    pub other: Vec<(Role, String)>,
}

impl Vendor<'_> {
    /// The part that it supplies, and from which country, if both are known and it is not barred.
    pub(crate) fn delivers(&self) -> Option<(usize, &str)> {
        self.part.zip(self.country.as_deref()).filter(|_| !self.barred)
    }
}

/// A time from order to delivery.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lead {
    /// Nothing is said.
    Blank,
    /// Days: at least and at most.
    Days((f64, f64)),
    /// Something that is no time, or a number of nobody knows what.
    Unread,
}

impl Lead {
    /// Days at least and at most, if they are said.
    pub(crate) fn days(self) -> Option<(f64, f64)> {
        match self {
            Lead::Days(days) => Some(days),
            Lead::Blank | Lead::Unread => None,
        }
    }
}

/// All lines of vendor lists; which companies they name is found later.
pub fn vendors<'s>(
    countries: &Countries,
    sheets: &'s [Sheet],
    tables: &[Table],
    names: &Names,
) -> Vec<Vendor<'s>> {
    let money = agreed(tables);
    let quoted: Vec<Quoted> = tables.iter().map(|table| Quoted::of(table, money)).collect();
    let fractions: Vec<bool> = tables.iter().map(|table| in_fractions(table, sheets)).collect();
    let vendor = |l: Listed<'_, 's>| {
        let supplier = [Role::Supplier, Role::Maker].map(|role| l.table.text(l.row, role).trim());
        let place = l.table.text(l.row, Role::Country).trim();
        let (share, no_share) = share_or_not(l.table.text(l.row, Role::Share), fractions[l.number]);
        let typed = &l.table.number(l.row, Role::MinimumOrder);
        // A bare number may stand for thousands, 1k, and from where on: 500+.
        let bare = price_break::quantity(typed).filter(|_| unit_beside(typed).is_empty());
        let times = if is_answer(l.table) { 1.0 } else { l.unit().map_or(1.0, |(_, times)| times) };
        let least = l
            .amount(Role::MinimumOrder)
            .map(|least| bare.map(|bare| bare * times).or(least).filter(|m| *m > 0.0));
        let mut other: Vec<(Role, String)> = vec![];
        let minimum_order = least.unwrap_or_else(|said| {
            other.push((Role::MinimumOrder, said));
            None
        });
        let mut breaks = quoted.get(l.number).map(|q| q.row(l.table, l.row)).unwrap_or_default();
        if l.is_other() && !breaks.is_empty() {
            other.push((Role::Price, l.table.text(l.row, Role::Unit).trim().to_owned()));
            breaks.clear();
        }
        let breaks = bom::of_unit(breaks, times);
        Some(Vendor {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            supplier: supplier.into_iter().find(|s| !s.is_empty())?,
            said: ours::value(l.table.text(l.row, Role::Company)),
            company: Company::default(),
            is_answer: is_answer(l.table),
            country: countries.get(&normal(place)).cloned(),
            place,
            barred: is_no(l.table.text(l.row, Role::Qualified)),
            share,
            no_share,
            lead: lead(l.table.text(l.row, Role::LeadTime), l.table.heading(Role::LeadTime)),
            minimum_order,
            breaks,
            other,
        })
    };
    listed(sheets, tables, Kind::Vendors, names).filter_map(vendor).collect()
}

/// Suppliers of parts: of several lines of one, which tell prices by quantity, the first that tells a share, else the first.
pub(crate) fn suppliers<'v, 's>(vendors: &'v [Vendor<'s>]) -> Vec<&'v Vendor<'s>> {
    let mut places: BTreeMap<(usize, String, &str), usize> = BTreeMap::new();
    let mut found: Vec<&Vendor<'_>> = vec![];
    for vendor in vendors {
        let Some(part) = vendor.part else { continue };
        let country = vendor.country.as_deref().unwrap_or(vendor.place);
        let place = *places.entry((part, normal(vendor.supplier), country)).or_insert(found.len());
        match found.get_mut(place) {
            Some(first) if first.share.is_none() && vendor.share.is_some() => *first = vendor,
            Some(_) => {}
            None => found.push(vendor),
        }
    }
    found
}

/// What is left of each part of which suppliers are told to have less than all, and the suppliers whose share is not told.
pub(crate) fn rests<'v, 's>(vendors: &'v [Vendor<'s>]) -> BTreeMap<usize, (f64, Vec<&'v Vendor<'s>>)> {
    let mut rests: BTreeMap<usize, (f64, Vec<&Vendor<'_>>)> = BTreeMap::new();
    for vendor in suppliers(vendors).into_iter().filter(|v| !v.barred) {
        let Some(part) = vendor.part else { continue };
        let (rest, untold) = rests.entry(part).or_insert((1.0, vec![]));
        *rest -= vendor.share.unwrap_or(0.0);
        untold.extend(vendor.share.is_none().then_some(vendor));
    }
    // What rounding leaves of the whole is nothing.
    rests.retain(|_, (rest, untold)| *rest > 1e-9 && *rest < 1.0 && !untold.is_empty());
    rests
}

/// A mass that a vendor list or a questionnaire tells.
pub(crate) struct Weighed {
    pub(crate) part: usize,
    /// The table, by its place among those that were read.
    pub(crate) table: usize,
    /// Number of the row in the file.
    pub(crate) row: u32,
    /// Kilograms of one.
    pub(crate) mass: f64,
    /// Whether a questionnaire says so.
    pub(crate) is_answer: bool,
}

/// The masses that vendor lists and questionnaires tell.
pub(crate) fn masses(sheets: &[Sheet], tables: &[Table], names: &Names) -> Vec<Weighed> {
    let weighed = |l: Listed<'_, '_>| {
        let is_answer = is_answer(l.table);
        let pieces = if is_answer { 1.0 } else { bom::pieces(l.unit()) };
        let mass = bom::mass_in(l.table, l.row).filter(|mass| *mass > 0.0)? / pieces;
        Some(Weighed { part: l.part?, table: l.number, row: l.row.number(), mass, is_answer })
    };
    listed(sheets, tables, Kind::Vendors, names).filter_map(weighed).collect()
}

/// A share: `70 %`, `0.7` or `70`; one is all. In a column of fractions a bare number above one is none: 1.5 beside 0.5 is
/// no hundredth and a half.
fn share(text: &str, fractions: bool) -> Option<f64> {
    let text = plain(text);
    let (number, rest) = leading(text.trim())?;
    let percent = rest.trim_start().starts_with('%') || (number > 1.0 && !fractions);
    let share = if percent { number / 100.0 } else { number };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// A share, or what stands for it and is none. A dash says nothing.
pub(crate) fn share_or_not(text: &str, fractions: bool) -> (Option<f64>, &str) {
    let share = share(text, fractions);
    let typed = text.trim();
    (share, if share.is_none() && typed.contains(char::is_alphanumeric) { typed } else { "" })
}

/// Whether the shares of a table are written as parts of one: some bare number in their column lies between nothing and all.
pub(crate) fn in_fractions(table: &Table, sheets: &[Sheet]) -> bool {
    let Some(sheet) = sheets.get(table.sheet).filter(|_| table.column(Role::Share).is_some()) else {
        return false;
    };
    table.rows.clone().filter_map(|at| sheet.row(at)).any(|row| {
        let text = plain(table.text(row, Role::Share));
        leading(text.trim())
            .is_some_and(|(number, rest)| rest.trim().is_empty() && number > 0.0 && number < 1.0)
    })
}

/// Days by the words for them, in the cell or in the header; longer words first where one begins with another.
const TIMES: [(&str, f64); 12] = [
    ("week", 7.0),
    ("wk", 7.0),
    ("周", 7.0),
    ("星期", 7.0),
    ("month", DAYS_PER_YEAR / 12.0),
    ("个月", DAYS_PER_YEAR / 12.0),
    ("月", DAYS_PER_YEAR / 12.0),
    ("day", 1.0),
    ("天", 1.0),
    ("日", 1.0),
    ("year", DAYS_PER_YEAR),
    ("年", DAYS_PER_YEAR),
];

/// A time from order to delivery: `12 weeks`, `8-10周`, `8周-10周`.
fn lead(text: &str, header: &str) -> Lead {
    let text = plain(text).to_lowercase();
    if text.trim().is_empty() {
        return Lead::Blank;
    }
    let Some((first, rest)) = leading(text.trim()) else { return Lead::Unread };
    // The unit may stand behind both ends.
    let unit = TIMES.iter().find_map(|(word, _)| rest.trim_start().strip_prefix(word));
    let behind = unit.and_then(|rest| upper(rest.trim_start_matches('s').trim_start()));
    let (last, rest) = upper(rest).or(behind).unwrap_or((first, rest));
    let rest = rest.trim();
    let of = |text: &str| TIMES.iter().find(|(word, _)| text.contains(word)).map(|(_, days)| *days);
    let days = match rest {
        "d" => Some(1.0),
        "w" => Some(7.0),
        "" => of(&plain(header).to_lowercase()),
        said => of(said),
    };
    days.map_or(Lead::Unread, |days| Lead::Days((first.min(last) * days, first.max(last) * days)))
}

/// Ids of countries by id and by name in both languages.
pub type Countries = BTreeMap<String, String>;

/// Those of an atlas.
pub(crate) fn countries(atlas: &Atlas) -> Countries {
    let sheet = atlas.sheet("countries");
    let names = |row| [sheet.get(row, "name_en"), sheet.get(row, "name_zh")];
    let mut found = BTreeMap::new();
    for row in &sheet.rows {
        for name in names(row).into_iter().flatten().chain([row.key.as_str()]) {
            found.insert(normal(name), row.key.clone());
        }
    }
    for (name, id) in [
        ("usa", "USA"),
        ("us", "USA"),
        ("u.s.", "USA"),
        ("u.s.a.", "USA"),
        ("united states of america", "USA"),
        ("prc", "CHN"),
        ("p.r.c.", "CHN"),
        ("mainland china", "CHN"),
        ("uk", "GBR"),
        ("korea", "KOR"),
    ] {
        if sheet.find(id).is_some() {
            found.entry(name.to_owned()).or_insert_with(|| id.to_owned());
        }
    }
    found
}

/// Whether a cell says that somebody is not qualified.
fn is_no(text: &str) -> bool {
    let text = normal(text);
    ["no", "n", "false", "0", "否", "未", "未认证", "不合格", "not qualified", "not approved", "pending"]
        .contains(&text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_times_are_read_as_people_write_them() {
        for (text, share_of) in [
            ("70%", Some(0.7)),
            ("0.7", Some(0.7)),
            ("70", Some(0.7)),
            ("1", Some(1.0)),
            ("", None),
            ("120 %", None),
            ("-20 %", None),
        ] {
            assert_eq!(share(text, false), share_of, "{text}");
        }
        assert_eq!(
            [share("1.5", true), share("0.5", true), share("60 %", true)],
            [None, Some(0.5), Some(0.6)]
        );
        assert_eq!(share_or_not(" 150 % ", false), (None, "150 %"));
        assert_eq!(share_or_not(" – ", false), (None, ""));
        for (text, header, days) in [
            ("12", "Lead time (weeks)", Lead::Days((84.0, 84.0))),
            ("8-10周", "交期", Lead::Days((56.0, 70.0))),
            ("8 weeks - 10 weeks", "LT", Lead::Days((56.0, 70.0))),
            ("8周至10周", "交期", Lead::Days((56.0, 70.0))),
            ("10 to 8", "Lead time (weeks)", Lead::Days((56.0, 70.0))),
            ("45 days", "Lead time (weeks)", Lead::Days((45.0, 45.0))),
            ("6w", "LT", Lead::Days((42.0, 42.0))),
            ("30", "交期（天）", Lead::Days((30.0, 30.0))),
            ("30", "Lead time", Lead::Unread),
            ("stock", "Lead time (days)", Lead::Unread),
            (" ", "Lead time", Lead::Blank),
        ] {
            assert_eq!(lead(text, header), days, "{text}");
        }
    }
}
