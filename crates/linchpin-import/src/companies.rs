//! Which companies of the atlas suppliers are: by their names without legal forms, and where a name is but an abbreviation
//! or says more or less than the atlas does, by what they make too. A user may say it beside a supplier.

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
/// Han characters that are a name.
const HAN: usize = 2;
/// Companies up to which a word in their names tells them from others.
const FEW: usize = 2;

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

/// What a plant makes: the market in which that is bought, the stage of its making, and where the plant stands.
struct Made<'a> {
    market: &'a str,
    stage: &'a str,
    country: &'a str,
}

/// What is supplied, and from where, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Supplied<'n> {
    item: Option<&'n str>,
    country: Option<&'n str>,
}

/// The companies of an atlas.
struct Companies<'a> {
    atlas: &'a Atlas,
    /// Ids by id and by name in both languages.
    full: BTreeMap<String, BTreeSet<&'a str>>,
    /// Ids by the same names, and those in brackets, without legal forms.
    bare: BTreeMap<String, BTreeSet<&'a str>>,
    /// The words of their names without brackets and legal forms, with their ids.
    words: Vec<(Vec<String>, &'a str)>,
    /// Their Chinese names without brackets and legal forms.
    chinese: Vec<(String, &'a str)>,
    /// Companies by the words of their names.
    having: BTreeMap<String, BTreeSet<&'a str>>,
    /// Markets, stages and countries in which each has a plant.
    plants: BTreeMap<&'a str, Vec<Made<'a>>>,
}

impl<'a> Companies<'a> {
    fn new(atlas: &'a Atlas) -> Companies<'a> {
        let (companies, sites) = (atlas.sheet("companies"), atlas.sheet("sites"));
        let mut all = Companies {
            atlas,
            full: BTreeMap::new(),
            bare: BTreeMap::new(),
            words: vec![],
            chinese: vec![],
            having: BTreeMap::new(),
            plants: BTreeMap::new(),
        };
        for row in &companies.rows {
            let names = [Some(row.key.as_str()), companies.get(row, "name"), companies.get(row, "name_zh")];
            for name in names.into_iter().flatten() {
                all.full.entry(normal(name)).or_default().insert(&row.key);
                for piece in name.split(['(', ')', '（', '）', '/']).chain([name]) {
                    all.bare.entry(bare(piece)).or_default().insert(&row.key);
                }
            }
            for name in names.into_iter().flatten().skip(1) {
                // What stands in brackets may be a place, or a name before.
                let before = name.split(['(', '（', '/']).next().unwrap_or_default();
                let short = bare(before);
                if short.chars().filter(|c| is_han(*c)).count() >= HAN {
                    all.chinese.push((short, &row.key));
                } else {
                    let words = words(before);
                    for word in &words {
                        all.having.entry(word.clone()).or_default().insert(&row.key);
                    }
                    all.words.push((words, &row.key));
                }
            }
        }
        all.bare.remove("");
        for row in &sites.rows {
            if let Some((company, item)) = sites.get(row, "company").zip(sites.get(row, "item")) {
                let country = sites.text(row, "country");
                let made = all.kind(item).map(|(market, stage)| Made { market, stage, country });
                all.plants.entry(company).or_default().extend(made);
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

    /// Whether a company makes something of a sort.
    fn makes(&self, company: &str, is_it: impl Fn(&Made<'_>) -> bool) -> bool {
        self.plants.get(company).is_some_and(|made| made.iter().any(is_it))
    }

    /// The company of a name.
    fn find(&self, name: &str, supplied: Supplied<'_>) -> Company {
        let (full, bare) = (normal(name), bare(name));
        let (key, called) = match self.full.get(&full) {
            Some(called) => (&full, Some(called)),
            None => (&bare, self.bare.get(&bare)),
        };
        let none = BTreeSet::new();
        let called = called.unwrap_or(&none);
        let known = match is_short(key) {
            true => self.abbreviated(key, called, supplied.item),
            false => only(called.iter()),
        };
        if known.is_some() || !called.is_empty() {
            let near = called.first().filter(|_| known.is_none()).map(|id| (*id).to_owned());
            return Company { known: known.map(str::to_owned), near };
        }
        if let Some(halves) = halves(name) {
            return self.both(halves.map(|half| self.find(&half, supplied)));
        }
        let like = self.like(name, &bare);
        match self.maker(&like, &bare, supplied) {
            Some(id) => Company { known: Some(id.to_owned()), near: None },
            None => {
                let near = like.first().copied().or_else(|| self.distinct(name)).or_else(|| self.near(&bare));
                Company { known: None, near: near.map(str::to_owned) }
            }
        }
    }

    /// The company of a name in two languages: that of either half, if the other is of no other company.
    fn both(&self, [one, other]: [Company; 2]) -> Company {
        match (one.known, other.known) {
            (Some(one), Some(other)) if one != other => Company { known: None, near: Some(one) },
            (None, None) => Company { known: None, near: one.near.or(other.near) },
            (one, other) => Company { known: one.or(other), near: None },
        }
    }

    /// Companies whose names say more than a name, or less. In Chinese those whose name stands in the registered one, which
    /// begins with a city and ends with a trade, the longest only, or begins with it; else those of which all words are in the
    /// name, or that begin so and have all its words.
    fn like(&self, name: &str, bare: &str) -> Vec<&'a str> {
        let han = bare.chars().filter(|c| is_han(*c)).count();
        let mut found: Vec<&str> = if han > 0 {
            let is_name = han >= HAN && !PLACES.contains(&bare);
            let inside = |short: &&(String, &'a str)| bare.contains(&short.0);
            let letters = |name: &str| name.chars().count();
            let longest = self.chinese.iter().filter(inside).map(|(name, _)| letters(name)).max();
            let longest = self
                .chinese
                .iter()
                .filter(|(name, _)| longest == Some(letters(name)) && bare.contains(name.as_str()));
            let longer = self.chinese.iter().filter(|(name, _)| is_name && name.starts_with(bare));
            longest.chain(longer).map(|(_, id)| *id).collect()
        } else {
            let said = words(name);
            let is_like = |known: &[String]| {
                known.iter().all(|word| said.contains(word))
                    || known.first().is_some_and(|first| said.contains(first))
                        && said.iter().all(|word| known.contains(word))
            };
            self.words.iter().filter(|(words, _)| is_like(words)).map(|(_, id)| *id).collect()
        };
        found.dedup();
        found
    }

    /// The only one of several that has a plant in the market of what is supplied; of several that have one the only one that
    /// has it in the same country. A Chinese name that stands in a registered one says so much that its stage is enough.
    fn maker(&self, like: &[&'a str], name: &str, supplied: Supplied<'_>) -> Option<&'a str> {
        let (market, stage) = self.kind(supplied.item?)?;
        let in_stage = |m: &Made<'_>| m.stage == stage && name.chars().any(is_han);
        let in_market: Vec<&str> =
            like.iter().copied().filter(|id| self.makes(id, |m| m.market == market)).collect();
        let here = |m: &Made<'_>| m.market == market && Some(m.country) == supplied.country;
        match in_market.as_slice() {
            [] => only(like.iter()).filter(|id| self.makes(id, in_stage)),
            [one] => Some(*one),
            several => only(several.iter().filter(|id| self.makes(id, here))),
        }
    }

    /// A company that has a word in its name which few have, the first of it at that.
    fn distinct(&self, name: &str) -> Option<&'a str> {
        let few = |word: &String| self.having.get(word).is_some_and(|having| having.len() <= FEW);
        let rare: Vec<String> =
            words(name).into_iter().filter(|w| w.chars().count() >= SHORT).filter(few).collect();
        let first = |known: &[String]| known.first().is_some_and(|first| rare.contains(first));
        self.words.iter().find(|(words, _)| first(words)).map(|(_, id)| *id)
    }

    /// The company of an abbreviation: the only one whose name it is, or begins with it, and that has a plant in the market
    /// of what is supplied; else the only one whose name it is that has one in its stage. ATI is one maker of titanium, and
    /// another of force sensors.
    fn abbreviated(&self, key: &str, called: &BTreeSet<&'a str>, item: Option<&str>) -> Option<&'a str> {
        let (market, stage) = self.kind(item?)?;
        let first = format!("{key} ");
        let longer = self.bare.range(first.clone()..).take_while(|(name, _)| name.starts_with(&first));
        let all: BTreeSet<&str> = called.iter().chain(longer.flat_map(|(_, ids)| ids)).copied().collect();
        only(all.iter().filter(|company| self.makes(company, |made| made.market == market)))
            .or_else(|| only(called.iter().filter(|company| self.makes(company, |made| made.stage == stage))))
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

/// Places with which names of the atlas begin: who is called by one alone is any company there.
const PLACES: [&str; 10] = ["中国", "北京", "南京", "宁波", "洛阳", "包头", "南通", "云南", "日本", "美国"];

/// Words at the end of a name that say what sort of company it is.
const FORMS: [&str; 32] = [
    "co",
    "group",
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

/// The words of a name, wherever legal forms stand in it: *TQ-Systems GmbH (RoboDrive)*.
fn words(name: &str) -> Vec<String> {
    let bare = bare(name);
    let words: Vec<&str> = bare.split(' ').filter(|word| !FORMS.contains(word)).collect();
    if words.is_empty() { vec![bare] } else { words.into_iter().map(str::to_owned).collect() }
}

/// The Chinese and the other half of a name in two languages: *英伟达（NVIDIA）*.
fn halves(name: &str) -> Option<[String; 2]> {
    let han: String = name.chars().filter(|c| is_han(*c)).collect();
    let other: String = name.chars().map(|c| if is_han(c) { ' ' } else { c }).collect();
    let is_name = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= HAN;
    (is_name(&han) && is_name(&other)).then_some([han, other])
}

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
    supplied: Supplied<'n>,
    company: &'n mut Company,
}

/// Finds the companies of all suppliers and makers. What is said of a name in one row holds where nothing is said of it, unless
/// two things are; a name is one company wherever it stands, unless what it supplies makes it two. Returns what is said and means no company.
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
        supplied: Supplied {
            item: v.part.and_then(|part| known[part].item.as_deref()),
            country: v.country.as_deref(),
        },
        company: &mut v.company,
    });
    let makers = contents.iter_mut().map(|c| Named {
        table: c.table,
        row: c.row,
        name: c.maker,
        said: c.said,
        supplied: Supplied { item: Some(c.input), country: c.country.as_deref() },
        company: &mut c.company,
    });
    let all: Vec<Named<'_, '_>> = suppliers.chain(makers).filter(|named| !named.name.is_empty()).collect();
    let mut said_of: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for named in all.iter().filter(|named| !named.said.is_empty()) {
        said_of.entry(normal(named.name)).or_default().insert(named.said);
    }
    let mut found: BTreeMap<(&str, Supplied<'_>), Company> = BTreeMap::new();
    let mut unknown = vec![];
    // Lines of which nothing is said, by the name in them.
    let mut alike: BTreeMap<String, Vec<&mut Company>> = BTreeMap::new();
    for named in all {
        let elsewhere = || said_of.get(&normal(named.name)).and_then(|said| only(said.iter()));
        let typed = Some(named.said).filter(|said| !said.is_empty()).or_else(elsewhere).unwrap_or_default();
        *named.company = match said(typed) {
            None => {
                let find = || companies.find(named.name, named.supplied);
                *named.company = found.entry((named.name, named.supplied)).or_insert_with(find).clone();
                alike.entry(bare(named.name)).or_default().push(named.company);
                continue;
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
    // Where a line tells too little of it, a company is the one that the other lines of its name agree on.
    for lines in alike.into_values() {
        let all: BTreeSet<String> = lines.iter().filter_map(|company| company.known.clone()).collect();
        let mut all = all.into_iter();
        if let (Some(one), None) = (all.next(), all.next()) {
            for company in lines {
                *company = Company { known: Some(one.clone()), near: None };
            }
        }
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

    #[test]
    fn names_in_two_languages_have_two_halves() {
        assert_eq!(
            halves("英伟达（NVIDIA）").map(|[han, other]| [bare(&han), bare(&other)]),
            Some(["英伟达".into(), "nvidia".into()])
        );
        assert_eq!(halves("NSK 日本精工").map(|[han, _]| han), Some("日本精工".into()));
        assert_eq!([halves("步科"), halves("Kinco Co., Ltd."), halves("3M中国")], [None, None, None]);
    }
}
