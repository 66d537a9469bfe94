//! The shock, day by day.

use super::Request;
use super::read::Firms;
use crate::context::{Cancelled, Context};
use linchpin_kernel::{Network, NetworkError, Policy, Propagation};

/// What is added up of a day: total output, value added, final consumption.
pub(super) type Sums = [f64; 3];

/// What the shock did.
pub(super) struct Outcome {
    /// The day before.
    pub(super) before: Sums,
    pub(super) days: Vec<Sums>,
    /// Value added that damaged capacity alone would have lost.
    pub(super) direct: f64,
    /// Output of each firm before, a day.
    pub(super) usual: Vec<f64>,
    /// Value added in a unit of each firm's output.
    pub(super) value: Vec<f64>,
    /// Output that each firm lost over all days.
    pub(super) lost: Vec<f64>,
}

/// Why a run was not finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The kernel refused the network; a bug, because what is read is checked.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Runs the shock; the links are given back to the system as soon as the kernel has them.
pub(super) fn run(firms: &mut Firms, request: &Request, context: &Context) -> Result<Outcome, RunError> {
    let start = std::mem::take(&mut firms.start);
    let supplier = std::mem::take(&mut firms.supplier);
    let amount = std::mem::take(&mut firms.amount);
    let mut bought = vec![0.0; firms.demand.len()];
    let mut client = 0u32;
    let lanes = (0u32..).zip(&supplier).zip(&amount).map(|((link, supplier), amount)| {
        while start[client as usize + 1] <= link {
            client += 1;
        }
        bought[client as usize] += *amount;
        (client, firms.sector[*supplier as usize], *supplier, *amount)
    });
    let lanes = Counted { rest: supplier.len(), lanes };
    let network = Network::of_firms(firms.demand.clone(), lanes, request.cover)?;
    drop((start, supplier, amount));
    let usual = network.runs().to_vec();
    let mut value = bought;
    for (value, usual) in value.iter_mut().zip(&usual) {
        *value = if *usual > 0.0 { 1.0 - *value / *usual } else { 0.0 };
    }
    let policy = Policy { rationing: request.rationing.of_kernel(), ..Policy::of_firms(request.adjustment) };
    let mut run = Propagation::new(&network, policy).with_threads(context.threads);
    let mut outcome =
        Outcome { before: [0.0; 3], days: vec![], direct: 0.0, lost: vec![0.0; usual.len()], usual, value };
    outcome.before = outcome.add(&outcome.usual.clone(), run.served());
    for day in 0..request.days {
        for damage in &firms.damage {
            let firm = damage.firm as usize;
            let gone = damage.part * still(day, damage.start, request.recovery);
            run.set_left(firm, 1.0 - gone);
            outcome.direct += outcome.usual[firm] * outcome.value[firm] * gone;
        }
        run.step();
        let sums = outcome.add(run.made(), run.served());
        outcome.days.push(sums);
        context.step("day", outcome.days.len())?;
    }
    Ok(outcome)
}

/// The part of a damage that a day finds: none before it comes, then all, then less by as much every day.
fn still(day: u32, start: u32, recovery: f64) -> f64 {
    match day.checked_sub(start) {
        None => 0.0,
        Some(days) if recovery > 0.0 => (1.0 - f64::from(days) / recovery).max(0.0),
        Some(_) => 1.0,
    }
}

impl Outcome {
    /// Adds up a day.
    fn add(&mut self, made: &[f64], served: &[f64]) -> Sums {
        let (mut output, mut value, mut consumption) = (0.0, 0.0, 0.0);
        let firms = self.lost.iter_mut().zip(&self.usual).zip(&self.value).zip(made.iter().zip(served));
        for (((lost, usual), own), (made, served)) in firms {
            output += made;
            value += made * own;
            consumption += served;
            *lost += usual - made;
        }
        [output, value, consumption]
    }
}

/// An iterator that knows how many are left, as [`Network::of_firms`] wants it.
struct Counted<I> {
    rest: usize,
    lanes: I,
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.rest = self.rest.saturating_sub(1);
        self.lanes.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest, Some(self.rest))
    }
}

impl<I: Iterator> ExactSizeIterator for Counted<I> {}
