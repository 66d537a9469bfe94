//! Lists that may be meant otherwise than they were read, and what in them is not read at all.

use super::Noticed;
use crate::answered::rounded;
use crate::bom::{Line, mass_in, normal};
use crate::column::{Role, is_taxed, letters, words};
use crate::number::{leading, plain};
use crate::price_lists::may_ask;
use crate::quantity::quantity;
use crate::report::{Told, cell, named, place, rows};
use crate::table::{Kind, RowKind, Table};
use std::collections::{BTreeMap, BTreeSet};

/// All of it.
pub(super) fn all(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    for (number, table) in told.tables.iter().enumerate().filter(|(_, t)| t.kind != Kind::Skip) {
        taxed(told, number, table, all);
        unit_less(told, number, table, all);
        for_so_many(told, table, all);
        formulas(told, table, all);
    }
    asked(told, all);
    multiplied(told, all);
    of_one_name(told, all);
}

/// Lists of parts that name suppliers and prices, beside others that do not.
fn asked(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let lists = || told.tables.iter().filter(|t| t.kind == Kind::Parts);
    if !lists().any(|table| may_ask(table).is_none()) {
        return;
    }
    for (table, columns) in lists().filter_map(|table| Some((table, may_ask(table)?))) {
        let headers = columns.map(|column| column.header.as_str()).join(", ");
        all.push(("import-read-as-parts", place(told, table), headers));
    }
}

/// Prices with tax.
fn taxed(told: &Told<'_, '_>, number: usize, table: &Table, all: &mut Vec<Noticed>) {
    let Some(counts) = table.column(Role::Price) else { return };
    let place = cell(told, number, header_row(told, table), Role::Price);
    if is_taxed(&counts.header) {
        all.push(("import-taxed", place, counts.header.clone()));
    } else if let Some(other) = table.columns.iter().find(|c| is_taxed(&c.header)) {
        all.push(("import-untaxed", place, format!("{} → {}", other.header, counts.header)));
    }
}

fn header_row(told: &Told<'_, '_>, table: &Table) -> u32 {
    let header = table.header.and_then(|at| told.sheets[table.sheet].row(at));
    header.map_or(1, |row| row.number())
}

/// Masses of which nobody says in which unit they are, the first of each table.
fn unit_less(told: &Told<'_, '_>, number: usize, table: &Table, all: &mut Vec<Noticed>) {
    if table.column(Role::Mass).is_none() {
        return;
    }
    let sheet = &told.sheets[table.sheet];
    let rows = table.rows.clone().filter_map(|at| sheet.row(at));
    let lines = rows.filter(|row| table.row_kind(sheet, *row) == RowKind::Line);
    let is_lost = |text: &str| quantity(text).is_some_and(|q| q.amount > 0.0);
    let mut lost =
        lines.filter(|row| is_lost(table.text(*row, Role::Mass)) && mass_in(table, *row).is_none());
    let Some(first) = lost.next() else { return };
    let text = format!("{} (× {})", table.text(first, Role::Mass).trim(), lost.count() + 1);
    all.push(("import-mass-no-unit", cell(told, number, first.number(), Role::Mass), text));
}

/// Formulas without a value in columns that are read, the first of each column.
fn formulas(told: &Told<'_, '_>, table: &Table, all: &mut Vec<Noticed>) {
    let sheet = &told.sheets[table.sheet];
    let is_here = |row: u32| {
        let at = sheet.position_of(row);
        table.rows.contains(&at) && sheet.row(at).is_some_and(|found| found.number() == row)
    };
    for column in table.columns.iter().filter(|c| c.role != Role::Ignore) {
        let mut here = sheet.unvalued.iter().filter(|cell| cell.1 == column.at && is_here(cell.0));
        let Some((row, _)) = here.next() else { continue };
        let place = format!("{}: {}{row}", named(&told.files[table.sheet], sheet), letters(column.at));
        all.push(("import-formula", place, format!("{} (× {})", column.header, here.count() + 1)));
    }
}

/// Rows above a list of parts that say that it is for more than one of the product.
fn for_so_many(told: &Told<'_, '_>, table: &Table, all: &mut Vec<Noticed>) {
    if table.kind != Kind::Parts || table.column(Role::BaseQuantity).is_some() {
        return;
    }
    let sheet = &told.sheets[table.sheet];
    let bases = ["base quantity", "base qty", "基础数量", "母件基数"];
    for row in (0..table.header.unwrap_or(0)).filter_map(|at| sheet.row(at)) {
        let mut cells = row.cells().filter(|c| !c.1.trim().is_empty());
        let is_base = |text: &str| bases.contains(&words(text).as_str());
        let Some((_, said)) = cells.by_ref().find(|c| is_base(c.1)) else { continue };
        let amount = cells.next().and_then(|(_, text)| Some((leading(&plain(text))?.0, text)));
        if let Some((_, many)) = amount.filter(|(amount, _)| *amount != 1.0) {
            let text = format!("{}: {}", said.trim(), many.trim());
            let place = format!("{}: {}", named(&told.files[table.sheet], sheet), row.number());
            all.push(("import-base-above", place, text));
        }
    }
}

/// Lines whose quantities look multiplied that must be below others before they are told.
const DEEPER: usize = 3;

/// Lists by levels in which every quantity below an assembly of which there are several is a multiple of how many.
fn multiplied(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let lines = &told.lines.lines;
    let amount = |line: &Line<'_>| line.quantity.as_ref().map(|q| q.amount);
    // By table: the first line with what is above it, how many look multiplied, and whether all do.
    let mut tables: BTreeMap<usize, (usize, usize, usize, bool)> = BTreeMap::new();
    for part in &told.bom.parts {
        for child in &part.children {
            let line = &lines[child.line];
            let above =
                part.lines.iter().filter(|l| lines[**l].table == line.table && **l < child.line).max();
            let Some((above, many)) = above.and_then(|l| Some((*l, amount(&lines[*l])?))) else { continue };
            let Some(here) = amount(line).filter(|_| many > 1.0 && !line.level.is_empty()) else { continue };
            let times = here / many;
            let found = tables.entry(line.table).or_insert((child.line, above, 0, line.whole.is_none()));
            found.2 += 1;
            found.3 &= times >= 1.0 && (times - times.round()).abs() < 1e-9;
        }
    }
    for (line, above, _, _) in tables.into_values().filter(|found| found.2 >= DEEPER && found.3) {
        let (here, above) = (&lines[line], &lines[above]);
        let count = |line| rounded(amount(line).unwrap_or(0.0));
        let text = format!("{}: {} ÷ {}: {}", here.title(), count(here), above.title(), count(above));
        all.push(("import-maybe-multiplied", cell(told, here.table, here.row, Role::Quantity), text));
    }
}

/// Lines of other lists that name a part by a name which several parts have.
fn of_one_name(told: &Told<'_, '_>, all: &mut Vec<Noticed>) {
    let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, part) in told.bom.parts.iter().enumerate() {
        for line in part.lines.iter().map(|l| &told.lines.lines[*l]) {
            named.entry(normal(line.name.trim())).or_default().insert(at);
        }
    }
    let vendors = told.vendors.iter().map(|v| (v.table, v.row, v.part, v.typed));
    let stock = told.stock.iter().map(|s| (s.table, s.row, s.part, s.typed));
    for (table, row, _, typed) in vendors.chain(stock).filter(|l| l.2.is_some() && !l.3.is_empty()) {
        let several = named.get(&normal(typed)).filter(|parts| parts.len() > 1);
        if let Some(parts) = several {
            let called: Vec<&str> = parts.iter().map(|part| told.called(*part)).collect();
            all.push(("import-part-several", rows(told, [(table, row)]), called.join(" / ")));
        }
    }
}
