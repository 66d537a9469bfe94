//! Values of derived rows that were left blank, computed from their formulas.

use crate::number;
use crate::tables::{Row, Tables};
use linchpin::atlas::TableSchema;
use linchpin::atlas::expr::{self, Expr, FigureId};
use std::collections::BTreeMap;

/// Fills in blank values in the order in which formulas need each other. What cannot be computed stays blank; the
/// check of the atlas says why.
pub(crate) fn fill(tables: &mut Tables) {
    let known = Parameters::of(tables);
    for (table, rows) in tables.all_mut() {
        let Some(value) = table.position("value").filter(|_| table.figure) else { continue };
        for row in rows.values_mut() {
            let blank = row.cells.get(value).is_some_and(String::is_empty);
            let formula = cell(table, row, "formula");
            if !blank || formula.is_empty() {
                continue;
            }
            let result = known.value(formula);
            if let Some(result) = result.filter(|v| v.is_finite())
                && let Some(into) = row.cells.get_mut(value)
            {
                *into = number::computed(result);
            }
        }
    }
}

struct Parameters {
    ids: BTreeMap<String, FigureId>,
    values: Vec<f64>,
}

impl Parameters {
    fn of(tables: &Tables) -> Parameters {
        let mut known = Parameters { ids: BTreeMap::new(), values: vec![] };
        let Some((table, rows)) = tables.all().find(|(t, _)| t.name == "parameters") else { return known };
        let mut formulas: BTreeMap<FigureId, &str> = BTreeMap::new();
        for (at, (key, row)) in (0u32..).zip(rows) {
            known.ids.insert(key.join("/"), FigureId(at));
            known.values.push(cell(table, row, "value").parse().unwrap_or(f64::NAN));
            let formula = cell(table, row, "formula");
            if !formula.is_empty() {
                formulas.insert(FigureId(at), formula);
            }
        }
        let mut waiting: BTreeMap<FigureId, Expr> =
            formulas.into_iter().filter_map(|(id, text)| Some((id, known.parse(text)?))).collect();
        // A round settles what needs nothing that waits; what is left in the end goes round in a circle.
        loop {
            let ready: Vec<FigureId> = waiting
                .iter()
                .filter(|(_, e)| !e.figures().iter().any(|f| waiting.contains_key(f)))
                .map(|(id, _)| *id)
                .collect();
            if ready.is_empty() {
                return known;
            }
            for id in ready {
                let value = waiting.remove(&id).map(|e| e.value(&known.values));
                if let (Some(value), Some(into)) = (value, known.values.get_mut(id.0 as usize)) {
                    *into = value;
                }
            }
        }
    }

    fn parse(&self, formula: &str) -> Option<Expr> {
        expr::parse(formula, &|name| self.ids.get(name).copied()).ok()
    }

    fn value(&self, formula: &str) -> Option<f64> {
        Some(self.parse(formula)?.value(&self.values))
    }
}

fn cell<'a>(table: &TableSchema, row: &'a Row, column: &str) -> &'a str {
    table.position(column).and_then(|i| row.cells.get(i)).map_or("", String::as_str)
}
