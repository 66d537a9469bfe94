//! Slots, outputs, yields and shares of recipes.

use super::row_problem;
use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at};
use crate::atlas::read::{Row, Sheet};
use crate::atlas::values::{Overlay, Values};
use linchpin_table::Message;
use std::collections::{BTreeMap, BTreeSet};

/// How far shares may be from one.
const SHARE_TOLERANCE: f64 = 1e-3;

/// Slots and shares fit their recipes; shares of an item sum to one.
pub(in crate::atlas) fn recipes(atlas: &Atlas, problems: &mut Problems) {
    let outputs = atlas.sheet("outputs");
    let inputs = atlas.sheet("inputs");
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let value = |row: &Row| row.figure.and_then(|f| values.get(f));

    // Where a row has a fault of its own, sums and lists of rows say nothing.
    let faulty: BTreeSet<String> = problems.iter().map(|p| p.file.clone()).collect();
    let sound = |sheet: &Sheet| !faulty.contains(&sheet.schema.file());
    let slots: BTreeSet<(&str, &str)> =
        inputs.rows.iter().map(|r| (inputs.text(r, "recipe"), inputs.text(r, "slot"))).collect();
    let making: BTreeSet<&str> = outputs.rows.iter().map(|r| outputs.text(r, "recipe")).collect();
    let recipes = atlas.sheet("recipes");
    for row in recipes.rows.iter().filter(|r| sound(outputs) && !making.contains(r.key.as_str())) {
        problems.push(row_problem(atlas, "recipes", &row.key, Message::new("fault-outputs")));
    }
    let mut open = slots.clone();
    for row in inputs.rows.iter().filter(|r| inputs.text(r, "choice") == "used") {
        open.remove(&(inputs.text(row, "recipe"), inputs.text(row, "slot")));
    }
    for row in inputs.rows.iter().filter(|_| sound(inputs)) {
        if open.remove(&(inputs.text(row, "recipe"), inputs.text(row, "slot"))) {
            let file = inputs.schema.file();
            problems.push(at(&inputs.place(&file, row, "choice"), Message::new("fault-slot-unused")));
        }
    }

    let yields = atlas.sheet("yields");
    for row in &yields.rows {
        let file = yields.schema.file();
        let (recipe, slot) = (yields.text(row, "recipe"), yields.get(row, "slot"));
        let known = slot.is_none_or(|slot| slots.contains(&(recipe, slot)));
        if !known && sound(inputs) {
            problems.push(at(
                &yields.place(&file, row, "slot"),
                Message::new("fault-no-slot").text("recipe", recipe.to_owned()),
            ));
        }
        if value(row) == Some(0.0) {
            problems.push(at(&yields.place(&file, row, "value"), Message::new("fault-zero-yield")));
        }
    }
    for row in &outputs.rows {
        if value(row) == Some(0.0) && outputs.text(row, "role") == "main" {
            let file = outputs.schema.file();
            problems.push(at(&outputs.place(&file, row, "value"), Message::new("fault-zero-output")));
        }
    }
    let shares = atlas.sheet("shares");
    for row in &shares.rows {
        let file = shares.schema.file();
        let (item, recipe) = (shares.text(row, "item"), shares.text(row, "recipe"));
        let made = outputs.find(&format!("{recipe}/{item}")).map(|r| outputs.text(r, "role"));
        if made != Some("main") && sound(outputs) {
            let what = Message::new("fault-share-recipe")
                .text("recipe", recipe.to_owned())
                .text("item", item.to_owned());
            problems.push(at(&shares.place(&file, row, "recipe"), what));
        }
    }
    for whole in wholes(atlas, &values).into_iter().filter(|w| !w.fits() && sound(shares)) {
        let file = shares.schema.file();
        let what = Message::new("fault-share-sum")
            .text("item", whole.item.to_owned())
            .text("sum", format!("{:.4}", whole.sum));
        problems.push(at(&shares.place(&file, whole.rows[0], "value"), what));
    }
}

/// The shares of one item.
pub(in crate::atlas) struct Whole<'a> {
    pub(in crate::atlas) item: &'a str,
    /// Its rows; at least one.
    pub(in crate::atlas) rows: Vec<&'a Row>,
    /// What they add up to; a blank adds nothing.
    pub(in crate::atlas) sum: f64,
    /// Whether joint recipes make what no share gives.
    pub(in crate::atlas) joint: bool,
}

impl Whole<'_> {
    /// Whether the shares make a whole, or at most one.
    pub(in crate::atlas) fn fits(&self) -> bool {
        if self.joint { self.sum <= 1.0 + SHARE_TOLERANCE } else { (self.sum - 1.0).abs() <= SHARE_TOLERANCE }
    }
}

/// The shares of each item that has any.
pub(in crate::atlas) fn wholes<'a>(atlas: &'a Atlas, values: &Values) -> Vec<Whole<'a>> {
    let (shares, outputs) = (atlas.sheet("shares"), atlas.sheet("outputs"));
    let mut rows: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    shares.rows.iter().for_each(|row| rows.entry(shares.text(row, "item")).or_default().push(row));
    let value = |row: &&Row| row.figure.and_then(|f| values.get(f));
    let joint = |item: &str| {
        let mut of_item = outputs.rows.iter().filter(|r| outputs.text(r, "item") == item);
        of_item.any(|r| outputs.text(r, "role") == "joint")
    };
    let whole = |(item, rows): (&'a str, Vec<&'a Row>)| Whole {
        item,
        sum: rows.iter().filter_map(value).sum(),
        joint: joint(item),
        rows,
    };
    rows.into_iter().map(whole).collect()
}
