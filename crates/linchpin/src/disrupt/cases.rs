//! The same events run in other ways: what the answer hangs on.

use super::event::{Effect, Event};
use super::outcome::Outcome;
use super::times::{self, Measure};
use super::web::Siting;
use super::{DisruptError, Request, Sharing, Story, manner, number};
use crate::atlas::FigureId;
use crate::book::Draft;
use crate::explode;
use crate::model::Quantity;
use linchpin_table::{Message, Unit};
use std::rc::Rc;

/// Ways of sharing, as rows of the outcome.
const SHARINGS: [(&str, Sharing); 3] =
    [("by_need", Sharing::Need), ("by_orders", Sharing::Orders), ("by_usual", Sharing::Usual)];
/// Rows of the outcome that belong to what is not known: their losses are the range of the headline.
const UNKNOWN: [&str; 7] = ["best", "worst", "by_need", "by_orders", "by_usual", "quicker", "slower"];

/// How it was run, and what came of it: a row of the outcome.
pub(super) struct Case {
    pub(super) key: &'static str,
    pub(super) outcome: Outcome,
}

/// Least and most robots lost over the cases that belong to what is not known.
pub(super) fn range(cases: &[Case]) -> (f64, f64) {
    let told = cases.iter().filter(|c| c.key == "as_asked" || UNKNOWN.contains(&c.key));
    told.map(|c| c.outcome.lost).fold((f64::INFINITY, 0.0), |(low, high), v| (low.min(v), high.max(v)))
}

impl<'s, 'a> Story<'s, 'a> {
    /// The scenario as asked, and in other ways.
    pub(super) fn cases(&self) -> Result<Vec<Case>, DisruptError> {
        let mut cases = vec![Case { key: "as_asked", outcome: self.outcome.clone() }];
        if self.request.alone {
            return Ok(cases);
        }
        let mut add = |key, outcome: Outcome| cases.push(Case { key, outcome });
        add("best", self.again(&self.covers, Siting::Best, self.request, self.events)?);
        add("worst", self.again(&self.covers, Siting::Worst, self.request, self.events)?);
        let mut other = self.request.clone();
        other.backlog = !self.request.backlog;
        let key = if other.backlog { "backlog" } else { "lost_sales" };
        add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
        let mut other = self.request.clone();
        other.substitutes = !self.request.substitutes;
        let key = if other.substitutes { "substitutes" } else { "no_substitutes" };
        add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
        for (key, sharing) in SHARINGS.into_iter().filter(|s| s.1 != self.request.sharing) {
            let other = Request { sharing, ..self.request.clone() };
            add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
        }
        for (key, times) in [("quicker", 0.5), ("slower", 2.0)] {
            let other = Request { adjustment: self.request.adjustment * times, ..self.request.clone() };
            // What overshoots would tell of nothing but that.
            if !manner(&other).policy::<f64>().overshoots() {
                add(key, self.again(&self.covers, Siting::Likely, &other, self.events)?);
            }
        }
        if let Some((weeks, events)) = self.until_recovered() {
            let mut longer = self.request.clone();
            longer.horizon = longer.horizon.max(weeks + 52);
            add("recovery", self.again(&self.covers, Siting::Likely, &longer, &events)?);
        }
        Ok(cases)
    }

    /// The same events, each as long as it takes to restore a plant of the kind that stopped.
    fn until_recovered(&self) -> Option<(u32, Vec<Event>)> {
        let mut most = 0;
        let mut events = vec![];
        for event in self.events {
            let mut longer = event.clone();
            if event.request.effect == Effect::Output {
                let stages = event.loss.hit.iter().map(|(k, _)| &self.chain.links[*k]);
                let weeks = stages
                    .filter_map(|l| {
                        let figure = times::figure(self.model, l.stage, &l.id, Measure::Recovery);
                        times::weeks(self.model, figure)
                    })
                    .fold(0.0, f64::max);
                if weeks > 0.0 {
                    longer.course.weeks = weeks.ceil() as u32;
                    longer.course.granted.clear();
                    most = most.max(longer.course.end());
                }
            }
            events.push(longer);
        }
        (most > 0).then_some((most, events))
    }

    pub(super) fn outcome_table(&self, cases: &[Case], inputs: &Rc<Vec<FigureId>>) -> Draft<'s, 'a> {
        let of = |get: &dyn Fn(&Outcome) -> Option<f64>| -> Vec<Option<Quantity>> {
            cases.iter().map(|c| get(&c.outcome).map(|v| number(v, inputs))).collect()
        };
        let published =
            self.model.atlas.figures.find(&format!("product_figures/{}/cost/2025", self.model.product.item));
        // Of a product whose cost nobody publishes what its parts with a price cost.
        let price = published
            .map_or_else(|| Quantity::Measure(explode::cost::placed_cost(self.model)), Quantity::cell);
        let worth = |c: &Case| Some(number(c.outcome.lost, inputs).times(price.clone()));
        Draft::new(self.model, "outcome", cases.iter().map(|c| c.key.to_owned()).collect())
            .words("case", cases.iter().map(|c| Some(format!("case-{}", c.key.replace('_', "-")))).collect())
            .number("first_loss", Unit::None, of(&|o| o.first.map(|w| w as f64)))
            .absent(Message::new("absent-never"))
            .number("survive", Unit::None, of(&|o| o.survive))
            .absent(Message::new("absent-none"))
            .number("robots_lost", Unit::Piece, of(&|o| Some(o.lost)))
            .number("lost_part", Unit::Fraction, of(&|o| Some(o.part)))
            .number("depth", Unit::Fraction, of(&|o| Some(o.depth)))
            .number("back", Unit::None, of(&|o| o.back.map(|w| w as f64)))
            .absent(Message::new("absent-none"))
            .number("worth", Unit::Usd, cases.iter().map(worth).collect())
            .note(Message::new("note-outcome"))
    }
}
