//! References between tables.

use super::Sheets;
use crate::atlas::problems::{Place, Problems, at, unread};
use crate::atlas::read::Sheet;
use crate::atlas::schema::Kind;
use linchpin_table::Message;

/// How many wrong references are compared with all keys there are.
const NEAREST_SHOWN: usize = 1000;

/// Every reference names a row that exists.
pub(in crate::atlas) fn references(sheets: &Sheets, problems: &mut Problems) {
    let unread = unread(problems);
    let mut compared = 0;
    for sheet in sheets.values() {
        let file = sheet.schema.file();
        for (i, a) in sheet.schema.attributes.iter().enumerate() {
            let Some(target) = a.refers_to.as_deref().and_then(|t| sheets.get(t)) else { continue };
            if unread.contains(&target.schema.file()) {
                continue;
            }
            for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
                let Some(cell) = row.cells.get(i) else { continue };
                // A single reference holds no semicolon.
                let parts = cell.split(|c| c == ';' && a.kind == Kind::Refs).map(str::trim);
                for part in parts.filter(|p| !target.has(p)) {
                    // Looking for the nearest takes time; who has so many wrong has not mistyped them.
                    compared += 1;
                    let nearest =
                        if compared <= NEAREST_SHOWN { nearest(part, target) } else { String::new() };
                    let what = match nearest.as_str() {
                        "" => Message::new("fault-dangling-alone"),
                        nearest => Message::new("fault-dangling").text("nearest", nearest),
                    };
                    let what = what.text("table", target.schema.name.as_str());
                    let place =
                        Place { file: &file, row: Some(row.line), column: Some(&a.name), value: Some(part) };
                    problems.push(at(&place, what));
                }
            }
        }
    }
}

/// The key most like a wrong one, by shared pairs of letters.
fn nearest(wrong: &str, target: &Sheet) -> String {
    let pairs = |s: &str| -> Vec<(char, char)> { s.chars().zip(s.chars().skip(1)).collect() };
    let have = pairs(wrong);
    let score = |key: &str| {
        let other = pairs(key);
        let shared = have.iter().filter(|p| other.contains(p)).count();
        2000 * shared / (have.len() + other.len()).max(1)
    };
    let sound = target.rows.iter().map(|row| row.key.as_str());
    let all = sound.chain(target.seen.keys.iter().map(String::as_str));
    // Of equals the first by its letters.
    let best = all.map(|k| (score(k), k)).fold((0, ""), |best, (s, k)| {
        if s > best.0 || s == best.0 && s > 0 && k < best.1 { (s, k) } else { best }
    });
    best.1.to_owned()
}
