//! Checks and renumbering of a network.

use super::components::components;
use super::marks::Marks;
use super::order::Sorter;
use super::run::{Effort, Run};
use super::{Lanes, Supply, SupplyError};
use crate::groups::Groups;

/// Shares of a slot that miss 1 by no more than this are taken to sum to 1: they were rounded, not left out.
const ROUNDING: f64 = 1e-12;

pub(super) fn build(sites: usize, slots: &[u32], lanes: &Lanes<'_>) -> Result<Supply, SupplyError> {
    check(sites, slots, lanes)?;
    let slots_of_site = Groups::new(sites, slots, slots.iter().copied().zip(0_u32..));
    let lanes_of_slot = Groups::new(slots.len(), lanes.slots, lanes.slots.iter().copied().zip(0_u32..));
    let mut suppliers_of_site = Neighbours::default();
    let mut buyers_of_site = Neighbours::default();
    for ((&slot, &supplier), &share) in lanes.slots.iter().zip(lanes.suppliers).zip(lanes.shares) {
        if share > 0.0 {
            let site = slots[slot as usize];
            suppliers_of_site.add(site, supplier);
            buyers_of_site.add(supplier, site);
        }
    }
    let (suppliers, buyers) = (suppliers_of_site.grouped(sites), buyers_of_site.grouped(sites));
    let mut components = components(&suppliers);
    let mut sorter = Sorter::new(&suppliers, &buyers);
    for component in &components.cyclic {
        sorter.sort(&mut components.order[component.start as usize..component.end as usize]);
    }
    let mut position = vec![0_u32; sites];
    for (place, &site) in (0..).zip(&components.order) {
        position[site as usize] = place;
    }
    let place_of = |site: u32| position[site as usize];

    let mut supply = Supply {
        cyclic: components.cyclic,
        slot_start: vec![0],
        lane_start: vec![0],
        gaps: Vec::with_capacity(slots.len()),
        suppliers: Vec::with_capacity(lanes.slots.len()),
        shares: Vec::with_capacity(lanes.slots.len()),
        lane_place: vec![0; lanes.slots.len()],
        buyers: buyers_of_site.renumbered(place_of).grouped(sites),
        base: vec![0.0; sites],
        base_effort: Effort::default(),
        restless: Vec::new(),
        tolerance: super::settle::TOLERANCE,
        position: Vec::new(),
    };
    for &site in &components.order {
        for &slot in slots_of_site.of(site) {
            let mut sum = 0.0;
            for &lane in lanes_of_slot.of(slot) {
                let (supplier, share) = (lanes.suppliers[lane as usize], lanes.shares[lane as usize]);
                supply.lane_place[lane as usize] = supply.shares.len() as u32;
                supply.suppliers.push(place_of(supplier));
                supply.shares.push(share);
                sum += share;
            }
            let gap: f64 = 1.0 - sum;
            supply.gaps.push(if gap.abs() <= ROUNDING { 0.0 } else { gap });
            supply.lane_start.push(supply.shares.len() as u32);
        }
        supply.slot_start.push(supply.gaps.len() as u32);
    }
    supply.position = position;
    supply.find_base();
    Ok(supply)
}

impl Supply {
    /// What is missing with nothing lost: everywhere 0, unless shares of some slot do not reach 1.
    fn find_base(&mut self) {
        let short = |slot: &u32| self.gaps[*slot as usize] > 0.0;
        let starts = self.slot_start.windows(2).map(|ends| ends[0]..ends[1]);
        let due: Vec<u32> = (0..)
            .zip(starts)
            .filter(|(_, slots)| slots.clone().any(|slot| short(&slot)))
            .map(|(p, _)| p)
            .collect();
        if due.is_empty() {
            return;
        }
        let wanted = Marks::all(self.sites());
        let mut run = Run::<1>::new(self, &wanted);
        run.tolerance = 0.0;
        let [effort] = run.spread(&due);
        let restless = self.cyclic.iter().filter(|&component| run.leave(component.clone()) != [0.0]);
        let restless = restless.cloned().collect();
        let base: Vec<f64> = (0..self.sites() as u32).map(|place| run.missing(place, 0)).collect();
        (self.base, self.base_effort, self.restless) = (base, effort, restless);
    }
}

/// Pairs of sites, to be grouped by the first of them.
#[derive(Default)]
struct Neighbours {
    of: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Neighbours {
    fn add(&mut self, site: u32, neighbour: u32) {
        self.of.push(site);
        self.neighbours.push(neighbour);
    }

    fn renumbered(mut self, number: impl Fn(u32) -> u32) -> Self {
        for site in self.of.iter_mut().chain(&mut self.neighbours) {
            *site = number(*site);
        }
        self
    }

    fn grouped(&self, sites: usize) -> Groups<u32> {
        Groups::new(sites, &self.of, self.of.iter().copied().zip(self.neighbours.iter().copied()))
    }
}

fn check(sites: usize, slots: &[u32], lanes: &Lanes<'_>) -> Result<(), SupplyError> {
    let count = lanes.slots.len();
    for (array, found) in [("suppliers", lanes.suppliers.len()), ("shares", lanes.shares.len())] {
        if found != count {
            return Err(SupplyError::Length { array, found, expected: count });
        }
    }
    for (what, count) in [("sites", sites), ("slots", slots.len()), ("lanes", count)] {
        if count >= u32::MAX as usize {
            return Err(SupplyError::TooMany { what, count });
        }
    }
    for (slot, &site) in slots.iter().enumerate() {
        if site as usize >= sites {
            return Err(SupplyError::SlotSite { slot, site, sites });
        }
    }
    for (lane, &slot) in lanes.slots.iter().enumerate() {
        if slot as usize >= slots.len() {
            return Err(SupplyError::LaneSlot { lane, slot, slots: slots.len() });
        }
    }
    for (lane, &site) in lanes.suppliers.iter().enumerate() {
        if site as usize >= sites {
            return Err(SupplyError::LaneSupplier { lane, site, sites });
        }
    }
    for (lane, &share) in lanes.shares.iter().enumerate() {
        if !(share.is_finite() && share >= 0.0) {
            return Err(SupplyError::Share { lane, share });
        }
    }
    Ok(())
}
