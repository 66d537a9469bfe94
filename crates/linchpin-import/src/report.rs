//! What was understood of files, and what was not.

use crate::answered::Differs;
use crate::archetype::{Cause, Field, Match, key, written};
use crate::asked::Asked;
use crate::bom::{Bom, Lines, normal};
use crate::checks;
use crate::column::{Column, Reason, Role, letters, ours};
use crate::contents::{Amount, Content};
use crate::cost::{self, Costs, Rates};
use crate::import::{Request, described, lists_parts};
use crate::overlay::{self, Known, Placed, Product, units};
use crate::sheet::Sheet;
use crate::stand_in::{Basis, StandIns};
use crate::stock::{Amounts, Stock, amounts};
use crate::table::{Kind, Skipped, Table};
use crate::vendors::{Lead, Vendor};
use linchpin::atlas::Atlas;
use linchpin::book::stamp;
use linchpin::questions::headline_label;
use linchpin_table::{Answer, Message, Table as Answered, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is known after an import.
pub(crate) struct Told<'t, 's> {
    pub(crate) atlas: &'t Atlas,
    pub(crate) request: &'t Request,
    pub(crate) sheets: &'s [Sheet],
    pub(crate) files: &'t [String],
    pub(crate) tables: &'t [Table],
    pub(crate) lines: &'t Lines<'s>,
    pub(crate) bom: &'t Bom,
    /// How much of each part goes into one product.
    pub(crate) totals: &'t [f64],
    /// The same with what is lost on the way.
    pub(crate) needs: &'t [f64],
    pub(crate) matches: &'t [Match],
    pub(crate) known: &'t [Known],
    pub(crate) parts: &'t [Placed],
    pub(crate) product: &'t Product,
    pub(crate) vendors: &'t [Vendor<'s>],
    pub(crate) contents: &'t [Content<'s>],
    pub(crate) stand_ins: &'t StandIns<'t>,
    /// What to ask first; `None` where there are too many parts to work it out on the way.
    pub(crate) asked: Option<&'t [Asked]>,
    pub(crate) stock: &'t [Stock<'s>],
    pub(crate) costs: &'t Costs<'s>,
    pub(crate) rates: &'t Rates,
    /// Rows of the matches that name no part, with their texts.
    pub(crate) unused: &'t [(u64, String)],
    /// Files that the mapping names and that are not given.
    pub(crate) absent: &'t [String],
    /// What suppliers answer otherwise than the lists, or than each other.
    pub(crate) differs: &'t [Differs],
    /// What parts are called in tables.
    pub(crate) called: &'t [String],
}

impl Told<'_, '_> {
    /// What a part is called.
    pub(crate) fn title(&self, part: usize) -> &str {
        self.bom.title(part, &self.lines.lines).trim()
    }

    /// What a part is called in tables, where each has a name of its own.
    pub(crate) fn called(&self, part: usize) -> &str {
        &self.called[part]
    }

    /// The rows of a part.
    pub(crate) fn rows(&self, part: usize) -> String {
        let lines = self.bom.parts[part].lines.iter().map(|l| &self.lines.lines[*l]);
        rows(self, lines.map(|line| (line.table, line.row)))
    }
}

/// What parts are called in tables: their names, and of several with one name the part number, else the row, before it,
/// where a narrow screen cuts it last.
pub(crate) fn called(bom: &Bom, lines: &Lines<'_>) -> Vec<String> {
    let titles: Vec<&str> = (0..bom.parts.len()).map(|part| bom.title(part, &lines.lines).trim()).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    titles.iter().for_each(|title| *counts.entry(normal(title)).or_default() += 1);
    let called = |(part, title): (usize, &&str)| {
        let line = bom.parts[part].lines.first().map(|l| &lines.lines[*l]);
        match line.filter(|_| counts.get(&normal(title)).is_some_and(|count| *count > 1)) {
            Some(line) if !line.number.is_empty() && line.number != *title => {
                format!("[{}] {title}", line.number)
            }
            Some(line) => format!("[#{}] {title}", line.row),
            None => (*title).to_owned(),
        }
    };
    titles.iter().enumerate().map(called).collect()
}

/// A share of something, with what it is a share of.
#[derive(Clone, Copy, Default)]
struct Covered {
    part: f64,
    of: f64,
}

impl Covered {
    fn add(&mut self, weight: f64, counts: bool) {
        self.of += weight;
        self.part += if counts { weight } else { 0.0 };
    }

    fn share(self) -> Option<f64> {
        (self.of > 0.0).then(|| self.part / self.of)
    }
}

/// Where a table stands: its file, its sheet and the row of its header.
pub(crate) fn place(told: &Told<'_, '_>, table: &Table) -> String {
    place_of(&told.files[table.sheet], &told.sheets[table.sheet], table)
}

/// Where a cell of a line stands: `bom.xlsx › Parts: C12`.
pub(crate) fn cell(told: &Told<'_, '_>, table: usize, row: u32, role: Role) -> String {
    let column = told.tables[table].column(role).map_or(String::new(), |c| letters(c.at));
    format!("{}: {column}{row}", sheet_of(told, table))
}

/// Where rows stand, by their tables and numbers: `bom.xlsx › Parts: 2, 5; arms.csv: 3`.
pub(crate) fn rows(told: &Told<'_, '_>, rows: impl IntoIterator<Item = (usize, u32)>) -> String {
    let (mut text, mut before) = (String::new(), None);
    for (table, row) in rows {
        let sheet = told.tables[table].sheet;
        match before {
            Some(same) if same == sheet => text.push_str(", "),
            other => {
                text.push_str(if other.is_some() { "; " } else { "" });
                text.push_str(&format!("{}: ", sheet_of(told, table)));
            }
        }
        text.push_str(&row.to_string());
        before = Some(sheet);
    }
    text
}

/// The file and the sheet of a table.
fn sheet_of(told: &Told<'_, '_>, table: usize) -> String {
    let sheet = told.tables[table].sheet;
    named(&told.files[sheet], &told.sheets[sheet])
}

/// A file and its sheet, if that has a name.
pub(crate) fn named(file: &str, sheet: &Sheet) -> String {
    if sheet.name.is_empty() { file.to_owned() } else { format!("{file} › {}", sheet.name) }
}

fn place_of(file: &str, sheet: &Sheet, table: &Table) -> String {
    let row = table.header.and_then(|h| sheet.row(h)).or_else(|| sheet.row(0)).map_or(1, |r| r.number());
    format!("{}: {row}", named(file, sheet))
}

/// The tables that list no parts, and why.
pub(crate) fn skipped(sheets: &[Sheet], tables: &[Table], files: &[String]) -> Vec<String> {
    let told = |t: &Table| place_of(&files[t.sheet], &sheets[t.sheet], t);
    tables.iter().filter(|t| !lists_parts(t)).map(told).collect()
}

/// The answer.
pub(crate) fn answer(told: &Told<'_, '_>) -> Result<Answer, TableError> {
    let mut stamp = stamp(told.atlas, "import");
    let request = told.request;
    stamp.request.insert("files".into(), told.product.files.join(", "));
    stamp.request.insert("product".into(), request.alias.clone());
    stamp.request.insert("country".into(), request.country.clone());
    if let Some(mass) = request.mass {
        stamp.request.insert("mass".into(), mass.to_string());
    }
    stamp.request.insert("volume".into(), request.volume.to_string());
    if !request.rates.text().is_empty() {
        stamp.request.insert("rate".into(), request.rates.text());
    }
    let mut answer = Answer::new(stamp);
    let countries = told.atlas.sheet("countries");
    for row in &countries.rows {
        answer.label(row.key.clone(), countries.text(row, "name_en"), countries.text(row, "name_zh"));
    }
    // What headlines are of: elements, materials and countries among others.
    answer.labels.extend(linchpin::model::labels(told.atlas));
    for asked in told.asked.unwrap_or_default() {
        let label = headline_label(&answer.labels, &asked.most.1);
        answer.labels.insert(asked.most.1.clone(), label);
    }
    let items = told.atlas.sheet("items");
    for row in &items.rows {
        answer.label(row.key.clone(), items.text(row, "name_en"), items.text(row, "name_zh"));
    }
    // Places that the atlas does not know are shown as they are typed.
    let vendors = told.vendors.iter().filter(|v| v.country.is_none()).map(|v| v.place);
    let makers = told.contents.iter().filter(|c| c.country.is_none()).map(|c| c.place);
    for place in vendors.chain(makers).filter(|place| !place.is_empty()) {
        answer.label(place.to_owned(), place, place);
    }
    companies(told, &mut answer);
    headlines(told, &mut answer);
    answer.tables.push(coverage(told)?);
    let parts = parts(told)?;
    answer.tables.push(parts);
    answer.tables.extend(taken_for(told)?);
    cost::report::add(told, &mut answer)?;
    for table in [
        questions(told)?,
        placeholders(told)?,
        suppliers(told)?,
        inside(told)?,
        held(told)?,
        noticed(told)?,
        others(told)?,
    ]
    .into_iter()
    .flatten()
    {
        answer.tables.push(table);
    }
    answer.tables.push(reading(told)?);
    answer.notes.extend(unused(told));
    if !told.absent.is_empty() {
        answer.notes.push(Message::new("import-mapping-files").text("files", told.absent.join(", ")));
    }
    Ok(answer)
}

/// Companies of the atlas that suppliers are taken for, or may be: by their names and countries.
fn companies(told: &Told<'_, '_>, answer: &mut Answer) {
    let sheet = told.atlas.sheet("companies");
    let found = told.vendors.iter().map(|v| &v.company).chain(told.contents.iter().map(|c| &c.company));
    let found: BTreeSet<&String> = found.flat_map(|c| c.known.iter().chain(&c.near)).collect();
    for row in found.into_iter().filter_map(|id| sheet.find(id)) {
        let (name, country) = (sheet.text(row, "name"), sheet.text(row, "country"));
        let called = |name: &str| format!("{name} ({country})");
        let chinese = sheet.get(row, "name_zh").unwrap_or(name);
        answer.label(row.key.clone(), called(name), called(chinese));
    }
}

/// So many rows of matches that say nothing are told by their texts.
const UNUSED: usize = 10;

/// What the matches say of no part that is there; the next import will not remember it.
fn unused(told: &Told<'_, '_>) -> Option<Message> {
    let rows = told.unused.iter().take(UNUSED).map(|(row, text)| format!("{row}: {text}"));
    let mut rows = rows.collect::<Vec<_>>().join("; ");
    if told.unused.len() > UNUSED {
        rows.push_str("; …");
    }
    let message = Message::new("import-unused-matches").integer("count", told.unused.len() as i64);
    (!told.unused.is_empty()).then(|| message.text("rows", rows))
}

/// Parts that nothing goes into, with how many of each are in one product.
fn leaves<'t>(told: &'t Told<'_, '_>) -> impl Iterator<Item = (usize, f64)> + 't {
    let totals = told.totals;
    let parts = told.bom.parts.iter().enumerate();
    parts.filter(|(_, p)| p.children.is_empty()).map(move |(at, _)| (at, totals[at]))
}

fn headlines(told: &Told<'_, '_>, answer: &mut Answer) {
    let read: Vec<&Table> = told.tables.iter().filter(|t| lists_parts(t)).collect();
    let files: BTreeSet<&String> = read.iter().map(|table| &told.files[table.sheet]).collect();
    let leaves: Vec<(usize, f64)> = leaves(told).collect();
    let matched = leaves.iter().filter(|(p, _)| told.known[*p].item.is_some()).count();
    let unknown = leaves.len() - matched;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    answer.headlines.push(
        Message::new("import-read")
            .text("product", told.product.title.as_str())
            .integer("lines", count(told.lines.lines.len()))
            .integer("tables", count(read.len()))
            .integer("files", count(files.len()))
            .integer("parts", count(told.bom.parts.len())),
    );
    answer.headlines.push(
        Message::new("import-matched")
            .integer("matched", count(matched))
            .integer("leaves", count(leaves.len()))
            .integer("unknown", count(unknown)),
    );
    answer.headlines.extend(left_out(told));
    answer.headlines.extend(cost::report::headlines(told));
}

/// How many lines of the lists beside the parts are left out; `None` if all are used.
fn left_out(told: &Told<'_, '_>) -> Option<Message> {
    let no_part = told.vendors.iter().filter(|v| v.part.is_none()).count();
    let nowhere =
        told.vendors.iter().filter(|v| v.part.is_some() && v.country.is_none() && !v.barred).count();
    let barred = told.vendors.iter().filter(|v| v.part.is_some() && v.barred).count();
    let makers = told.contents.iter().filter(|c| c.is_nowhere()).count();
    let no_stock = told.stock.iter().filter(|s| s.part.is_none() || s.unread.is_some()).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let told = Message::new("import-left-out")
        .integer("no_part", count(no_part))
        .integer("nowhere", count(nowhere))
        .integer("barred", count(barred))
        .integer("makers", count(makers))
        .integer("vendors", count(told.vendors.len()))
        .integer("no_stock", count(no_stock))
        .integer("stock", count(told.stock.len()));
    (no_part + nowhere + barred + makers + no_stock > 0).then_some(told)
}

/// How much of the product is known: by lines, and by cost and mass as far as the files tell them.
fn coverage(told: &Told<'_, '_>) -> Result<Answered, TableError> {
    let mut lines = Covered::default();
    let (mut cost, mut mass, mut content) = (Covered::default(), Covered::default(), Covered::default());
    let units = units(told.bom);
    for (part, amount) in leaves(told) {
        let known = &told.known[part];
        let count = told.bom.parts[part].lines.len().max(1) as f64;
        lines.add(count, known.item.is_some());
        content.add(count, told.parts[part].is_known());
        if let Some(price) = told.parts[part].price {
            cost.add(price * amount, known.item.is_some());
        }
        // What is counted in kilograms weighs as much.
        let each = if units[part] == "kg" { Some(1.0) } else { known.mass };
        if let Some(each) = each {
            mass.add(each * amount, known.item.is_some());
        }
    }
    let rows = [("lines", lines), ("content", content), ("cost", cost), ("mass", mass)];
    let units = [Unit::Piece, Unit::Piece, Unit::Usd, Unit::Kg];
    Answered::builder("coverage", Message::new("table-import-coverage"), rows.iter().map(|r| r.0))
        .words("measure", rows.iter().map(|r| format!("import-{}", r.0)))
        .number("share", Unit::Fraction, rows.iter().map(|r| r.1.share()))
        .unexplained()
        .number_by_row("of", units, rows.iter().map(|r| (r.1.of > 0.0).then_some(r.1.of)))
        .unexplained()
        .note(Message::new("note-import-coverage"))
        .build()
}

/// A term with dots for the digits and letters that may stand in it: `ru##*` is what `RU…` says.
fn spoken(term: &str) -> String {
    let mut text = String::new();
    for c in term.chars().map(|c| if matches!(c, '#' | '*') { '…' } else { c }) {
        if c != '…' || !text.ends_with('…') {
            text.push(c);
        }
    }
    text
}

/// What a match rests on, in signs that need no language.
pub(crate) fn why(found: &Match) -> String {
    let beside = |field, text| if field == Field::Name { text } else { format!("({text})") };
    let reasons = found.best.iter().chain(&found.runner_up).take(1).flat_map(|g| &g.reason);
    let said = reasons.map(|r| match &r.cause {
        Cause::Term(term) => beside(r.field, spoken(term)),
        Cause::Near(term) => beside(r.field, format!("≈ {}", spoken(term))),
        Cause::Maker => "™".to_owned(),
        Cause::Size(size) => format!("{} {}", size.value, size.quantity.unit()),
        Cause::Override => "=".to_owned(),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Why bought parts are taken for what they are, and what else they may be, the least sure first; those of which nothing was found are placeholders.
fn taken_for(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let of = |p: &usize| &told.matches[*p];
    let is_found = |p: &usize| of(p).best.is_some() || of(p).runner_up.is_some();
    let bought = (0..told.bom.parts.len()).filter(|p| told.bom.parts[*p].children.is_empty());
    let mut all: Vec<usize> = bought.filter(is_found).collect();
    let sure = |p: &usize| of(p).best.as_ref().map_or(0.0, |g| g.score);
    all.sort_by(|a, b| sure(a).total_cmp(&sure(b)));
    if all.is_empty() {
        return Ok(None);
    }
    let item = |p: &usize| of(p).best.as_ref().map_or(String::new(), |g| g.item.clone());
    let runner = |p: &usize| of(p).runner_up.as_ref().map_or(String::new(), |g| g.item.clone());
    let table = Answered::builder(
        "matches",
        Message::new("table-import-matches"),
        all.iter().map(|p| told.parts[*p].id.clone()),
    )
    .text("part", all.iter().map(|p| told.called(*p).to_owned()))
    .header(Message::new("col-bom-part"))
    .names("item", all.iter().map(item))
    .number("score", Unit::None, all.iter().map(|p| of(p).best.as_ref().map(|g| g.score)))
    .unexplained()
    .absent(Message::new("absent-none"))
    .text("why", all.iter().map(|p| why(of(p))))
    .names("runner_up", all.iter().map(runner))
    .note(Message::new("note-import-parts"))
    .build()?;
    Ok(Some(table))
}

/// Every part: how many, what it is taken for, what it is made of.
fn parts(told: &Told<'_, '_>) -> Result<Answered, TableError> {
    let totals = told.totals;
    let all: Vec<usize> = (0..told.bom.parts.len()).filter(|p| told.bom.product != Some(*p)).collect();
    let made = |p: &usize| !told.bom.parts[*p].children.is_empty();
    let item = |p: &usize| match &told.known[*p].item {
        Some(item) if !made(p) => item.clone(),
        _ => String::new(),
    };
    let measured = overlay::measured(told.bom);
    let basis = |p: &usize| -> Option<String> {
        let basis = match &told.parts[*p].stand_in {
            _ if told.parts[*p].told() > 0 => "import-told",
            Some(found) => match found.basis {
                Basis::Mass => "import-by-mass",
                Basis::Scaled => "import-scaled",
                Basis::Usual => "import-usual",
                Basis::Energy => "import-by-energy",
                Basis::Pack => "import-by-pack",
                Basis::Piece => "import-by-piece",
            },
            None if made(p) => "import-its-parts",
            None if measured[*p] && told.known[*p].item.is_some() => "import-measured",
            None if told.known[*p].item.is_some() && told.known[*p].mass.is_some() => "import-no-content",
            None if told.known[*p].item.as_deref().is_some_and(|kind| told.stand_ins.is_cell(kind)) => {
                "import-needs-energy"
            }
            None if told.known[*p].item.is_some() => "import-needs-mass",
            None => "import-unknown",
        };
        Some(basis.to_owned())
    };
    Answered::builder(
        "parts",
        Message::new("table-import-parts"),
        all.iter().map(|p| told.parts[*p].id.clone()),
    )
    .text("part", all.iter().map(|p| told.called(*p).to_owned()))
    .header(Message::new("col-bom-part"))
    .number("in_product", Unit::None, all.iter().map(|p| Some(totals[*p])))
    .unexplained()
    .names("item", all.iter().map(item))
    .words("basis", all.iter().map(basis))
    .number("mass", Unit::Kg, all.iter().map(|p| told.known[*p].mass))
    .unexplained()
    .absent(Message::new("absent-none"))
    .number("price", Unit::Usd, all.iter().map(|p| told.parts[*p].price))
    .unexplained()
    .absent(Message::new("absent-none"))
    .note(Message::new("note-import-in-product"))
    .build()
}

/// Parts that are kept with their text alone, the dearest first.
fn placeholders(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let unknown = |(p, _): &(usize, f64)| told.known[*p].item.is_none();
    let mut all: Vec<(usize, f64)> = leaves(told).filter(unknown).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let cost = |(p, amount): &(usize, f64)| told.parts[*p].price.map(|price| price * amount);
    all.sort_by(|a, b| cost(b).unwrap_or(-1.0).total_cmp(&cost(a).unwrap_or(-1.0)).then(a.0.cmp(&b.0)));
    let table = Answered::builder(
        "placeholders",
        Message::new("table-import-placeholders"),
        all.iter().map(|a| told.parts[a.0].id.clone()),
    )
    .text("part", all.iter().map(|a| told.called(a.0).to_owned()))
    .header(Message::new("col-bom-part"))
    .number("in_product", Unit::None, all.iter().map(|a| Some(a.1)))
    .unexplained()
    .number("cost", Unit::Usd, all.iter().map(cost))
    .unexplained()
    .absent(Message::new("absent-none"))
    .names(
        "runner_up",
        all.iter().map(|a| told.matches[a.0].runner_up.as_ref().map_or(String::new(), |g| g.item.clone())),
    )
    .text("rows", all.iter().map(|a| told.rows(a.0)))
    .note(Message::new("note-import-placeholders"))
    .build()?;
    Ok(Some(table))
}

/// Suppliers of the vendor lists, and what became of each line.
fn suppliers(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let all = told.vendors;
    if all.is_empty() {
        return Ok(None);
    }
    let became = |v: &Vendor<'_>| {
        let word = match (v.part, &v.country) {
            (None, _) => "import-no-part",
            _ if v.barred => "import-barred",
            (_, None) if !v.breaks.is_empty() => "import-priced",
            (_, None) if v.place.is_empty() => "import-no-place",
            (_, None) => "import-no-country",
            _ => "import-lane",
        };
        Some(word.to_owned())
    };
    // Who gets no lane is no company of the product's either.
    let company = |v: &Vendor<'_>| {
        let none = || (v.delivers().is_none()).then(String::new);
        v.company.known.clone().or_else(none)
    };
    let country = |v: &Vendor<'_>| v.country.clone().unwrap_or_else(|| v.place.to_owned());
    let days = |of: fn((f64, f64)) -> f64| all.iter().map(move |v| v.lead.days().map(of));
    let table = Answered::builder(
        "suppliers",
        Message::new("table-import-suppliers"),
        all.iter().map(|v| format!("{}:{}", v.table + 1, v.row)),
    )
    .text("part", all.iter().map(|v| v.typed.to_owned()))
    .header(Message::new("col-bom-part"))
    .text("supplier", all.iter().map(|v| v.supplier.to_owned()))
    .names("country", all.iter().map(country))
    .names("company", all.iter().map(company))
    .header(Message::new("col-import-company"))
    .absent(Message::new("import-new-company"))
    .names("runner_up", all.iter().map(|v| v.company.near.clone().unwrap_or_default()))
    .number("share", Unit::Fraction, all.iter().map(|v| v.share))
    .header(Message::new("col-import-share"))
    .unexplained()
    .absent(Message::new("absent-none"))
    .range(
        ["lead_time", "lead_low", "lead_high"],
        Unit::Day,
        days(|(low, high)| 0.5 * (low + high)),
        days(|days| days.0),
        days(|days| days.1),
    )
    .unexplained()
    .absent(Message::new("absent-none"))
    .words("became", all.iter().map(became))
    .note(Message::new("note-import-suppliers"));
    let unread = rows(told, all.iter().filter(|v| v.lead == Lead::Unread).map(|v| (v.table, v.row)));
    let table = match unread.is_empty() {
        true => table,
        false => table.note(Message::new("note-import-times").text("rows", unread)),
    };
    Ok(Some(table.build()?))
}

/// What to ask first: the figure of which parts would narrow the answers most.
fn questions(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let Some(all) = told.asked.filter(|all| !all.is_empty()) else { return Ok(None) };
    let what = |a: &Asked| {
        let basis = told.parts[a.part].stand_in.as_ref().map(|found| found.basis);
        let word = match basis {
            _ if told.parts[a.part].told() > 0 => "import-ask-rest",
            Some(Basis::Scaled | Basis::Energy | Basis::Pack | Basis::Piece) => "import-ask-inside",
            Some(Basis::Usual) => "import-ask-mass",
            _ => "import-ask-quantity",
        };
        Some(word.to_owned())
    };
    let table = Answered::builder(
        "questions",
        Message::new("table-import-questions"),
        all.iter().map(|a| told.parts[a.part].id.clone()),
    )
    .text("part", all.iter().map(|a| told.called(a.part).to_owned()))
    .header(Message::new("col-bom-part"))
    .words("what", all.iter().map(what))
    .header(Message::new("col-import-ask"))
    .number("mean", Unit::Fraction, all.iter().map(|a| a.mean))
    .unexplained()
    .bar()
    .number("most", Unit::Fraction, all.iter().map(|a| a.most.0))
    .unexplained()
    .names("headline", all.iter().map(|a| a.most.1.clone()))
    .note(Message::new("note-import-questions"))
    .build()?;
    Ok(Some(table))
}

/// What suppliers say of what is in their parts, and what became of each line.
fn inside(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let all = told.contents;
    if all.is_empty() {
        return Ok(None);
    }
    let makes =
        |part: usize, item: &str| told.parts[part].inside.iter().any(|i| i.item == item && i.own.is_some());
    let listed: BTreeSet<(usize, String)> =
        told.vendors.iter().filter_map(|v| Some((v.part?, normal(v.supplier)))).collect();
    let barred: BTreeSet<(usize, String)> = told
        .vendors
        .iter()
        .filter(|v| v.barred)
        .filter_map(|v| Some((v.part?, normal(v.supplier))))
        .collect();
    let is_listed =
        |part: usize, supplier: &str| supplier.is_empty() || listed.contains(&(part, normal(supplier)));
    let became = |c: &Content<'_>| {
        let word = match (c.part, c.told) {
            (None, _) => "import-no-part",
            (Some(part), _) if !told.bom.parts[part].children.is_empty() => "import-inside-assembly",
            _ if c.input.is_empty() => "import-no-input",
            (_, Some(Amount::OtherUnit)) => "import-other-unit",
            (Some(part), _) if !is_listed(part, c.supplier) => "import-inside-stranger",
            _ if c.maker.is_empty() => "import-inside",
            _ if c.country.is_none() => "import-inside-nowhere",
            (Some(part), _) if barred.contains(&(part, normal(c.supplier))) => "import-inside-barred",
            (Some(part), _) if makes(part, c.input) => "import-inside-lane",
            _ => "import-inside-unknown",
        };
        Some(word.to_owned())
    };
    let company = |c: &Content<'_>| {
        let is_new = matches!((c.part, c.made_in()), (Some(part), Some(_)) if makes(part, c.input));
        c.company.known.clone().or_else(|| (!is_new).then(String::new))
    };
    let items = told.atlas.sheet("items");
    let unit = |c: &Content<'_>| {
        let unit = items.find(c.input).map_or("", |row| items.text(row, "unit"));
        if unit == "kg" { Unit::Kg } else { Unit::Piece }
    };
    let amount = |c: &Content<'_>| match c.told {
        Some(Amount::Told(amount)) => Some(amount),
        _ => None,
    };
    let table = Answered::builder(
        "contents",
        Message::new("table-import-contents"),
        all.iter().map(|c| format!("{}:{}", c.table + 1, c.row)),
    )
    .text("part", all.iter().map(|c| c.typed.to_owned()))
    .header(Message::new("col-bom-part"))
    .text("supplier", all.iter().map(|c| c.supplier.to_owned()))
    .names("item", all.iter().map(|c| c.input.to_owned()))
    .number_by_row("amount", all.iter().map(unit), all.iter().map(amount))
    .header(Message::new("col-import-amount"))
    .unexplained()
    .absent(Message::new("absent-none"))
    .text("maker", all.iter().map(|c| c.maker.to_owned()))
    .header(Message::new("col-import-maker"))
    .names("country", all.iter().map(|c| c.country.clone().unwrap_or_else(|| c.place.to_owned())))
    .names("company", all.iter().map(company))
    .header(Message::new("col-import-company"))
    .absent(Message::new("import-new-company"))
    .names("runner_up", all.iter().map(|c| c.company.near.clone().unwrap_or_default()))
    .words("became", all.iter().map(became))
    .note(Message::new("note-import-contents"))
    .build()?;
    Ok(Some(table))
}

/// What is in stock of each part, how many products it is enough for, the scarcest first.
fn held(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    if told.stock.is_empty() {
        return Ok(None);
    }
    let needs = told.needs;
    let enough = |part: usize, held: Option<f64>| held.filter(|_| needs[part] > 0.0).map(|h| h / needs[part]);
    let mut all: Vec<(usize, Amounts)> = amounts(told.stock).into_iter().collect();
    let rank = |(part, held): &(usize, Amounts)| enough(*part, held.on_hand).unwrap_or(f64::INFINITY);
    all.sort_by(|a, b| rank(a).total_cmp(&rank(b)).then(a.0.cmp(&b.0)));
    let lost = told.stock.iter().filter(|s| s.part.is_none());
    let lost: Vec<&str> = lost.map(|s| s.typed).collect();
    let table = Answered::builder(
        "stock",
        Message::new("table-import-stock"),
        all.iter().map(|(p, _)| told.parts[*p].id.clone()),
    )
    .text("part", all.iter().map(|(p, _)| told.called(*p).to_owned()))
    .header(Message::new("col-bom-part"))
    .number("on_hand", Unit::None, all.iter().map(|(_, held)| held.on_hand))
    .unexplained()
    .absent(Message::new("absent-none"))
    .number("on_order", Unit::None, all.iter().map(|(_, held)| held.on_order))
    .unexplained()
    .absent(Message::new("absent-none"))
    .number("in_transit", Unit::None, all.iter().map(|(_, held)| held.in_transit))
    .unexplained()
    .absent(Message::new("absent-none"))
    .number("enough_for", Unit::None, all.iter().map(|(p, held)| enough(*p, held.on_hand)))
    .unexplained()
    .absent(Message::new("absent-none"))
    .note(Message::new("note-import-stock"));
    let table = match lost.is_empty() {
        true => table,
        false => table.note(Message::new("note-import-stock-lost").text("parts", lost.join(", "))),
    };
    Ok(Some(table.build()?))
}

/// What does not add up.
fn noticed(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let all = checks::all(told);
    if all.is_empty() {
        return Ok(None);
    }
    let table = Answered::builder(
        "noticed",
        Message::new("table-import-noticed"),
        (1..=all.len()).map(|n| n.to_string()),
    )
    .words("what", all.iter().map(|a| a.0.to_owned()))
    .header(Message::new("col-noticed"))
    .text("rows", all.iter().map(|a| a.1.clone()))
    .text("part", all.iter().map(|a| a.2.clone()))
    .header(Message::new("col-bom-part"))
    .build()?;
    Ok(Some(table))
}

/// Tables that were not read as parts.
fn others(told: &Told<'_, '_>) -> Result<Option<Answered>, TableError> {
    let unread = |t: &&Table| matches!(t.kind, Kind::Skip);
    let all: Vec<&Table> = told.tables.iter().filter(unread).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let why = |t: &&Table| {
        let why = match (t.kind, t.skipped) {
            (_, Some(Skipped::NoNames)) => "import-no-names",
            (_, Some(Skipped::Empty)) => "import-empty",
            (_, Some(Skipped::Mapping)) => "import-by-mapping",
            _ => "import-no-quantities",
        };
        Some(why.to_owned())
    };
    let headers = |t: &&Table| t.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ");
    let table = Answered::builder(
        "others",
        Message::new("table-import-others"),
        (1..=all.len()).map(|n| n.to_string()),
    )
    .text("where", all.iter().map(|t| place(told, t)))
    .words("why_not", all.iter().map(why))
    .text("headers", all.iter().map(headers))
    .build()?;
    Ok(Some(table))
}

/// What each column was taken for.
fn reading(told: &Told<'_, '_>) -> Result<Answered, TableError> {
    let tables = told.tables.iter().enumerate().filter(|(_, t)| t.kind != Kind::Skip);
    // Of the columns that the program itself put there only that of the user's corrections tells anything.
    let told_of = |c: &&Column| !ours::is_header(&c.header) || matches!(c.role, Role::Item | Role::Company);
    let all: Vec<_> =
        tables.flat_map(|(at, t)| t.columns.iter().filter(told_of).map(move |c| (at, t, c))).collect();
    let why = |reason: &Reason| match reason {
        Reason::Header(word) => word.clone(),
        Reason::Cells(part) => format!("{:.0} %", part * 100.0),
        Reason::Second => "2".to_owned(),
        Reason::Mapping => "=".to_owned(),
        Reason::Unknown => String::new(),
    };
    Answered::builder(
        "reading",
        Message::new("table-import-reading"),
        all.iter().map(|(at, _, c)| format!("{}:{}", at + 1, letters(c.at))),
    )
    .text("where", all.iter().map(|(_, t, _)| place(told, t)))
    .text("column", all.iter().map(|(_, _, c)| letters(c.at)))
    .text("header", all.iter().map(|(_, _, c)| c.header.clone()))
    .words("role", all.iter().map(|(_, _, c)| Some(format!("role-{}", c.role.name().replace('_', "-")))))
    .number("score", Unit::None, all.iter().map(|(_, _, c)| Some(c.score)))
    .unexplained()
    .text("why", all.iter().map(|(_, _, c)| why(&c.reason)))
    .note(Message::new("note-import-reading"))
    .build()
}

/// What a part is taken for, as the user may say it: an item, `-` where he said that it is none, nothing where it is unknown.
pub(crate) fn item<'t>(told: &Told<'t, '_>, part: usize) -> &'t str {
    match told.known[part].item.as_deref() {
        None if !told.matches[part].overridden => "",
        item => written(item),
    }
}

/// Which item each part is taken for, as a table that can be corrected and given back.
pub(crate) fn matches(told: &Told<'_, '_>) -> Vec<u8> {
    let mut rows: Vec<(String, usize)> = vec![];
    let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, part) in told.bom.parts.iter().enumerate().filter(|(_, p)| p.children.is_empty()) {
        let Some(line) = part.lines.first().map(|l| &told.lines.lines[*l]) else { continue };
        let mut details = vec![];
        let described = described(line, &mut details);
        let words: Vec<&str> =
            std::iter::once(described.name).chain(described.details.iter().copied()).collect();
        let words = words.join(" | ");
        let same = by_text.entry(key(&words)).or_default();
        if same.is_empty() {
            rows.push((words, at));
        }
        same.push(at);
    }
    let mut text = csv::Writer::from_writer(vec![]);
    // Writing to memory cannot fail.
    let _ = text.write_record(["text", "item"]);
    for (words, first) in rows {
        // Parts that only their numbers tell apart share a row: it says what the user said, or what is found for all.
        let same = by_text.get(&key(&words)).map_or(&[][..], Vec::as_slice);
        let said = same.iter().find(|p| told.matches[**p].overridden);
        let alike = same.iter().all(|p| item(told, *p) == item(told, first));
        let item = said.or(Some(&first).filter(|_| alike)).map_or("", |p| item(told, *p));
        let _ = text.write_record([words.as_str(), item]);
    }
    text.into_inner().unwrap_or_default()
}
