//! Which plants an answer is about: `CHN`, `feoc`, `mp_materials`, `CHN/magnet`, `CHN/mining,MMR`.
//!
//! Terms joined by `/` must all hold; alternatives joined by `,` are added. A term is the id of a country, a group of
//! countries, a company (with what it owns), a site, an item, a stage, or an export control; `owner:` before a
//! country means the country of the ultimate owner. A name in either language does for an id. What is none of these may
//! be the symbol or the name of an element: it stands for all mined, refined and metal items that are mainly that
//! element. `STAGE.ELEMENTS` stands for the items of a stage that hold any of some elements, as `magnets.dytb`. Where an
//! id has several meanings the kind is put before it: `item:`, `stage:`, `element:` and so on.

use super::chain::{Chain, Link, Plant, owners};
use super::once::Once;
use crate::atlas::{Atlas, Row};
use crate::company::begins;
use crate::company::tickers;
use crate::network::baseline::{is_running, market_of};
use crate::slips::slips;
use linchpin_table::Label;
use std::collections::{BTreeMap, BTreeSet};

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A country in which plants stand.
    Country,
    /// A group of such countries.
    Group,
    /// A company and all that it owns.
    Company,
    /// A plant.
    Site,
    /// An item, and the market in which it is traded.
    Item,
    /// A stage.
    Stage,
    /// What an export control names: the items, in the country that imposes it.
    Control,
    /// The country of the ultimate owner.
    Owner,
    /// An element: the markets of what is mainly it, from the mine to the metal.
    Element,
}

const KINDS: [(Kind, &str); 9] = [
    (Kind::Country, "country"),
    (Kind::Group, "group"),
    (Kind::Company, "company"),
    (Kind::Site, "site"),
    (Kind::Item, "item"),
    (Kind::Stage, "stage"),
    (Kind::Control, "control"),
    (Kind::Owner, "owner"),
    (Kind::Element, "element"),
];

/// Stages of the items that an element stands for; what comes after holds many.
const OF_ELEMENTS: [&str; 3] = ["mining", "refining", "metal"];
/// From this share on of the elements tracked in it an item is mainly one of them.
const MAINLY: f64 = 0.5;
/// How many are named because a word of them begins so, else how many because they are like it.
const HOLDING: usize = 5;
const NEAREST: usize = 3;
/// Letters from which on a word is more than chance.
const WORD: usize = 4;

impl Kind {
    /// The word before the colon.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(k, _)| *k == self).map_or("", |(_, w)| w)
    }
}

/// One condition on a plant.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    kind: Kind,
    id: String,
    /// Countries that it names; empty if it names none.
    countries: BTreeSet<String>,
    /// Markets that it names; empty if it names none.
    markets: BTreeSet<String>,
    /// Companies whose ultimate owner's country it names.
    owned: BTreeSet<String>,
}

/// A checked selector.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    /// As typed.
    pub text: String,
    alternatives: Vec<Vec<Term>>,
}

/// Why a selector is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// No such id.
    #[error("{term} is unknown; the nearest is {nearest}")]
    Unknown {
        /// What was typed.
        term: String,
        /// The ids most like it.
        nearest: String,
    },
    /// A country that no longer exists.
    #[error("{term} no longer exists; its successors are {successors}")]
    Former {
        /// What was typed.
        term: String,
        /// Codes of the successors.
        successors: String,
    },
    /// Several things have the id.
    #[error("{term} is ambiguous: {kinds}")]
    Ambiguous {
        /// What was typed.
        term: String,
        /// What it could be.
        kinds: String,
    },
    /// It names things of the atlas, and no running plant behind the product is among them.
    #[error("{0} matches no running plant behind the product")]
    Nothing(String),
    /// A destination must name countries.
    #[error("{0} names no countries")]
    NoCountries(String),
    /// There is nothing before, between or after the separators.
    #[error("empty term in {0}")]
    Empty(String),
}

/// Country codes that ISO 3166-3 lists as withdrawn and that still stand in older statistics.
const FORMER: [(&str, &str); 9] = [
    ("SUN", "RUS, UKR, KAZ, UZB, EST, LVA, LTU, …"),
    ("YUG", "SRB, HRV, SVN, BIH, MKD, MNE"),
    ("SCG", "SRB, MNE"),
    ("CSK", "CZE, SVK"),
    ("DDR", "DEU"),
    ("BUR", "MMR"),
    ("ZAR", "COD"),
    ("ANT", "CUW, SXM, BES"),
    ("TMP", "TLS"),
];

/// What else a stage is called.
const STAGE_NAMES: [(&str, &[&str]); 10] = [
    ("mining", &["mines", "采矿", "矿山"]),
    ("refining", &["separation", "精炼", "分离", "精炼（分离）"]),
    ("metal", &["metals", "金属"]),
    ("alloy", &["alloys", "合金"]),
    ("magnet", &["magnets", "磁体", "永磁体"]),
    ("semi", &["semi-finished", "半成品"]),
    ("component", &["components", "零件", "零部件"]),
    ("module", &["modules", "模块", "部件"]),
    ("assembly", &["总装"]),
    ("equipment", &["设备"]),
];

/// What `STAGE.ELEMENTS` is called; `None` if it is not of that form.
pub(crate) fn holding_label(text: &str) -> Option<Label> {
    let (stage, elements) = text.split_once('.')?;
    let stage = stage.to_lowercase();
    let (_, names) =
        STAGE_NAMES.iter().find(|(id, names)| *id == stage || names.contains(&stage.as_str()))?;
    let english = names.iter().find(|n| n.is_ascii()).copied().unwrap_or(text);
    let chinese = names.iter().find(|n| !n.is_ascii()).copied().unwrap_or(text);
    // Symbols are written alike in both languages.
    let mut symbols = String::new();
    for (at, letter) in elements.chars().enumerate() {
        symbols.push(if at % 2 == 0 { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
        if at % 2 == 1 && at + 1 < elements.chars().count() {
            symbols.push('/');
        }
    }
    Some(Label::new(format!("{english} with {symbols}"), format!("含 {symbols} 的{chinese}")))
}

/// Former country of a code, with its successors.
pub fn former(code: &str) -> Option<&'static str> {
    FORMER.iter().find(|(c, _)| *c == code).map(|(_, s)| *s)
}

/// What tables of the atlas hold that a selector may name, with the columns of names.
const NAMED: [(Kind, &str, &[&str]); 6] = [
    (Kind::Country, "countries", &["name_en", "name_zh"]),
    (Kind::Group, "groups", &["name_en", "name_zh"]),
    (Kind::Company, "companies", &["name", "name_zh", "ticker"]),
    (Kind::Site, "sites", &[]),
    (Kind::Item, "items", &["name_en", "name_zh"]),
    (Kind::Control, "controls", &[]),
];

/// All ids that a selector may use, and what people call them.
struct Names<'a> {
    atlas: &'a Atlas,
    /// Gathered from all rows when something is asked for that is no id.
    called: Once<Called<'a>>,
    /// Symbols of elements by symbol and name in either language, in lower case.
    elements: BTreeMap<String, &'a str>,
}

/// What people call the ids.
#[derive(Default)]
struct Called<'a> {
    /// Ids by id, name in either language and ticker, in lower case.
    ids: BTreeMap<String, BTreeSet<&'a str>>,
    /// Ids, names and tickers as they are written.
    exactly: BTreeSet<&'a str>,
}

impl<'a> Called<'a> {
    fn new(atlas: &'a Atlas) -> Called<'a> {
        let Called { mut ids, mut exactly } = Called::default();
        for (_, table, columns) in NAMED {
            let sheet = atlas.sheet(table);
            for row in &sheet.rows {
                let names = columns.iter().filter_map(|c| sheet.get(row, c));
                let codes = columns.iter().filter(|c| **c == "ticker");
                let codes = codes.flat_map(|c| tickers(sheet.text(row, c))).filter(|code| !code.is_empty());
                for name in names.chain(codes).chain([row.key.as_str()]) {
                    ids.entry(name.to_lowercase()).or_default().insert(&row.key);
                    exactly.insert(name);
                }
            }
        }
        for stage in crate::explode::STAGES {
            ids.entry(stage.to_owned()).or_default().insert(stage);
            for name in STAGE_NAMES.iter().filter(|(s, _)| *s == stage).flat_map(|(_, names)| *names) {
                ids.entry((*name).to_owned()).or_default().insert(stage);
            }
        }
        Called { ids, exactly }
    }
}

impl<'a> Names<'a> {
    fn new(atlas: &'a Atlas) -> Names<'a> {
        let mut elements = BTreeMap::new();
        let sheet = atlas.sheet("elements");
        for row in &sheet.rows {
            let names = [row.key.as_str(), sheet.text(row, "name_en"), sheet.text(row, "name_zh")];
            for name in names {
                // "Graphite (carbon as graphite)" is called graphite.
                let bare = name.split(['(', '（']).next().unwrap_or_default().trim();
                elements.extend([name, bare].map(|n| (n.to_lowercase(), row.key.as_str())));
            }
        }
        Names { atlas, called: Once::default(), elements }
    }

    fn called(&self) -> &Called<'a> {
        self.called.get(|| Called::new(self.atlas))
    }

    /// What has an id.
    fn kinds(&self, id: &str) -> Vec<Kind> {
        let tables = NAMED.iter().filter(|(_, table, _)| self.atlas.sheet(table).find(id).is_some());
        let stage = crate::explode::STAGES.contains(&id).then_some(Kind::Stage);
        tables.map(|(kind, ..)| *kind).chain(stage).collect()
    }

    fn term(&self, text: &str) -> Result<Term, SelectorError> {
        if let Some(term) = self.of_stage(text) {
            return Ok(term);
        }
        let (kind, id) = match text.split_once(':') {
            Some((word, id)) => (KINDS.iter().find(|(_, w)| *w == word).map(|(k, _)| *k), id),
            None => (None, text),
        };
        let unknown = || match former(id) {
            Some(successors) => {
                SelectorError::Former { term: id.to_owned(), successors: successors.to_owned() }
            }
            None => SelectorError::Unknown { term: text.to_owned(), nearest: self.nearest(id) },
        };
        if text.contains(':') && kind.is_none() {
            return Err(unknown());
        }
        // What nothing else is called may be an element.
        let is_symbol = self.elements.get(&id.to_lowercase()).is_some_and(|symbol| *symbol == id);
        // Nb is niobium, and NB a ticker.
        let called = || match is_symbol {
            true => self.called().exactly.contains(id),
            false => self.called().ids.contains_key(&id.to_lowercase()),
        };
        let is_id = !self.kinds(id).is_empty();
        let taken = is_id || called();
        if kind == Some(Kind::Element) || kind.is_none() && !taken {
            let symbol =
                self.elements.get(&id.to_lowercase()).map(|symbol| self.resolved(Kind::Element, symbol));
            let company = || self.company_begun(id).map(|company| self.resolved(Kind::Company, company));
            return symbol.or_else(|| company().filter(|_| kind.is_none())).ok_or_else(unknown);
        }
        // An id as it is, else what only one thing is called, whatever the capitals.
        let named = if is_id { None } else { self.called().ids.get(&id.to_lowercase()) };
        let id = match named {
            Some(ids) => match ids.iter().next().filter(|_| ids.len() == 1) {
                Some(only) => only,
                None => return Err(unknown()),
            },
            None => id,
        };
        let kinds = self.kinds(id);
        let kind = match kind {
            Some(Kind::Owner) if kinds.contains(&Kind::Country) => Kind::Owner,
            Some(kind) if kinds.contains(&kind) => kind,
            Some(_) => return Err(unknown()),
            None if kinds.is_empty() => return Err(unknown()),
            None if kinds.len() == 1 => kinds[0],
            None => {
                let kinds: Vec<String> = kinds.iter().map(|k| format!("{}:{id}", k.word())).collect();
                return Err(SelectorError::Ambiguous { term: id.to_owned(), kinds: kinds.join(", ") });
            }
        };
        Ok(self.resolved(kind, id))
    }

    /// The only company whose name begins with some whole words.
    fn company_begun(&self, words: &str) -> Option<&'a str> {
        let words = words.to_lowercase();
        let begun =
            self.called().ids.iter().filter(|(name, _)| begins(name, &words)).flat_map(|(_, ids)| ids);
        let companies = self.atlas.sheet("companies");
        let found: BTreeSet<&str> = begun.copied().filter(|id| companies.find(id).is_some()).collect();
        found.iter().next().copied().filter(|_| found.len() == 1)
    }

    /// `STAGE.ELEMENTS`: the markets of the items of a stage that hold any of some elements, as in `magnets.dytb`.
    fn of_stage(&self, text: &str) -> Option<Term> {
        let (stage, symbols) = text.split_once('.')?;
        let stages = self.called().ids.get(&stage.to_lowercase())?;
        let stage = stages.iter().find(|id| crate::explode::STAGES.contains(id))?;
        let symbols = self.symbols(&symbols.to_lowercase())?;
        let (items, contents) = (self.atlas.sheet("items"), self.atlas.sheet("contents"));
        let holds = |row: &&Row| {
            let amount = row.figure.and_then(|id| self.atlas.figures.get(id).value);
            symbols.contains(&contents.text(row, "element")) && amount.unwrap_or(0.0) > 0.0
        };
        let stands = |item: &&str| items.find(item).is_some_and(|row| items.text(row, "stage") == *stage);
        let held = contents.rows.iter().filter(holds).map(|row| contents.text(row, "item")).filter(stands);
        let markets = held.map(|item| market_of(self.atlas, item).to_owned()).collect();
        Some(Term {
            kind: Kind::Item,
            id: text.to_owned(),
            countries: BTreeSet::new(),
            markets,
            owned: BTreeSet::new(),
        })
    }

    /// Symbols of elements written one after the other, as in `dytb`; `None` if they are none.
    fn symbols(&self, text: &str) -> Option<Vec<&'a str>> {
        if text.is_empty() {
            return Some(vec![]);
        }
        // Two letters first: Co is cobalt before it is carbon and oxygen.
        [2, 1].into_iter().find_map(|letters| {
            let (first, rest) = text.split_at_checked(letters)?;
            let symbol = self.elements.get(first).filter(|s| s.eq_ignore_ascii_case(first))?;
            let mut all = vec![*symbol];
            all.extend(self.symbols(rest)?);
            Some(all)
        })
    }

    fn resolved(&self, kind: Kind, id: &str) -> Term {
        let one = || BTreeSet::from([id.to_owned()]);
        let mut term = Term {
            kind,
            id: id.to_owned(),
            countries: BTreeSet::new(),
            markets: BTreeSet::new(),
            owned: BTreeSet::new(),
        };
        match kind {
            Kind::Country => term.countries = one(),
            Kind::Group => term.countries = self.atlas.members(id),
            Kind::Item => term.markets = BTreeSet::from([market_of(self.atlas, id).to_owned()]),
            Kind::Control => {
                let controls = self.atlas.sheet("controls");
                if let Some(row) = controls.find(id) {
                    let items = controls.text(row, "items").split(';').map(str::trim);
                    term.markets = items.map(|i| market_of(self.atlas, i).to_owned()).collect();
                    term.countries = BTreeSet::from([controls.text(row, "imposer").to_owned()]);
                }
            }
            Kind::Owner => {
                let companies = self.atlas.sheet("companies");
                let of = companies.rows.iter().filter(|r| companies.text(r, "country") == id);
                term.owned = of.map(|r| r.key.clone()).collect();
            }
            Kind::Element => term.markets = mainly(self.atlas, id),
            Kind::Company | Kind::Site | Kind::Stage => {}
        }
        term
    }

    /// What has a name with a word that begins as what was typed, or in Chinese holds it: countries first, sites last, of
    /// one kind the shortest names first, with their ids.
    fn begun(&self, typed: &str) -> Vec<String> {
        let typed = typed.trim().to_lowercase();
        // Two letters begin half of all names; a Chinese character says enough.
        if typed.is_ascii() && typed.len() < 3 {
            return vec![];
        }
        let fits = |name: &str| match typed.is_ascii() {
            true => words(name).any(|word| word.starts_with(&typed)) || name.starts_with(&typed),
            false => name.contains(&typed),
        };
        let mut found: Vec<(bool, Option<Kind>, usize, &str)> = vec![];
        for (name, ids) in self.called().ids.iter().filter(|(name, _)| fits(name)) {
            let kind = |id: &str| self.kinds(id).first().copied();
            let ranked = ids.iter().map(|id| (kind(id), name.chars().count(), *id));
            found.extend(ranked.map(|(kind, length, id)| (kind == Some(Kind::Site), kind, length, id)));
        }
        found.sort();
        let mut seen = BTreeSet::new();
        let first = found.into_iter().filter(|(.., id)| seen.insert(*id)).take(HOLDING);
        first.map(|(_, kind, _, id)| self.shown(kind, id, typed.is_ascii())).collect()
    }

    /// An id with the name that goes with it.
    fn shown(&self, kind: Option<Kind>, id: &str, latin: bool) -> String {
        let named = NAMED.iter().find(|(k, ..)| Some(*k) == kind);
        let name = named.and_then(|(_, table, columns)| {
            let sheet = self.atlas.sheet(table);
            let column = if latin { columns.first() } else { columns.get(1) };
            sheet.get(sheet.find(id)?, column?)
        });
        name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
    }

    /// What begins like a wrong id, else the ids most like it, by their names or a word of them.
    fn nearest(&self, wrong: &str) -> String {
        let begun = self.begun(wrong);
        if !begun.is_empty() {
            return begun.join("; ");
        }
        let is_long = |word: &str| word.chars().count() >= WORD;
        let far = |name: &str| {
            let whole = (slips(wrong, name), false);
            let parts = words(name).filter(|word| is_long(word) && is_long(wrong));
            parts.map(|word| (slips(wrong, word), true)).fold(whole, Ord::min)
        };
        let called = self.called().ids.iter();
        let mut names: Vec<_> = called.map(|(name, ids)| (far(name), ids.clone())).collect();
        names.sort_unstable();
        let mut found: Vec<&str> = vec![];
        for id in names.iter().flat_map(|(_, ids)| ids) {
            if !found.contains(id) && found.len() < NEAREST {
                found.push(id);
            }
        }
        found.join(", ")
    }
}

/// The words of a name.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The markets of the items from the mine to the metal in which an element is the largest of those that are tracked,
/// and at least half of them.
fn mainly(atlas: &Atlas, element: &str) -> BTreeSet<String> {
    let (items, contents) = (atlas.sheet("items"), atlas.sheet("contents"));
    let amount = |row: &Row| {
        let figure = row.figure.and_then(|id| atlas.figures.get(id).value);
        figure.unwrap_or(0.0)
    };
    let mut held: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in &contents.rows {
        let (most, all) = held.entry(contents.text(row, "item")).or_default();
        *all += amount(row);
        if contents.text(row, "element") == element {
            *most += amount(row);
        }
    }
    let is_mainly = |(item, (most, all)): &(&str, (f64, f64))| {
        let stage = items.find(item).map(|row| items.text(row, "stage"));
        stage.is_some_and(|s| OF_ELEMENTS.contains(&s)) && *most > 0.0 && *most >= MAINLY * all
    };
    held.into_iter().filter(is_mainly).map(|(item, _)| market_of(atlas, item).to_owned()).collect()
}

impl Term {
    fn hits(&self, plant: &Plant, stage: &str) -> bool {
        match self.kind {
            Kind::Country | Kind::Group => self.countries.contains(&plant.country),
            Kind::Company => plant.owners.contains(&self.id),
            Kind::Site => plant.site == self.id,
            Kind::Item | Kind::Element => self.markets.contains(&plant.item),
            Kind::Stage => stage == self.id,
            Kind::Control => self.countries.contains(&plant.country) && self.markets.contains(&plant.item),
            Kind::Owner => match plant.owners.last() {
                Some(owner) => self.owned.contains(owner),
                // Whose the rest of a country is, nobody says; it counts where it stands.
                None => plant.country == self.id,
            },
        }
    }
}

impl Selector {
    /// Reads a selector, without asking whether it matches anything.
    pub fn parse(atlas: &Atlas, text: &str) -> Result<Selector, SelectorError> {
        let names = Names::new(atlas);
        let mut alternatives = vec![];
        // A name may hold a comma: Somebody Co., Ltd.
        if text.contains([',', '/']) && names.called().ids.contains_key(&text.trim().to_lowercase()) {
            let term = names.term(text.trim())?;
            return Ok(Selector { text: text.to_owned(), alternatives: vec![vec![term]] });
        }
        for alternative in text.split(',').map(str::trim) {
            let terms = alternative.split('/').map(str::trim).map(|t| match t {
                "" => Err(SelectorError::Empty(text.to_owned())),
                term => names.term(term),
            });
            alternatives.push(terms.collect::<Result<Vec<Term>, _>>()?);
        }
        Ok(Selector { text: text.to_owned(), alternatives })
    }

    /// Reads a selector of plants behind a product; one that matches none is an error.
    pub fn of(atlas: &Atlas, chain: &Chain, text: &str) -> Result<Selector, SelectorError> {
        let selector = Selector::parse(atlas, text)?;
        let plants = chain.links.iter().flat_map(|l| l.plants.iter().map(move |p| (p, l)));
        match { plants }.any(|(p, l)| selector.hits(p, l)) {
            true => Ok(selector),
            false => Err(SelectorError::Nothing(text.to_owned())),
        }
    }

    /// One term of a known kind.
    pub fn single(atlas: &Atlas, kind: Kind, id: &str) -> Selector {
        let (called, elements) = Default::default();
        let names = Names { atlas, called, elements };
        let term = names.resolved(kind, id);
        Selector { text: id.to_owned(), alternatives: vec![vec![term]] }
    }

    /// Whether a plant of a market is among them.
    pub fn hits(&self, plant: &Plant, link: &Link) -> bool {
        self.hits_at(plant, link.stage)
    }

    fn hits_at(&self, plant: &Plant, stage: &str) -> bool {
        self.alternatives.iter().any(|terms| terms.iter().all(|t| t.hits(plant, stage)))
    }

    /// How many plants of the atlas are among them, whatever they make and whether they run; and how many of those run.
    pub fn plants(&self, atlas: &Atlas) -> (usize, usize) {
        let sites = atlas.sheet("sites");
        let hit: Vec<&Row> = sites.rows.iter().filter(|row| self.hits_site(atlas, row)).collect();
        (hit.len(), hit.iter().filter(|row| is_running(sites.text(row, "status"))).count())
    }

    /// How many running plants of a market are not among them, and how many run in all.
    pub fn spared(&self, atlas: &Atlas, market: &str) -> (usize, usize) {
        let sites = atlas.sheet("sites");
        let runs = |row: &&Row| is_running(sites.text(row, "status"));
        let sells = |row: &&Row| market_of(atlas, sites.text(row, "item")) == market;
        let all: Vec<&Row> = sites.rows.iter().filter(runs).filter(sells).collect();
        (all.iter().filter(|row| !self.hits_site(atlas, row)).count(), all.len())
    }

    /// Whether a row of the table of sites is among them.
    fn hits_site(&self, atlas: &Atlas, row: &Row) -> bool {
        let (sites, items) = (atlas.sheet("sites"), atlas.sheet("items"));
        let item = sites.text(row, "item");
        let plant = Plant {
            site: row.key.clone(),
            country: sites.text(row, "country").to_owned(),
            owners: owners(atlas, &row.key),
            item: market_of(atlas, item).to_owned(),
            output: None,
            capacity: None,
            made: 0.0,
            spare: 0.0,
        };
        self.hits_at(&plant, items.find(item).map_or("", |row| items.text(row, "stage")))
    }

    /// The countries that it names.
    pub fn countries(&self) -> BTreeSet<String> {
        let places = [Kind::Country, Kind::Group, Kind::Control];
        let named = self.alternatives.iter().flatten().filter(|t| places.contains(&t.kind));
        named.flat_map(|t| t.countries.iter().cloned()).collect()
    }

    /// The control that it names by itself.
    pub fn control(&self) -> Option<&str> {
        match self.alternatives.as_slice() {
            [terms] if terms.len() == 1 && terms[0].kind == Kind::Control => Some(&terms[0].id),
            _ => None,
        }
    }

    /// Whether it names whole countries: all that is made there, of any item and by anyone.
    pub fn is_whole(&self) -> bool {
        let whole = |t: &Term| matches!(t.kind, Kind::Country | Kind::Group);
        self.alternatives.iter().any(|terms| terms.iter().all(whole))
    }

    /// The countries of a destination.
    pub fn destination(atlas: &Atlas, text: &str) -> Result<BTreeSet<String>, SelectorError> {
        let selector = Selector::parse(atlas, text)?;
        let only_places = selector.alternatives.iter().flatten();
        let mut only_places = only_places.filter(|t| !matches!(t.kind, Kind::Country | Kind::Group));
        match (only_places.next(), selector.countries()) {
            (None, countries) if !countries.is_empty() => Ok(countries),
            _ => Err(SelectorError::NoCountries(text.to_owned())),
        }
    }
}
