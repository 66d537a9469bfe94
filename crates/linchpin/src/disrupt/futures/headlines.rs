//! The answer of trials in a few sentences.

use super::Told;
use super::causes::InTheWay;
use super::outcomes::TAIL;
use crate::book::Book;
use linchpin_table::{Message, Unit};

impl<'s, 'a> Told<'s, 'a> {
    /// `part` is what stands in the way longest, `weekly` what is delivered on average.
    pub(super) fn headlines(&self, book: &mut Book, part: Option<&InTheWay>, weekly: &[f64]) {
        let (model, request) = (self.story.model, self.story.request);
        let lost = self.sample(&self.lost);
        let (mean, tail) = (lost.mean(), lost.cvar(TAIL));
        let none = self.sample(&self.part).share(|part| part <= 0.0);
        let usual: f64 = self.story.base.delivered.iter().sum();
        let about = |id: &'static str| {
            Message::new(id)
                .name("product", model.product.item.as_str())
                .name("country", model.product.country.as_str())
                .number("volume", request.volume, Unit::Piece)
                .integer("trials", self.run.trials as i64)
                .integer("weeks", i64::from(request.horizon))
        };
        book.answer.headlines.push(
            about("risk-loss")
                .range("mean", mean.value, mean.low, mean.high, Unit::Piece)
                .number("part", mean.value / usual.max(f64::MIN_POSITIVE), Unit::Fraction)
                .number("none", none.value, Unit::Fraction),
        );
        let worst = lost.quantile(TAIL);
        book.answer.headlines.push(
            Message::new("risk-tail").range("worst", worst.value, worst.low, worst.high, Unit::Piece).range(
                "tail",
                tail.value,
                tail.low,
                tail.high,
                Unit::Piece,
            ),
        );
        if let Some(part) = part {
            let name = self.names.parts[part.part].as_str();
            book.answer.headlines.push(Message::new("risk-part").name("part", name));
        }
        // Two weeks a bar, so that two years fit on a line.
        let line = weekly.chunks(2).map(|c| Some(c.iter().sum::<f64>() / c.len() as f64));
        book.answer.headlines.push(
            Message::new("risk-line")
                .series("line", line)
                .integer("last", i64::from(request.horizon.saturating_sub(1))),
        );
    }
}
