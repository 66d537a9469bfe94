//! Countries, groups of countries, and what they forbid.

use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at, unread};
use crate::stop::former;
use linchpin_table::Message;

/// No country that has ceased to exist: nothing new can be found there, and its successors would be missed.
pub(in crate::atlas) fn countries(atlas: &Atlas, problems: &mut Problems) {
    let sheet = atlas.sheet("countries");
    let file = sheet.schema.file();
    for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
        if let Some(successors) = sheet.get(row, "code").and_then(former) {
            let what = Message::new("fault-former-country").text("successors", successors);
            problems.push(at(&sheet.place(&file, row, "code"), what));
        }
    }
}

/// Every group has a member.
pub(in crate::atlas) fn groups(atlas: &Atlas, problems: &mut Problems) {
    let (sheet, members) = (atlas.sheet("groups"), atlas.sheet("members"));
    if unread(problems).contains(&members.schema.file()) {
        return;
    }
    let file = sheet.schema.file();
    for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
        if sheet.get(row, "id").is_some_and(|id| !members.has(id)) {
            problems.push(at(&sheet.place(&file, row, "id"), Message::new("fault-group-empty")));
        }
    }
}

/// A control is towards somebody else, and does not end before it begins.
pub(in crate::atlas) fn controls(atlas: &Atlas, problems: &mut Problems) {
    let sheet = atlas.sheet("controls");
    let file = sheet.schema.file();
    for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
        if let (Some(target), Some(imposer)) = (sheet.get(row, "target"), sheet.get(row, "imposer"))
            && target == imposer
        {
            problems.push(at(&sheet.place(&file, row, "target"), Message::new("fault-control-home")));
        }
        if let (Some(until), Some(effective)) = (sheet.get(row, "until"), sheet.get(row, "effective"))
            && is_before(until, effective)
        {
            let what = Message::new("fault-control-until").text("effective", effective);
            problems.push(at(&sheet.place(&file, row, "until"), what));
        }
    }
}

/// Whether a date is surely before another: a year is not before one of its days, nor after it.
fn is_before(a: &str, b: &str) -> bool {
    let shared = a.len().min(b.len());
    a.as_bytes()[..shared] < b.as_bytes()[..shared]
}

#[cfg(test)]
mod tests {
    use super::is_before;

    #[test]
    fn dates_of_different_precision() {
        assert!(is_before("2024", "2025-01-01") && is_before("2025-01-31", "2025-02"));
        assert!(is_before("2025-02-01", "2025-02-02"));
        for (a, b) in
            [("2025", "2025-12-31"), ("2025-12-31", "2025"), ("2025-02", "2025-02"), ("2026", "2025-06")]
        {
            assert!(!is_before(a, b), "{a} {b}");
        }
    }
}
