//! Several threads on one network of firms, without changing a bit: clients are swept in parts that know nothing of each
//! other, then each thread adds up the demand of its own suppliers, in the order of lanes.

use super::firms::{AHEAD, Making, Part, Rules, fetch};
use super::trials::Work;
use super::{Market, Network, Trials};
use crate::share::share;

/// Parts for each thread, so that one that is slow takes fewer.
const PARTS: usize = 8;

/// The threads, and what they share out.
#[derive(Clone, Debug)]
pub(super) struct Team<V> {
    threads: usize,
    /// Suppliers of each thread: the first that is not its own, and the lanes that buy from them, in their order.
    shares: Vec<(usize, Vec<u32>)>,
    /// What is asked for over each lane.
    notes: Vec<V>,
}

impl<V: Trials> Team<V> {
    pub(super) fn new(network: &Network<V::Scalar>, threads: usize, zero: V) -> Team<V> {
        let mut sold = vec![0usize; network.pools()];
        network.lane_pool.iter().for_each(|pool| sold[*pool as usize] += 1);
        let mut shares: Vec<(usize, Vec<u32>)> = vec![];
        let (mut of_pool, mut passed) = (vec![0u8; network.pools()], 0);
        for (pool, sold) in sold.iter().enumerate() {
            passed += sold;
            of_pool[pool] = shares.len() as u8;
            if passed * threads >= network.lanes() * (shares.len() + 1) && shares.len() + 1 < threads {
                shares.push((pool + 1, vec![]));
            }
        }
        shares.push((network.pools(), vec![]));
        for (lane, pool) in (0u32..).zip(&network.lane_pool) {
            shares[usize::from(of_pool[*pool as usize])].1.push(lane);
        }
        Team { threads, shares, notes: vec![zero; network.lanes()] }
    }

    /// Receipt, use and orders, and the demand that comes of them.
    #[inline(always)]
    pub(super) fn order(&mut self, rules: &Rules<'_, V>, all: Part<'_, V>, markets: &mut [Market<V>]) {
        let network = rules.network;
        let (mut parts, mut rest, mut notes) = (vec![], all, self.notes.as_mut_slice());
        let count = self.threads * PARTS;
        for part in 1..=count {
            let until = network.lanes() * part / count;
            let end = if part == count { network.sites() } else { network.site_from_lane(until) };
            let end = end.max(rest.sites.start);
            let before;
            (before, rest) = rest.split(network, end);
            let (own, after) = notes.split_at_mut(before.stock.len());
            notes = after;
            parts.push((before, own));
        }
        let shared: &[Market<V>] = markets;
        share(self.threads, parts.into_iter(), |(part, notes)| {
            V::vectorize(rules.token, Sweep { rules, part, notes, markets: shared });
        });
        let (mut own, mut rest, mut first) = (vec![], markets, 0);
        for (end, lanes) in &self.shares {
            let (before, after) = rest.split_at_mut(end - first);
            rest = after;
            own.push((first, before, lanes));
            first = *end;
        }
        let (notes, zero) = (&self.notes, rules.zero);
        share(self.threads, own.into_iter(), |(first, markets, lanes)| {
            V::vectorize(rules.token, Demand { network, first, markets, lanes, notes, zero });
        });
    }

    /// What each firm makes.
    #[inline(always)]
    pub(super) fn make(
        &self,
        making: &Making<'_, V>,
        made: &mut [V],
        markets: &mut [Market<V>],
        served: &mut [V],
    ) {
        let each = made.len().div_ceil(self.threads * PARTS).max(1);
        let parts = made.chunks_mut(each).zip(markets.chunks_mut(each)).zip(served.chunks_mut(each));
        share(self.threads, parts.enumerate(), |(number, ((made, markets), served))| {
            V::vectorize(making.token, Make { making, first: number * each, made, markets, served });
        });
    }
}

struct Sweep<'a, 'b, V: Trials> {
    rules: &'a Rules<'b, V>,
    part: Part<'a, V>,
    notes: &'a mut [V],
    markets: &'a [Market<V>],
}

impl<V: Trials> Work for Sweep<'_, '_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (mut rest, mut notes) = (self.part, self.notes);
        while !rest.sites.is_empty() {
            let block;
            (block, rest) = rest.block(self.rules.network);
            let (own, after) = notes.split_at_mut(block.stock.len());
            notes = after;
            block.sweep_block(self.rules, self.markets, own);
        }
    }
}

struct Demand<'a, V: Trials> {
    network: &'a Network<V::Scalar>,
    first: usize,
    markets: &'a mut [Market<V>],
    lanes: &'a [u32],
    notes: &'a [V],
    zero: V,
}

impl<V: Trials> Work for Demand<'_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for market in &mut *self.markets {
            market.demand = self.zero;
        }
        let pool = |lane: u32| self.network.lane_pool[lane as usize] as usize - self.first;
        for (at, lane) in self.lanes.iter().enumerate() {
            fetch(self.markets, self.lanes.get(at + AHEAD).map(|ahead| pool(*ahead)));
            self.markets[pool(*lane)].demand += self.notes[*lane as usize];
        }
    }
}

struct Make<'a, 'b, V: Trials> {
    making: &'a Making<'b, V>,
    first: usize,
    made: &'a mut [V],
    markets: &'a mut [Market<V>],
    served: &'a mut [V],
}

impl<V: Trials> Work for Make<'_, '_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.making.run(self.first, self.made, self.markets, self.served);
    }
}
