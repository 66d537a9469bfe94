//! What trials say of the loss: its mean, its tail, how likely it is, when it begins, and the line week by week.

use super::Told;
use super::tally::NONE;
use crate::book::Draft;
use crate::model::Quantity;
use crate::trials::Estimate;
use linchpin_table::{Message, Unit};

/// Part of all trials that CVaR leaves out: it is the mean of the worst twentieth.
pub(super) const TAIL: f64 = 0.95;
/// Losses whose chance is told, as parts of what would have been delivered.
const LOSSES: [f64; 8] = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
/// Weeks between rows of the table of survival.
const STEP: usize = 4;
/// Parts of trials whose week is no worse, in the fan.
const FAN: [(&str, f64); 5] = [("p5", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

/// Chances of events of which each holds the next: what bounds one from above bounds those after it, what bounds one from
/// below those before it. Without this an event that never came would be told less sharply than a likelier one.
fn falling(mut chances: Vec<Estimate>) -> Vec<Option<Estimate>> {
    let mut high = f64::INFINITY;
    for chance in &mut chances {
        high = high.min(chance.high);
        chance.high = high;
    }
    let mut low = f64::NEG_INFINITY;
    for chance in chances.iter_mut().rev() {
        low = low.max(chance.low);
        chance.low = low;
    }
    chances.into_iter().map(Some).collect()
}

impl<'s, 'a> Told<'s, 'a> {
    pub(super) fn number(&self, value: f64) -> Option<Quantity> {
        Some(super::super::number(value, &self.inputs))
    }

    /// A column of estimates with their 95 % intervals.
    pub(super) fn estimates<'d>(
        &self,
        draft: Draft<'d, 'a>,
        names: [&'static str; 3],
        unit: Unit,
        of: &[Option<Estimate>],
    ) -> Draft<'d, 'a> {
        let column = |get: fn(&Estimate) -> f64| -> Vec<Option<Quantity>> {
            of.iter()
                .map(|e| e.as_ref().map(get).filter(|v| v.is_finite()).and_then(|v| self.number(v)))
                .collect()
        };
        draft.ends(names, unit, column(|e| e.value), column(|e| e.low), column(|e| e.high))
    }

    /// First week of loss by trial; the end of the run where nothing is lost.
    pub(super) fn first_losses(&self) -> Vec<f64> {
        let end = self.weeks as f64;
        self.trials().map(|(t, at)| if t.first[at] == NONE { end } else { f64::from(t.first[at]) }).collect()
    }

    pub(super) fn outcome_table(&self) -> Draft<'s, 'a> {
        let depth: Vec<f64> = self.trials().map(|(t, at)| f64::from(t.depth[at])).collect();
        let short: Vec<f64> = self.trials().map(|(t, at)| self.weeks_short(t, at) as f64).collect();
        let first = self.first_losses();
        let rows: [(&str, Unit, &[f64]); 5] = [
            ("robots_lost", Unit::Piece, &self.lost),
            ("lost_part", Unit::Fraction, &self.part),
            ("depth", Unit::Fraction, &depth),
            ("weeks_short", Unit::None, &short),
            ("first_loss", Unit::None, &first),
        ];
        let units: Vec<Unit> = rows.iter().map(|r| r.1).collect();
        let means: Vec<Estimate> = rows.iter().map(|r| self.sample(r.2).mean()).collect();
        let column = |of: &dyn Fn(&[f64]) -> f64| rows.iter().map(|r| self.number(of(r.2))).collect();
        let mean = |get: fn(&Estimate) -> f64| means.iter().map(|e| self.number(get(e))).collect::<Vec<_>>();
        let words = rows.iter().map(|r| Some(format!("measure-{}", r.0.replace('_', "-")))).collect();
        let mut draft = Draft::new(self.story.model, "risk", rows.iter().map(|r| r.0.to_owned()).collect())
            .words("measure", words)
            .number_by_row("average", units.clone(), mean(|e| e.value))
            .number_by_row("average_low", units.clone(), mean(|e| e.low))
            .number_by_row("average_high", units.clone(), mean(|e| e.high));
        for (name, p) in [("p5", 0.05), ("p50", 0.5), ("p95", 0.95), ("p99", 0.99)] {
            draft = draft.number_by_row(name, units.clone(), column(&|v| self.sample(v).quantile(p).value));
        }
        draft
            .number_by_row("cvar", units.clone(), column(&|v| self.sample(v).cvar(TAIL).value))
            .number_by_row("greatest", units, column(&|v| v.iter().copied().fold(f64::MIN, f64::max)))
            .note(Message::new("note-risk").integer("draws", self.lost.len().div_ceil(self.cluster) as i64))
    }

    /// Weeks of a trial in which a robot is missing.
    fn weeks_short(&self, tally: &super::Tally, at: usize) -> usize {
        let line = &tally.delivered[at * self.weeks..(at + 1) * self.weeks];
        line.iter().filter(|part| super::super::outcome::is_felt(1.0, f64::from(**part))).count()
    }

    /// How likely a loss is: the chance that it is at least so large.
    pub(super) fn exceedance_table(&self) -> Draft<'s, 'a> {
        let usual: f64 = self.story.base.delivered.iter().sum();
        let chances =
            falling(LOSSES.map(|least| self.sample(&self.part).share(|part| part >= least)).to_vec());
        let keys = LOSSES.iter().map(|l| format!("{l}")).collect();
        let draft = Draft::new(self.story.model, "risk_loss", keys)
            .number("at_least", Unit::Fraction, LOSSES.iter().map(|l| self.number(*l)).collect())
            .number("robots_lost", Unit::Piece, LOSSES.iter().map(|l| self.number(l * usual)).collect());
        self.estimates(draft, ["chance", "chance_low", "chance_high"], Unit::Fraction, &chances)
            .note(Message::new("note-risk-loss"))
    }

    /// How likely it is that no robot is lost until a week.
    pub(super) fn survival_table(&self) -> Draft<'s, 'a> {
        let first = self.first_losses();
        let weeks: Vec<usize> = (STEP..=self.weeks).step_by(STEP).collect();
        let chances =
            falling(weeks.iter().map(|w| self.sample(&first).share(|first| first >= *w as f64)).collect());
        let draft =
            Draft::new(self.story.model, "risk_survival", weeks.iter().map(|w| w.to_string()).collect())
                .number("until_week", Unit::None, weeks.iter().map(|w| self.number(*w as f64)).collect());
        self.estimates(draft, ["chance", "chance_low", "chance_high"], Unit::Fraction, &chances)
            .bar()
            .note(Message::new("note-risk-survival"))
    }

    /// Part of what would have been delivered that is, week by week.
    pub(super) fn fan_table(&self, weekly: &[f64]) -> Draft<'s, 'a> {
        let mut parts: [Vec<f64>; FAN.len()] = Default::default();
        for week in 0..self.weeks {
            let mut line = self.in_week(week);
            line.sort_unstable_by(f64::total_cmp);
            for (column, (_, p)) in parts.iter_mut().zip(FAN) {
                // The least value that at least this part of all trials does not exceed.
                let at = (p * line.len() as f64).ceil() as usize;
                column.push(line[at.clamp(1, line.len()) - 1]);
            }
        }
        let keys: Vec<String> = (0..self.weeks).map(|w| w.to_string()).collect();
        let column = |values: &[f64]| values.iter().map(|v| self.number(*v)).collect::<Vec<_>>();
        let mut draft = Draft::new(self.story.model, "risk_weeks", keys.clone())
            .text("week", keys.into_iter().map(Some).collect())
            .number("average", Unit::Fraction, column(weekly))
            .bar();
        for ((name, _), values) in FAN.iter().zip(&parts) {
            draft = draft.number(name, Unit::Fraction, column(values));
        }
        draft.note(Message::new("note-risk-weeks"))
    }

    /// Part of the robots that was delivered in a week, by trial.
    fn in_week(&self, week: usize) -> Vec<f64> {
        self.trials().map(|(t, at)| f64::from(t.delivered[at * self.weeks + week])).collect()
    }

    /// Its mean over trials, week by week.
    pub(super) fn weekly(&self) -> Vec<f64> {
        (0..self.weeks).map(|week| self.sample(&self.in_week(week)).mean().value).collect()
    }
}
