//! Which items there are: a search by words in either language, or by id.

use crate::atlas::{Atlas, Row};
use crate::book::stamp;
use crate::model::labels;
use crate::network::baseline::market_of;
use crate::slips::near;
use linchpin_table::{Answer, Message, Table, TableError};

/// Why nothing was listed.
#[derive(Debug, thiserror::Error)]
pub enum ItemsError {
    /// No item has all of the words.
    #[error("no item has {words:?}; near it are {}", .nearest.join(", "))]
    Unknown {
        /// What was typed.
        words: String,
        /// Items that may be meant.
        nearest: Vec<String>,
    },
    /// A table does not hold together; a bug.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// The items that have all of the words in their ids or names, all items without words; on a screen the first `rows`.
pub fn items(atlas: &Atlas, words: &[String], rows: Option<usize>) -> Result<Answer, ItemsError> {
    let sheet = atlas.sheet("items");
    let mut stamp = stamp(atlas, "items");
    if !words.is_empty() {
        stamp.request.insert("words".into(), words.join(" "));
    }
    let wanted: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let text = |row: &Row| {
        let names = [row.key.as_str(), sheet.text(row, "name_en"), sheet.text(row, "name_zh")];
        names.join("\n").to_lowercase()
    };
    let has = |row: &&Row| wanted.iter().all(|word| text(row).contains(word.as_str()));
    let found: Vec<&Row> = sheet.rows.iter().filter(has).collect();
    if found.is_empty() {
        let words = words.join(" ");
        let nearest = near(atlas, "items", &words);
        return Err(ItemsError::Unknown { words, nearest });
    }
    let mut answer = Answer::new(stamp);
    answer.labels = labels(atlas);
    let shown = &found[..found.len().min(rows.unwrap_or(usize::MAX))];
    let ids = || shown.iter().map(|row| row.key.clone());
    let word = |kind: &str, column: &str| {
        let words = shown.iter().map(|row| format!("{kind}-{}", sheet.text(row, column).replace('_', "-")));
        words.collect::<Vec<_>>()
    };
    let table = Table::builder("items", Message::new("table-items"), ids())
        .text("id", ids())
        .names("item", ids())
        .words("stage", word("stage", "stage"))
        .words("unit", word("unit", "unit"))
        .names("market", shown.iter().map(|row| market_of(atlas, &row.key).to_owned()))
        .note(
            Message::new("note-items")
                .integer("shown", shown.len() as i64)
                .integer("all", found.len() as i64),
        )
        .build()?;
    answer.tables.push(table);
    Ok(answer)
}
