//! Who supplies what, from where: vendor lists.

use crate::bom::{self, normal};
use crate::column::{Role, ours, price_break, words};
use crate::companies::Company;
use crate::cost::quoted::{Quoted, agreed};
use crate::listed::{Listed, Names, listed};
use crate::number::{leading, plain, upper};
use crate::price::Price;
use crate::quantity::{exact, unit_beside, unit_of};
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
    /// What is said of that, where it is neither plainly yes nor plainly no and taken for no; empty elsewhere.
    pub doubt: &'s str,
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
    let quoted: Vec<Quoted> =
        tables.iter().map(|table| Quoted::of(&sheets[table.sheet], table, money)).collect();
    let shares = Shares::of(sheets, tables, Kind::Vendors, names);
    let vendor = |l: Listed<'_, 's>| {
        let supplier = [Role::Supplier, Role::Maker].map(|role| l.table.text(l.row, role).trim());
        let place = l.table.text(l.row, Role::Country).trim();
        let (share, no_share) = shares.read(&l);
        let qualified = l.table.text(l.row, Role::Qualified).trim();
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
        // Prices are of their own unit, if they have one.
        let said = l.table.text(l.row, Role::PriceUnit).trim();
        let of_price = if said.is_empty() { Role::Unit } else { Role::PriceUnit };
        if l.is_other(of_price) && !breaks.is_empty() {
            other.push((Role::Price, l.table.text(l.row, of_price).trim().to_owned()));
            breaks.clear();
        }
        let times = unit_of(said).map_or(times, |(_, times)| times);
        let breaks = bom::of_unit(breaks, times);
        Some(Vendor {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            supplier: supplier.into_iter().find(|s| !s.is_empty()).map(unnumbered)?,
            said: ours::value(l.table.text(l.row, Role::Company)),
            company: Company::default(),
            is_answer: is_answer(l.table),
            country: country(countries, place).cloned(),
            place,
            barred: !is_yes(qualified),
            doubt: if is_yes(qualified) || is_no(qualified) { "" } else { qualified },
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

/// Digits that a program puts before the name of a supplier are at least so many.
const NUMBERED: usize = 5;

/// The name of a supplier without his number before it: `100021  Harmonic Drive SE`.
pub(crate) fn unnumbered(supplier: &str) -> &str {
    let name = supplier.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = supplier.len() - name.len() >= NUMBERED && name.starts_with(char::is_whitespace);
    Some(name.trim_start()).filter(|name| is_number && name.contains(char::is_alphabetic)).unwrap_or(supplier)
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

/// The share of each part that suppliers hold who are not qualified.
pub(crate) fn barred(suppliers: &[&Vendor<'_>]) -> BTreeMap<usize, f64> {
    let mut barred = BTreeMap::new();
    for (part, share) in suppliers.iter().filter(|v| v.barred).filter_map(|v| v.part.zip(v.share)) {
        *barred.entry(part).or_insert(0.0) += share;
    }
    barred
}

/// What one supplier has of a part, all his plants together.
pub(crate) struct Holding {
    /// His share, if it is known of each.
    pub(crate) share: Option<f64>,
    /// Whether one of them is not qualified.
    pub(crate) barred: bool,
}

/// What each supplier has, by part and name.
pub(crate) fn holdings(suppliers: &[&Vendor<'_>]) -> BTreeMap<(usize, String), Holding> {
    let mut all = BTreeMap::new();
    for (part, vendor) in suppliers.iter().filter_map(|v| Some((v.part?, v))) {
        let his =
            all.entry((part, normal(vendor.supplier))).or_insert(Holding { share: Some(0.0), barred: false });
        his.share = his.share.zip(vendor.share).map(|(sum, share)| sum + share);
        his.barred |= vendor.barred;
    }
    all
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

/// Digits of tenths in Chinese: 六成 is 60 %.
const TENTHS: &str = "一二三四五六七八九十";

/// How the bare numbers that tell shares are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bare {
    /// Up to one as parts of one, above it as per cent.
    Either,
    /// As parts of one: one and a half beside a half is no hundredth and a half.
    Fraction,
    Percent,
}

/// A share: `70 %`, `0.7`, `70` or `七成`, also about so much; one is all.
fn share(text: &str, bare: Bare) -> Option<f64> {
    let text = plain(text).to_lowercase();
    let text = exact(text.trim());
    if let Some(tenths) = text.strip_suffix('成').map(str::trim) {
        let mut signs = tenths.chars();
        let sign = signs.next().and_then(|c| TENTHS.chars().position(|digit| digit == c));
        let digit = sign.filter(|_| signs.next().is_none()).map(|at| (at + 1) as f64);
        let digit = digit.or_else(|| tenths.parse().ok())?;
        return Some(digit / 10.0).filter(|share| (0.0..=1.0).contains(share));
    }
    let (number, rest) = leading(text)?;
    let percent = match bare {
        _ if rest.trim_start().starts_with('%') => true,
        Bare::Either => number > 1.0,
        Bare::Fraction => false,
        Bare::Percent => true,
    };
    let share = if percent { number / 100.0 } else { number };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// A share, or what stands for it and is none. A dash says nothing.
fn share_or_not(text: &str, bare: Bare) -> (Option<f64>, &str) {
    let share = share(text, bare);
    let typed = text.trim();
    (share, if share.is_none() && typed.contains(char::is_alphanumeric) { typed } else { "" })
}

/// How the bare numbers of shares are meant: those of one thing by their sum, which is about one or about a hundred, all
/// others by their column, where one between nothing and all makes all of them fractions.
pub(crate) struct Shares {
    columns: Vec<Bare>,
    /// By what has the shares, and who has them.
    sums: BTreeMap<[String; 2], BTreeMap<[String; 2], f64>>,
}

impl Shares {
    /// Those of all tables of a kind.
    pub(crate) fn of(sheets: &[Sheet], tables: &[Table], kind: Kind, names: &Names) -> Shares {
        let mut shares = Shares { columns: vec![Bare::Either; tables.len()], sums: BTreeMap::new() };
        for line in listed(sheets, tables, kind, names) {
            let text = plain(line.table.text(line.row, Role::Share));
            let Some((number, rest)) = leading(text.trim()).filter(|(number, _)| *number >= 0.0) else {
                continue;
            };
            if rest.trim().is_empty() {
                if number > 0.0 && number < 1.0 {
                    shares.columns[line.number] = Bare::Fraction;
                }
                let (what, who) = Shares::key(&line);
                // Of several lines of one supplier, which tell price breaks, the first.
                shares.sums.entry(what).or_default().entry(who).or_insert(number);
            }
        }
        shares
    }

    /// What a line tells a share of, and whose.
    fn key(line: &Listed<'_, '_>) -> ([String; 2], [String; 2]) {
        let text = |role| normal(line.table.text(line.row, role));
        let part = format!("{} {}", line.number, normal(line.typed));
        // A line that tells what is in a part is of what its supplier buys.
        match line.table.column(Role::Input) {
            Some(_) => {
                let of = format!("{part} {}", text(Role::Supplier));
                ([of, text(Role::Input)], [text(Role::Maker), text(Role::Country)])
            }
            None => ([part, String::new()], [text(Role::Supplier), text(Role::Country)]),
        }
    }

    /// The share of a line, or what stands for it and is none.
    pub(crate) fn read<'s>(&self, line: &Listed<'_, 's>) -> (Option<f64>, &'s str) {
        let sum = self.sums.get(&Shares::key(line).0).map_or(0.0, |each| each.values().sum::<f64>());
        let bare = match sum {
            0.9..=1.1 => Bare::Fraction,
            90.0..=110.0 => Bare::Percent,
            _ => self.columns[line.number],
        };
        share_or_not(line.table.text(line.row, Role::Share), bare)
    }
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

/// Headers of programs that tell such times in days and do not say so.
const IN_DAYS: [&str; 6] = [
    "planned deliv time",
    "planned delivery time",
    "pl deliv time",
    "delivery lead time",
    "固定提前期",
    "提前期",
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
        "" => of(&plain(header).to_lowercase()).or_else(|| IN_DAYS.contains(&&*words(header)).then_some(1.0)),
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
    for (name, id) in CALLED.into_iter().chain(ISO2) {
        if sheet.find(id).is_some() {
            found.entry(name.to_owned()).or_insert_with(|| id.to_owned());
        }
    }
    found
}

/// The country that a text names, however it is written: *P.R. China*, *The Netherlands*.
pub(crate) fn country<'c>(countries: &'c Countries, typed: &str) -> Option<&'c String> {
    let typed = normal(typed);
    let bare =
        || typed.replace('.', " ").split_whitespace().filter(|w| *w != "the").collect::<Vec<_>>().join(" ");
    countries.get(&typed).or_else(|| countries.get(&bare()))
}

/// What countries are called beside their names, without points and articles.
const CALLED: [(&str, &str); 50] = [
    ("usa", "USA"),
    ("us", "USA"),
    ("u s", "USA"),
    ("u s a", "USA"),
    ("united states of america", "USA"),
    ("america", "USA"),
    ("美利坚合众国", "USA"),
    ("prc", "CHN"),
    ("p r c", "CHN"),
    ("p r china", "CHN"),
    ("pr china", "CHN"),
    ("people's republic of china", "CHN"),
    ("mainland china", "CHN"),
    ("china mainland", "CHN"),
    ("中华人民共和国", "CHN"),
    ("中国大陆", "CHN"),
    ("大陆", "CHN"),
    ("uk", "GBR"),
    ("u k", "GBR"),
    ("great britain", "GBR"),
    ("britain", "GBR"),
    ("england", "GBR"),
    ("korea", "KOR"),
    ("republic of korea", "KOR"),
    ("korea, republic of", "KOR"),
    ("korea (south)", "KOR"),
    ("s korea", "KOR"),
    ("南韩", "KOR"),
    ("大韩民国", "KOR"),
    ("taiwan, china", "TWN"),
    ("taiwan (china)", "TWN"),
    ("china taiwan", "TWN"),
    ("chinese taipei", "TWN"),
    ("台湾", "TWN"),
    ("台灣", "TWN"),
    ("臺灣", "TWN"),
    ("台湾地区", "TWN"),
    ("中国台湾地区", "TWN"),
    ("中国台湾省", "TWN"),
    ("holland", "NLD"),
    ("deutschland", "DEU"),
    ("federal republic of germany", "DEU"),
    ("czech republic", "CZE"),
    ("viet nam", "VNM"),
    ("turkey", "TUR"),
    ("turkiye", "TUR"),
    ("russian federation", "RUS"),
    ("österreich", "AUT"),
    ("schweiz", "CHE"),
    ("slovak republic", "SVK"),
];

/// Codes of two letters in ISO 3166; US is above.
const ISO2: [(&str, &str); 98] = [
    ("ae", "ARE"),
    ("al", "ALB"),
    ("am", "ARM"),
    ("ar", "ARG"),
    ("at", "AUT"),
    ("au", "AUS"),
    ("be", "BEL"),
    ("bg", "BGR"),
    ("bh", "BHR"),
    ("bi", "BDI"),
    ("bo", "BOL"),
    ("br", "BRA"),
    ("ca", "CAN"),
    ("cd", "COD"),
    ("ch", "CHE"),
    ("ci", "CIV"),
    ("cl", "CHL"),
    ("cn", "CHN"),
    ("cu", "CUB"),
    ("cy", "CYP"),
    ("cz", "CZE"),
    ("de", "DEU"),
    ("dk", "DNK"),
    ("ee", "EST"),
    ("eg", "EGY"),
    ("es", "ESP"),
    ("et", "ETH"),
    ("fi", "FIN"),
    ("fr", "FRA"),
    ("ga", "GAB"),
    ("gb", "GBR"),
    ("ge", "GEO"),
    ("gh", "GHA"),
    ("gl", "GRL"),
    ("gn", "GIN"),
    ("gr", "GRC"),
    ("hr", "HRV"),
    ("hu", "HUN"),
    ("id", "IDN"),
    ("ie", "IRL"),
    ("il", "ISR"),
    ("in", "IND"),
    ("ir", "IRN"),
    ("is", "ISL"),
    ("it", "ITA"),
    ("jm", "JAM"),
    ("jp", "JPN"),
    ("ke", "KEN"),
    ("kp", "PRK"),
    ("kr", "KOR"),
    ("kz", "KAZ"),
    ("la", "LAO"),
    ("lk", "LKA"),
    ("lt", "LTU"),
    ("lu", "LUX"),
    ("lv", "LVA"),
    ("me", "MNE"),
    ("mg", "MDG"),
    ("mk", "MKD"),
    ("ml", "MLI"),
    ("mm", "MMR"),
    ("mn", "MNG"),
    ("mr", "MRT"),
    ("mt", "MLT"),
    ("mx", "MEX"),
    ("my", "MYS"),
    ("mz", "MOZ"),
    ("nc", "NCL"),
    ("ng", "NGA"),
    ("nl", "NLD"),
    ("no", "NOR"),
    ("nz", "NZL"),
    ("pe", "PER"),
    ("pg", "PNG"),
    ("ph", "PHL"),
    ("pl", "POL"),
    ("pt", "PRT"),
    ("ro", "ROU"),
    ("ru", "RUS"),
    ("rw", "RWA"),
    ("sa", "SAU"),
    ("se", "SWE"),
    ("sg", "SGP"),
    ("si", "SVN"),
    ("sk", "SVK"),
    ("sl", "SLE"),
    ("sn", "SEN"),
    ("th", "THA"),
    ("tr", "TUR"),
    ("tw", "TWN"),
    ("tz", "TZA"),
    ("ua", "UKR"),
    ("ug", "UGA"),
    ("uz", "UZB"),
    ("vn", "VNM"),
    ("za", "ZAF"),
    ("zm", "ZMB"),
    ("zw", "ZWE"),
];

/// Words that say that somebody is qualified, and that he is not. Whoever says anything else has not said that he is.
const YES: [&str; 42] = [
    "yes",
    "y",
    "true",
    "1",
    "ok",
    "ja",
    "✓",
    "✔",
    "√",
    "☑",
    "qualified",
    "fully qualified",
    "approved",
    "released",
    "active",
    "certified",
    "valid",
    "passed",
    "in production",
    "是",
    "有",
    "对",
    "合格",
    "已合格",
    "合格供应商",
    "已认证",
    "认证",
    "认证通过",
    "已通过",
    "通过",
    "批准",
    "已批准",
    "准入",
    "已准入",
    "在用",
    "正式",
    "正式供应商",
    "量产",
    "已量产",
    "有效",
    "已审核",
    "审核通过",
];
const NO: [&str; 16] = [
    "no",
    "n",
    "false",
    "0",
    "nein",
    "✗",
    "✘",
    "not qualified",
    "unqualified",
    "not approved",
    "pending",
    "否",
    "未",
    "未认证",
    "不合格",
    "无",
];

/// Whether a cell says that somebody is qualified; so is who has nothing said of him.
fn is_yes(text: &str) -> bool {
    let text = normal(text);
    // What stands in brackets after a yes says how, as in yes (PPAP 2025). A dash says nothing.
    let plain = text.split(['(', ',', ';']).next().unwrap_or_default().trim();
    text.chars().all(|c| matches!(c, '-' | '/' | '.')) || YES.contains(&plain)
}

/// Whether it says plainly that he is not.
fn is_no(text: &str) -> bool {
    NO.contains(&normal(text).as_str())
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
            ("六成", Some(0.6)),
            ("6成", Some(0.6)),
            ("约70%", Some(0.7)),
            ("~70 %", Some(0.7)),
            ("ca. 70 %", Some(0.7)),
            ("成", None),
        ] {
            assert_eq!(share(text, Bare::Either), share_of, "{text}");
        }
        assert_eq!(
            [share("1.5", Bare::Fraction), share("0.5", Bare::Fraction), share("60 %", Bare::Fraction)],
            [None, Some(0.5), Some(0.6)]
        );
        assert_eq!(share_or_not(" 150 % ", Bare::Either), (None, "150 %"));
        assert_eq!(share_or_not(" – ", Bare::Either), (None, ""));
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
            ("30", "Planned deliv. time", Lead::Days((30.0, 30.0))),
            ("25-35", "固定提前期", Lead::Days((25.0, 35.0))),
            ("stock", "Lead time (days)", Lead::Unread),
            (" ", "Lead time", Lead::Blank),
        ] {
            assert_eq!(lead(text, header), days, "{text}");
        }
    }

    #[test]
    fn who_is_not_said_to_be_qualified_is_not() {
        for text in [
            "",
            "–",
            "Yes",
            "是",
            "合格",
            "已认证",
            "已通过",
            "批准",
            "Qualified",
            "approved",
            "✓",
            "1",
            "TRUE",
            "active",
        ] {
            assert!(is_yes(text), "{text}");
        }
        for text in
            ["样品验证中", "待认证", "认证中", "未通过", "临时", "试用", "潜在供应商", "停用", "黑名单"]
        {
            assert!(!is_yes(text) && !is_no(text), "{text}");
        }
        for text in ["in qualification", "under evaluation", "blocked", "phase-out", "not yet", "TBD", "yes?"]
        {
            assert!(!is_yes(text) && !is_no(text), "{text}");
        }
        assert!(["no", "否", "Pending", "未认证"].iter().all(|text| !is_yes(text) && is_no(text)));
    }

    #[test]
    fn countries_are_known_by_what_people_call_them() {
        let names = [("China", "CHN"), ("Netherlands", "NLD"), ("United States", "USA")]
            .into_iter()
            .chain(CALLED)
            .chain(ISO2);
        let countries = names.map(|(name, id)| (normal(name), id.to_owned())).collect();
        for (typed, id) in [
            ("P.R. China", "CHN"),
            ("P. R. China", "CHN"),
            ("PR China", "CHN"),
            ("The People's Republic of China", "CHN"),
            ("中国大陆", "CHN"),
            ("Republic of Korea", "KOR"),
            ("Taiwan, China", "TWN"),
            ("台湾", "TWN"),
            ("The Netherlands", "NLD"),
            ("U.S.A.", "USA"),
            ("U.K.", "GBR"),
            ("Czech Republic", "CZE"),
            ("Turkey", "TUR"),
            ("JP", "JPN"),
            ("ch", "CHE"),
            ("SI", "SVN"),
        ] {
            assert_eq!(country(&countries, typed).map(String::as_str), Some(id), "{typed}");
        }
        assert_eq!(country(&countries, "Chinatown"), None);
    }
}
