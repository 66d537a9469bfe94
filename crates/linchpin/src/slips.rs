//! What may have been meant by a name that is none: slips of the hand.

use crate::atlas::{Atlas, Row};

/// So many rows of a table are named that may be meant.
const NEAREST: usize = 5;

/// Slips of the hand between two ids: letters too many, missing, wrong or swapped with the next one (Damerau 1964);
/// capitals do not count.
pub fn slips(a: &str, b: &str) -> usize {
    // As much as tells ids apart; what is typed may be of any length.
    let letters = |s: &str| s.chars().take(64).map(|c| c.to_ascii_lowercase()).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (row[j - 1] + 1).min(rows[i - 1][j] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Names by how many slips they are from what was typed, the likeliest first.
pub fn nearest<'k>(typed: &str, names: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let mut names: Vec<(usize, &str)> = names.map(|name| (slips(typed, name), name)).collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
}

/// Rows of a table that may be meant by what is none, by id and by the name that is likest: `DEU (Germany)`.
pub fn near(atlas: &Atlas, table: &str, typed: &str) -> Vec<String> {
    let sheet = atlas.sheet(table);
    let english = if table == "companies" { "name" } else { "name_en" };
    let called = |row: &Row| {
        let names = [row.key.as_str(), sheet.text(row, english), sheet.text(row, "name_zh")];
        let likest =
            names.into_iter().map(|name| (slips_of_words(typed, name), slips(typed, name), name)).min();
        let (of_words, of_all, name) = likest.unwrap_or_default();
        (of_words, of_all, row.key.clone(), name.to_owned())
    };
    let mut all: Vec<_> = sheet.rows.iter().map(called).collect();
    all.sort();
    let told =
        |(_, _, id, name): (_, _, String, String)| if id == name { id } else { format!("{id} ({name})") };
    all.into_iter().take(NEAREST).map(told).collect()
}

/// Slips between the words of a text and those of a name that are likest: a name says more than somebody types, in an order
/// of its own.
pub fn slips_of_words(typed: &str, name: &str) -> usize {
    let words = words(name);
    if words.is_empty() {
        return slips(typed, name);
    }
    let least = |typed: &String| words.iter().map(|word| slips(typed, word)).min();
    self::words(typed).iter().filter_map(least).sum::<usize>().min(slips(typed, name))
}

/// The words of a text; in Chinese, which does not part them, its characters.
fn words(text: &str) -> Vec<String> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let parted: String =
        text.chars().flat_map(|c| if is_han(c) { vec![' ', c, ' '] } else { vec![c] }).collect();
    parted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
