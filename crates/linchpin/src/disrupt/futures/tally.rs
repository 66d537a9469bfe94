//! What is kept of trials: for each what was delivered every week, what stood in the way, and what failed.

use super::super::outcome::{Outcome, is_felt, survived};
use super::super::run::{Failure, Future, Watch};
use super::super::web::Web;
use linchpin_kernel::{Propagation, Real, Trials};

/// No week, no part.
pub(super) const NONE: u16 = u16::MAX;

/// Outcomes of the trials of a block, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    /// Robots lost, and the same as a part of what would have been delivered.
    pub(super) lost: Vec<f64>,
    pub(super) part: Vec<f64>,
    /// Largest part missing in a week.
    pub(super) depth: Vec<f32>,
    /// First week of loss, and the first from which nothing is missing to the end; [`NONE`] if there is none.
    pub(super) first: Vec<u16>,
    pub(super) back: Vec<u16>,
    /// Weeks that stock lasted; not a number if nothing was lost.
    pub(super) survive: Vec<f32>,
    /// Part of what would have been delivered that was, week by week, one trial after the other.
    pub(super) delivered: Vec<f32>,
    /// Weeks of loss in which a part stood in the way: trial in the block, week, part.
    pub(super) gates: Vec<[u16; 3]>,
    /// Sites that failed and countries that were struck: trial in the block, number of the name.
    pub(super) failed: Vec<[u16; 2]>,
}

/// What sites and parts are called in all draws: the same name is the same number, whatever the network of a draw has.
pub(super) struct Names {
    /// Parts that the maker buys, by the name of the slot.
    pub(super) parts: Vec<String>,
    /// Sites by country and key, and shocks of countries.
    pub(super) sites: Vec<String>,
}

/// What a shock of a country is called.
pub(super) fn shock_name(country: &str) -> String {
    format!("shock/{country}")
}

/// What a site is called in all draws.
pub(super) fn site_name(web: &Web, site: usize) -> String {
    format!("{}/{}", web.sites[site].country, web.sites[site].key())
}

impl Names {
    pub(super) fn new(web: &Web) -> Names {
        let mut parts: Vec<String> =
            web.slots.iter().filter(|s| s.site == 0).map(|s| s.input.clone()).collect();
        let mut sites: Vec<String> = (0..web.sites.len()).map(|site| site_name(web, site)).collect();
        parts.sort();
        parts.dedup();
        sites.extend(web.sites.iter().map(|site| shock_name(&site.country)));
        sites.sort();
        sites.dedup();
        Names { parts, sites }
    }

    pub(super) fn part(&self, name: &str) -> u16 {
        self.parts.binary_search_by(|p| p.as_str().cmp(name)).map_or(NONE, |at| at as u16)
    }

    pub(super) fn site(&self, name: &str) -> u16 {
        self.sites.binary_search_by(|s| s.as_str().cmp(name)).map_or(NONE, |at| at as u16)
    }
}

/// What the maker holds of one part.
struct Held {
    part: u16,
    slot: usize,
    need: f64,
    lanes: Vec<usize>,
}

/// Weeks of need that are asked for in a week of loss, and stock and arrival of the scarcest part, if the maker buys any.
type FirstLoss = (f64, Option<(f32, f32)>);

/// Looks at the maker's side of several trials at once.
pub(super) struct Look<'l, V: Trials> {
    web: &'l Web,
    futures: &'l [Future],
    /// Robots delivered without events, by week.
    base: &'l [f64],
    clocks: Vec<u32>,
    held: Vec<Held>,
    arrived: Vec<V>,
    delivered: Vec<V>,
    /// Stock and arrival of the scarcest part in the first week of loss, with the need, of each trial.
    first: Vec<Option<FirstLoss>>,
    gates: Vec<(usize, u16, u16)>,
}

impl<'l, V: Trials> Look<'l, V> {
    pub(super) fn new(
        web: &'l Web,
        names: &Names,
        futures: &'l [Future],
        base: &'l [f64],
        clocks: Vec<u32>,
    ) -> Look<'l, V> {
        let network = &web.network;
        let lanes = |slot: usize| web.lanes.iter().enumerate().filter(move |(_, l)| l.slot == slot);
        let held = web.slots.iter().enumerate().filter(|(_, s)| s.site == 0).map(|(s, slot)| Held {
            part: names.part(&slot.input),
            slot: network.slot(s),
            need: network.use_of(network.slot(s)),
            lanes: lanes(s).map(|(l, _)| network.lane(l)).collect(),
        });
        Look {
            web,
            futures,
            base,
            clocks,
            held: held.collect(),
            arrived: vec![],
            delivered: vec![],
            first: vec![None; futures.len()],
            gates: vec![],
        }
    }

    /// Whether the maker's own plant stands.
    fn stands(&self, trial: usize, week: u32) -> bool {
        let future = &self.futures[trial];
        let hits = self.web.hit[0].iter().zip(&future.courses);
        future.left(0, week) < 1.0 || hits.filter(|(hit, _)| **hit).any(|(_, c)| c.left(week) < 1.0)
    }

    /// The outcome of each trial, put behind those that are there.
    pub(super) fn tell(self, names: &Names, tally: &mut Tally) {
        let at = tally.lost.len() as u16;
        let week = |w: Option<usize>| w.map_or(NONE, |w| w as u16);
        for trial in 0..self.futures.len() {
            let delivered: Vec<f64> = self.delivered.iter().map(|v| v.trials()[trial].as_f64()).collect();
            let outcome = Outcome::of(self.base, &delivered, |w| {
                let (need, scarcest) = self.first[trial].unwrap_or((1.0, None));
                survived(w, self.clocks[trial], need, scarcest)
            });
            tally.lost.push(outcome.lost);
            tally.part.push(outcome.part);
            tally.depth.push(outcome.depth as f32);
            tally.first.push(week(outcome.first));
            tally.back.push(week(outcome.back));
            tally.survive.push(outcome.survive.map_or(f32::NAN, |s| s as f32));
            let parts = delivered.iter().zip(self.base);
            tally
                .delivered
                .extend(parts.map(|(got, base)| if *base > 0.0 { (got / base) as f32 } else { 1.0 }));
            // Of many plants that lose a part it is told once that their country was struck.
            let named = |f: &Failure| match f.left > 0.0 {
                true => names.site(&shock_name(&self.web.sites[f.site].country)),
                false => names.site(&site_name(self.web, f.site)),
            };
            let mut failed: Vec<u16> = self.futures[trial].failures.iter().map(named).collect();
            failed.sort_unstable();
            failed.dedup();
            tally.failed.extend(failed.into_iter().map(|site| [at + trial as u16, site]));
        }
        let mut gates = self.gates;
        gates.sort_unstable();
        tally.gates.extend(gates.into_iter().map(|(trial, week, part)| [at + trial as u16, week, part]));
    }
}

impl<V: Trials> Watch<V> for Look<'_, V> {
    fn before(&mut self, run: &Propagation<'_, V>) {
        self.arrived.clear();
        self.arrived.extend(self.held.iter().flat_map(|h| &h.lanes).map(|l| run.delivered(*l)));
    }

    fn after(&mut self, week: u32, wanted: f64, run: &Propagation<'_, V>) {
        let served = run.served()[0];
        self.delivered.push(served);
        let base = self.base[week as usize];
        let felt = |trial: usize| is_felt(base, served.trials()[trial].as_f64());
        let short: Vec<usize> = (0..self.futures.len()).filter(|trial| felt(*trial)).collect();
        if short.is_empty() {
            return;
        }
        let stock: Vec<V> = self.held.iter().map(|h| run.stock_of(h.slot)).collect();
        let part = |value: f64, need: f64| if need > 0.0 { (value / need) as f32 } else { 0.0 };
        for trial in short {
            let of = |v: &V| v.trials()[trial].as_f64();
            let held = self.held.iter().zip(&stock).map(|(h, s)| part(of(s), h.need)).enumerate();
            let scarcest = held.reduce(|a, b| if b.1 < a.1 { b } else { a });
            if self.first[trial].is_none() {
                let arrived = |at: usize| {
                    let before: usize = self.held[..at].iter().map(|h| h.lanes.len()).sum();
                    let lanes = &self.arrived[before..before + self.held[at].lanes.len()];
                    lanes.iter().fold(0.0f32, |sum, units| sum + part(of(units), self.held[at].need))
                };
                let scarcest = scarcest.map(|(at, stock)| (stock, arrived(at)));
                self.first[trial] = Some((wanted / self.web.rate, scarcest));
            }
            if let Some((at, _)) = scarcest.filter(|_| !self.stands(trial, week)) {
                self.gates.push((trial, week as u16, self.held[at].part));
            }
        }
    }
}

impl Tally {
    /// Bytes that a trial of some weeks takes, about.
    pub(super) fn bytes(weeks: u32) -> u64 {
        64 + 6 * u64::from(weeks)
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let count = |bytes: &mut Vec<u8>, n: usize| bytes.extend((n as u32).to_le_bytes());
        count(bytes, self.gates.len());
        count(bytes, self.failed.len());
        self.lost.iter().chain(&self.part).for_each(|v| bytes.extend(v.to_le_bytes()));
        let singles = self.depth.iter().chain(&self.survive).chain(&self.delivered);
        singles.for_each(|v| bytes.extend(v.to_le_bytes()));
        let words = self.first.iter().chain(&self.back).chain(self.gates.as_flattened());
        words.chain(self.failed.as_flattened()).for_each(|v| bytes.extend(v.to_le_bytes()));
    }

    /// What [`Tally::write`] wrote of some trials of some weeks; `None` if it is something else.
    pub(super) fn read(mut bytes: &[u8], trials: usize, weeks: usize) -> Option<Tally> {
        fn take<'b>(
            bytes: &mut &'b [u8],
            count: usize,
            size: usize,
        ) -> Option<std::slice::ChunksExact<'b, u8>> {
            let (here, rest) = bytes.split_at_checked(count * size)?;
            *bytes = rest;
            Some(here.chunks_exact(size))
        }
        fn doubles(bytes: &mut &[u8], count: usize) -> Option<Vec<f64>> {
            take(bytes, count, 8)?.map(|b| Some(f64::from_le_bytes(b.try_into().ok()?))).collect()
        }
        fn singles(bytes: &mut &[u8], count: usize) -> Option<Vec<f32>> {
            take(bytes, count, 4)?.map(|b| Some(f32::from_le_bytes(b.try_into().ok()?))).collect()
        }
        fn words(bytes: &mut &[u8], count: usize) -> Option<Vec<u16>> {
            take(bytes, count, 2)?.map(|b| Some(u16::from_le_bytes(b.try_into().ok()?))).collect()
        }
        let mut counts =
            take(&mut bytes, 2, 4)?.map(|b| Some(u32::from_le_bytes(b.try_into().ok()?) as usize));
        let (gates, failed) = (counts.next()??, counts.next()??);
        let lost = doubles(&mut bytes, trials)?;
        let part = doubles(&mut bytes, trials)?;
        let depth = singles(&mut bytes, trials)?;
        let survive = singles(&mut bytes, trials)?;
        let delivered = singles(&mut bytes, trials * weeks)?;
        let first = words(&mut bytes, trials)?;
        let back = words(&mut bytes, trials)?;
        let gates = words(&mut bytes, gates.checked_mul(3)?)?.as_chunks().0.to_vec();
        let failed = words(&mut bytes, failed.checked_mul(2)?)?.as_chunks().0.to_vec();
        bytes.is_empty().then_some(Tally {
            lost,
            part,
            depth,
            first,
            back,
            survive,
            delivered,
            gates,
            failed,
        })
    }
}
