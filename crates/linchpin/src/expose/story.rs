//! What the volume means: three different stories, told apart by what the robots take.

use super::headroom::{most_taken, wall};
use crate::model::{Model, Quantity};
use crate::stop::Chain;
use linchpin_table::{Message, Unit};

/// Share of a market's output below which a buyer moves no price.
const UNNOTICED: f64 = 0.01;

/// One sentence on the volume. Beyond the **wall** robots go short without any loss; below it, if they take a
/// noticeable share of a market, outbidding others means taking from them; else they are **unnoticed**, and whoever
/// pays is served as long as anyone makes it.
pub(crate) fn story(model: &Model<'_>, chain: &Chain) -> Message {
    let value = |q: &Quantity| model.value(q);
    let ends = |q: &Quantity| {
        let (value, spread) = (value(q)?, model.spread(q));
        Some([value, value + spread.down, value + spread.up])
    };
    let wall = wall(model, chain).and_then(|w| Some((w.link, ends(&w.volume)?)));
    let taken = most_taken(model, chain).and_then(|(link, share)| Some((link, value(&share)?)));
    let (Some((wall, [volume, low, high])), Some((most, share))) = (wall, taken) else {
        return Message::new("story-unknown");
    };
    let id = match share {
        _ if chain.volume > volume => "story-beyond",
        share if share >= UNNOTICED => "story-noticed",
        _ => "story-unnoticed",
    };
    Message::new(id)
        .name("wall", wall.id.as_str())
        .range("volume", volume, low, high, Unit::Piece)
        .name("most", most.id.as_str())
        .number("share", share, Unit::Fraction)
}
