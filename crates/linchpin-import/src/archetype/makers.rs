//! Makers: under which names they are written.

use super::terms::{Role, Terms};

/// Adds the names of makers to the terms. A name that is a term already, or too short to be told from a word, stays out.
pub(super) fn add(terms: &mut Terms, names: impl Iterator<Item = String>) {
    for (position, name) in names.enumerate() {
        for spelling in spellings(&name) {
            terms.add(&spelling, Role::Maker, vec![position], 0.0);
        }
    }
}

/// A name as it is, without what stands in brackets, and what stands there: "CubeMars (T-Motor)" is both.
fn spellings(name: &str) -> Vec<String> {
    let name = super::text::normal(name);
    let mut spellings = vec![];
    for piece in name.split(['(', ')', ',', ';', '/', '+', '&']) {
        let piece = piece.trim().trim_start_matches("ex ").trim_start_matches('原').trim();
        let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
        let han = piece.chars().any(crate::number::is_han);
        if letters >= if han { 2 } else { 3 } {
            spellings.push(piece.to_string());
        }
        for end in [" inc.", " corp.", " ltd.", " gmbh", " technology", " group", " robotics"] {
            if let Some(short) = piece.strip_suffix(end).filter(|s| s.len() >= 4) {
                spellings.push(short.to_string());
            }
        }
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maker_is_known_by_each_of_its_names() {
        assert_eq!(spellings("CubeMars (T-Motor)"), ["cubemars", "t-motor"]);
        assert_eq!(spellings("日本精工（NSK）"), ["日本精工", "nsk"]);
        assert_eq!(spellings("Kollmorgen Inc."), ["kollmorgen inc.", "kollmorgen"]);
        assert!(spellings("TE").is_empty());
    }
}
