//! What a row names is of the kind that the row is about.

use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at};
use linchpin_table::Message;

/// A time of an item stands under the item's stage: under another it would never be found.
pub(in crate::atlas) fn times(atlas: &Atlas, problems: &mut Problems) {
    let (sheet, items) = (atlas.sheet("times"), atlas.sheet("items"));
    let file = sheet.schema.file();
    for row in &sheet.rows {
        let stage = sheet.get(row, "item").and_then(|i| items.find(i)).map(|i| items.text(i, "stage"));
        if let Some(stage) = stage.filter(|s| *s != sheet.text(row, "stage")) {
            let what = Message::new("fault-time-stage").text("stage", stage.to_owned());
            problems.push(at(&sheet.place(&file, row, "stage"), what));
        }
    }
}

/// Nothing is a substitute of itself.
pub(in crate::atlas) fn substitutions(atlas: &Atlas, problems: &mut Problems) {
    let sheet = atlas.sheet("substitutions");
    let file = sheet.schema.file();
    for row in sheet.rows.iter().filter(|r| sheet.text(r, "item") == sheet.text(r, "replaces")) {
        problems.push(at(&sheet.place(&file, row, "replaces"), Message::new("fault-substitute-self")));
    }
}

/// What limits the capacity of an item is equipment.
pub(in crate::atlas) fn gates(atlas: &Atlas, problems: &mut Problems) {
    let (sheet, items) = (atlas.sheet("gates"), atlas.sheet("items"));
    let file = sheet.schema.file();
    for row in &sheet.rows {
        let stage = items.find(sheet.text(row, "equipment")).map(|i| items.text(i, "stage"));
        if stage.is_some_and(|s| s != "equipment") {
            problems.push(at(&sheet.place(&file, row, "equipment"), Message::new("fault-gate")));
        }
    }
}
