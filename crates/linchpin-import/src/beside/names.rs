//! Names of sheets that a workbook allows.

use crate::column::ours;
use crate::sheet::{Row, Sheet};
use std::collections::BTreeSet;

/// Units of text that a name may have.
const MOST: usize = 31;

/// A name for each sheet: its own, cut and without forbidden characters, told apart by numbers from those before it.
pub(super) fn names(sheets: &[Sheet]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    sheets.iter().map(|sheet| name(&sheet.name, &mut taken)).collect()
}

/// Gives a sheet its whole name back, if the workbook had to cut it and nobody gave it another since.
pub(crate) fn restore(sheet: &mut Sheet) {
    if let Some(whole) = whole(sheet).map(str::to_owned) {
        sheet.name = whole;
    }
}

fn whole(sheet: &Sheet) -> Option<&str> {
    let names = sheet.rows().flat_map(Row::cells).filter_map(|(_, text)| ours::parts(text));
    let mut names = names.filter(|(title, _)| *title == ours::SHEET).map(|(_, name)| name);
    names.find(|name| is_short_for(&sheet.name, name))
}

/// Whether a name is what was left of another.
pub(crate) fn is_short_for(short: &str, whole: &str) -> bool {
    let (base, end) = match short.rfind(" (") {
        Some(at) if short[at + 2..].strip_suffix(')').is_some_and(|n| n.parse::<u32>().is_ok()) => {
            short.split_at(at)
        }
        _ => (short, ""),
    };
    let whole = allowed(whole);
    cut(&whole, MOST) == short || cut(&whole, MOST.saturating_sub(end.len())) == base
}

/// A name without what is forbidden in one.
fn allowed(name: &str) -> String {
    let forbidden = |c: char| c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let plain = |(at, c): (usize, char)| match c {
        // It is forbidden at the ends only.
        '\'' if at > 0 && at + 1 < name.len() => c,
        c if forbidden(c) => '_',
        c => c,
    };
    // Excel keeps one name for itself.
    let end = if name.trim().eq_ignore_ascii_case("history") { "_" } else { "" };
    name.char_indices().map(plain).chain(end.chars()).collect()
}

fn name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    // A file without sheets has no name for its only one; no line says more for standing in "Sheet1".
    let is_nameless = wanted.trim().is_empty();
    let (base, mut number) = if is_nameless { ("Sheet".to_owned(), 1) } else { (allowed(wanted), 0) };
    loop {
        let end = match (number, is_nameless) {
            (0, _) => String::new(),
            (_, true) => number.to_string(),
            (_, false) => format!(" ({})", number + 1),
        };
        let mut name = cut(&base, MOST - end.len());
        name.push_str(&end);
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

/// As much of a text as fits.
fn cut(text: &str, most: usize) -> String {
    let mut room = most;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut text: String = text.chars().take_while(fits).collect();
    // What was cut off may have been after an apostrophe.
    if text.ends_with('\'') {
        text.pop();
        text.push('_');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_told_apart() {
        let long = "Robot › Leg › Left knee actuator, revision B";
        let wanted =
            ["", "Parts", "parts", "", "a/b:c", "'x'", "History", long, long, "机".repeat(40).as_str()]
                .map(Sheet::new);
        let names = names(&wanted);
        let expected = [
            "Sheet1",
            "Parts",
            "parts (2)",
            "Sheet2",
            "a_b_c",
            "_x_",
            "History_",
            "Robot › Leg › Left knee actuato",
            "Robot › Leg › Left knee act (2)",
        ];
        assert_eq!(names[..9], expected);
        assert_eq!(names[9].chars().count(), MOST);
        for (name, wanted) in names.iter().zip(&wanted) {
            assert!(wanted.name.is_empty() || is_short_for(name, &wanted.name), "{name}");
        }
        assert!(!is_short_for("Robot", long) && !is_short_for("Robot (2)", long));
        for name in names {
            assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{name}");
        }
    }
}
