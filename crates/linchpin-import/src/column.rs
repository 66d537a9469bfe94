//! What a column holds: by the words of its header, by its cells, or by what a mapping says.

pub(crate) mod beside;
pub(crate) mod ours;
pub(crate) mod price_break;

use crate::number::{is_han, plain};
use crate::price::{currency, per_of_header, price, tiers};
use crate::quantity::{Unit, is_product, quantity};
use crate::sheet::{Row, Sheet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Depth in the tree, as a number, as dots, or as 1.2.3.
    Level,
    /// A running number of the line; with points in it a place in the tree.
    Position,
    /// The part that it goes into.
    Parent,
    /// A part number.
    Number,
    /// What the part is called.
    Name,
    /// What else is said of it: specification, size, remarks.
    Detail,
    /// The sort of part, or the group that it belongs to.
    Category,
    /// What it is made of.
    Material,
    /// Places on a circuit board.
    Designator,
    /// How many.
    Quantity,
    /// How many in the whole product, beside how many in what it goes into.
    TotalQuantity,
    /// What the quantity counts in.
    Unit,
    /// Price of one.
    Price,
    /// Price of one from a quantity on, which the header names, or prices by quantity in one cell.
    PriceBreak,
    /// Price of the line.
    Total,
    /// What prices are in.
    Currency,
    /// Who makes it.
    Maker,
    /// Who sells it.
    Supplier,
    /// What the user says that the supplier is: a company of the atlas, or `-` for none.
    Company,
    /// Where it is offered.
    Link,
    /// Mass of one.
    Mass,
    /// What masses are in.
    MassUnit,
    /// Where it is made.
    Country,
    /// Share of what is bought from this supplier.
    Share,
    /// Days or weeks from order to receipt.
    LeadTime,
    /// Least quantity of an order.
    MinimumOrder,
    /// Whether the supplier is qualified.
    Qualified,
    /// Whether the part is bought, or made of those below it.
    BoughtAs,
    /// Stock on hand.
    OnHand,
    /// Ordered, not yet sent.
    OnOrder,
    /// Sent, not yet received.
    InTransit,
    /// Day on which it should come.
    Due,
    /// What the user says that the part is: an item of the atlas, or `-` for none.
    Item,
    /// What is in the part: an item of the atlas.
    Input,
    /// How many a price is for.
    PriceBasis,
    /// How many of what it goes into the quantity is for.
    BaseQuantity,
    /// What is lost of it on the way in, beside what is needed.
    Scrap,
    /// First day on which the line holds.
    ValidFrom,
    /// Last day on which the line holds.
    ValidTo,
    /// Whether the line holds, in words.
    Status,
    /// Whether the line is closed or deleted, by a mark or a name.
    Closed,
    /// Whether another line can take its place, or the group of those of which one is used.
    Alternative,
    /// How often this one of a group is used.
    Probability,
    /// What sort of line it is: a part, a text, a by-product.
    LineKind,
    /// What of the stock may be used.
    Available,
    /// Stock that may not be used: blocked, in inspection.
    NotFree,
    /// Of what is ordered what is still to come.
    Outstanding,
    /// Where stock lies.
    Warehouse,
    /// The quantity from which the price in the column that goes with it holds.
    BreakQuantity,
    /// What prices are of.
    PriceUnit,
    /// What is taken off prices.
    Discount,
    /// Whether the part is put in, or, by its header, left out.
    Fitted,
    /// Nothing that is read; kept as it is.
    Ignore,
}

impl Role {
    /// Its name in mapping files, and in the terms.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, role)| *role == self).map_or("ignore", |(name, _)| name)
    }

    /// The role of this name.
    pub fn of_name(name: &str) -> Option<Role> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }
}

/// All roles by name.
pub const ALL: [(&str, Role); 53] = [
    ("level", Role::Level),
    ("position", Role::Position),
    ("parent", Role::Parent),
    ("number", Role::Number),
    ("name", Role::Name),
    ("detail", Role::Detail),
    ("category", Role::Category),
    ("material", Role::Material),
    ("designator", Role::Designator),
    ("quantity", Role::Quantity),
    ("total_quantity", Role::TotalQuantity),
    ("unit", Role::Unit),
    ("price", Role::Price),
    ("price_break", Role::PriceBreak),
    ("total", Role::Total),
    ("currency", Role::Currency),
    ("maker", Role::Maker),
    ("supplier", Role::Supplier),
    ("company", Role::Company),
    ("link", Role::Link),
    ("mass", Role::Mass),
    ("mass_unit", Role::MassUnit),
    ("country", Role::Country),
    ("share", Role::Share),
    ("lead_time", Role::LeadTime),
    ("minimum_order", Role::MinimumOrder),
    ("qualified", Role::Qualified),
    ("bought_as", Role::BoughtAs),
    ("on_hand", Role::OnHand),
    ("on_order", Role::OnOrder),
    ("in_transit", Role::InTransit),
    ("due", Role::Due),
    ("item", Role::Item),
    ("input", Role::Input),
    ("price_basis", Role::PriceBasis),
    ("base_quantity", Role::BaseQuantity),
    ("scrap", Role::Scrap),
    ("valid_from", Role::ValidFrom),
    ("valid_to", Role::ValidTo),
    ("status", Role::Status),
    ("closed", Role::Closed),
    ("alternative", Role::Alternative),
    ("probability", Role::Probability),
    ("line_kind", Role::LineKind),
    ("available", Role::Available),
    ("not_free", Role::NotFree),
    ("outstanding", Role::Outstanding),
    ("warehouse", Role::Warehouse),
    ("break_quantity", Role::BreakQuantity),
    ("price_unit", Role::PriceUnit),
    ("discount", Role::Discount),
    ("fitted", Role::Fitted),
    ("ignore", Role::Ignore),
];

/// Why a column is taken for what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Its header holds this word.
    Header(String),
    /// So much of its cells are of that kind.
    Cells(f64),
    /// Another column has that role with better reason.
    Second,
    /// A mapping says so.
    Mapping,
    /// Nothing speaks for any role: its text is kept as a detail.
    Unknown,
}

/// A column and what it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its place, from 0.
    pub at: u32,
    /// Its header as typed.
    pub header: String,
    /// What it holds.
    pub role: Role,
    /// How sure that is, from 0 to 1.
    pub score: f64,
    /// Why.
    pub reason: Reason,
}

/// The letters that a spreadsheet gives a column: 0 is A, 26 is AA.
pub fn letters(at: u32) -> String {
    let mut at = u64::from(at) + 1;
    let mut letters = vec![];
    while at > 0 {
        letters.push(b'A' + ((at - 1) % 26) as u8);
        at = (at - 1) / 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

/// The column of these letters; `None` for anything else.
pub fn of_letters(text: &str) -> Option<u32> {
    let number = text.bytes().try_fold(0u64, |sum, b| {
        b.is_ascii_uppercase().then(|| sum * 26 + u64::from(b - b'A') + 1).filter(|n| *n <= 1 << 20)
    })?;
    number.checked_sub(1).and_then(|at| u32::try_from(at).ok())
}

struct Term {
    role: Role,
    /// Without signs and spaces.
    text: String,
    /// With a space before and after it.
    padded: String,
    words: usize,
    is_han: bool,
}

fn terms() -> &'static [Term] {
    static TERMS: OnceLock<Vec<Term>> = OnceLock::new();
    TERMS.get_or_init(|| {
        let lines = include_str!("column/terms.csv").lines().skip(1);
        let terms = lines.filter_map(|line| {
            let (role, text) = line.split_once(',')?;
            let text = words(text);
            let (padded, words) = (format!(" {text} "), text.split(' ').count());
            Some(Term { role: Role::of_name(role)?, padded, words, is_han: text.chars().any(is_han), text })
        });
        terms.collect()
    })
}

/// The words of a header, in small letters, without signs and what stands in brackets.
pub(crate) fn words(header: &str) -> String {
    let header = plain(header).to_lowercase();
    let mut text = String::new();
    let mut depth = 0usize;
    for c in header.chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '#' => text.push(c),
            _ => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A role, how well a header fits it, and the word that speaks for it.
type Fit = (Role, f64, String);

/// How well a header fits each role that it fits at all, the best first, with the word that speaks for it.
pub(crate) fn of_header(header: &str) -> Vec<Fit> {
    let text = words(header);
    if text.is_empty() || text.chars().count() > 60 {
        return vec![];
    }
    match price_break::of_header(header) {
        Some((_, word)) => vec![(Role::PriceBreak, 0.95, word)],
        None => of_terms(&text),
    }
}

/// How well the words of a header fit each role that they fit at all, the best first.
fn of_terms(text: &str) -> Vec<Fit> {
    let mut found: Vec<Fit> = vec![];
    let padded = format!(" {text} ");
    for term in terms() {
        let score = if term.text == text {
            1.0
        } else if term.is_han && term.text.chars().count() == 1 {
            // One sign stands in too many words.
            continue;
        } else if term.is_han {
            let Some(_) = text.find(term.text.as_str()) else { continue };
            0.5 + 0.45 * term.text.chars().count() as f64 / text.chars().count() as f64
        } else {
            let Some(_) = padded.find(term.padded.as_str()) else { continue };
            0.5 + 0.45 * term.words as f64 / text.split(' ').count() as f64
        };
        match found.iter_mut().find(|f| f.0 == term.role) {
            Some(best) if best.1 >= score => {}
            Some(best) => *best = (term.role, score, term.text.clone()),
            None => found.push((term.role, score, term.text.clone())),
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // What is called so and nothing else is nothing else: 可用量 (available) is no 用量 (needed).
    if found.first().is_some_and(|f| f.1 == 1.0) {
        found.truncate(1);
    }
    found
}

/// Rows whose cells are looked at.
const SAMPLE: usize = 200;
/// Part of the cells that must be of the kind that the header promises.
const ENOUGH: f64 = 0.5;

/// Part of the cells of a column without a header that must be counts.
const MOST: f64 = 0.9;
/// Words for what is packed, made or bought at a time.
const LOTS: [&str; 8] = [
    "mpq",
    "包装量",
    "最小包装量",
    "批量",
    "lot size",
    "standard po quantity",
    "standard po qty",
    "std po qty",
];
/// How much less a price with tax fits than one without.
const TAXED: f64 = 0.6;

/// Whether a header of prices says that tax is in them.
pub(crate) fn is_taxed(header: &str) -> bool {
    let text = plain(header).to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let with = |word: &str| text.contains(word) && !text.contains(&format!("不{word}"));
    ["含税", "价税合计", "incl tax", "including tax", "incl vat", "including vat"].into_iter().any(with)
}

/// Parts of the cells of a column that are quantities, whole numbers of things, prices, addresses, codes of letters and digits,
/// bare whole numbers, numbers of parts or of companies, single letters, depths in a tree, dotted ones, long numbers; and
/// whether they number the rows.
struct Cells {
    filled: usize,
    codes: f64,
    bare: f64,
    ids: f64,
    letters: f64,
    counts: f64,
    running: bool,
    quantities: f64,
    prices: f64,
    links: f64,
    levels: f64,
    dotted: f64,
    long: f64,
}

/// Whether a text is a depth in a tree, and how many dots stand before it if it is as many as it says: `...3`.
fn depth(text: &str) -> (bool, Option<usize>) {
    let rest = text.trim_start_matches(['.', '-', '+', '>', '*', ' ']);
    let dots = text.chars().take_while(|c| *c == '.').count();
    let is_depth = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    (is_depth, Some(dots).filter(|dots| *dots > 0 && rest.parse() == Ok(*dots)))
}

/// Whether a text is a number of six digits or more, as no grade of a material has: 30000001.
fn is_long(text: &str) -> bool {
    text.len() > 5 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text may be the number of a part or of a company: HB-7100, 100-2001, 02.01.0001, 100345.
fn is_id(text: &str) -> bool {
    let signs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '/' | '#');
    text.chars().all(signs) && text.bytes().filter(u8::is_ascii_digit).count() > 2
}

/// Words for parts that head the column of their numbers where another column says what they are called.
const PARTS: [&str; 8] = ["component", "part", "item", "product", "物料", "子件", "存货", "material"];
/// What the names are called where a material is a part.
const NAMES_OF_MATERIALS: [&str; 4] =
    ["material description", "short text", "object description", "component description"];

/// Whether a header that fits a role is the one of numbers of parts, by its cells and by the headers beside it.
fn numbers_parts(role: Role, word: &str, cells: &Cells, headers: &[String]) -> bool {
    let names = |header: &String| match role {
        Role::Material if cells.long < MOST => NAMES_OF_MATERIALS.contains(&header.as_str()),
        _ => header != word && of_terms(header).first().is_some_and(|f| f.0 == Role::Name && f.1 == 1.0),
    };
    matches!(role, Role::Name | Role::Material)
        && PARTS.contains(&word)
        && cells.ids.max(cells.codes) >= MOST
        && headers.iter().any(names)
}

fn cells<'s>(rows: impl Iterator<Item = Row<'s>>, at: u32) -> Cells {
    let (mut filled, mut quantities, mut prices, mut links) = (0usize, 0usize, 0usize, 0usize);
    let (mut counts, mut numbered, mut last) = (0usize, 0usize, None);
    let (mut codes, mut bare, mut ids, mut letters) = (0usize, 0usize, 0usize, 0usize);
    let (mut levels, mut dotted, mut long, mut deep) = (0usize, 0usize, 0usize, false);
    for row in rows.take(SAMPLE) {
        let text = row.cell(at).trim();
        if text.is_empty() || matches!(text, "-" | "—" | "–" | "N/A" | "n/a" | "/") {
            continue;
        }
        filled += 1;
        let found = quantity(text);
        quantities += usize::from(found.is_some());
        // 2, 4x and 3 pcs, but not 608ZZ and 10 mm; nor 100-2001 and 0003, which are numbers of parts and of stores; nor 20x20,
        // which is a size.
        let is_store = text.len() > 1 && text.starts_with('0') || is_product(text);
        let count = found.filter(|q| q.unit == Unit::Piece && q.beside.is_empty() && q.amount.fract() == 0.0);
        let count = count.filter(|q| q.least.is_none() && !is_store);
        counts += usize::from(count.is_some());
        let number = count.map(|q| q.amount);
        numbered += usize::from(number.zip(last).is_some_and(|(now, before)| now == before + 1.0));
        last = number;
        prices += usize::from(text.chars().count() < 40 && price(text).is_some() || tiers(text).is_some());
        links += usize::from(text.contains("://") || text.starts_with("www."));
        // M-4410 and BRG6804, but not 1.2.3 and 10a.
        let is_code = text.starts_with(char::is_alphabetic) && text.contains(|c: char| c.is_ascii_digit());
        codes += usize::from(is_code && !text.contains(' '));
        bare += usize::from(text.bytes().all(|b| b.is_ascii_digit()));
        ids += usize::from(is_id(text));
        letters += usize::from(text.len() == 1);
        let (is_depth, dots) = depth(text);
        levels += usize::from(is_depth);
        dotted += usize::from(dots.is_some());
        // .1 alone is a tenth.
        deep |= dots.is_some_and(|dots| dots > 1);
        long += usize::from(is_long(text));
    }
    let part = |n: usize| if filled > 0 { n as f64 / filled as f64 } else { 0.0 };
    let running = filled > 2 && numbered + 1 >= filled;
    Cells {
        filled,
        codes: part(codes),
        bare: part(bare),
        ids: part(ids),
        letters: part(letters),
        counts: part(counts),
        running,
        quantities: part(quantities),
        prices: part(prices),
        links: part(links),
        levels: part(levels),
        dotted: if deep { part(dotted) } else { 0.0 },
        long: part(long),
    }
}

/// What the columns of a table hold, given its header, the quantities below it from which the prices under one header hold, if
/// there are such, and the rows below that.
pub fn columns(
    sheet: &Sheet,
    header: Option<Row<'_>>,
    steps: Option<Row<'_>>,
    rows: std::ops::Range<usize>,
) -> Vec<Column> {
    let ours = ours::find(sheet, header, rows.clone());
    let is_theirs = |row: &Row<'_>| row.cells().any(|c| !ours.contains_key(&c.0));
    let below = || rows.clone().filter_map(|at| sheet.row(at)).filter(is_theirs);
    let mut places: Vec<u32> = header.iter().flat_map(|h| h.cells()).map(|c| c.0).collect();
    places.extend(below().take(SAMPLE).flat_map(|row| row.cells().map(|c| c.0)));
    places.extend(ours.keys());
    places.sort_unstable();
    places.dedup();
    let headers: Vec<String> = header.iter().flat_map(|h| h.cells()).map(|c| words(c.1)).collect();
    let first_step = steps.and_then(|row| row.cells().find(|c| !c.1.trim().is_empty())).map(|c| c.0);
    let price_of_all = header.zip(first_step).map(|(header, at)| header.cell(at).trim());
    let mut found: Vec<(Column, Vec<Fit>)> = vec![];
    // Columns that hold numbers of things, by their places.
    let mut numbers: BTreeSet<u32> = BTreeSet::new();
    for at in places {
        if let Some(header) = ours.get(&at) {
            found.push((ours::column(at, header), vec![]));
            continue;
        }
        let typed = header.map_or("", |h| h.cell(at)).trim();
        let step = steps.map_or("", |row| row.cell(at)).trim();
        let stepped =
            if step.is_empty() { None } else { price_of_all.map(|price| format!("{price} {step}")) };
        let typed = stepped.as_deref().unwrap_or(typed);
        let cells = cells(below(), at);
        let mut fits = of_header(typed);
        for (role, score, word) in &mut fits {
            let right = match role {
                Role::Quantity
                | Role::TotalQuantity
                | Role::OnHand
                | Role::OnOrder
                | Role::InTransit
                | Role::MinimumOrder
                | Role::BaseQuantity
                | Role::BreakQuantity
                | Role::Available
                | Role::NotFree
                | Role::Outstanding => cells.quantities,
                Role::Level => cells.levels,
                Role::Price
                | Role::PriceBreak
                | Role::Total
                | Role::Mass
                | Role::Share
                | Role::Scrap
                | Role::Discount
                | Role::Probability => cells.prices.max(cells.quantities),
                _ => 1.0,
            };
            // An item number is the place of a line in one house and the number of the part in another: cells tell.
            if *role == Role::Position && cells.codes >= MOST {
                (*role, *score) = (Role::Number, *score * 0.9);
            }
            // Nor is a number what a part is called.
            if *role == Role::Name && cells.filled > 2 && cells.bare >= MOST && word == "item" {
                (*role, *score) = (Role::Position, *score * 0.9);
            }
            if *score == 1.0 && numbers_parts(*role, word, &cells, &headers) {
                *role = Role::Number;
            }
            // A number names a supplier only where nothing else does, and the number of a plant is no country.
            if *role == Role::Supplier && cells.ids >= MOST {
                *score *= 0.9;
            }
            if *role == Role::Country && cells.codes >= ENOUGH {
                *score = 0.0;
            }
            // What is packed, made or bought at a time is the least order only where nothing else is.
            if *role == Role::MinimumOrder && LOTS.contains(&word.as_str()) {
                *score *= 0.9;
            }
            // An item category is a letter in one house and the sort of part in another.
            if word.as_str() == "item category" && cells.letters < MOST {
                *role = Role::Category;
            }
            // A header that says more than that is about something else: system voltage, group number, torque per motor.
            if (*role == Role::Category || word.as_str() == "per") && *score < 1.0 {
                *score = 0.0;
            }
            if cells.filled > 0 && right < ENOUGH {
                // A column called nothing but quantity holds quantities, though they be "as needed"; so do shares.
                let says_so = *score == 1.0 && matches!(*role, Role::Quantity | Role::Share);
                *score *= if says_so { 0.6 } else { 0.3 };
            }
        }
        fits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut column =
            Column { at, header: typed.to_owned(), role: Role::Detail, score: 0.0, reason: Reason::Unknown };
        numbers.extend((cells.ids.max(cells.codes) >= MOST).then_some(at));
        if cells.filled > 1 && cells.dotted >= MOST {
            (column.role, column.score, column.reason) =
                (Role::Level, cells.dotted, Reason::Cells(cells.dotted));
            fits.clear();
        } else if let Some((role, score, word)) = fits.first().filter(|f| f.1 >= ENOUGH) {
            (column.role, column.score, column.reason) = (*role, *score, Reason::Header(word.clone()));
        } else if cells.filled > 2 && cells.counts >= MOST && !cells.running {
            (column.role, column.score, column.reason) =
                (Role::Quantity, 0.8 * cells.counts - 0.2, Reason::Cells(cells.counts));
        } else if cells.links >= ENOUGH {
            (column.role, column.score, column.reason) =
                (Role::Link, cells.links, Reason::Cells(cells.links));
        }
        found.push((column, fits));
    }
    // Numbers are quantities where something else says that the rows are parts, or where nothing says what they are; not in
    // a list of stock or of what suppliers ask.
    let is_named = |c: &Column| {
        matches!(c.role, Role::Name | Role::Number | Role::Designator)
            && matches!(c.reason, Reason::Header(_))
    };
    let has = |role: Role| found.iter().any(|(c, _)| c.role == role);
    let stock = [Role::OnHand, Role::OnOrder, Role::InTransit].into_iter().any(has);
    let offers = [Role::Share, Role::LeadTime, Role::MinimumOrder, Role::BreakQuantity];
    let asked = has(Role::Supplier) && offers.into_iter().any(has);
    if header.is_some() && (stock || asked || !found.iter().any(|(c, _)| is_named(c))) {
        for (column, _) in &mut found {
            if column.role == Role::Quantity && matches!(column.reason, Reason::Cells(_)) {
                (column.role, column.score, column.reason) = (Role::Detail, 0.0, Reason::Unknown);
            }
        }
    }
    beside::of_assemblies(&mut found);
    beside::breaks(&mut found);
    beside::untaxed(&mut found);
    one_of_a_kind(&mut found);
    beside::materials(&mut found, &numbers);
    beside::least_orders(&mut found, below());
    beside::used(&mut found, below());
    // Where nothing else says how many, that of the product does; where nothing else tells stock, that which may be used; where
    // nothing else names a unit, that of prices is the one of all.
    let instead = [
        (Role::Quantity, Role::TotalQuantity),
        (Role::OnHand, Role::Available),
        (Role::Unit, Role::PriceUnit),
    ];
    for (role, instead) in instead {
        if !found.iter().any(|(c, _)| c.role == role) {
            found.iter_mut().filter(|(c, _)| c.role == instead).for_each(|(column, _)| column.role = role);
        }
    }
    found.into_iter().map(|(column, _)| column).collect()
}

/// Of columns that claim a role which only one can have, the best keeps it. The others take the role that they fit
/// next best, or are details.
fn one_of_a_kind(columns: &mut [(Column, Vec<Fit>)]) {
    let shared = [
        Role::Detail,
        Role::Ignore,
        Role::Link,
        Role::Material,
        Role::PriceBreak,
        Role::Status,
        Role::Closed,
        Role::NotFree,
        Role::Warehouse,
        Role::BreakQuantity,
        Role::Fitted,
    ];
    for (_, role) in ALL.iter().filter(|(_, role)| !shared.contains(role)) {
        loop {
            let claims = columns.iter().enumerate().filter(|(_, (c, _))| c.role == *role);
            let mut claims: Vec<(usize, f64)> = claims.map(|(i, (c, _))| (i, c.score)).collect();
            // Of equals the first.
            claims.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            // Prices in two moneys, or of one and of a hundred, are two columns.
            let header = |(at, _): &(usize, f64)| columns[*at].0.header.as_str();
            let money = |claim| currency(header(claim)).filter(|_| *role == Role::Price);
            let rivals = |a, b| {
                money(a).zip(money(b)).is_none_or(|(a, b)| a == b)
                    && (*role != Role::Price || per_of_header(header(a)) == per_of_header(header(b)))
            };
            let loser = (1..claims.len()).find(|at| claims[..*at].iter().any(|c| rivals(c, &claims[*at])));
            let Some((loser, _)) = loser.map(|at| claims[at]) else { break };
            let taken: Vec<Role> = columns.iter().map(|(c, _)| c.role).collect();
            let (column, fits) = &mut columns[loser];
            let next = fits.iter().find(|f| f.1 >= ENOUGH && f.0 != *role && !taken.contains(&f.0));
            match next {
                Some((other, score, word)) => {
                    (column.role, column.score, column.reason) =
                        (*other, *score, Reason::Header(word.clone()));
                }
                // A second price or quantity is no text that says what the part is.
                None => {
                    let text = matches!(
                        *role,
                        Role::Name | Role::Number | Role::Maker | Role::Supplier | Role::Category
                    );
                    column.role = if text { Role::Detail } else { Role::Ignore };
                    column.reason = Reason::Second;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages() {
        for (header, role) in [
            ("Qty", Role::Quantity),
            ("Quantity (per robot)", Role::Quantity),
            ("单价（元）", Role::Price),
            ("UPE (USD)", Role::Price),
            ("物料编码", Role::Number),
            ("Manufacturer Part Number", Role::Number),
            ("Manufacturer", Role::Maker),
            ("Part name", Role::Name),
            ("LCSC Part #", Role::Number),
            ("供应商", Role::Supplier),
            ("材质", Role::Material),
            ("Lead time (weeks)", Role::LeadTime),
            ("现有库存", Role::OnHand),
            ("Unit weight [g]", Role::Mass),
        ] {
            assert_eq!(of_header(header).first().map(|f| f.0), Some(role), "{header}");
        }
        assert!(of_header("Motor Preparation").is_empty());
    }

    #[test]
    fn columns_have_letters() {
        for (at, text) in [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")] {
            assert_eq!((letters(at).as_str(), of_letters(text)), (text, Some(at)));
        }
        assert_eq!([of_letters(""), of_letters("a"), of_letters("A1")], [None; 3]);
    }

    #[test]
    fn every_role_has_words_and_every_word_a_role() {
        let lines: Vec<&str> = include_str!("column/terms.csv").lines().skip(1).collect();
        assert_eq!(terms().len(), lines.len());
        for (name, role) in ALL.iter().filter(|(_, r)| *r != Role::Ignore) {
            assert!(terms().iter().any(|t| t.role == *role), "{name}");
        }
        let mut texts: Vec<&str> = terms().iter().map(|t| t.text.as_str()).collect();
        texts.sort_unstable();
        let all = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), all, "a word speaks for two roles");
    }
}
