//! A network as an experiment: its trials in blocks, and what is kept of each.

use super::Request;
use super::read::Network;
use crate::context::{Cancelled, Context};
use crate::trials::{BLOCK, Experiment, Identity, Need, Sample};
use linchpin_kernel::{Chances, Down, LANES, Outages, Scratch};
use std::ops::Range;

/// Blocks worked out together: the suppliers' streams are made once for them.
const WIDTH: u64 = 8;

/// A network whose trials are run.
#[derive(Debug)]
pub struct Sampled<'n> {
    /// As read.
    pub network: &'n Network,
    /// For the kernel, with its weeks.
    pub outages: Outages,
    place: String,
    request: Request,
}

/// Weeks for which a supplier was down in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DownWeeks {
    /// The supplier.
    pub supplier: u32,
    /// Weeks, at least one.
    pub weeks: u32,
}

/// What is kept of the trials of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Units lost in all weeks, by trial, by product.
    losses: Vec<f64>,
    /// Suppliers that were down, by trial.
    downs: Vec<DownWeeks>,
    /// Where those of each trial end.
    ends: Vec<u32>,
}

impl Block {
    /// Losses by product, and who was down, by trial.
    pub fn trials(&self, products: usize) -> impl Iterator<Item = (&[f64], &[DownWeeks])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let downs = starts.zip(&self.ends).map(|(from, to)| &self.downs[from as usize..*to as usize]);
        self.losses.chunks_exact(products).zip(downs)
    }

    /// Takes up one lane of eight.
    fn push(&mut self, lane: usize, losses: &[[f64; LANES]], downs: &[Down]) {
        self.losses.extend(losses.iter().map(|product| product[lane]));
        let start = self.ends.last().map_or(0, |end| *end as usize);
        for down in downs.iter().filter(|d| usize::from(d.lane) == lane) {
            let weeks = down.to - down.from;
            match self.downs[start..].last_mut().filter(|last| last.supplier == down.supplier) {
                Some(last) => last.weeks += weeks,
                None => self.downs.push(DownWeeks { supplier: down.supplier, weeks }),
            }
        }
        self.ends.push(self.downs.len() as u32);
    }
}

impl<'n> Sampled<'n> {
    /// A network for so many weeks; where it was read tells a journal's reader where to look for it.
    pub fn new(network: &'n Network, request: &Request, place: String) -> Sampled<'n> {
        let outages = Outages { weeks: request.weeks, ..network.outages.clone() };
        Sampled { network, outages, place, request: request.clone() }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.network.suppliers.len()).map(|s| self.network.suppliers.get(s))
    }
}

impl Experiment for Sampled<'_> {
    type Outcome = Block;
    type Kept = ();

    fn identity(&self) -> Identity {
        Identity {
            verb: "outages".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data: self.network.hash.clone(),
            // A struct of numbers is always JSON.
            request: serde_json::to_string(&self.request).unwrap_or_default(),
        }
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    fn need(&self) -> Need {
        let weeks = f64::from(self.outages.weeks);
        let ever = |hazard: &f64| -(weeks * (-hazard).ln_1p()).exp_m1();
        let hits = self.outages.hazard.iter().map(ever).sum::<f64>().ceil() as u64;
        let products = self.outages.demand.len() as u64;
        // Outcomes as kept and by supplier, losses by trial and by product, a sorted copy of each that is looked at.
        let trial = (size_of::<DownWeeks>() as u64 + 12) * hits + 8 * (2 * products + 8);
        let suppliers = self.outages.hazard.len() as u64;
        Need { always: 64 * suppliers, thread: Scratch::bytes(&self.outages) + 64 * suppliers, trial }
    }

    fn width(&self) -> u64 {
        WIDTH
    }

    fn run(
        &self,
        _kept: &mut (),
        seed: u64,
        trials: Range<u64>,
        context: &Context,
    ) -> Result<Vec<Block>, Cancelled> {
        let chances = Chances::new(&self.outages, seed, self.names());
        let mut scratch = Scratch::new(&self.outages);
        let mut losses = vec![[0.0; LANES]; self.outages.demand.len()];
        let (mut downs, mut blocks) = (vec![], vec![]);
        for first in trials.clone().step_by(BLOCK as usize) {
            if context.is_cancelled() {
                return Err(Cancelled);
            }
            let end = (first + BLOCK).min(trials.end);
            let mut block = Block::default();
            for from in (first..end).step_by(LANES) {
                let to = (from + LANES as u64).min(end);
                chances.draw(from..to, &mut downs);
                self.outages.losses(&downs, &mut scratch, &mut losses);
                (0..(to - from) as usize).for_each(|lane| block.push(lane, &losses, &downs));
            }
            blocks.push(block);
        }
        Ok(blocks)
    }

    fn write(&self, block: &Block, bytes: &mut Vec<u8>) {
        block.losses.iter().for_each(|loss| bytes.extend(loss.to_le_bytes()));
        block.ends.iter().for_each(|end| bytes.extend(end.to_le_bytes()));
        for down in &block.downs {
            bytes.extend(down.supplier.to_le_bytes());
            bytes.extend(down.weeks.to_le_bytes());
        }
    }

    fn read(&self, bytes: &[u8], trials: usize) -> Option<Block> {
        let products = self.outages.demand.len();
        let (losses, rest) = bytes.split_at_checked(8 * trials * products)?;
        let (ends, downs) = rest.split_at_checked(4 * trials)?;
        let words =
            |bytes: &[u8]| bytes.as_chunks().0.iter().map(|w| u32::from_le_bytes(*w)).collect::<Vec<_>>();
        let block = Block {
            losses: losses.as_chunks().0.iter().map(|l| f64::from_le_bytes(*l)).collect(),
            ends: words(ends),
            downs: words(downs)
                .chunks_exact(2)
                .map(|pair| DownWeeks { supplier: pair[0], weeks: pair[1] })
                .collect(),
        };
        let is_whole = downs.len() == 8 * block.downs.len()
            && block.ends.is_sorted()
            && block.ends.last().is_some_and(|end| *end as usize == block.downs.len())
            && block.downs.iter().all(|d| (d.supplier as usize) < self.outages.hazard.len());
        is_whole.then_some(block)
    }

    /// Of the mean loss.
    fn relative_error(&self, outcomes: &[Block]) -> Option<f64> {
        let products = self.outages.demand.len();
        let lost = outcomes.iter().flat_map(|block| block.trials(products));
        let lost: Vec<f64> = lost.map(|(losses, _)| losses.iter().sum()).collect();
        let mean = Sample::new(&lost, 1).mean();
        (mean.value > 0.0).then(|| mean.error / mean.value)
    }
}
