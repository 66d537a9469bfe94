//! What stands for the content of a part that is bought in the market of its kind: a copy of the atlas's item that is no good of
//! any market, so that the part counts there once.

use super::Maker;
use super::rows::Rows;
use linchpin::atlas::{Row, Sheet};
use std::collections::BTreeSet;

impl Maker<'_, '_, '_> {
    /// The id of such a copy, which is made when it is first asked for.
    pub(super) fn copied(&mut self, item: &str) -> String {
        if let Some(id) = self.copies.get(item) {
            return id.clone();
        }
        let id = self.new.id(&self.product.alias, &format!("as {item}"));
        self.copies.insert(item.to_owned(), id.clone());
        let (atlas, rows) = (self.atlas, &mut self.rows);
        let outputs = atlas.sheet("outputs");
        let recipes: BTreeSet<&str> = outputs
            .rows
            .iter()
            .filter(|row| outputs.text(row, "item") == item && outputs.get(row, "role") == Some("main"))
            .map(|row| outputs.text(row, "recipe"))
            .collect();
        let recipe = |of: &str| format!("{id}_{of}");
        for table in ["items", "contents", "masses", "prices"] {
            let column = if table == "items" { "id" } else { "item" };
            copy(atlas.sheet(table), rows, |sheet, row| {
                (sheet.text(row, column) == item).then(|| vec![(column, id.clone()), ("pool", String::new())])
            });
        }
        copy(atlas.sheet("recipes"), rows, |sheet, row| {
            let of = sheet.text(row, "id");
            recipes.contains(of).then(|| vec![("id", recipe(of))])
        });
        for table in ["inputs", "yields", "outputs", "shares"] {
            copy(atlas.sheet(table), rows, |sheet, row| {
                let of = sheet.text(row, "recipe");
                let is_main = table != "outputs" || sheet.text(row, "item") == item;
                let is_it = recipes.contains(of) && is_main;
                let item =
                    if matches!(table, "outputs" | "shares") { vec![("item", id.clone())] } else { vec![] };
                is_it.then(|| [vec![("recipe", recipe(of))], item].concat())
            });
        }
        id
    }
}

/// Copies rows of a table; of those that are wanted some cells are replaced.
fn copy(
    sheet: &Sheet,
    rows: &mut Rows,
    wanted: impl Fn(&Sheet, &Row) -> Option<Vec<(&'static str, String)>>,
) {
    for row in &sheet.rows {
        let Some(anew) = wanted(sheet, row) else { continue };
        rows.copy(sheet, row, &anew);
    }
}
