//! One run of a back-test's network, and what is kept of it.

use super::build::{Built, build};
use super::case::{BackTest, Effect, Event, Manner, Run};
use super::{BackTestError, Level};
use linchpin_kernel::{Policy, Propagation};
use std::collections::VecDeque;

/// A row a tick, by sites, lanes and slots one by one.
pub(super) struct Record {
    /// Runs as a part of those in equilibrium.
    pub(super) made: Vec<Vec<f64>>,
    /// Units over each lane.
    pub(super) shipped: Vec<Vec<f64>>,
    pub(super) arrived: Vec<Vec<f64>>,
    /// Stock in ticks of equilibrium use, after receipt and before use.
    pub(super) stock: Vec<Vec<f64>>,
    pub(super) built: Built,
}

impl Manner {
    fn policy(self, tick: i64) -> Policy<f64> {
        Policy {
            signal: self.signal,
            correction: self.correction,
            adjustment: (self.adjustment / tick as f64).max(1.0),
            resourcing: self.resourcing,
            rationing: self.rationing,
            backlog: false,
        }
    }
}

pub(super) fn run(test: &BackTest, run: &Run, level: Level) -> Result<Record, BackTestError> {
    let built = build(test, run, level)?;
    let network = built.network.clone();
    let mut state = Propagation::new(&network, run.manner.policy(test.tick));
    let lanes: Vec<usize> = (0..built.leads.len()).map(|row| network.lane(row)).collect();
    let slots: Vec<usize> =
        (0..built.slots.last().map_or(0, |s| s.end)).map(|row| network.slot(row)).collect();
    let amounts: Vec<f64> = lanes.iter().map(|l| network.amount(*l)).collect();
    let mut under_way: Vec<VecDeque<f64>> =
        built.leads.iter().zip(&amounts).map(|(lead, a)| std::iter::repeat_n(*a, *lead).collect()).collect();
    let (mut made, mut shipped, mut arrived, mut stock) = (vec![], vec![], vec![], vec![]);
    for tick in 0..test.ticks {
        let day = test.start.plus(tick as i64 * test.tick);
        let mut open = vec![1.0f64; lanes.len()];
        let mut left = vec![1.0f64; network.sites()];
        let here = |e: &&Event| e.only.is_empty() || e.only.contains(&run.id);
        for event in test.events.iter().filter(here) {
            match &event.effect {
                Effect::Closes(of, path) => {
                    let rows = of.iter().flat_map(|l| built.lanes[*l].clone());
                    rows.for_each(|row| open[row] = open[row].min(path.left(day)));
                }
                Effect::Stops(of, path) => {
                    let rows = of.iter().flat_map(|s| built.sites[*s].clone());
                    rows.for_each(|site| left[site] = left[site].min(path.left(day)));
                }
                Effect::Destroys(of, on, part) if day <= *on && *on < day.plus(test.tick) => {
                    for row in of.iter().flat_map(|l| built.lanes[*l].clone()) {
                        state.destroy_on_the_way(lanes[row], *part);
                        under_way[row].iter_mut().for_each(|units| *units *= 1.0 - part);
                    }
                }
                Effect::Destroys(..) => {}
            }
        }
        open.iter().zip(&lanes).for_each(|(part, lane)| state.set_open(*lane, *part));
        left.iter().enumerate().for_each(|(site, part)| state.set_left(site, *part));
        state.step();
        let part = |units: f64, usual: f64| if usual > 0.0 { units / usual } else { 0.0 };
        made.push(state.made().iter().zip(network.runs()).map(|(m, usual)| part(*m, *usual)).collect());
        let sent: Vec<f64> = lanes.iter().map(|lane| state.delivered(*lane)).collect();
        let came = under_way.iter_mut().zip(&sent).map(|(way, units)| {
            way.push_back(*units);
            way.pop_front().unwrap_or(0.0)
        });
        arrived.push(came.collect());
        shipped.push(sent);
        stock.push(slots.iter().map(|s| part(state.stock_of(*s), network.use_of(*s))).collect());
    }
    Ok(Record { made, shipped, arrived, stock, built })
}
