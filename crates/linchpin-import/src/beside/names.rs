//! Names of sheets that a workbook allows.

use crate::sheet::Sheet;
use std::collections::BTreeSet;

/// Units of text that a name may have.
const MOST: usize = 31;

/// A name for each sheet: its own, cut and without forbidden characters, told apart by numbers from those before it.
pub(super) fn names(sheets: &[Sheet]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    sheets.iter().map(|sheet| name(&sheet.name, &mut taken)).collect()
}

fn name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let forbidden = |c: char| c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let plain = |(at, c): (usize, char)| match c {
        // It is forbidden at the ends only.
        '\'' if at > 0 && at + 1 < wanted.len() => c,
        c if forbidden(c) => '_',
        c => c,
    };
    // A file without sheets has no name for its only one; no line says more for standing in "Sheet1".
    let (base, mut number) = match wanted.trim() {
        "" => ("Sheet".to_owned(), 1),
        // Excel keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => (format!("{name}_"), 0),
        _ => (wanted.char_indices().map(plain).collect(), 0),
    };
    loop {
        let end = match (number, wanted.trim().is_empty()) {
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
        for name in names {
            assert!(rust_xlsxwriter::utility::check_sheet_name(&name).is_ok(), "{name}");
        }
    }
}
