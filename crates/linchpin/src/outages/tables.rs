//! The tables of the answer.

use super::Outcomes;
use super::experiment::{Block, Sampled};
use crate::trials::{Estimate, Run, Sample};
use linchpin_table::{Message, Table, TableError, Unit};

/// A number that trials can tell.
fn told(value: f64) -> Option<f64> {
    Some(value).filter(|v| v.is_finite())
}

const INTERVAL: [&str; 3] = ["value", "low", "high"];

/// What is lost in all: mean, quantiles, tails.
pub(super) fn loss(outcomes: &Outcomes, totals: &Sample<'_>) -> Result<Table, TableError> {
    let down = Sample::new(&outcomes.down_weeks, 1);
    let rows: [(&str, &'static str, Unit, Estimate); 8] = [
        ("mean", "outages-mean", Unit::Fraction, totals.mean()),
        ("p50", "outages-p50", Unit::Fraction, totals.quantile(0.5)),
        ("p95", "outages-p95", Unit::Fraction, totals.quantile(0.95)),
        ("p99", "outages-p99", Unit::Fraction, totals.quantile(0.99)),
        ("cvar95", "outages-cvar95", Unit::Fraction, totals.cvar(0.95)),
        ("cvar99", "outages-cvar99", Unit::Fraction, totals.cvar(0.99)),
        ("any", "outages-any", Unit::Fraction, totals.share(|l| l > 0.0)),
        ("down_weeks", "outages-down-weeks", Unit::None, down.mean()),
    ];
    let units = || rows.iter().map(|r| r.2);
    let lost = |r: &(&str, &str, Unit, Estimate)| match r.0 {
        "any" | "down_weeks" => None,
        _ => told(r.3.value * outcomes.wanted),
    };
    Table::builder("loss", Message::new("table-outages-loss"), rows.iter().map(|r| r.0))
        .words("what", rows.iter().map(|r| r.1))
        .header(Message::new("col-outages-what"))
        .range_by_row(
            INTERVAL,
            units(),
            rows.iter().map(|r| told(r.3.value)),
            rows.iter().map(|r| told(r.3.low)),
            rows.iter().map(|r| told(r.3.high)),
        )
        .header(Message::new("col-outages-value"))
        .unexplained()
        .number_by_row("error", units(), rows.iter().map(|r| told(r.3.error)))
        .header(Message::new("col-outages-error"))
        .unexplained()
        .number("units", Unit::None, rows.iter().map(lost))
        .header(Message::new("col-outages-units"))
        .absent(Message::new("outages-not-units"))
        .unexplained()
        .note(Message::new("note-outages-loss"))
        .build()
}

/// A table of suppliers or products with an estimate each.
struct Listed {
    key: String,
    numbers: Vec<(&'static str, &'static str, Unit, Option<f64>)>,
    estimate: Estimate,
}

/// Names of a table, of its first column and that one's header, and the header of what is estimated.
type Heads = [&'static str; 5];

fn listed(heads: Heads, rows: &[Listed], all: usize) -> Result<Table, TableError> {
    let [table, title, first, header, value] = heads;
    let mut built = Table::builder(table, Message::new(title), rows.iter().map(|r| r.key.clone()))
        .text(first, rows.iter().map(|r| r.key.clone()))
        .header(Message::new(header))
        .range(
            INTERVAL,
            Unit::Fraction,
            rows.iter().map(|r| told(r.estimate.value)),
            rows.iter().map(|r| told(r.estimate.low)),
            rows.iter().map(|r| told(r.estimate.high)),
        )
        .header(Message::new(value))
        .unexplained()
        .number("error", Unit::Fraction, rows.iter().map(|r| told(r.estimate.error)))
        .header(Message::new("col-outages-error"))
        .unexplained();
    let numbers = rows.first().map(|r| r.numbers.clone()).unwrap_or_default();
    for (k, (name, header, unit, _)) in numbers.into_iter().enumerate() {
        built = built
            .number(name, unit, rows.iter().map(|r| r.numbers[k].3))
            .header(Message::new(header))
            .unexplained();
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    built
        .note(
            Message::new("note-outages-listed")
                .integer("shown", count(rows.len()))
                .integer("all", count(all)),
        )
        .build()
}

/// What each product loses, the most first.
pub(super) fn products(sampled: &Sampled<'_>, outcomes: &Outcomes, rows: usize) -> Result<Table, TableError> {
    let row = |(product, part): (usize, &u32)| {
        let sample = Sample::new(&outcomes.by_product[product], 1);
        let demand = ("demand", "col-outages-demand", Unit::None, Some(sampled.outages.demand[product]));
        let p95 = ("p95", "col-outages-p95", Unit::Fraction, told(sample.quantile(0.95).value));
        Listed {
            key: sampled.network.parts.get(*part as usize).to_owned(),
            numbers: vec![p95, demand],
            estimate: sample.mean(),
        }
    };
    let mut all: Vec<Listed> = sampled.network.products.iter().enumerate().map(row).collect();
    all.sort_by(|a, b| b.estimate.value.total_cmp(&a.estimate.value));
    let count = all.len();
    all.truncate(rows);
    let heads = ["products", "table-outages-products", "product", "col-outages-product", "col-outages-mean"];
    listed(heads, &all, count)
}

/// In which trials each supplier was down, and for how many weeks in all.
pub(super) struct Hits {
    trials: Vec<Vec<u32>>,
    weeks: Vec<u64>,
    count: usize,
}

impl Hits {
    pub(super) fn of(sampled: &Sampled<'_>, run: &Run<Block>) -> Hits {
        let suppliers = sampled.network.suppliers.len();
        let mut hits = Hits { trials: vec![vec![]; suppliers], weeks: vec![0; suppliers], count: 0 };
        let products = sampled.network.products.len();
        for (_, downs) in run.outcomes.iter().flat_map(|block| block.trials(products)) {
            for down in downs {
                hits.trials[down.supplier as usize].push(hits.count as u32);
                hits.weeks[down.supplier as usize] += u64::from(down.weeks);
            }
            hits.count += 1;
        }
        hits
    }

    /// Suppliers that ever were down, by a number of each, the greatest first.
    fn ordered(&self, number: impl Fn(&[u32]) -> Option<f64>) -> Vec<usize> {
        let value = |s: usize| number(&self.trials[s]).map(|value| (s, value));
        let down = (0..self.trials.len()).filter(|s| !self.trials[*s].is_empty());
        let mut order: Vec<(usize, f64)> = down.filter_map(value).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.into_iter().map(|(s, _)| s).collect()
    }

    fn row(&self, sampled: &Sampled<'_>, supplier: usize, estimate: Estimate) -> Listed {
        let part = self.trials[supplier].len() as f64 / self.count as f64;
        let weeks = self.weeks[supplier] as f64 / self.count as f64;
        let numbers = vec![
            ("down", "col-outages-down", Unit::Fraction, Some(part)),
            ("down_weeks", "col-outages-down-weeks", Unit::None, Some(weeks)),
        ];
        Listed { key: sampled.network.suppliers.get(supplier).to_owned(), numbers, estimate }
    }
}

/// Suppliers by the mean loss of the trials in which they were down.
pub(super) fn when_down(
    sampled: &Sampled<'_>,
    hits: &Hits,
    totals: &Sample<'_>,
    rows: usize,
) -> Result<Table, TableError> {
    let order = hits.ordered(|trials| Some(totals.sum_of(trials) / trials.len() as f64));
    let row = |s: &usize| hits.row(sampled, *s, totals.mean_of(&hits.trials[*s]));
    let all: Vec<Listed> = order.iter().take(rows).map(row).collect();
    let heads =
        ["when_down", "table-outages-when-down", "supplier", "col-outages-supplier", "col-outages-when-down"];
    listed(heads, &all, order.len())
}

/// Suppliers by what would be lost less if they never failed.
pub(super) fn owed(
    sampled: &Sampled<'_>,
    hits: &Hits,
    totals: &Sample<'_>,
    rows: usize,
) -> Result<Table, TableError> {
    let mean = totals.mean().value;
    let sum = mean * hits.count as f64;
    let order = hits.ordered(|trials| {
        let others = hits.count - trials.len();
        (others > 0).then(|| mean - (sum - totals.sum_of(trials)) / others as f64)
    });
    let row = |s: &usize| {
        let estimate = totals.mean_owed_to(&hits.trials[*s])?;
        Some(hits.row(sampled, *s, estimate))
    };
    let all: Vec<Listed> = order.iter().take(rows).filter_map(row).collect();
    let heads = ["owed", "table-outages-owed", "supplier", "col-outages-supplier", "col-outages-owed"];
    listed(heads, &all, order.len())
}
