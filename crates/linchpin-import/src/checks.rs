//! What does not add up in a product that was read: lines against each other, and masses against what can be.

mod lists;

use crate::answered::{percent, rounded};
use crate::archetype::Quantity;
use crate::bom::{Child, Line, Note, Stated, UNCOUNTED, normal};
use crate::column::Role;
use crate::cost;
use crate::cost::offers::worth;
use crate::cost::quoted::Quoted;
use crate::left_out::{LeftOut, is_timed, undated};
use crate::overlay::units;
use crate::points::Meant;
use crate::price::{Currency, Price};
use crate::quantity::{Unit, quantity};
use crate::report::{Told, cell, place, rows};
use crate::sheet::Row;
use crate::stand_in::StandIns;
use crate::table::{Kind, RowKind, Table};
use crate::vendors::{Vendor, barred, rests, suppliers};
use linchpin::slips::{near, slips};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What it is, the rows that say so, and the part with the numbers.
pub(crate) type Noticed = (&'static str, String, String);

/// How much the parts of one kind differ in mass at least. The widest kind of the atlas, strain-wave reducers, spans 25; a
/// kind that the atlas knows by one item or two is no narrower for it.
const SPAN: f64 = 25.0;
/// How far beyond the span of its kind a mass is odd. Grams for kilograms is a thousand, of which `1000 / SPAN` = 40 are
/// left for the lightest of a kind: a factor below that finds every such slip within a kind, and a large one leaves alone
/// what is only larger or smaller than robots need.
const ODD: f64 = 30.0;
/// Kinds that hold anything from a lead of some grams to all the cables of a robot.
const ANY_SIZE: [&str; 1] = ["wiring_harness"];
/// Kilograms in a cubic millimetre of steel, of which heavy parts are.
const STEEL: f64 = 7.85e-6;
/// A part fills at least this part of a cube as long as it is.
const FILLS: f64 = 0.01;
/// Newton metres for a kilogram of a motor, reducer or actuator, toys and the best included.
const TORQUE_DENSITY: (f64, f64) = (5.0, 300.0);
/// Kilograms in one product beyond which nobody means one part.
const TONNE: f64 = 1000.0;
/// So many parts that weigh most are named.
const NAMED: usize = 3;
/// What rounding may add.
const ROUNDING: f64 = 1.001;
/// Part of an assembly's mass that glue, wires and rounding do not explain where its parts come to less.
const ROUNDED_DOWN: f64 = 0.95;
/// Shares of one part up to which rounding explains what is more than the whole: three times 33.4 %.
const WHOLE: f64 = 1.01;
/// Shares of one part below which rounding does not explain what is missing: three times 33 %.
const MISSING: f64 = 0.99 - 1e-9;

/// All that does not add up.
pub(crate) fn all(told: &Told<'_, '_>) -> Vec<Noticed> {
    let mut all = twice(told);
    all.extend(tree(told));
    lines(told, &mut all);
    shares(told, &mut all);
    unread(told, &mut all);
    all.extend(told.differs.iter().map(|differs| {
        let cells = differs.cells.iter().map(|(table, row, role)| cell(told, *table, *row, *role));
        (differs.what, cells.collect::<Vec<_>>().join(", "), differs.text.clone())
    }));
    lists::all(told, &mut all);
    misspelt(told, &mut all);
    left_out(told, &mut all);
    all.extend(cost::report::noticed(told));
    let totals = told.totals;
    let weighed: f64 = (0..totals.len())
        .filter_map(|p| {
            told.known[p].mass.filter(|_| told.bom.parts[p].children.is_empty()).map(|m| m * totals[p])
        })
        .sum();
    let too_heavy = told.product.mass.filter(|m| weighed > ROUNDING * m);
    if let Some(mass) = too_heavy {
        all.push(("import-too-heavy", String::new(), format!("{weighed:.2} kg > {mass:.2} kg")));
    }
    let weights = Weights::new(told);
    weights.parts(&mut all);
    if let Some(mass) = told.product.mass {
        if too_heavy.is_none() {
            weights.product(mass, &mut all);
        }
        weights.elements(mass, &mut all);
    }
    all
}

/// Tables that hold the same as one above in another file: who gives a list twice has twice of all.
fn twice(told: &Told<'_, '_>) -> Vec<Noticed> {
    let name = |table: &Table| (&told.files[table.sheet], &told.sheets[table.sheet].name);
    // Two sheets of one workbook that are alike may be two arms.
    let apart =
        |a: &Table, b: &Table| a.sheet != b.sheet && (name(a).0 != name(b).0 || name(a).1 == name(b).1);
    let read: Vec<&Table> = told.tables.iter().filter(|t| t.kind != Kind::Skip).collect();
    let mut all = vec![];
    for (at, table) in read.iter().enumerate() {
        let same = |before: &&&Table| {
            before.kind == table.kind && apart(before, table) && said(told, before).eq(said(told, table))
        };
        if let Some(before) = read[..at].iter().find(same) {
            all.push(("import-same-list", place(told, table), format!("= {}", place(told, before))));
        }
    }
    all
}

/// What the lines of a table say, without what is not read and what an import put beside it.
fn said<'t>(told: &'t Told<'_, '_>, table: &'t Table) -> impl Iterator<Item = (Role, &'t str)> {
    let sheet = &told.sheets[table.sheet];
    let rows = table.rows.clone().filter_map(|at| sheet.row(at));
    let lines = rows.filter(|row| table.row_kind(sheet, *row) == RowKind::Line);
    let read =
        table.columns.iter().filter(|c| !matches!(c.role, Role::Ignore | Role::Item)).collect::<Vec<_>>();
    lines.flat_map(move |row| {
        let cells: Vec<_> = read.iter().map(|c| (c.role, row.cell(c.at).trim())).collect();
        cells
    })
}

/// What was noticed when the tree was put together.
fn tree(told: &Told<'_, '_>) -> Vec<Noticed> {
    let mut all: Vec<Noticed> = vec![];
    for note in &told.bom.notes {
        let (what, line, part) = match note {
            Note::Differs { line } => ("import-differs", Some(*line), None),
            Note::Orphan { line } => ("import-orphan", Some(*line), None),
            Note::Units { part } => {
                ("import-units", told.bom.parts[*part].lines.first().copied(), Some(*part))
            }
        };
        let row = rows(told, line.map(|l| (told.lines.lines[l].table, told.lines.lines[l].row)));
        let title =
            line.map(|l| told.lines.lines[l].title()).or(part.map(|p| told.bom.title(p, &told.lines.lines)));
        all.push((what, row, title.unwrap_or_default().to_owned()));
    }
    all
}

/// Quantities that are missing, and prices that do not come to what is stated.
fn lines(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    for (line, part) in told.lines.lines.iter().map(|l| (l, l.title())) {
        let row = || rows(told, [(line.table, line.row)]);
        if line.quantity.is_none() {
            all.push(("import-uncounted", row(), part.to_owned()));
        }
        let Some((price, total)) = line.price.as_ref().zip(line.total.as_deref()) else { continue };
        let Some((unit, stated, slack)) = same_money(told, price, total) else { continue };
        // The price of the line may be of all of a group, of which this one is used now and then.
        let typed = line.quantity.iter().flat_map(|q| [q.amount, q.amount / line.part_of]);
        let counts = typed.chain(line.whole);
        let sums: Vec<f64> = counts.map(|count| unit * count).collect();
        let differs = |sum: &f64| (sum - stated).abs() > slack * stated.abs().max(1.0);
        if let Some(sum) = sums.last().filter(|_| sums.iter().all(differs)) {
            all.push(("import-line-total", row(), format!("{part}: {sum:.2} ≠ {stated:.2}")));
        }
    }
    fractions(told, all);
    moneys(told, all);
    let parents = parents(told);
    whole(told, &parents, all);
    for stated in &told.lines.totals {
        let Some(total) = &stated.total else { continue };
        let mut read: Vec<(Sums<'_, '_>, f64)> = vec![];
        for from in starts(told, stated, &parents) {
            let sums = Sums::new(told, stated, from, total);
            let sum = sums.sum();
            read.push((sums, sum));
        }
        if read.iter().any(|(sums, tree)| sums.without.is_empty() && sums.is_total(*tree)) {
            continue;
        }
        let off = |(sums, tree): &(Sums<'_, '_>, f64)| (tree - sums.total).abs();
        let checked = read.iter().filter(|(sums, _)| sums.without.is_empty());
        let as_they_stand = checked.clone().find(|(sums, _)| sums.is_total(sums.flat()));
        let nearest = checked.min_by(|a, b| off(a).total_cmp(&off(b)));
        let row = rows(told, [(stated.table, stated.row)]);
        if let Some((sums, tree)) = as_they_stand.or(nearest) {
            let what = if as_they_stand.is_some() { "import-total-flat" } else { "import-total" };
            all.push((what, row, format!("{}: {tree:.2}{}", stated.text, sums.money())));
        } else {
            let codes: BTreeSet<&str> =
                read.iter().flat_map(|(sums, _)| sums.without.iter().copied()).collect();
            let codes: Vec<&str> = codes.into_iter().collect();
            all.push(("import-total-unchecked", row, format!("{}: {}", stated.text, codes.join(", "))));
        }
    }
}

/// How far a rate of exchange of the user's may stand from the one that is used.
const RATE: f64 = 0.1;

/// Two prices in one money, and how far they may differ; `None` where nobody says what one of them is worth.
fn same_money(told: &Told<'_, '_>, a: &Price, b: &Price) -> Option<(f64, f64, f64)> {
    if a.currency == b.currency || a.currency.is_none() || b.currency.is_none() {
        return Some((a.range.1, b.range.1, 0.01));
    }
    let usd = |p: &Price| Some(worth(p.currency, told.rates, told.product.chinese).ok()?.usd(p.range.1));
    Some((usd(a)?, usd(b)?, RATE))
}

/// Parts of pieces, in lists and in stock: nobody has 6.72 cells, unless the list itself asks for parts of one.
fn fractions(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let is_part = |amount: f64| (amount - amount.round()).abs() > 1e-6;
    let mut parts = BTreeSet::new();
    for (part, lines) in told.bom.parts.iter().enumerate() {
        for line in lines.lines.iter().map(|l| &told.lines.lines[*l]) {
            let Some(quantity) = line.quantity.as_ref().filter(|q| q.unit == Unit::Piece) else {
                parts.insert(part);
                continue;
            };
            if is_part(quantity.amount) {
                parts.insert(part);
                // What is for several, or one of a group, is no slip.
                if !is_part(quantity.amount / line.part_of) {
                    continue;
                }
                let text = format!("{}: {}", line.title(), quantity.amount);
                all.push(("import-fraction", cell(told, line.table, line.row, Role::Quantity), text));
            }
        }
    }
    for stock in told.stock.iter().filter(|s| s.part.is_some_and(|part| !parts.contains(&part))) {
        let amounts = [
            (Role::OnHand, stock.on_hand),
            (Role::OnOrder, stock.on_order),
            (Role::InTransit, stock.in_transit),
        ];
        for (role, amount) in amounts {
            if let Some(amount) = amount.filter(|amount| is_part(*amount)) {
                let text = format!("{}: {amount}", stock.typed);
                all.push(("import-fraction", cell(told, stock.table, stock.row, role), text));
            }
        }
    }
}

/// One price in two moneys that are not the same, and columns in which a point was taken to part thousands.
fn moneys(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    for (number, table) in told.tables.iter().enumerate().filter(|(_, t)| t.kind != Kind::Skip) {
        for pointed in table.points.iter().filter(|p| !p.settled) {
            let example = &pointed.example;
            let (what, read) = match pointed.meant {
                Meant::Thousands => ("import-thousands", example.replace('.', "")),
                Meant::Decimals => {
                    ("import-decimals", quantity(example).map_or(0.0, |q| q.amount).to_string())
                }
            };
            let place = cell(told, number, pointed.row, pointed.role);
            all.push((what, place, format!("{example} → {read}")));
        }
        if table.columns.iter().filter(|c| c.role == Role::Price).count() < 2 {
            continue;
        }
        let sheet = &told.sheets[table.sheet];
        let quoted = Quoted::of(sheet, table, None);
        let rows = table.rows.clone().filter_map(|at| sheet.row(at));
        for row in rows.filter(|row| table.row_kind(sheet, *row) == RowKind::Line) {
            let prices = quoted.of_one(table, row);
            let [first, second, ..] = prices.as_slice() else { continue };
            let Some((a, b, slack)) = same_money(told, first, second) else { continue };
            if (a - b).abs() > slack * a.max(b) {
                let text = format!("{a:.2} ≠ {b:.2} USD");
                all.push(("import-two-moneys", cell(told, number, row.number(), Role::Price), text));
            }
        }
    }
}

/// The parts that each line goes into: one, or, for a line of an assembly that is listed in full once more, all of which
/// its part is one.
type Parents = BTreeMap<usize, Vec<usize>>;

fn parents(told: &Told<'_, '_>) -> Parents {
    let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut parents = Parents::new();
    for (at, part) in told.bom.parts.iter().enumerate() {
        for child in &part.children {
            parents.insert(child.line, vec![at]);
            into.entry(child.part).or_default().push(at);
        }
    }
    let roots: BTreeSet<usize> = told.bom.roots.iter().map(|root| root.line).collect();
    for (at, part) in told.bom.parts.iter().enumerate() {
        for line in part.lines.iter().filter(|line| !roots.contains(line)) {
            let again = || into.get(&at).cloned().unwrap_or_default();
            parents.entry(*line).or_insert_with(again);
        }
    }
    parents
}

/// The line of the assembly that a line stands below.
fn above(told: &Told<'_, '_>, parents: &Parents, at: usize) -> Option<usize> {
    let (lines, line) = (&told.lines.lines, &told.lines.lines[at]);
    let is_above = |other: &&usize| lines[**other].table == line.table && lines[**other].row < line.row;
    let assemblies = parents.get(&at)?.iter();
    assemblies.flat_map(|part| &told.bom.parts[*part].lines).filter(is_above).max().copied()
}

/// Quantities of the whole product that are stated beside lines, against those of the tree: of all of a part, or of what
/// stands in that place.
fn whole(told: &Told<'_, '_>, parents: &Parents, all: &mut Vec<Noticed>) {
    let lines = &told.lines.lines;
    for (part, at) in
        told.bom.parts.iter().enumerate().flat_map(|(p, part)| part.lines.iter().map(move |l| (p, *l)))
    {
        let Some(stated) = lines[at].whole else { continue };
        let chain = std::iter::successors(Some(at), |at| above(told, parents, *at));
        let amount = |at: usize| lines[at].quantity.as_ref().map_or(1.0, |q| q.amount);
        let here: f64 = chain.clone().map(amount).product();
        // It may hold what is lost on the way.
        let need: f64 = chain.map(|at| amount(at) * lines[at].bought).product();
        let known = [here, need, told.totals[part], told.needs[part]];
        let is_same = |tree: &f64| (tree - stated).abs() <= 1e-3 * tree.abs().max(stated.abs());
        if !known.iter().any(is_same) {
            let place = cell(told, lines[at].table, lines[at].row, Role::TotalQuantity);
            let text = format!("{}: {} ≠ {}", lines[at].title(), rounded(here), rounded(stated));
            all.push(("import-total-quantity", place, text));
        }
    }
}

/// The rows from which lines may count in a sum: those below the sum before it, below the heading, of each assembly
/// above, with it and without it, and of the whole table.
fn starts(told: &Told<'_, '_>, stated: &Stated, parents: &Parents) -> Vec<u32> {
    let lines = &told.lines.lines;
    let is_above = |table: usize, row: u32| table == stated.table && row < stated.row;
    let before = told.lines.totals.iter().rev().find(|t| is_above(t.table, t.row)).map_or(0, |t| t.row);
    let mut starts = vec![before];
    let mut here = lines.iter().enumerate().filter(|(_, l)| is_above(l.table, l.row)).rev().peekable();
    let mut last = here.peek().map(|(at, _)| *at);
    if let Some(heading) = last.map(|at| lines[at].heading) {
        starts.extend(here.take_while(|(_, l)| l.heading == heading).last().map(|(_, l)| l.row));
    }
    while let Some(at) = last.and_then(|at| above(told, parents, at)) {
        starts.extend([lines[at].row, lines[at].row + 1]);
        last = Some(at);
    }
    starts.push(0);
    starts
}

/// What the lines above a stated total come to, in its own money, or in dollars where they are in more than one.
struct Sums<'t, 's> {
    told: &'t Told<'t, 's>,
    table: usize,
    /// The first row that may count, and the one before which all stand.
    rows: Range<u32>,
    total: f64,
    /// Whether amounts are converted to dollars.
    converted: bool,
    /// Currencies without a rate, where they are converted.
    without: BTreeSet<&'static str>,
}

impl<'t, 's> Sums<'t, 's> {
    fn new(told: &'t Told<'t, 's>, stated: &Stated, from: u32, total: &Price) -> Sums<'t, 's> {
        let (table, rows, without) = (stated.table, from..stated.row, BTreeSet::new());
        let mut sums = Sums { told, table, rows, total: 0.0, converted: false, without };
        let here = told.lines.lines.iter().filter(|l| sums.has(l));
        let prices: Vec<&Price> = here.filter_map(|l| l.total.as_deref().or(l.price.as_ref())).collect();
        let moneys: BTreeSet<Currency> =
            prices.iter().copied().chain([total]).filter_map(|p| p.currency).collect();
        sums.converted = moneys.len() > 1;
        if sums.converted {
            let worth = |money| worth(Some(money), told.rates, told.product.chinese);
            sums.without = moneys.into_iter().filter_map(|money| worth(money).err()).collect();
        }
        sums.total = sums.amount(total);
        sums
    }

    fn has(&self, line: &Line<'_>) -> bool {
        line.table == self.table && self.rows.contains(&line.row)
    }

    fn is_total(&self, sum: f64) -> bool {
        (sum - self.total).abs() <= 0.01 * self.total.abs().max(1.0)
    }

    /// The money in which sums are told, where it is not that of the lines.
    fn money(&self) -> &'static str {
        if self.converted { " USD" } else { "" }
    }

    /// A price as a number; one in no money that is said is taken to be in dollars where others are converted.
    fn amount(&self, price: &Price) -> f64 {
        let most = price.range.1;
        let worth = worth(price.currency, self.told.rates, self.told.product.chinese);
        worth.ok().filter(|_| self.converted).map_or(most, |worth| worth.usd(most))
    }

    /// What a line costs as it stands.
    fn of_line(&self, line: &Line<'_>) -> Option<f64> {
        let each = line.price.as_ref().zip(line.whole.or(line.quantity.as_ref().map(|q| q.amount)));
        let each = each.map(|(p, count)| self.amount(p) * count);
        line.total.as_ref().map(|t| self.amount(t)).or(each)
    }

    /// What they come to: as they stand where lines tell how many are in the whole product, else by the tree.
    fn sum(&self) -> f64 {
        let whole = self.told.lines.lines.iter().any(|l| self.has(l) && l.whole.is_some());
        if whole { self.flat() } else { self.by_tree() }
    }

    /// All lines as they stand.
    fn flat(&self) -> f64 {
        self.told.lines.lines.iter().filter(|l| self.has(l)).filter_map(|l| self.of_line(l)).sum()
    }

    /// All lines by the tree: what goes into another line counts in that one, as often as that is used.
    fn by_tree(&self) -> f64 {
        let (bom, lines) = (self.told.bom, &self.told.lines.lines);
        let is_here = |part: usize| bom.parts[part].lines.iter().any(|l| self.has(&lines[*l]));
        // What goes into one of each part, if some of it has a price.
        let mut inside: Vec<Option<f64>> = vec![None; bom.parts.len()];
        let of_child = |child: &Child, inside: &[Option<f64>]| match inside[child.part] {
            Some(one) => Some(one * child.amount),
            None => self.of_line(&lines[child.line]).filter(|_| self.has(&lines[child.line])),
        };
        let (order, product) = (bom.order(), bom.product.filter(|p| is_here(*p)));
        for part in order.into_iter().chain(product) {
            if !self.told.costs.bought[part] && is_here(part) {
                let children = bom.parts[part].children.iter();
                inside[part] = children.filter_map(|c| of_child(c, &inside)).reduce(|a, b| a + b);
            }
        }
        if let Some(product) = product {
            let line = bom.parts[product].lines.first().and_then(|l| self.of_line(&lines[*l]));
            return inside[product].or(line).unwrap_or(0.0);
        }
        // Those that go into no other line of the table.
        let parts = bom.parts.iter().enumerate().filter(|(at, _)| !is_here(*at));
        let below =
            parts.filter(|(at, _)| bom.product.is_none_or(|p| p != *at)).flat_map(|(_, p)| &p.children);
        let tops = bom.roots.iter().chain(below).filter(|c| self.has(&lines[c.line]));
        tops.filter_map(|c| of_child(c, &inside)).sum()
    }
}

/// Stock that is no amount, suppliers and makers in no country of the atlas, and suppliers who are not said to be qualified.
fn unread(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    for (stock, typed) in told.stock.iter().filter_map(|s| Some((s, s.unread?))) {
        let place = cell(told, stock.table, stock.row, Role::OnHand);
        all.push(("import-stock-unread", place, format!("{} · {typed}", stock.typed)));
    }
    for (stock, held) in told.stock.iter().filter_map(|s| Some((s, s.held?))) {
        let place = cell(told, stock.table, stock.row, Role::OnHand);
        let free = rounded(stock.on_hand.unwrap_or(0.0));
        all.push(("import-stock-not-free", place, format!("{}: {} → {free}", stock.typed, rounded(held))));
    }
    let of_stock = told.stock.iter().map(|s| (s.table, s.row, s.typed, &s.other));
    let of_vendors = told.vendors.iter().map(|v| (v.table, v.row, v.typed, &v.other));
    for (table, row, typed, other) in of_stock.chain(of_vendors) {
        for (role, said) in other {
            all.push(("import-unit-other", cell(told, table, row, *role), format!("{typed} · {said}")));
        }
    }
    let nowhere = |v: &&Vendor<'_>| v.part.is_some() && v.country.is_none() && !v.place.is_empty();
    for vendor in told.vendors.iter().filter(nowhere) {
        let near = near(told.atlas, "countries", vendor.place).join(", ");
        let place = cell(told, vendor.table, vendor.row, Role::Country);
        all.push(("import-country-unread", place, format!("{} → {near}?", vendor.place)));
    }
    for content in told.contents.iter().filter(|c| c.is_nowhere()) {
        let place = cell(told, content.table, content.row, Role::Country);
        let near = || near(told.atlas, "countries", content.place).join(", ");
        let (what, typed) = match content.place {
            "" => ("import-maker-nowhere", String::new()),
            typed => ("import-country-unread", format!(": {typed} → {}?", near())),
        };
        all.push((what, place, format!("{}, {}{typed}", content.typed, content.maker)));
    }
    for vendor in told.vendors.iter().filter(|v| v.part.is_some() && !v.doubt.is_empty()) {
        let place = cell(told, vendor.table, vendor.row, Role::Qualified);
        all.push(("import-doubt", place, format!("{}, {}: {}", vendor.typed, vendor.supplier, vendor.doubt)));
    }
}

/// Lines that do not count, by why, and cells that should tell from when or until when one does.
fn left_out(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    for (number, table) in told.tables.iter().enumerate() {
        let sheet = &told.sheets[table.sheet];
        let mut by_reason: BTreeMap<LeftOut, Vec<Row<'_>>> = BTreeMap::new();
        for (at, reason) in &table.left_out {
            by_reason.entry(*reason).or_default().extend(sheet.row(*at));
        }
        for (reason, rows_of) in by_reason {
            let named = |row: &Row<'_>| {
                let texts = [Role::Number, Role::Name].map(|role| table.text(*row, role).trim().to_owned());
                texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
            };
            let place = rows(told, rows_of.iter().map(|row| (number, row.number())));
            all.push((reason.word(), place, rows_of.iter().map(named).collect::<Vec<_>>().join("; ")));
        }
        let timed = table.rows.clone().filter(|_| is_timed(table.kind)).filter_map(|at| sheet.row(at));
        for row in timed.filter(|row| table.row_kind(sheet, *row) == RowKind::Line) {
            for (role, text) in undated(table, row) {
                all.push(("import-undated", cell(told, number, row.number(), role), text.to_owned()));
            }
        }
    }
}

/// Rows of other lists that name no part are compared with the parts up to so many; each is told in its own table anyway.
const COMPARED: usize = 200;

/// Lines of other lists whose part is none, where a slip of the hand explains it, one letter in four or more, or whose
/// name is that of a part with another number.
fn misspelt(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let vendors = told.vendors.iter().map(|v| (v.table, v.row, v.part, v.typed));
    let contents = told.contents.iter().map(|c| (c.table, c.row, c.part, c.typed));
    let stock = told.stock.iter().map(|s| (s.table, s.row, s.part, s.typed));
    let lost = vendors
        .chain(contents)
        .chain(stock)
        .filter(|(_, _, part, typed)| part.is_none() && !typed.is_empty());
    let lost: Vec<_> = lost.take(COMPARED).collect();
    if lost.is_empty() {
        return;
    }
    let names = told.lines.lines.iter().flat_map(|line| [line.number, line.name.trim()]);
    let names: BTreeMap<String, &str> = names.filter(|n| !n.is_empty()).map(|n| (normal(n), n)).collect();
    let numbered = told.lines.lines.iter().filter(|line| !line.number.is_empty());
    let numbers: BTreeMap<String, &str> = numbered.map(|line| (normal(line.name), line.number)).collect();
    for (table, row, _, typed) in lost {
        let (said, letters) = (normal(typed), |text: &str| text.chars().count());
        let most = letters(&said) / 4;
        let near = names.iter().filter(|(name, _)| letters(name).abs_diff(letters(&said)) <= most);
        let near = near.map(|(name, typed)| (slips(&said, name), *typed)).filter(|(slips, _)| *slips <= most);
        // Of another number, but of the name of a part.
        let sheet = &told.sheets[told.tables[table].sheet];
        let name = sheet.rows().find(|r| r.number() == row).map(|r| told.tables[table].text(r, Role::Name));
        let called = || numbers.get(&normal(name?)).copied();
        if let Some(meant) = near.min().map(|(_, meant)| meant).or_else(called) {
            all.push(("import-part-near", rows(told, [(table, row)]), format!("{typed} → {meant}?")));
        }
    }
}

/// Shares of supply that are none, and those of one part that are more than the whole, or less though all are told.
fn shares(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let of_vendors = told.vendors.iter().map(|v| (v.table, v.row, v.typed, v.supplier, v.no_share));
    let of_contents = told.contents.iter().map(|c| (c.table, c.row, c.typed, c.maker, c.no_share));
    for (table, row, part, who, typed) in of_vendors.chain(of_contents).filter(|s| !s.4.is_empty()) {
        let text = format!("{part}, {who}: {typed}");
        all.push(("import-share-unread", cell(told, table, row, Role::Share), text));
    }
    for (part, (rest, untold)) in rests(told.vendors).into_iter().filter(|(_, (_, untold))| untold.len() > 1)
    {
        let places = untold.iter().map(|v| cell(told, v.table, v.row, Role::Share));
        let names: Vec<&str> = untold.iter().map(|v| v.supplier).collect();
        let text = format!("{}: {} = {} ?", told.title(part), names.join(" + "), percent(rest));
        all.push(("import-share-rest", places.collect::<Vec<_>>().join(", "), text));
    }
    let all_of_them = suppliers(told.vendors);
    let barred = barred(&all_of_them);
    let mut by_part: BTreeMap<usize, Vec<&Vendor<'_>>> = BTreeMap::new();
    for vendor in all_of_them.into_iter().filter(|v| !v.barred) {
        vendor.part.into_iter().for_each(|part| by_part.entry(part).or_default().push(vendor));
    }
    for (part, vendors) in by_part {
        let split: Vec<_> = vendors.iter().filter_map(|v| Some((v, v.share?))).collect();
        let sum: f64 = split.iter().map(|s| s.1).sum();
        // Who is not qualified leaves his share to the others.
        let is_less = split.len() == vendors.len() && sum + barred.get(&part).unwrap_or(&0.0) < MISSING;
        let what = match sum > WHOLE {
            true => "import-shares-over",
            false if is_less => "import-shares-under",
            false => continue,
        };
        let places = split.iter().map(|(v, _)| cell(told, v.table, v.row, Role::Share));
        let each = split.iter().map(|(v, share)| format!("{} {}", v.supplier, percent(*share)));
        let each = each.collect::<Vec<_>>().join(" + ");
        let text = format!("{}: {each} = {}", told.title(part), percent(sum));
        all.push((what, places.collect::<Vec<_>>().join(", "), text));
    }
}

/// A mass for a person to read.
fn kg(mass: f64) -> String {
    let digits = if mass > 0.0 { (2.0 - mass.log10().floor()).clamp(0.0, 9.0) as usize } else { 0 };
    let text = format!("{mass:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A range of masses for a person to read.
fn range_of(low: f64, high: f64) -> String {
    let (low, high) = (kg(low), kg(high));
    if low == high { low } else { format!("{low}–{high}") }
}

/// Mass of one of an item and the elements in it, in kilograms.
struct Content<'a> {
    mass: f64,
    elements: BTreeMap<&'a str, f64>,
}

/// Kilograms at most of an element, or of all, and the parts that they are in.
#[derive(Clone, Default)]
struct Heavy {
    sum: f64,
    parts: Vec<(usize, f64)>,
}

impl Heavy {
    fn add(&mut self, part: usize, most: f64) {
        self.sum += most;
        self.parts.push((part, most));
    }
}

/// What each part weighs, at least and at most, as far as it is known.
struct Weights<'t, 's> {
    told: &'t Told<'t, 's>,
    /// Of the items that stand for parts.
    contents: BTreeMap<&'t str, Content<'t>>,
    /// Parts after what goes into them.
    order: Vec<usize>,
    units: Vec<&'static str>,
    /// Of what goes into one of each part; of a part that nothing goes into by what stands for it.
    inside: Vec<(f64, f64)>,
    /// Of one of each part: its own mass if somebody weighed it.
    each: Vec<(f64, f64)>,
}

impl<'t, 's> Weights<'t, 's> {
    fn new(told: &'t Told<'t, 's>) -> Weights<'t, 's> {
        let mut contents = BTreeMap::new();
        for found in told.parts.iter().filter_map(|p| p.stand_in.as_ref()) {
            contents.entry(found.item.as_str()).or_insert_with(|| content(told.stand_ins, &found.item));
        }
        let nothing = vec![(0.0, 0.0); told.bom.parts.len()];
        let (order, units) = (told.bom.order(), units(told.bom));
        let mut all = Weights { told, contents, order, units, inside: nothing.clone(), each: nothing };
        for at in 0..all.order.len() {
            let part = all.order[at];
            all.inside[part] = all.sum(part);
            all.each[part] = match (told.known[part].mass, all.units[part]) {
                (_, "kg") => (1.0, 1.0),
                (Some(mass), _) => (mass, mass),
                (None, _) => all.inside[part],
            };
        }
        all
    }

    fn sum(&self, part: usize) -> (f64, f64) {
        match &self.told.parts[part].stand_in {
            Some(found) => {
                let mass = self.contents.get(found.item.as_str()).map_or(0.0, |c| c.mass);
                (found.low * mass, found.high * mass)
            }
            None => self.of_all(&self.told.bom.parts[part].children),
        }
    }

    fn of_all(&self, children: &[Child]) -> (f64, f64) {
        children.iter().fold((0.0, 0.0), |(low, high), child| {
            let (least, most) = self.amount(child);
            let (light, heavy) = self.each[child.part];
            (low + least * light, high + most * heavy)
        })
    }

    /// How many, at least and at most, as the overlay has it.
    fn amount(&self, child: &Child) -> (f64, f64) {
        let least = self.told.lines.least(child);
        (least.min(child.amount), if child.counted { child.amount } else { UNCOUNTED * child.amount })
    }

    /// Parts of a mass that cannot be theirs.
    fn parts(&self, all: &mut Vec<Noticed>) {
        let mut usual: BTreeMap<&str, Option<(f64, f64)>> = BTreeMap::new();
        for part in (0..self.told.bom.parts.len()).filter(|p| self.told.bom.product != Some(*p)) {
            let (known, title) = (&self.told.known[part], self.told.title(part));
            let total = self.told.totals[part];
            let stated = if self.units[part] == "kg" { Some(1.0) } else { known.mass };
            let Some(mass) = stated else { continue };
            let together = mass * total;
            if together > TONNE && together.is_finite() {
                let text = format!("{title}: {} × {} kg = {} kg", total, kg(mass), kg(together));
                all.push(("import-tonne", self.told.rows(part), text));
            }
            if self.units[part] == "kg" {
                continue;
            }
            let inside = self.inside[part].0;
            if inside > ROUNDING * mass {
                let text = format!("{title}: {} kg > {} kg", kg(inside), kg(mass));
                all.push(("import-contents-heavy", self.told.rows(part), text));
            }
            let made = !self.told.bom.parts[part].children.is_empty();
            if let Some(less) = self.told_inside(part).filter(|less| *less < ROUNDED_DOWN * mass) {
                let text = format!("{title}: {} kg > {} kg", kg(mass), kg(less));
                all.push(("import-assembly-heavier", self.told.rows(part), text));
            }
            let Some(kind) = known.item.as_deref().filter(|k| !made && !ANY_SIZE.contains(k)) else {
                continue;
            };
            let range = usual.entry(kind).or_insert_with(|| self.told.stand_ins.masses(kind));
            let Some((light, heavy)) = *range else { continue };
            if is_odd(mass, (light, heavy)) && !self.explained(part, mass) {
                let text = format!("{title}: {} kg ≠ {} kg", kg(mass), range_of(light, heavy));
                all.push(("import-mass-odd", self.told.rows(part), text));
            }
        }
    }

    /// What all that goes into a part weighs, if it is told of each.
    fn told_inside(&self, part: usize) -> Option<f64> {
        let children = &self.told.bom.parts[part].children;
        let each = |child: &Child| {
            let mass =
                if self.units[child.part] == "kg" { Some(1.0) } else { self.told.known[child.part].mass };
            mass.map(|mass| mass * child.amount)
        };
        children.iter().map(each).sum::<Option<f64>>().filter(|_| !children.is_empty())
    }

    /// Whether a size in the text makes a mass likely that is far from the usual.
    fn explained(&self, part: usize, mass: f64) -> bool {
        let sizes = &self.told.matches[part].sizes;
        let of = |quantity| sizes.iter().filter(move |s| s.quantity == quantity).map(|s| s.value);
        let lines = &self.told.lines.lines;
        let weighed = self.told.bom.parts[part].lines.iter().any(|l| lines[*l].mass.is_some());
        // A second statement of it is one only where the first stands in a column of its own.
        let twice = weighed && of(Quantity::Mass).any(|m| (m / mass).ln().abs() < 0.1);
        let cube = of(Quantity::Length).fold(0.0, f64::max).powi(3) * STEEL;
        let filled = FILLS * cube <= mass && mass <= cube;
        let strong = of(Quantity::Torque).any(|t| {
            let density = t / mass;
            TORQUE_DENSITY.0 <= density && density <= TORQUE_DENSITY.1
        });
        twice || filled || strong
    }

    /// The product against all its parts.
    fn product(&self, mass: f64, all: &mut Vec<Noticed>) {
        let (low, high) = self.of_all(&self.told.bom.roots);
        let text = |sign| format!("{} kg {sign} {} kg", range_of(low, high), kg(mass));
        if low > ROUNDING * mass {
            all.push(("import-usual-too-heavy", String::new(), text(">")));
        } else if 2.0 * high < mass {
            all.push(("import-too-light", String::new(), text("<")));
        }
    }

    /// Elements at most, one by one and together, of which none can weigh more than the product.
    fn elements(&self, mass: f64, all: &mut Vec<Noticed>) {
        let bom = self.told.bom;
        let mut most = vec![0.0; bom.parts.len()];
        bom.roots.iter().for_each(|root| most[root.part] += self.amount(root).1);
        for part in self.order.iter().rev() {
            for child in &bom.parts[*part].children {
                most[child.part] += most[*part] * self.amount(child).1;
            }
        }
        let mut sums: BTreeMap<&str, Heavy> = BTreeMap::new();
        let mut together = Heavy::default();
        for (part, placed) in self.told.parts.iter().enumerate() {
            let Some(found) = placed.stand_in.as_ref() else { continue };
            let Some(content) = self.contents.get(found.item.as_str()) else { continue };
            // However much is in a part, it is no more than the part weighs.
            let heaviest = self.each[part].1;
            let of_part: f64 = content.elements.values().sum::<f64>() * found.high;
            together.add(part, most[part] * of_part.min(heaviest));
            for (element, each) in &content.elements {
                sums.entry(element).or_default().add(part, most[part] * (each * found.high).min(heaviest));
            }
        }
        let heavy: Vec<(&str, Heavy)> = sums.into_iter().filter(|s| s.1.sum > ROUNDING * mass).collect();
        for (element, sum) in &heavy {
            let what = if self.is_usual(sum) { "import-element-heavy" } else { "import-element-heavy-told" };
            all.push((what, String::new(), format!("{element}: {}", self.heaviest(sum, mass))));
        }
        if heavy.is_empty() && together.sum > ROUNDING * mass {
            let is_usual = self.is_usual(&together);
            let what = if is_usual { "import-elements-heavy" } else { "import-elements-heavy-told" };
            all.push((what, String::new(), self.heaviest(&together, mass)));
        }
    }

    /// Whether nobody tells what a part weighs.
    fn is_unweighed(&self, part: usize) -> bool {
        self.told.known[part].mass.is_none() && self.units[part] != "kg"
    }

    /// Whether a sum is only more than can be for parts that are taken to be of usual size.
    fn is_usual(&self, sum: &Heavy) -> bool {
        sum.parts.iter().any(|(part, mass)| self.is_unweighed(*part) && *mass > 0.0)
    }

    /// A sum against the mass of the product, with the parts that weigh most in it; `≈` is of usual size.
    fn heaviest(&self, sum: &Heavy, mass: f64) -> String {
        let mut parts = sum.parts.clone();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let named = parts.iter().take(NAMED).map(|(part, most)| {
            let sign = if self.is_unweighed(*part) { "≈ " } else { "" };
            format!("{} {sign}{} kg", self.told.called(*part), kg(*most))
        });
        let named = named.collect::<Vec<_>>().join(", ");
        format!("{} kg > {} kg ({named})", kg(sum.sum), kg(mass))
    }
}

fn content<'t>(stand_ins: &'t StandIns<'t>, item: &str) -> Content<'t> {
    let elements = stand_ins.elements(item);
    let mass = stand_ins.mass(item).unwrap_or_else(|| elements.values().sum());
    Content { mass, elements }
}

/// Whether a mass is out of the range of its kind, made as wide as kinds are.
fn is_odd(mass: f64, (light, heavy): (f64, f64)) -> bool {
    let (middle, half) = ((light * heavy).sqrt(), (heavy / light).max(SPAN).sqrt());
    mass > ODD * half * middle || ODD * half * mass < middle
}
