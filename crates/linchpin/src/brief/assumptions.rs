//! What the headlines of the page rest on.

use super::Headline;
use crate::atlas::{Expr, FigureId, Standing};
use crate::book::{Book, BookError, Draft};
use crate::model::{Model, Quantity, figure_label};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The weightiest assumptions of all headlines, numbered.
pub(super) struct Assumptions {
    /// Figure, the number that it moves most, and how much.
    list: Vec<(FigureId, Rc<Quantity>, f64)>,
}

impl Assumptions {
    /// Numbers those of some headlines: each a number and its weightiest.
    pub(super) fn of<'h>(
        headlines: impl Iterator<Item = (Quantity, &'h Vec<(FigureId, f64)>)>,
    ) -> Assumptions {
        // The assumption that is among the weightiest of most headlines comes first.
        let mut found: BTreeMap<FigureId, (usize, Rc<Quantity>, f64)> = BTreeMap::new();
        for (quantity, weightiest) in headlines {
            let quantity = Rc::new(quantity);
            for &(figure, swing) in weightiest {
                let entry = found.entry(figure).or_insert((0, quantity.clone(), swing));
                entry.0 += 1;
                if swing > entry.2 {
                    (entry.1, entry.2) = (quantity.clone(), swing);
                }
            }
        }
        let mut list: Vec<_> = found.into_iter().collect();
        list.sort_by_key(|(figure, (count, ..))| (std::cmp::Reverse(*count), *figure));
        let number = |(figure, (_, quantity, swing))| (figure, quantity, swing);
        Assumptions { list: list.into_iter().map(number).collect() }
    }

    /// Numbers of some of them.
    pub(super) fn numbers(&self, weightiest: &[(FigureId, f64)]) -> String {
        let number =
            |f: FigureId| self.list.iter().position(|(figure, ..)| *figure == f).map(|i| (i + 1).to_string());
        weightiest.iter().filter_map(|(f, _)| number(*f)).collect::<Vec<_>>().join(" ")
    }

    /// Adds what each headline rests on: the share that is assumed, and the numbers of the weightiest.
    pub(super) fn rest<'m, 'a>(&self, draft: Draft<'m, 'a>, rows: &[Headline]) -> Draft<'m, 'a> {
        let numbers = rows.iter().map(|h| Some(self.numbers(&h.weightiest))).collect();
        draft
            .number(
                "assumed",
                Unit::Fraction,
                rows.iter().map(|h| Some(Quantity::AssumedShare(h.measure.clone()))).collect(),
            )
            .text("weightiest", numbers)
    }

    pub(super) fn push(&self, model: &Model<'_>, book: &mut Book) -> Result<(), BookError> {
        let address = |f: &FigureId| model.atlas.figures.get(*f).address.clone();
        for (figure, ..) in &self.list {
            let label = figure_label(model.atlas, &book.answer.labels, *figure);
            book.answer.labels.insert(address(figure), label);
        }
        let numbered = |i: usize| Some((i + 1).to_string());
        let draft = Draft::new(model, "weightiest", self.list.iter().map(|(f, ..)| address(f)).collect())
            .text("number", (0..self.list.len()).map(numbered).collect())
            .names("figure", self.list.iter().map(|(f, ..)| address(f)).collect())
            .range_by_row(
                ["value", "low", "high"],
                self.list.iter().map(|(f, ..)| model.atlas.figures.get(*f).unit).collect(),
                self.list.iter().map(|(f, ..)| Some(Quantity::Figures(Expr::Figure(*f)))).collect(),
            )
            .number_known(
                "swing",
                Unit::Fraction,
                self.list.iter().map(|(f, q, swing)| (Quantity::Swing(q.clone(), *f), *swing)).collect(),
            )
            .bar();
        let draft = draft.note(Message::new("note-weightiest"));
        book.push(match times(model) {
            Some(note) => draft.note(note),
            None => draft,
        })
    }
}

/// Where the times stand, which a user knows better than any publisher; `None` without any.
fn times(model: &Model<'_>) -> Option<Message> {
    let figures = model.atlas.figures.iter().filter(|(_, f)| f.address.starts_with("times/"));
    let (mut all, mut assumed) = (0, 0);
    for (_, figure) in figures {
        all += 1;
        assumed += i64::from(figure.standing == Standing::Assumed);
    }
    (all > 0).then(|| Message::new("note-times").integer("assumed", assumed).integer("all", all))
}
