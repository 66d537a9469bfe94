//! What is wrong with an imported file, in words.

use linchpin_import::column::letters;
use linchpin_import::file::{FileFault, Place};
use linchpin_table::Message;

/// `bom.xlsx › Parts: C12`, as far as it is known, in signs that need no language.
pub(super) fn place(place: &Place) -> String {
    let sheet = place.sheet.iter().filter(|s| !s.is_empty()).map(|s| format!(" › {s}")).collect::<String>();
    let column = place.column.map_or(String::new(), |c| letters(c.saturating_sub(1)));
    let cell = place.row.map_or(column.clone(), |row| format!("{column}{row}"));
    let cell = if cell.is_empty() { cell } else { format!(": {cell}") };
    format!("{}{sheet}{cell}", place.file)
}

/// The message of a fault.
pub(super) fn message(fault: FileFault) -> Message {
    let at = |id: &'static str, p: &Place| Message::new(id).text("place", place(p));
    let limit = |id: &'static str, p: &Place, limit: u64| {
        at(id, p).integer("limit", i64::try_from(limit).unwrap_or(i64::MAX))
    };
    match &fault {
        FileFault::Unreadable { place, reason } => {
            at("error-import-unreadable", place).text("reason", reason.as_str())
        }
        FileFault::Empty { place } => at("error-import-empty", place),
        FileFault::NotText { place } => at("error-import-not-text", place),
        FileFault::Markup { place } => at("error-import-markup", place),
        FileFault::UnclosedQuote { place } => at("error-import-quote", place),
        FileFault::Password { place } => at("error-import-password", place),
        FileFault::OldWorkbook { place } => at("error-import-old", place),
        FileFault::NotWorkbook { place } => at("error-import-not-workbook", place),
        FileFault::Damaged { place, reason } => {
            at("error-import-damaged", place).text("reason", reason.as_str())
        }
        FileFault::FileTooLarge { place, limit: most } => limit("error-import-large", place, *most),
        FileFault::UnpackedTooLarge { place, part, limit: most } => {
            limit("error-import-unpacked", place, *most).text("part", part.as_str())
        }
        FileFault::RatioTooLarge { place, part, limit: most } => {
            limit("error-import-ratio", place, *most).text("part", part.as_str())
        }
        FileFault::TooManySheets { place, limit: most } => limit("error-import-sheets", place, *most as u64),
        FileFault::TooManyRows { place, limit: most } => limit("error-import-rows", place, *most as u64),
        FileFault::TooManyColumns { place, limit: most } => {
            limit("error-import-columns", place, *most as u64)
        }
        FileFault::TooManyCells { place, limit: most } => limit("error-import-cells", place, *most as u64),
        FileFault::CellTooLong { place, bytes, limit: most } => {
            limit("error-import-cell", place, *most as u64).integer("bytes", *bytes as i64)
        }
        FileFault::TooMuchText { place, limit: most } => limit("error-import-text", place, *most as u64),
        FileFault::Cancelled(_) => Message::new("error-cancelled"),
    }
}
