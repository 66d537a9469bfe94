//! Reference designators of a circuit: "R1, R3", "C10-C14", "U2".

/// What a line with designators is before anything else is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Something soldered to a board.
    Electronics,
    /// A plug or socket.
    Connector,
    /// A cable.
    Cable,
    /// A hole, a mark, a point to touch.
    Nothing,
}

/// The class of a list of designators of the commonest kinds, which no other column of a list is likely to hold: "J1" is also
/// a joint, "T5" also a size.
pub(super) fn plain_class(text: &str) -> Option<Class> {
    let first = text.trim().trim_end_matches(|c: char| !c.is_alphabetic());
    let common = ["R", "C", "L", "D", "U", "Q", "LED", "IC"];
    common
        .iter()
        .any(|c| first.starts_with(c))
        .then(|| class(text))
        .flatten()
        .filter(|c| *c == Class::Electronics)
}

/// The class of a list of designators; `None` if a text is not such a list.
pub(super) fn class(text: &str) -> Option<Class> {
    let mut class = None;
    for name in text.split([',', ';', ' ', '-', '–', '/', '\n']).map(str::trim).filter(|n| !n.is_empty()) {
        let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
        // "M3" is a screw and "X", "Y" are axes: only letters that circuits use, each with a number, are designators.
        if letters.len() == name.len() || letters.len() + 4 < name.len() {
            return None;
        }
        class = class.or(Some(of(letters)?));
    }
    class
}

fn of(letters: &str) -> Option<Class> {
    Some(match letters {
        "R" | "RN" | "RV" | "RT" | "RS" | "C" | "L" | "FB" | "D" | "LED" | "ZD" | "TVS" | "Q" | "U"
        | "IC" | "Y" | "XTAL" | "F" | "K" | "T" | "CR" | "SW" | "OK" | "VR" | "BZ" | "ANT" => {
            Class::Electronics
        }
        "J" | "JP" | "P" | "CN" | "CON" | "CONN" | "XS" | "XP" | "H" => Class::Connector,
        "CAB" | "W" => Class::Cable,
        "TP" | "FID" | "MH" | "MP" | "BT" => Class::Nothing,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_designators_are_told_from_names() {
        assert_eq!(class("R1, R2 R6-R7"), Some(Class::Electronics));
        assert_eq!(class("CAB1, CAB7"), Some(Class::Cable));
        assert_eq!(class("J3"), Some(Class::Connector));
        for name in ["M3", "X", "Nema 17", "", "U8 motor", "STM32", "R123456"] {
            assert_eq!(class(name), None, "{name}");
        }
    }
}
