//! What a reader takes away: which is safer, heavier and dearer, and what moved it.

use super::Request;
use super::losses::{lasts, mode};
use super::matched::{Matched, Pair};
use super::moved::Moved;
use super::number::{Number, Told};
use super::parts::need;
use super::side::{Lost, Side, Switched};
use super::tables::Beside;
use crate::explode::unknown;
use linchpin_table::{Arg, Message, Unit};
use std::collections::BTreeSet;

/// Elements that are named of those that differ.
const ELEMENTS: usize = 5;

/// What safety is judged by: its word, and whether B has it better.
struct Count {
    word: &'static str,
    better: Better,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Better {
    A,
    B,
    Same,
    Unclear,
    NoData,
}

/// Sentences above the tables.
pub(super) fn headlines(
    tables: &Beside<'_>,
    pairs: &[Matched],
    moved: &Moved,
    request: &Request,
) -> Vec<Message> {
    let (a, b) = (tables.a, tables.b);
    let mut said = vec![
        Message::new("compare-title").text("a", a.name.as_str()).text("b", b.name.as_str()).number(
            "volume",
            request.volume,
            Unit::Piece,
        ),
        side("A", a),
        side("B", b),
    ];
    if base(a) != base(b) {
        let atlases = Message::new("compare-atlases");
        said.push(atlases.text("a", base(a).join(", ")).text("b", base(b).join(", ")));
    }
    let counts = counts(tables);
    said.push(verdict(&counts));
    said.extend(worst(tables));
    said.extend(wall(tables));
    said.extend(weeks(tables));
    said.extend(at_home(tables));
    said.extend(inside(tables));
    for (key, id) in [("mass_placed", "compare-mass"), ("cost_placed", "compare-cost")] {
        said.extend(more(tables, key, id));
    }
    said.extend(most_moved(tables, pairs, moved));
    said
}

/// Who a side is, and on which data it stands.
fn side(letter: &str, side: &Side) -> Message {
    Message::new("compare-side")
        .text("side", letter)
        .text("name", side.name.as_str())
        .name("product", side.product.as_str())
        .name("country", side.home.as_str())
        .text("data", side.frame.stamp.data_hash.get(..12).unwrap_or_default())
}

/// Version and day of the data, without the name of an atlas that extends others.
fn base(side: &Side) -> [&str; 2] {
    let stamp = &side.frame.stamp;
    [stamp.atlas.rsplit(' ').next().unwrap_or_default(), stamp.as_of.as_str()]
}

/// Losses that hit either most and are counted: not what was asked for, and not what stops one of the two by its assembly,
/// which says nothing of what is in it.
fn counted<'s>(tables: &Beside<'s>) -> Vec<&'s Lost> {
    let struck =
        |side: &'s Side, lost: &Lost| side.losses.get(lost).is_some_and(|s| !s.asked && s.shares.is_some());
    tables.a.losses.keys().filter(|lost| struck(tables.a, lost) && struck(tables.b, lost)).collect()
}

/// The worst of them for a side, by one of its numbers; the first of equals.
fn worst_share<'s>(tables: &Beside<'s>, side: &'s Side, which: usize) -> Option<(&'s Lost, &'s Number)> {
    let each = counted(tables).into_iter().filter_map(|lost| {
        let number = &side.losses.get(lost)?.shares.as_ref()?[which];
        number.value.map(|_| (lost, number))
    });
    each.reduce(|x, y| if y.1.value > x.1.value { y } else { x })
}

/// The switch of them that stops a side first; `None` if nothing is known of any.
fn first_short<'s>(tables: &Beside<'s>, side: &'s Side) -> Option<(&'s Lost, &'s Switched)> {
    let known = |side: &'s Side, lost: &Lost| side.switches.get(lost).and_then(Option::as_ref);
    let both =
        counted(tables).into_iter().filter(|l| known(tables.a, l).is_some() && known(tables.b, l).is_some());
    let weeks = |s: &Switched| s.survive.unwrap_or(f64::INFINITY);
    let each = both.filter_map(|lost| Some((lost, known(side, lost)?)));
    each.reduce(|x, y| if weeks(y.1) < weeks(x.1) { y } else { x })
}

/// B's place in each thing that safety is judged by.
fn counts(tables: &Beside<'_>) -> Vec<Count> {
    let (a, b) = (tables.a, tables.b);
    // Of a share that is lost less is better, of a wall and of weeks more.
    let better = |told: Told, more_is_better: bool| match (told, told.sign() > 0) {
        (Told::Same | Told::Nearly, _) => Better::Same,
        (Told::NoData, _) => Better::NoData,
        (Told::Unclear, _) => Better::Unclear,
        (_, more) if more == more_is_better => Better::B,
        _ => Better::A,
    };
    let share = |which| {
        let number = |side| worst_share(tables, side, which).map(|(_, n)| n);
        better(tables.difference(number(a), number(b)).told, false)
    };
    let [wall_a, wall_b] = tables.headline("wall");
    let switched = [a, b].map(|side| first_short(tables, side).map(|(_, s)| s));
    vec![
        Count { word: "count-pro-rata", better: share(1) },
        Count { word: "count-outbid", better: share(2) },
        Count { word: "count-wall", better: better(tables.difference(wall_a, wall_b).told, true) },
        Count { word: "count-weeks", better: better(lasts(switched), true) },
    ]
}

/// Which is safer, in how much of what safety is judged by.
fn verdict(counts: &[Count]) -> Message {
    let of = |better: Better| {
        let words = counts.iter().filter(|c| c.better == better);
        words.map(|c| Arg::Word(c.word.to_owned())).collect::<Vec<_>>()
    };
    let (a, b) = (of(Better::A), of(Better::B));
    let open = [of(Better::Unclear), of(Better::NoData)].concat();
    let id = match (a.is_empty(), b.is_empty(), open.is_empty()) {
        (true, true, true) => "verdict-same",
        (true, true, false) => "verdict-unclear",
        (false, false, _) => "verdict-mixed",
        (true, false, true) => "verdict-b",
        (true, false, false) => "verdict-b-open",
        (false, true, true) => "verdict-a",
        (false, true, false) => "verdict-a-open",
    };
    let given = [("a", a), ("b", b), ("open", open)];
    let named = |id: &str| -> &[&str] {
        match id {
            "verdict-unclear" => &["open"],
            "verdict-mixed" => &["a", "b"],
            "verdict-b" => &["b"],
            "verdict-b-open" => &["b", "open"],
            "verdict-a" => &["a"],
            "verdict-a-open" => &["a", "open"],
            _ => &[],
        }
    };
    let gaps = given.into_iter().filter(|(gap, _)| named(id).contains(gap));
    gaps.fold(Message::new(id), |message, (gap, words)| message.arg(gap, Arg::List(words)))
}

/// What is lost by a side, and how.
fn lost(message: Message, side: &str, lost: &Lost) -> Message {
    let message = message.name(&format!("lost-{side}"), lost.0.as_str());
    message.word(&format!("mode-{side}"), format!("mode-{}", mode(lost)))
}

fn ranged(message: Message, name: &str, n: &Number, unit: Unit) -> Option<Message> {
    Some(message.range(name, n.value?, n.low?, n.high?, unit))
}

/// The worst stop share of each.
fn worst(tables: &Beside<'_>) -> Option<Message> {
    let ((lost_a, a), (lost_b, b)) = (worst_share(tables, tables.a, 1)?, worst_share(tables, tables.b, 1)?);
    let message = lost(lost(Message::new("compare-worst"), "a", lost_a), "b", lost_b);
    ranged(ranged(message, "a", a, Unit::Fraction)?, "b", b, Unit::Fraction)
}

/// The volume at which each runs into its wall.
fn wall(tables: &Beside<'_>) -> Option<Message> {
    let [a, b] = tables.headline("wall");
    let (a, b) = (a?, b?);
    let message = Message::new("compare-wall").name("item-a", a.of.clone()?).name("item-b", b.of.clone()?);
    ranged(ranged(message, "a", a, Unit::Piece)?, "b", b, Unit::Piece)
}

/// How long the stock of each bridges the switch that stops it first.
fn weeks(tables: &Beside<'_>) -> Option<Message> {
    let ((lost_a, a), (lost_b, b)) = (first_short(tables, tables.a)?, first_short(tables, tables.b)?);
    let number = |message: Message, name: &str, weeks: f64| message.number(name, weeks, Unit::None);
    Some(match (a.survive, b.survive) {
        (None, None) => Message::new("compare-weeks-none"),
        (Some(a), None) => lost(number(Message::new("compare-weeks-a"), "a", a), "a", lost_a),
        (None, Some(b)) => lost(number(Message::new("compare-weeks-b"), "b", b), "b", lost_b),
        (Some(a), Some(b)) => {
            let message = lost(lost(Message::new("compare-weeks"), "a", lost_a), "b", lost_b);
            number(number(message, "a", a), "b", b)
        }
    })
}

/// That a loss is not counted, because one of the two is assembled there.
fn at_home(tables: &Beside<'_>) -> Option<Message> {
    let is_home = |side: &Side, country: &str| side.home == country;
    let countries: BTreeSet<&str> = tables.lost().into_iter().map(|lost| lost.0.as_str()).collect();
    let one = |c: &&str| is_home(tables.a, c) != is_home(tables.b, c);
    let country = countries.into_iter().find(one)?;
    let id = if is_home(tables.a, country) { "compare-home-a" } else { "compare-home-b" };
    Some(Message::new(id).name("country", country))
}

/// Elements of which B holds less or more, as far as that can be told, those by most first.
fn inside(tables: &Beside<'_>) -> Vec<Message> {
    let rows = |side: &'_ Side| side.rows.get("elements").cloned().unwrap_or_default();
    let mut found: Vec<(i32, f64, String)> = vec![];
    let others = rows(tables.b);
    for (element, row) in rows(tables.a) {
        let other = others.iter().find(|(key, _)| *key == element).map(|(_, row)| &row.number);
        let told = tables.difference(Some(&row.number), other).told;
        let ratio = other.and_then(|o| o.value).zip(row.number.value).map(|(b, a)| f64::ln(b / a).abs());
        if let (true, Some(ratio), false) = (told.sign() != 0, ratio, element == unknown::CONTENT_UNKNOWN) {
            found.push((told.sign(), ratio, element));
        }
    }
    found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.2.cmp(&y.2)));
    let of = |sign: i32, id: &'static str| {
        let names: Vec<&str> = found.iter().filter(|f| f.0 == sign).map(|f| f.2.as_str()).collect();
        let shown = names.iter().take(ELEMENTS).copied();
        (!names.is_empty())
            .then(|| Message::new(id).names("elements", shown).integer("all", names.len() as i64))
    };
    [of(-1, "compare-inside-less"), of(1, "compare-inside-more")].into_iter().flatten().collect()
}

/// By how much B weighs or costs more or less.
fn more(tables: &Beside<'_>, key: &str, id: &'static str) -> Option<Message> {
    let unit = if key.starts_with("mass") { Unit::Kg } else { Unit::Usd };
    let [a, b] = tables.headline(key);
    let (a, b) = (a?, b?);
    let difference = tables.difference(Some(a), Some(b));
    let value = difference.value?;
    let word = match difference.told {
        Told::Same | Told::Nearly => "same",
        Told::Unclear => "unclear",
        told if told.sign() < 0 => "less",
        _ => "more",
    };
    let message = Message::new(format!("{id}-{word}"));
    let of = |message: Message| Some(message.number("a", a.value?, unit).number("b", b.value?, unit));
    match difference.told {
        Told::Same | Told::Nearly => Some(message.number("b", b.value?, unit)),
        _ => {
            let (low, high) = (difference.low?, difference.high?);
            let ends = if value < 0.0 { (-high, -low) } else { (low, high) };
            let message = match difference.told {
                Told::Unclear => message.range("difference", value, low, high, unit),
                _ => message.range("difference", value.abs(), ends.0, ends.1, unit),
            };
            of(message)
        }
    }
}

/// What moved each number most that says something of safety: the dysprosium inside and the need of what is the wall.
fn most_moved(tables: &Beside<'_>, pairs: &[Matched], moved: &Moved) -> Vec<Message> {
    let wall = tables.headline("wall")[1].and_then(|n| n.of.as_ref()).map(|item| need(item, tables.b));
    let wanted = |key: &str| key == "Dy" || Some(key) == wall.as_deref();
    let mut said = vec![];
    for (k, effects) in moved.effects.iter().enumerate() {
        let (a, b) = (&tables.a.linear[k], &tables.b.linear[k]);
        let (Some(most), Some(x), Some(y)) = (effects.first(), a.value, b.value) else { continue };
        if !wanted(&a.key) || x == y {
            continue;
        }
        let id = match pairs[most.pair].pair {
            Pair::Removed(x) => &tables.a.parts[x].id,
            Pair::Added(y) | Pair::Both(_, y, _) => &tables.b.parts[y].id,
        };
        let unit = a.unit.or(b.unit).unwrap_or_default();
        said.push(
            Message::new("compare-moved")
                .name("number", a.key.as_str())
                .name("item", id.as_str())
                .word("what", most.what.word())
                .number("effect", most.effect, unit)
                .number("difference", y - x, unit),
        );
    }
    said
}

/// What a reader of the whole must know: the changes of each scenario, and where each number is explained.
pub(super) fn notes(a: &Side, b: &Side) -> Vec<Message> {
    let mut notes = vec![];
    match a.frame.notes == b.frame.notes {
        true => notes.extend(a.frame.notes.clone()),
        false => {
            for (letter, side) in [("A", a), ("B", b)].into_iter().filter(|(_, s)| !s.frame.notes.is_empty())
            {
                notes.push(
                    Message::new("note-compare-changed")
                        .text("side", letter)
                        .text("name", side.name.as_str()),
                );
                notes.extend(side.frame.notes.clone());
            }
        }
    }
    notes.push(Message::new("note-compare-explain"));
    notes
}
