//! How fast trials of networks of firms run: edges · trials · ticks a second, by instructions, precision, size and threads,
//! beside what the memory of the machine gives. `bench/trials.py` sets it against the same model in numpy.
//!
//! Networks are drawn: a firm has five suppliers on average, 1 and a Pareto number more (α = 2.5), drawn by Pareto sizes
//! (α = 1.5) so that a few supply thousands; 100 sectors; amounts are lognormal. A firm in twenty keeps half of its
//! capacity in a trial, each trial others. All that is printed is measured here; states are checked against one trial after
//! the other in double precision.
//!
//! Usage: cargo run --release -p linchpin-kernel --example trials -- [--edges 1500,10000,100000] [--threads 1,2]
//!            [--seconds 1] [--no-memory] [--big FIRMS] [--write FILE]
//!
//! `--write` writes the first network: a line `firm`, final demand, what it keeps in the first trial and what it made after
//! thirty ticks, then lines client, group, supplier, amount.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use linchpin_kernel::{
    Batch, Instructions, Network, Policy, Precision, Propagation, Real, Trials, Work, dispatch,
};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The system counts the time of a thread in steps of up to 10 ms.
const WINDOW: Duration = Duration::from_millis(300);
/// As many trials side by side as go best.
const MOST: usize = usize::MAX;
const SECTORS: u64 = 100;
const COVER: f64 = 15.0;
const ADJUSTMENT: f64 = 6.0;
/// Ticks after which states are compared.
const CHECKED: u32 = 30;

/// Numbers at random (splitmix64; Steele, Lea and Flood 2014).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0, not 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn pareto(&mut self, alpha: f64) -> f64 {
        (1.0 - self.part()).powf(-1.0 / alpha)
    }

    fn lognormal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.part()).ln()).sqrt();
        (radius * (std::f64::consts::TAU * self.part()).cos()).exp()
    }
}

/// A network of about as many edges.
fn network(edges: usize) -> Network<f64> {
    let firms = (edges / 5).max(2);
    let mut draw = Draw(edges as u64);
    let cap = (firms as f64).powf(1.0 / 1.5);
    let size: Vec<f64> = (0..firms).map(|_| draw.pareto(1.5).min(cap)).collect();
    let mut sum = 0.0;
    let sums: Vec<f64> = size
        .iter()
        .map(|s| {
            sum += s;
            sum
        })
        .collect();
    let sector: Vec<u32> = (0..firms).map(|_| (draw.next() % SECTORS) as u32).collect();
    let most = (20.0 * (firms as f64).powf(0.4)).max(10.0);
    let mut lanes: Vec<(u32, u32, u32, f64)> = vec![];
    // 1 + Pareto less 1, times 6, is five on average.
    for (client, size) in (0u32..).zip(&size) {
        let count = (1.0 + (draw.pareto(2.5) - 1.0) * 6.0 + draw.part()).min(most) as usize;
        for _ in 0..count {
            let at = draw.part() * sum;
            let supplier = sums.partition_point(|s| *s <= at) as u32;
            if supplier != client {
                let amount = (draw.lognormal() * size.sqrt() * 10.0).max(1e-3);
                lanes.push((client, sector[supplier as usize], supplier, amount));
            }
        }
    }
    lanes.sort_by_key(|lane| (lane.0, lane.1, lane.2));
    lanes.dedup_by_key(|lane| (lane.0, lane.2));
    let (mut bought, mut sold) = (vec![0.0; firms], vec![0.0; firms]);
    for (client, _, supplier, amount) in &lanes {
        bought[*client as usize] += amount;
        sold[*supplier as usize] += amount;
    }
    // Value is added: a firm sells half as much again as it buys.
    let demand = bought.iter().zip(&sold).map(|(b, s)| (0.05 * (b + 10.0)).max(1.5 * b - s)).collect();
    Network::of_firms(demand, lanes.into_iter(), COVER).unwrap()
}

/// What a firm keeps in a trial.
fn left(trial: usize, firm: usize) -> f64 {
    let mut draw = Draw(((trial as u64) << 32) | firm as u64);
    if draw.part() < 0.05 { 0.5 } else { 1.0 }
}

/// Trials beside each other from `first`, shocked.
fn begin<V: Trials>(token: V::Token, network: &Network<V::Scalar>, first: usize) -> Propagation<'_, V> {
    let policy = Policy::of_firms(V::Scalar::of(ADJUSTMENT));
    let mut run = Propagation::<V>::in_trials(token, network, policy);
    for firm in 0..network.sites() {
        let parts: Vec<V::Scalar> =
            (0..V::COUNT).map(|trial| V::Scalar::of(left(first + trial, firm))).collect();
        run.set_left(firm, V::of_trials(token, &parts));
    }
    run
}

/// Trials for some seconds on some threads.
struct Race<'a> {
    network: &'a Network<f64>,
    threads: usize,
    seconds: f64,
}

/// Time that this thread has had a processor, so that what else runs on the machine does not count; by the clock where the
/// system does not tell.
struct Cpu {
    since: f64,
    clock: Instant,
}

impl Cpu {
    fn now() -> Cpu {
        Cpu { since: Cpu::used().unwrap_or(0.0), clock: Instant::now() }
    }

    fn used() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
    }

    fn seconds(&self) -> f64 {
        Cpu::used().map_or_else(|| self.clock.elapsed().as_secs_f64(), |used| used - self.since)
    }
}

/// How often a second of a processor something can be done, taken over a window.
fn a_second(mut once: impl FnMut()) -> f64 {
    let (window, mut times) = (Cpu::now(), 0);
    while window.clock.elapsed() < WINDOW {
        once();
        times += 1;
    }
    f64::from(times) / window.seconds()
}

/// Seconds that all threads of this process have had a processor (Linux).
fn used_by_all() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let of = |task: std::path::PathBuf| std::fs::read_to_string(task.join("schedstat")).unwrap();
    let seconds =
        tasks.map(|task| of(task.unwrap().path()).split(' ').next().unwrap().parse::<f64>().unwrap());
    seconds.sum::<f64>() / 1e9
}

struct Result {
    trials: usize,
    /// Edges · trials · ticks a second, in thousands of millions.
    rate: f64,
    /// What each firm made after some ticks in the first trials.
    made: Vec<Vec<f64>>,
}

impl Batch for Race<'_> {
    type Output = Result;

    fn run<V: Trials>(self, token: V::Token) -> Result {
        let network = self.network.cast::<V::Scalar>();
        let mut runs: Vec<Propagation<'_, V>> =
            (0..self.threads).map(|thread| begin(token, &network, thread * V::COUNT)).collect();
        (0..CHECKED).for_each(|_| runs[0].step());
        let of = |trial: usize| runs[0].made().iter().map(|m| m.trials()[trial].as_f64()).collect();
        let made = (0..V::COUNT.min(4)).map(of).collect();
        // Nobody is hit while time is taken: what is never mended dies out, and numbers that are almost nothing are slow.
        let one = V::splat(token, V::Scalar::of(1.0));
        runs = (0..self.threads)
            .map(|_| {
                let mut run = begin(token, &network, 0);
                (0..network.sites()).for_each(|firm| run.set_left(firm, one));
                run
            })
            .collect();
        let edges = network.lanes() * V::COUNT;
        let rates: Vec<f64> = std::thread::scope(|scope| {
            let race = |run: &mut Propagation<'_, V>| {
                let (begun, mut best) = (Cpu::now(), 0.0_f64);
                while begun.seconds() < self.seconds {
                    best = best.max(edges as f64 * a_second(|| run.step()) / 1e9);
                }
                best
            };
            let threads: Vec<_> = runs.iter_mut().map(|run| scope.spawn(move || race(run))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let rate = rates.iter().sum();
        Result { trials: V::COUNT, rate, made }
    }
}

/// GB a second that a thread reads, and that it reads and writes when it copies, over and over in as many bytes.
struct Memory(usize);

impl Batch for Memory {
    type Output = (f64, f64);

    fn run<V: Trials>(self, token: V::Token) -> (f64, f64) {
        let count = self.0 / size_of::<V>() / 2 * 2;
        let mut values = vec![V::splat(token, V::Scalar::of(1.0)); count];
        let mut best = (0.0_f64, 0.0_f64);
        for _ in 0..5 {
            let read = a_second(|| {
                black_box(V::vectorize(token, Sum(&values)));
            });
            let copied = a_second(|| {
                let (from, to) = values.split_at_mut(count / 2);
                V::vectorize(token, Copying(from, to));
                black_box(&to);
            });
            best = (best.0.max(read), best.1.max(copied));
        }
        (best.0 * self.0 as f64 / 1e9, best.1 * self.0 as f64 / 1e9)
    }
}

struct Sum<'a, V>(&'a [V]);

impl<V: Trials> Work for Sum<'_, V> {
    type Output = Option<V>;

    #[inline(always)]
    fn run(self) -> Option<V> {
        let mut blocks = self.0.chunks_exact(8);
        let first = blocks.next()?;
        let mut sums: [V; 8] = std::array::from_fn(|k| first[k]);
        for block in blocks {
            for (sum, value) in sums.iter_mut().zip(block) {
                *sum = sum.max(*value);
            }
        }
        sums.into_iter().reduce(V::max)
    }
}

struct Copying<'a, V>(&'a [V], &'a mut [V]);

impl<V: Trials> Work for Copying<'_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (from, to) in self.0.iter().zip(self.1) {
            *to = *from;
        }
    }
}

/// The largest difference, as a part of what the firm made in the reference, of firms that made more than nothing.
fn farthest(made: &[Vec<f64>], reference: &[Vec<f64>]) -> f64 {
    let pairs = made.iter().flatten().zip(reference.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs() / b.abs().max(1e-3)).fold(0.0, f64::max)
}

/// A network as text.
fn written(network: &Network<f64>) -> String {
    let mut run = begin::<f64>((), network, 0);
    let demand = run.served().to_vec();
    (0..CHECKED).for_each(|_| run.step());
    let mut text = String::new();
    for (firm, (demand, made)) in demand.iter().zip(run.made()).enumerate() {
        writeln!(text, "firm\t{demand:?}\t{:?}\t{made:?}", left(0, firm)).unwrap();
    }
    for client in 0..network.sites() {
        for slot in network.slots_of(client) {
            for lane in network.lanes_of(slot) {
                let (supplier, amount) = (network.seller(lane), network.amount(lane));
                writeln!(text, "{client}\t{slot}\t{supplier}\t{amount:?}").unwrap();
            }
        }
    }
    text
}

fn numbers(text: &str) -> Vec<usize> {
    text.split(',').map(|n| n.parse().unwrap()).collect()
}

/// Trials beside each other on one big network, and threads that share it.
struct Big<'a> {
    network: &'a Network<f64>,
    threads: usize,
    ticks: usize,
}

impl Batch for Big<'_> {
    type Output = (usize, f64, u64);

    /// Trials, millions of edges · trials · ticks a second, and a sum over the bits of all that was made. A second is one in
    /// which every thread has a processor; what a thread waits for the others is not in it.
    fn run<V: Trials>(self, token: V::Token) -> (usize, f64, u64) {
        let network = self.network.cast::<V::Scalar>();
        let mut run = begin::<V>(token, &network, 0).with_threads(self.threads);
        run.step();
        let begun = used_by_all();
        (0..self.ticks).for_each(|_| run.step());
        let seconds = (used_by_all() - begun) / self.threads as f64;
        let rate = (network.lanes() * V::COUNT * self.ticks) as f64 / seconds / 1e6;
        let made = run.made().iter().flat_map(|made| made.trials());
        let bits = made.fold(0u64, |sum, made| sum.rotate_left(1) ^ made.as_f64().to_bits());
        (V::COUNT, rate, bits)
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let edges = value("--edges").map_or(vec![1500, 10_000, 100_000], |v| numbers(v));
    let threads = value("--threads").map_or(vec![1, 2], |v| numbers(v));
    let seconds = value("--seconds").map_or(1.0, |v| v.parse().unwrap());
    if let Some(file) = value("--write") {
        return std::fs::write(file, written(&network(edges[0]))).unwrap();
    }
    if args.iter().all(|a| a != "--no-memory") {
        println!("bytes\tread GB/s\tcopy GB/s (read + written)");
        for bytes in [32 << 10, 256 << 10, 768 << 10, 4 << 20, 16 << 20, 1 << 30] {
            let (read, copied) = dispatch(Instructions::best(), Precision::Single, MOST, Memory(bytes));
            println!("{bytes}\t{read:.1}\t{copied:.1}");
        }
    }
    println!("edges\tinstructions\tprecision\ttrials\tthreads\tG edges·trials·ticks/s\tfarthest from f64");
    for edges in edges {
        let network = network(edges);
        let together = network.together(Instructions::best(), Precision::Single, MOST);
        println!("# {} trials together take {} kB", together.trials, together.bytes.div_ceil(1000));
        let alone: Vec<Vec<f64>> = (0..4)
            .map(|trial| {
                let mut run = begin::<f64>((), &network, trial);
                (0..CHECKED).for_each(|_| run.step());
                run.made().to_vec()
            })
            .collect();
        for instructions in Instructions::available() {
            for precision in [Precision::Single, Precision::Double] {
                let most = network.together(instructions, precision, MOST).trials;
                for &threads in &threads {
                    let result =
                        dispatch(instructions, precision, most, Race { network: &network, threads, seconds });
                    let off = farthest(&result.made, &alone);
                    let edges = network.lanes();
                    let Result { trials, rate, .. } = result;
                    println!(
                        "{edges}\t{instructions:?}\t{precision:?}\t{trials}\t{threads}\t{rate:.3}\t{off:.1e}"
                    );
                }
            }
        }
    }
    let Some(firms) = value("--big").map(|v| numbers(v)[0]) else { return };
    let network = network(5 * firms);
    println!("firms\tedges\tinstructions\tprecision\ttrials\tthreads\tM edges·trials·ticks/s\tbits");
    let kinds = [
        (Instructions::Plain, Precision::Double),
        (Instructions::Plain, Precision::Single),
        (Instructions::best(), Precision::Single),
    ];
    for (instructions, precision) in kinds {
        for &threads in &threads {
            let big = Big { network: &network, threads, ticks: 40 };
            let (trials, rate, bits) = dispatch(instructions, precision, 16, big);
            let edges = network.lanes();
            println!(
                "{firms}\t{edges}\t{instructions:?}\t{precision:?}\t{trials}\t{threads}\t{rate:.1}\t{bits:016x}"
            );
        }
    }
}
