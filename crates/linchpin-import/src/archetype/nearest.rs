//! Items that may be meant by a name that is none of theirs.

use std::collections::BTreeSet;

/// So many are named.
const NEAREST: usize = 3;

/// Those that the words mean, then those that share most pairs of letters with the name.
pub(super) fn nearest(typed: &str, meant: Vec<String>, ids: &[String]) -> Vec<String> {
    let wanted = pairs(typed);
    let mut alike: Vec<(f64, &String)> = ids.iter().map(|id| (shared(&wanted, &pairs(id)), id)).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let alike = alike.into_iter().map(|(_, id)| id.clone());
    let mut named: Vec<String> = vec![];
    for id in meant.into_iter().chain(alike) {
        if !named.contains(&id) {
            named.push(id);
        }
        if named.len() == NEAREST {
            break;
        }
    }
    named
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
    let letters: Vec<char> = text.trim().to_lowercase().chars().map(plain).collect();
    // The ends count as well, so that a word of one letter has pairs.
    let before = std::iter::once('_').chain(letters.iter().copied());
    let after = letters.iter().copied().chain(['_']);
    before.zip(after).collect()
}

/// Part of the pairs of both that both have (Dice 1945).
fn shared(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_comes_before_what_is_alike() {
        let ids = ["ball_bearing", "bldc_motor", "motor_driver", "encoder"].map(str::to_owned);
        assert_eq!(nearest("BLDC-Motr", vec![], &ids)[0], "bldc_motor");
        assert_eq!(
            nearest("encodr", vec!["motor_driver".to_owned()], &ids)[..2],
            ["motor_driver", "encoder"]
        );
        assert_eq!(nearest("", vec![], &ids).len(), 3);
    }
}
