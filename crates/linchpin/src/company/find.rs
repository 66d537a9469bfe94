//! Which company a reader means: an id, a ticker, a name, or whole words with which only one name begins.

use crate::atlas::{Atlas, Row, Sheet};
use std::collections::BTreeSet;

/// How many companies are named to somebody who mistyped one.
const NEAREST: usize = 3;

/// Why a name is no company.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nobody has it.
    #[error("no company {name}; the nearest are {nearest}")]
    Unknown {
        /// What was typed.
        name: String,
        /// Those most like it.
        nearest: String,
    },
    /// Several have it.
    #[error("{name} may be {companies}")]
    Ambiguous {
        /// What was typed.
        name: String,
        /// Who has it.
        companies: String,
    },
    /// No country and no group of countries has the id.
    #[error("no country {id}; the nearest are {nearest}")]
    Country {
        /// What was typed.
        id: String,
        /// Those most like it.
        nearest: String,
    },
}

/// The row of a company. An exact id wins; else case does not count.
pub fn company<'a>(atlas: &'a Atlas, name: &str) -> Result<&'a Row, NameError> {
    let sheet = atlas.sheet("companies");
    if let Some(row) = sheet.find(name) {
        return Ok(row);
    }
    let typed = name.trim().to_lowercase();
    let equal: Vec<&Row> =
        sheet.rows.iter().filter(|r| called(sheet, r).contains(&typed) && !typed.is_empty()).collect();
    let begun = || sheet.rows.iter().filter(|r| begins(&sheet.text(r, "name").to_lowercase(), &typed));
    let found = if equal.is_empty() { begun().collect() } else { equal };
    match found.as_slice() {
        [row] => Ok(row),
        [] => Err(NameError::Unknown { name: name.to_owned(), nearest: nearest_companies(sheet, &typed) }),
        several => {
            let companies = several.iter().map(|r| shown(sheet, r)).collect::<Vec<_>>().join(", ");
            Err(NameError::Ambiguous { name: name.to_owned(), companies })
        }
    }
}

/// The countries of a country or of a group of countries.
pub(super) fn countries(atlas: &Atlas, id: &str) -> Result<BTreeSet<String>, NameError> {
    if atlas.sheet("countries").find(id).is_some() {
        return Ok(BTreeSet::from([id.to_owned()]));
    }
    if atlas.sheet("groups").find(id).is_some() {
        return Ok(atlas.members(id));
    }
    let named = |(table, columns): (&str, &[&str])| {
        let sheet = atlas.sheet(table);
        let names = |row: &Row| {
            let names = columns.iter().map(|c| sheet.text(row, c).to_lowercase());
            (names.chain([row.key.to_lowercase()]).collect(), row.key.clone())
        };
        sheet.rows.iter().map(names).collect::<Vec<_>>()
    };
    let tables: [(&str, &[&str]); 2] =
        [("countries", &["name_en", "name_zh"]), ("groups", &["name_en", "name_zh"])];
    let all = tables.into_iter().flat_map(named).collect();
    Err(NameError::Country { id: id.to_owned(), nearest: nearest(&id.to_lowercase(), all) })
}

/// Everything a company is called, in lower case.
fn called(sheet: &Sheet, row: &Row) -> Vec<String> {
    let columns = ["ticker", "name", "name_zh"].map(|c| sheet.text(row, c));
    let names = [&[row.key.as_str()][..], &columns].concat();
    let names = names.into_iter().chain(tickers(sheet.text(row, "ticker")));
    names.filter(|n| !n.is_empty()).map(str::to_lowercase).collect()
}

/// The codes of a ticker that holds several, or one with a remark: `LYC / LYSDY`, `ALTM (delisted)`.
pub(crate) fn tickers(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', ';', ',', '、']).map(|code| code.split(['(', '（']).next().unwrap_or_default().trim())
}

/// Whether a name begins with some whole words.
pub(crate) fn begins(name: &str, words: &str) -> bool {
    let rest = name.strip_prefix(words);
    !words.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn shown(sheet: &Sheet, row: &Row) -> String {
    format!("{} ({})", sheet.text(row, "name"), row.key)
}

fn nearest_companies(sheet: &Sheet, typed: &str) -> String {
    nearest(typed, sheet.rows.iter().map(|r| (called(sheet, r), shown(sheet, r))).collect())
}

/// Those most like what was typed, each by what it is called: what holds it comes first, then what takes the fewest
/// changes of letters for its length.
fn nearest(typed: &str, all: Vec<(Vec<String>, String)>) -> String {
    let far = |name: &String| match typed.len() > 2 && name.contains(typed) {
        true => 0,
        false => {
            let longer = name.chars().count().max(typed.chars().count()).max(1);
            1 + 1000 * changes(name, typed) / longer
        }
    };
    let mut ranked: Vec<(usize, String)> = all
        .into_iter()
        .map(|(names, shown)| (names.iter().map(far).min().unwrap_or(usize::MAX), shown))
        .collect();
    ranked.sort();
    ranked.into_iter().take(NEAREST).map(|(_, shown)| shown).collect::<Vec<_>>().join(", ")
}

/// Letters to add, drop or change to make one text of the other (Levenshtein 1966), a row of the table at a time.
fn changes(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let least = (diagonal + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], least);
        }
    }
    row[b.len()]
}
