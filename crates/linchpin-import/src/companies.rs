//! Which companies of the atlas suppliers are: by their names without legal forms, and where a name is but an abbreviation,
//! by what they make too. A user may say it beside a supplier.

use crate::archetype::said;
use crate::bom::normal;
use crate::contents::Content;
use crate::number::is_han;
use crate::overlay::Known;
use crate::vendors::Vendor;
use linchpin::atlas::Atlas;
use linchpin::slips::slips;
use std::collections::{BTreeMap, BTreeSet};

/// Letters up to which a name is an abbreviation, which several companies may have.
const SHORT: usize = 4;

/// Which company a supplier is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Its id, if it is one of the atlas; a company of its own otherwise.
    pub known: Option<String>,
    /// The one of the atlas that may be meant where it is none.
    pub near: Option<String>,
}

/// Something that names a company of the atlas and means none.
pub(crate) struct NoCompany {
    /// The table, by its place among those that were read.
    pub(crate) table: usize,
    /// Number of the row in the file.
    pub(crate) row: u32,
    /// What stands there.
    pub(crate) typed: String,
}

/// The companies of an atlas.
struct Companies<'a> {
    atlas: &'a Atlas,
    /// Ids by id and by name in both languages.
    full: BTreeMap<String, BTreeSet<&'a str>>,
    /// Ids by the same names, and those in brackets, without legal forms.
    bare: BTreeMap<String, BTreeSet<&'a str>>,
    /// Markets and stages in which each has a plant.
    makes: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
}

impl<'a> Companies<'a> {
    fn new(atlas: &'a Atlas) -> Companies<'a> {
        let (companies, sites) = (atlas.sheet("companies"), atlas.sheet("sites"));
        let mut all =
            Companies { atlas, full: BTreeMap::new(), bare: BTreeMap::new(), makes: BTreeMap::new() };
        for row in &companies.rows {
            let names = [Some(row.key.as_str()), companies.get(row, "name"), companies.get(row, "name_zh")];
            for name in names.into_iter().flatten() {
                all.full.entry(normal(name)).or_default().insert(&row.key);
                for piece in name.split(['(', ')', '（', '）', '/']).chain([name]) {
                    all.bare.entry(bare(piece)).or_default().insert(&row.key);
                }
            }
        }
        all.bare.remove("");
        for row in &sites.rows {
            if let Some((company, item)) = sites.get(row, "company").zip(sites.get(row, "item")) {
                let made = all.kind(item);
                all.makes.entry(company).or_default().extend(made);
            }
        }
        all
    }

    /// The market in which an item is bought, and the stage of its making.
    fn kind(&self, item: &str) -> Option<(&'a str, &'a str)> {
        let items = self.atlas.sheet("items");
        let row = items.find(item)?;
        Some((items.get(row, "pool").unwrap_or(&row.key), items.text(row, "stage")))
    }

    /// The company of a name; `item` is what it supplies, if that is known.
    fn find(&self, name: &str, item: Option<&str>) -> Company {
        let (full, bare) = (normal(name), bare(name));
        let (key, called) = match self.full.get(&full) {
            Some(called) => (&full, Some(called)),
            None => (&bare, self.bare.get(&bare)),
        };
        let none = BTreeSet::new();
        let called = called.unwrap_or(&none);
        let known = if is_short(key) { self.abbreviated(key, called, item) } else { only(called.iter()) };
        let near = || called.first().copied().or_else(|| self.near(&bare));
        let near = if known.is_none() { near().map(str::to_owned) } else { None };
        Company { known: known.map(str::to_owned), near }
    }

    /// The company of an abbreviation: the only one whose name it is, or begins with it, and that has a plant in the market
    /// of what is supplied; else the only one whose name it is that has one in its stage. ATI is one maker of titanium, and
    /// another of force sensors.
    fn abbreviated(&self, key: &str, called: &BTreeSet<&'a str>, item: Option<&str>) -> Option<&'a str> {
        let (market, stage) = self.kind(item?)?;
        let makes = |company: &&&'a str, is_it: &dyn Fn(&(&str, &str)) -> bool| {
            self.makes.get(**company).is_some_and(|made| made.iter().any(is_it))
        };
        let first = format!("{key} ");
        let longer = self.bare.range(first.clone()..).take_while(|(name, _)| name.starts_with(&first));
        let all: BTreeSet<&str> = called.iter().chain(longer.flat_map(|(_, ids)| ids)).copied().collect();
        only(all.iter().filter(|company| makes(company, &|made| made.0 == market)))
            .or_else(|| only(called.iter().filter(|company| makes(company, &|made| made.1 == stage))))
    }

    /// The company whose name is fewest slips away, if they are few for so long a name.
    fn near(&self, name: &str) -> Option<&'a str> {
        let letters = |text: &str| text.chars().count();
        let most = letters(name) / if name.chars().any(is_han) { 3 } else { 5 };
        let all = self.bare.iter().filter(|(key, _)| letters(key).abs_diff(letters(name)) <= most);
        let all = all.map(|(key, ids)| (slips(name, key), ids)).filter(|(slips, _)| *slips <= most);
        all.min_by_key(|(slips, _)| *slips).and_then(|(_, ids)| ids.first().copied())
    }

    /// The company that a user means; `None` if it is none.
    fn meant(&self, typed: &str) -> Option<&'a str> {
        let called = self.full.get(&normal(typed)).or_else(|| self.bare.get(&bare(typed)))?;
        only(called.iter())
    }
}

/// The only one of several.
fn only<'a, 'c>(mut all: impl Iterator<Item = &'c &'a str>) -> Option<&'a str>
where
    'a: 'c,
{
    all.next().copied().filter(|_| all.next().is_none())
}

/// Whether a name is an abbreviation; in Chinese a name of two characters is a whole one.
fn is_short(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT && !name.chars().any(is_han)
}

/// Words at the end of a name that say what sort of company it is.
const FORMS: [&str; 31] = [
    "co",
    "company",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "llc",
    "lp",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "kgaa",
    "se",
    "sa",
    "sas",
    "sarl",
    "spa",
    "srl",
    "bv",
    "nv",
    "ab",
    "oy",
    "as",
    "pty",
    "kk",
    "holding",
    "technology",
    "technologies",
];
/// The same in Chinese, longer ones first.
const ENDS: [&str; 10] =
    ["有限责任公司", "股份有限公司", "有限公司", "株式会社", "集团", "公司", "股份", "科技", "技术", "控股"];

/// A name without legal forms: small letters, words without signs; in Chinese also without the province or city before it.
pub(crate) fn bare(name: &str) -> String {
    let name: String = normal(name).chars().filter(|c| !matches!(c, '.' | '\'')).collect();
    let mut words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    let name = words.join(" ");
    let mut text = name.as_str();
    for place in ['省', '市'] {
        let after = text.split_once(place).filter(|(before, _)| (2..=3).contains(&before.chars().count()));
        text = after.map_or(text, |(_, after)| after);
    }
    while let Some(shorter) = ENDS.iter().find_map(|end| text.strip_suffix(end)) {
        if shorter.chars().count() < 2 {
            break;
        }
        text = shorter.trim_end();
    }
    text.to_owned()
}

/// A supplier as it is named somewhere.
struct Named<'n, 's> {
    table: usize,
    row: u32,
    name: &'s str,
    /// Which company it is, as the user says.
    said: &'s str,
    /// What it supplies, if that is known.
    item: Option<&'n str>,
    company: &'n mut Company,
}

/// Finds the companies of all suppliers and makers. What is said of a name in one row holds where nothing is said of it, unless
/// two things are. Returns what is said and means no company.
pub(crate) fn name_companies(
    atlas: &Atlas,
    known: &[Known],
    vendors: &mut [Vendor<'_>],
    contents: &mut [Content<'_>],
) -> Vec<NoCompany> {
    let companies = Companies::new(atlas);
    let suppliers = vendors.iter_mut().map(|v| Named {
        table: v.table,
        row: v.row,
        name: v.supplier,
        said: v.said,
        item: v.part.and_then(|part| known[part].item.as_deref()),
        company: &mut v.company,
    });
    let makers = contents.iter_mut().map(|c| Named {
        table: c.table,
        row: c.row,
        name: c.maker,
        said: c.said,
        item: Some(c.input),
        company: &mut c.company,
    });
    let all: Vec<Named<'_, '_>> = suppliers.chain(makers).filter(|named| !named.name.is_empty()).collect();
    let mut said_of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for named in all.iter().filter(|named| !named.said.is_empty()) {
        said_of.entry(normal(named.name)).or_default().insert(named.said);
    }
    let mut found: BTreeMap<(&str, Option<&str>), Company> = BTreeMap::new();
    let mut unknown = vec![];
    for named in all {
        let elsewhere = || said_of.get(&normal(named.name)).and_then(|said| only(said.iter()));
        let typed = Some(named.said).filter(|said| !said.is_empty()).or_else(elsewhere).unwrap_or_default();
        *named.company = match said(typed) {
            None => {
                let find = || companies.find(named.name, named.item);
                found.entry((named.name, named.item)).or_insert_with(find).clone()
            }
            Some(None) => Company::default(),
            Some(Some(meant)) => {
                let company = companies.meant(meant);
                if company.is_none() && typed == named.said {
                    unknown.push(NoCompany { table: named.table, row: named.row, typed: meant.to_owned() });
                }
                Company { known: company.map(str::to_owned), near: None }
            }
        };
    }
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_no_part_of_a_name() {
        for (name, left) in [
            ("Kinco", "kinco"),
            ("Kinco Co., Ltd.", "kinco"),
            ("步科股份", "步科"),
            ("上海市步科自动化股份有限公司", "步科自动化"),
            ("鼎智科技", "鼎智"),
            ("Schaeffler Technologies AG & Co. KG", "schaeffler"),
            ("Bonfiglioli S.p.A.", "bonfiglioli"),
            ("Han's Motion", "hans motion"),
            ("科技", "科技"),
            ("Co", "co"),
            ("南京工艺", "南京工艺"),
        ] {
            assert_eq!(bare(name), left, "{name}");
        }
    }
}
