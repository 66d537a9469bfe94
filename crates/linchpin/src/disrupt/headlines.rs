//! The answer in a few sentences.

use super::Story;
use super::cases::{Case, range};
use super::cause;
use super::event::Effect;
use super::tables::why;
use super::times::WEEK;
use crate::atlas::{FigureId, Row};
use crate::book::Book;
use linchpin_table::{Message, Unit};

impl<'s, 'a> Story<'s, 'a> {
    /// That the maker's stock of what is short first is assumed, though he says what he has of other things.
    fn assumed_stock(&self, slot: usize) -> Option<Message> {
        let (slot, stocks) = (&self.web.slots[slot], self.model.atlas.sheet("stocks"));
        let told = |row: &Row| stocks.text(row, "product") == self.model.product.item;
        let figures = &slot.rests.as_ref()?.0;
        let of_atlas = |f: &FigureId| self.model.atlas.figures.get(*f).address.starts_with("times/");
        (stocks.rows.iter().any(told) && figures.iter().any(of_atlas)).then(|| {
            Message::new("disrupt-stock-assumed")
                .name("part", slot.input.as_str())
                .number("days", slot.cover * WEEK, Unit::Day)
                .text("item", slot.input.as_str())
        })
    }

    pub(super) fn headlines(&self, book: &mut Book, cases: &[Case], gates: &[Option<usize>]) {
        for event in &self.request.events {
            let nothing = event.left == 0.0 && event.granted.is_empty();
            let id = match (event.effect, &event.to, nothing) {
                (Effect::Output, _, true) => "disrupt-stops",
                (Effect::Output, _, false) => "disrupt-output",
                (Effect::Exports, None, true) => "disrupt-closed",
                (Effect::Exports, None, false) => "disrupt-exports",
                (Effect::Exports, Some(_), true) => "disrupt-closed-to",
                (Effect::Exports, Some(_), false) => "disrupt-exports-to",
                (Effect::Demand, ..) => "disrupt-demand",
                (Effect::Equipment, ..) => "disrupt-equipment",
            };
            let message = Message::new(id)
                .name("what", event.select.as_str())
                .number("left", event.left, Unit::Fraction)
                .integer("weeks", i64::from(event.weeks));
            book.answer.headlines.push(match &event.to {
                Some(to) => message.name("to", to.as_str()),
                None => message,
            });
            let step = |(week, left): &(u32, f64)| {
                Message::new("disrupt-granted").integer("week", i64::from(*week)).number(
                    "left",
                    *left,
                    Unit::Fraction,
                )
            };
            book.answer.headlines.extend(event.granted.iter().map(step));
        }
        let o = &self.outcome;
        let product = self.model.product.item.as_str();
        let country = self.model.product.country.as_str();
        let message = match (o.first, o.survive) {
            (Some(first), Some(survive)) => {
                let (low, high) = range(cases);
                let id = match o.back {
                    // What waited has been made since.
                    Some(_) if o.lost < 0.5 => "disrupt-late",
                    Some(_) => "disrupt-lost",
                    None => "disrupt-lost-on",
                };
                Message::new(id)
                    .integer("first", first as i64)
                    .text("survive", format!("{survive:.1}"))
                    .range("lost", o.lost, low, high, Unit::Piece)
                    .number("part", o.part, Unit::Fraction)
                    .number("depth", o.depth, Unit::Fraction)
                    .integer("deepest", o.deepest as i64)
                    .integer("back", o.back.map_or(0, |w| w as i64))
                    .integer("horizon", i64::from(self.request.horizon))
            }
            _ => {
                let (_, worst) = range(cases);
                Message::new(if worst > 0.5 { "disrupt-none-but" } else { "disrupt-none" })
                    .number("worst", worst, Unit::Piece)
                    .integer("horizon", i64::from(self.request.horizon))
            }
        };
        let volume = self.request.volume;
        let (least, most) =
            self.request.path.iter().map(|p| p.1).fold((volume, volume), |(l, h), v| (l.min(v), h.max(v)));
        let message = message.name("product", product).name("country", country);
        book.answer.headlines.push(message.range("volume", volume, least, most, Unit::Piece));
        let ends = self.events.iter().enumerate().filter(|(at, _)| self.web.feels(*at));
        let ends = ends.map(|(_, e)| e.course.end()).max().unwrap_or(0);
        if o.back.is_some_and(|back| back < ends as usize) {
            book.answer
                .headlines
                .push(Message::new("disrupt-before-the-end").integer("end", i64::from(ends)));
        }
        if o.first.is_some_and(|w| self.is_stopped(w)) {
            book.answer.headlines.push(Message::new("disrupt-cause-maker"));
        } else if let Some((week, slot)) = o.first.and_then(|w| Some((w, gates[w]?))) {
            let chain = cause::chain_of(&self.web, self.chain, self.events, &self.run, slot, week);
            if let Some(last) = chain.last() {
                let id = if chain.len() == 1 { "disrupt-cause-itself" } else { "disrupt-cause" };
                let message = Message::new(id)
                    .name("part", self.web.slots[slot].input.as_str())
                    .name("root", self.web.slots[last.slot].input.as_str())
                    .word("why", why(last.why));
                book.answer.headlines.push(message);
            }
            book.answer.headlines.extend(self.assumed_stock(slot));
        }
        let line = self.base.delivered.iter().zip(&self.run.delivered);
        let line = line.map(|(base, run)| Some(if *base > 0.0 { run / base } else { 1.0 }));
        let line: Vec<Option<f64>> = line.collect();
        // Two weeks a bar, so that two years fit on a line.
        let line = line.chunks(2).map(|c| Some(c.iter().flatten().sum::<f64>() / c.len() as f64));
        book.answer.headlines.push(
            Message::new("disrupt-line")
                .series("line", line)
                .integer("last", i64::from(self.request.horizon.saturating_sub(1))),
        );
    }

    /// Whether the maker's own plant is stopped in a week.
    pub(super) fn is_stopped(&self, week: usize) -> bool {
        let hits = self.web.hit[0].iter().zip(self.events);
        hits.filter(|(hit, _)| **hit).any(|(_, e)| e.course.left(week as u32) < 1.0)
    }
}
