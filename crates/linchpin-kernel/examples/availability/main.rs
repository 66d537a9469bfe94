//! Times availability under losses on a synthetic network, for `bench/availability.py`.
//!
//! `availability SHAPE DIR [SITES LANES LOSSES RUNS]` makes a network of shape `layered`, `feedback` or `tangled`, writes
//! it and the answers to DIR as raw little-endian arrays, and prints one JSON object with medians of RUNS runs.
#![allow(clippy::print_stdout)]

mod network;

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use linchpin_kernel::{Loss, Outcome, Supply};
use network::{Network, Random, Shape};

const TARGETS: u32 = 100;
const SINGLES: usize = 30;

fn write<T, const N: usize>(path: &Path, values: &[T], bytes: fn(&T) -> [u8; N]) -> std::io::Result<()> {
    std::fs::write(path, values.iter().flat_map(bytes).collect::<Vec<u8>>())
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_secs_f64(), result)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn dump(folder: &Path, network: &Network, targets: &[u32], losses: &[Loss]) -> std::io::Result<()> {
    let numbers = |name: &str, values: &[u32]| write(&folder.join(name), values, |x| x.to_le_bytes());
    let figures = |name: &str, values: &[f64]| write(&folder.join(name), values, |x| x.to_le_bytes());
    numbers("slots.u32", &network.slots)?;
    numbers("lane_slots.u32", &network.lane_slots)?;
    numbers("suppliers.u32", &network.suppliers)?;
    figures("shares.f64", &network.shares)?;
    numbers("targets.u32", targets)?;
    for (name, of) in
        [("sites", (|loss| &loss.sites) as fn(&Loss) -> &Vec<(u32, f64)>), ("lanes", |loss| &loss.lanes)]
    {
        let lost = |number: usize| {
            of(&losses[number]).iter().map(move |&(thing, left)| (number as u32, thing, left))
        };
        let entries: Vec<(u32, u32, f64)> = (0..losses.len()).flat_map(lost).collect();
        numbers(&format!("lost_{name}_loss.u32"), &entries.iter().map(|entry| entry.0).collect::<Vec<_>>())?;
        numbers(&format!("lost_{name}.u32"), &entries.iter().map(|entry| entry.1).collect::<Vec<_>>())?;
        figures(&format!("lost_{name}_left.f64"), &entries.iter().map(|entry| entry.2).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn many(
    supply: &Supply,
    targets: &[u32],
    losses: &[Loss],
    threads: usize,
) -> Result<Vec<Outcome>, Box<dyn Error>> {
    Ok(supply.at(targets, losses, threads, &mut |_| ControlFlow::Continue(()))?)
}

fn same(one: &[Outcome], two: &[Outcome]) -> bool {
    let bits = |outcomes: &[Outcome]| -> Vec<u64> {
        outcomes.iter().flat_map(|outcome| &outcome.availability).map(|x| x.to_bits()).collect()
    };
    one == two && bits(one) == bits(two)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [shape, folder, sizes @ ..] = &arguments[..] else {
        return Err("usage: availability SHAPE DIR [SITES LANES LOSSES RUNS TOLERANCE]".into());
    };
    let (_, shape) = Shape::ALL.into_iter().find(|(name, _)| name == shape).ok_or("no such shape")?;
    let size = |at: usize, default: u32| sizes.get(at).map_or(Ok(default), |size| size.parse());
    let (sites, lanes, losses, runs) = (size(0, 100_000)?, size(1, 1_000_000)?, size(2, 1000)?, size(3, 5)?);
    let folder = Path::new(folder);

    let network = Network::new(shape, sites, lanes, 1);
    let losses = network.losses(losses as usize, 2);
    let mut random = Random::new(3);
    let targets: Vec<u32> = (0..TARGETS).map(|_| random.below(sites)).collect();
    dump(folder, &network, &targets, &losses)?;

    let (setup, supply) = timed(|| network.supply());
    let tolerance = sizes.get(4).map_or(Ok(0.0), |tolerance| tolerance.parse())?;
    let supply = supply?.settling_to(tolerance);
    let singles = &losses[..losses.len().min(SINGLES)];
    let (mut single, mut times) = (Vec::new(), [Vec::new(), Vec::new()]);
    let mut outcomes = many(&supply, &targets, &losses, 1)?;
    let mut agree = true;
    for _ in 0..runs.max(1) {
        for loss in singles {
            let (time, outcome) = timed(|| supply.under(loss));
            outcome?;
            single.push(time);
        }
        for threads in [1, 2] {
            let (time, found) = timed(|| many(&supply, &targets, &losses, threads));
            times[threads - 1].push(time);
            let found = found?;
            agree &= same(&outcomes, &found);
            outcomes = found;
        }
    }
    let mut all = Vec::new();
    for (loss, outcome) in singles.iter().zip(&outcomes) {
        let alone = supply.under(loss)?;
        agree &= targets
            .iter()
            .zip(&outcome.availability)
            .all(|(&target, x)| x.to_bits() == alone.availability[target as usize].to_bits());
        all.extend(alone.availability);
    }
    write(&folder.join("single.f64"), &all, |x| x.to_le_bytes())?;
    let answers: Vec<f64> =
        outcomes.iter().flat_map(|outcome| outcome.availability.iter().copied()).collect();
    write(&folder.join("many.f64"), &answers, |x| x.to_le_bytes())?;

    let sweeps: Vec<u32> = outcomes.iter().map(|outcome| outcome.sweeps).collect();
    let residual = outcomes.iter().map(|outcome| outcome.residual).fold(0.0, f64::max);
    let worst = single.iter().copied().fold(0.0, f64::max);
    let hit = all.iter().filter(|&&x| x < 1.0).count() as f64 / singles.len() as f64;
    println!(
        "{{\"sites\": {sites}, \"slots\": {}, \"lanes\": {}, \"on_cycles\": {}, \"losses\": {}, \"targets\": {TARGETS}, \
         \"setup_s\": {setup}, \"single_s\": {}, \"single_worst_s\": {worst}, \"many_1_s\": {}, \"many_2_s\": {}, \
         \"most_sweeps\": {}, \"residual\": {residual:e}, \"sites_hit_by_one\": {hit}, \"same_bits\": {agree}, \
         \"checksum\": {}}}",
        network.slots.len(),
        supply.lanes(),
        supply.sites_on_cycles(),
        losses.len(),
        median(&mut single),
        median(&mut times[0]),
        median(&mut times[1]),
        sweeps.iter().max().unwrap_or(&0),
        answers.iter().sum::<f64>(),
    );
    Ok(())
}
