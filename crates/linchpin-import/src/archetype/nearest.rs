//! Items that may be meant by a name that is none of theirs.

use linchpin::slips;

/// So many are named.
const NEAREST: usize = 3;

/// Those that the words mean, then those with a name, in either language, or an id whose words are fewest slips of the hand
/// away; `names` are names with the id of what they are.
pub(super) fn nearest<'i>(
    typed: &str,
    meant: Vec<String>,
    names: impl Iterator<Item = (&'i str, &'i str)>,
) -> Vec<String> {
    let typed = super::key(typed);
    let away = |name: &str| (slips::slips_of_words(&typed, name), slips::slips(&typed, name));
    let mut alike: Vec<_> = names.map(|(name, id)| (away(name), id)).collect();
    alike.sort_unstable();
    let mut named: Vec<String> = vec![];
    for id in meant.into_iter().chain(alike.into_iter().map(|(_, id)| id.to_owned())) {
        if !named.contains(&id) {
            named.push(id);
        }
        if named.len() == NEAREST {
            break;
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_comes_before_what_is_alike() {
        let ids = ["ball_bearing", "bldc_motor", "motor_driver", "encoder"];
        let names = || ids.into_iter().map(|id| (id, id)).chain([("合金钢 40crnimoa", "steel_40crnimoa")]);
        assert_eq!(nearest("BLDC-Motr", vec![], names())[0], "bldc_motor");
        assert_eq!(
            nearest("encodr", vec!["motor_driver".to_owned()], names())[..2],
            ["motor_driver", "encoder"]
        );
        assert_eq!(nearest("合金钢", vec![], names())[0], "steel_40crnimoa");
        assert_eq!(nearest("", vec![], names()).len(), 3);
    }
}
