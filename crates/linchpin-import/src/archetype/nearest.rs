//! Items that may be meant by a name that is none of theirs.

use linchpin::slips;

/// So many are named.
const NEAREST: usize = 3;

/// Those that the words mean, then those that are fewest slips of the hand away.
pub(super) fn nearest<'i>(
    typed: &str,
    meant: Vec<String>,
    ids: impl Iterator<Item = &'i str>,
) -> Vec<String> {
    let alike = slips::nearest(typed, ids).into_iter().map(str::to_owned);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_comes_before_what_is_alike() {
        let ids = || ["ball_bearing", "bldc_motor", "motor_driver", "encoder"].into_iter();
        assert_eq!(nearest("BLDC-Motr", vec![], ids())[0], "bldc_motor");
        assert_eq!(
            nearest("encodr", vec!["motor_driver".to_owned()], ids())[..2],
            ["motor_driver", "encoder"]
        );
        assert_eq!(nearest("", vec![], ids()).len(), 3);
    }
}
