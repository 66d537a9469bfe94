//! What more stock would save, told sharply: the same trials, with the same draws, once more.

use super::causes::InTheWay;
use super::experiment::Study;
use super::{RiskError, Told, study};
use crate::book::Draft;
use crate::trials::{self, Estimate, Pair, Plan};
use linchpin_table::{Message, Unit};

/// Weeks of cover that are tried on top.
const MORE: f64 = 6.0;
/// Parts that are tried, each by itself, those that stand in the way longest.
const TRIED: usize = 3;

impl<'s, 'a> Told<'s, 'a> {
    /// Robots that six more weeks of each part would save, with the error of the difference.
    pub(super) fn gain_table(&self, parts: &[InTheWay], plan: &Plan) -> Result<Draft<'s, 'a>, RiskError> {
        let model = self.story.model;
        let mut rows: Vec<(String, Estimate, Estimate)> = vec![];
        let plan = Plan { trials: self.run.trials, seed: plan.seed, ..Plan::default() };
        for part in parts.iter().take(TRIED) {
            let part = &self.names.parts[part.part];
            let study = Study {
                more: Some((part.clone(), MORE)),
                ..study(model, self.story, self.futures, plan.seed, "")
            };
            let run = trials::run(&study, &plan, &model.context)?;
            let lost: Vec<f64> = run.outcomes.iter().flat_map(|t| t.lost.iter().copied()).collect();
            let saved = Pair::new(&self.lost, &lost, self.cluster).mean();
            rows.push((part.clone(), saved, self.sample(&lost).mean()));
        }
        rows.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then_with(|| a.0.cmp(&b.0)));
        let of = |get: fn(&(String, Estimate, Estimate)) -> Estimate| {
            rows.iter().map(|r| Some(get(r))).collect::<Vec<_>>()
        };
        let draft = Draft::new(model, "risk_gain", rows.iter().map(|r| r.0.clone()).collect())
            .names("part", rows.iter().map(|r| r.0.clone()).collect());
        let draft = self.estimates(draft, ["saved", "saved_low", "saved_high"], Unit::Piece, &of(|r| r.1));
        let draft = self.estimates(
            draft,
            ["still_lost", "still_lost_low", "still_lost_high"],
            Unit::Piece,
            &of(|r| r.2),
        );
        Ok(draft.note(Message::new("note-risk-gain").integer("weeks", MORE as i64)))
    }
}
