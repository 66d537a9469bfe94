//! A part of the atlas at another size: its rows, and those of all in it that its size changes, under new ids and with the
//! same formulas. What does not change with the size is shared.

use super::ids::Ids;
use super::rows::Rows;
use crate::numbers::{Numbers, names, with_names};
use linchpin::atlas::{Atlas, Row, Sheet};
use std::collections::BTreeMap;

/// What is copied, and what is other in the copy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pattern {
    /// The item of the atlas.
    pub(crate) item: &'static str,
    /// Parameters of it, and those that stand in their place.
    pub(crate) parameters: BTreeMap<&'static str, String>,
    /// Items in it, and those that stand in their place.
    pub(crate) items: BTreeMap<&'static str, &'static str>,
    /// Words of ids, names and notes, and those that stand in their place; the first that fits counts first.
    pub(crate) words: Vec<(&'static str, String)>,
    /// Names of the copy, English and Chinese.
    pub(crate) names: [String; 2],
    /// Whether the copy has no price by the atlas.
    pub(crate) unpriced: bool,
}

/// A copy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Copied {
    /// Its id.
    pub(crate) item: String,
    /// Parameters of the atlas that are other in it, by their ids in the copy.
    pub(crate) parameters: BTreeMap<String, String>,
}

/// Makes copies of parts of an atlas.
pub(crate) struct Copier<'a> {
    atlas: &'a Atlas,
    /// Recipes of which an item is the main output.
    recipes: BTreeMap<&'a str, Vec<&'a str>>,
    /// Rows by table, and by the item or the recipe that they say something of.
    rows: BTreeMap<&'static str, BTreeMap<&'a str, Vec<&'a Row>>>,
}

/// Tables that say something of an item, and in which column it stands.
const OF_ITEM: [(&str, &str); 5] = [
    ("masses", "item"),
    ("contents", "item"),
    ("prices", "item"),
    ("shares", "item"),
    ("substitutions", "replaces"),
];
/// Tables that say something of a recipe.
const OF_RECIPE: [&str; 3] = ["inputs", "yields", "outputs"];

impl<'a> Copier<'a> {
    pub(crate) fn new(atlas: &'a Atlas) -> Copier<'a> {
        let mut recipes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let outputs = atlas.sheet("outputs");
        for row in outputs.rows.iter().filter(|row| outputs.get(row, "role") == Some("main")) {
            recipes.entry(outputs.text(row, "item")).or_default().push(outputs.text(row, "recipe"));
        }
        let keys = OF_ITEM.into_iter().chain(OF_RECIPE.map(|table| (table, "recipe")));
        let by_key = |(table, column): (&'static str, &str)| {
            let sheet = atlas.sheet(table);
            let mut rows: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
            sheet.rows.iter().for_each(|row| rows.entry(sheet.text(row, column)).or_default().push(row));
            (table, rows)
        };
        Copier { atlas, recipes, rows: keys.map(by_key).collect() }
    }

    /// Writes the rows of a copy; `numbers` learns its parameters. Ids begin with `alias`.
    pub(crate) fn copy(
        &self,
        pattern: &Pattern,
        alias: &str,
        rows: &mut Rows,
        ids: &mut Ids,
        numbers: &mut Numbers,
    ) -> Copied {
        let mut copy = Copying {
            from: self,
            pattern,
            alias,
            rows,
            ids,
            numbers,
            depends: BTreeMap::new(),
            touched: BTreeMap::new(),
            parameters: BTreeMap::new(),
            items: BTreeMap::new(),
        };
        let item = copy.item(pattern.item);
        Copied { item, parameters: copy.parameters }
    }

    /// Rows of a table that say something of an item or a recipe.
    fn rows(&self, table: &str, key: &str) -> &[&'a Row] {
        self.rows.get(table).and_then(|rows| rows.get(key)).map_or(&[], Vec::as_slice)
    }
}

struct Copying<'c, 'a> {
    from: &'c Copier<'a>,
    pattern: &'c Pattern,
    alias: &'c str,
    rows: &'c mut Rows,
    ids: &'c mut Ids,
    numbers: &'c mut Numbers,
    /// Parameters by whether the size changes them.
    depends: BTreeMap<String, bool>,
    /// Items by whether the size changes anything in them.
    touched: BTreeMap<String, bool>,
    parameters: BTreeMap<String, String>,
    items: BTreeMap<String, String>,
}

impl Copying<'_, '_> {
    fn words(&self, text: &str) -> String {
        with_words(text, &self.pattern.words)
    }

    /// Whether a parameter is other in the copy, itself or through its formula. Formulas of a checked atlas have no circles.
    fn depends(&mut self, parameter: &str) -> bool {
        if self.pattern.parameters.contains_key(parameter) {
            return true;
        }
        if let Some(known) = self.depends.get(parameter) {
            return *known;
        }
        let sheet = self.from.atlas.sheet("parameters");
        let formula = sheet.find(parameter).and_then(|row| sheet.get(row, "formula"));
        let found = names(formula.unwrap_or_default()).any(|name| self.depends(name));
        self.depends.insert(parameter.to_owned(), found);
        found
    }

    fn is_changed(&mut self, sheet: &Sheet, row: &Row) -> bool {
        let formula = sheet.get(row, "formula").unwrap_or_default();
        names(formula).any(|name| self.depends(name))
    }

    /// Whether anything in an item is other in the copy.
    fn touched(&mut self, item: &str) -> bool {
        if self.pattern.items.contains_key(item) {
            return true;
        }
        if let Some(known) = self.touched.get(item) {
            return *known;
        }
        // What goes into itself is not changed by that.
        self.touched.insert(item.to_owned(), false);
        let (from, atlas) = (self.from, self.from.atlas);
        let mut found = false;
        for table in ["masses", "contents"] {
            let sheet = atlas.sheet(table);
            found |= from.rows(table, item).iter().any(|row| self.is_changed(sheet, row));
        }
        for recipe in from.recipes.get(item).into_iter().flatten() {
            for table in ["inputs", "yields"] {
                let sheet = atlas.sheet(table);
                found |= from.rows(table, recipe).iter().any(|row| self.is_changed(sheet, row));
            }
            let inputs = atlas.sheet("inputs");
            let all = from.rows("inputs", recipe);
            found |= all.iter().any(|row| self.touched(inputs.text(row, "item")));
        }
        self.touched.insert(item.to_owned(), found);
        found
    }

    /// The id of a parameter in the copy, which is written when it is first asked for.
    fn parameter(&mut self, id: &str) -> String {
        if let Some(other) = self.pattern.parameters.get(id) {
            return other.clone();
        }
        if !self.depends(id) {
            return id.to_owned();
        }
        if let Some(known) = self.parameters.get(id) {
            return known.clone();
        }
        let new = self.ids.id(self.alias, &self.words(id));
        self.parameters.insert(id.to_owned(), new.clone());
        let sheet = self.from.atlas.sheet("parameters");
        if let Some(row) = sheet.find(id) {
            let names = ["name_en", "name_zh"].map(|name| (name, self.words(sheet.text(row, name))));
            let mut anew = vec![("id", new.clone())];
            anew.extend(names);
            let value = self.row(sheet, row, anew);
            self.numbers.set(&new, value);
        }
        new
    }

    /// The id of an item in the copy, which is written when it is first asked for.
    fn item(&mut self, id: &str) -> String {
        if let Some(other) = self.pattern.items.get(id) {
            return (*other).to_owned();
        }
        let is_root = id == self.pattern.item;
        if !is_root && !self.touched(id) {
            return id.to_owned();
        }
        if let Some(known) = self.items.get(id) {
            return known.clone();
        }
        let words = self.words(id);
        let new = self.ids.id(self.alias, &words);
        self.items.insert(id.to_owned(), new.clone());
        let (from, atlas) = (self.from, self.from.atlas);
        let sheet = atlas.sheet("items");
        if let Some(row) = sheet.find(id) {
            let own = |name| self.words(sheet.text(row, name));
            let [en, zh] =
                if is_root { self.pattern.names.clone() } else { [own("name_en"), own("name_zh")] };
            let note = if is_root { String::new() } else { own("note") };
            self.row(sheet, row, vec![("id", new.clone()), ("name_en", en), ("name_zh", zh), ("note", note)]);
        }
        for (table, column) in OF_ITEM {
            if table == "prices" && is_root && self.pattern.unpriced {
                continue;
            }
            let sheet = atlas.sheet(table);
            for row in from.rows(table, id) {
                let mut anew = vec![(column, new.clone())];
                if table == "shares" {
                    anew.push(("recipe", recipe(&new, id, sheet.text(row, "recipe"))));
                }
                self.row(sheet, row, anew);
            }
        }
        for of in from.recipes.get(id).into_iter().flatten() {
            let new_recipe = recipe(&new, id, of);
            let recipes = atlas.sheet("recipes");
            if let Some(row) = recipes.find(of) {
                self.row(recipes, row, vec![("id", new_recipe.clone())]);
            }
            for table in OF_RECIPE {
                let sheet = atlas.sheet(table);
                // Other recipes of the item, and what comes beside it, stay with the item of the atlas.
                for row in from.rows(table, of) {
                    let mut anew = vec![("recipe", new_recipe.clone())];
                    match table {
                        "outputs" if sheet.text(row, "item") == id => anew.push(("item", new.clone())),
                        "inputs" => anew.push(("item", self.item(sheet.text(row, "item")))),
                        _ => {}
                    }
                    self.row(sheet, row, anew);
                }
            }
        }
        new
    }

    /// Writes a row with some cells anew and its formula in the names of the copy; returns the value, if it can be told. A
    /// value and a range that are typed beside a formula hold for the size of the atlas, and are left out.
    fn row(&mut self, sheet: &Sheet, row: &Row, mut anew: Vec<(&'static str, String)>) -> Option<f64> {
        let mut value = None;
        if sheet.schema.figure {
            let formula = sheet.get(row, "formula");
            if self.is_changed(sheet, row) {
                let text = with_names(formula.unwrap_or_default(), &mut |name| self.parameter(name));
                value = self.numbers.value(&text);
                anew.push(("formula", text));
                anew.push(("value", value.map_or(String::new(), |v| v.to_string())));
                anew.extend([("low", String::new()), ("high", String::new())]);
            }
            let note = sheet.get(row, "note");
            // It speaks of the robot that the part of the atlas belongs to.
            let of = self.pattern.item;
            anew.extend(note.map(|note| ("note", format!("as in {of} of the atlas: {note}"))));
        }
        self.rows.copy(sheet, row, &anew);
        value
    }
}

/// A text in other words; what has been put in is not looked at again.
fn with_words(text: &str, words: &[(&str, String)]) -> String {
    let (mut done, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let found = words.iter().find(|(word, _)| rest.starts_with(word));
        let (cut, put) = found.map_or((first.len_utf8(), None), |(word, other)| (word.len(), Some(other)));
        done.push_str(put.map_or(&rest[..cut], String::as_str));
        rest = &rest[cut..];
    }
    done
}

/// The recipe of a copy: an item may have several.
fn recipe(new: &str, item: &str, of: &str) -> String {
    if of == format!("make_{item}") { format!("make_{new}") } else { format!("{new}_{of}") }
}

#[cfg(test)]
mod tests {
    use super::with_words;

    #[test]
    fn what_is_put_in_is_not_put_again() {
        let words = [("139 N·m", "139 N·m".to_owned()), ("139", "139nm".to_owned()), ("G1 ", String::new())];
        assert_eq!(with_words("G1 rotor of the 139 N·m actuator", &words), "rotor of the 139 N·m actuator");
        assert_eq!(with_words("g1_rotor_139", &words), "g1_rotor_139nm");
    }
}
