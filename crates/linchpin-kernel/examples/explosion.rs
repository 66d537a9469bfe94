//! Times the explosion of a graph dumped as raw little-endian arrays, for `bench/explosion.py`.
//!
//! `explosion DIR [RUNS]` reads `parents.u32`, `children.u32`, `coefficients.f64` and `demand.f64`, and prints
//! one JSON object. `RUNS` sweeps are timed for each number of threads, in turn.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use linchpin_kernel::{Explosion, Lines};

fn read<T, const N: usize>(path: &Path, parse: fn([u8; N]) -> T) -> Result<Vec<T>, Box<dyn Error>> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let (values, rest) = bytes.as_chunks::<N>();
    if !rest.is_empty() {
        return Err(format!("{} has a length that is no multiple of {N} bytes", path.display()).into());
    }
    Ok(values.iter().map(|&value| parse(value)).collect())
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: explosion DIR [RUNS]")?;
    let runs: usize = arguments.next().map_or(Ok(9), |runs| runs.parse())?;
    let folder = Path::new(&folder);
    let parents = read(&folder.join("parents.u32"), u32::from_le_bytes)?;
    let children = read(&folder.join("children.u32"), u32::from_le_bytes)?;
    let coefficients = read(&folder.join("coefficients.f64"), f64::from_le_bytes)?;
    let demand = read(&folder.join("demand.f64"), f64::from_le_bytes)?;

    let lines = Lines { parents: &parents, children: &children, coefficients: &coefficients };
    let start = Instant::now();
    let mut explosion = Explosion::new(demand.len(), &lines)?;
    let setup = start.elapsed().as_secs_f64();

    let count = demand.len();
    let (mut values, mut gross) = (vec![0.0; count], vec![0.0; count]);
    let mut times: [Vec<f64>; 8] = Default::default();
    // The first round warms caches and the pool, and is not counted.
    for round in 0..=runs.max(1) {
        let mut note = |what: usize, time: f64| {
            if round > 0 {
                times[what].push(time);
            }
        };
        explosion.arrange(&demand, &mut values, 1);
        note(6, seconds(|| explosion.adjoint_in_place(&mut values)));
        for threads in [1, 2] {
            let down = seconds(|| explosion.arrange(&demand, &mut values, threads));
            note(threads - 1, seconds(|| explosion.gross_in_place(&mut values, threads)));
            note(threads + 1, down + seconds(|| explosion.restore(&values, &mut gross, threads)));
            note(threads + 3, seconds(|| drop(explosion.gross(&demand, threads))));
        }
        let start = Instant::now();
        explosion.set_coefficients(&coefficients)?;
        note(7, start.elapsed().as_secs_f64());
    }
    let one = explosion.gross(&demand, 1);
    let same = one.iter().zip(&gross).all(|(one, two)| one.to_bits() == two.to_bits());
    std::fs::write(folder.join("gross.f64"), gross.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<_>>())?;

    let checksum: f64 = gross.iter().sum();
    let names = [
        "sweep_1",
        "sweep_2",
        "renumber_1",
        "renumber_2",
        "gross_1",
        "gross_2",
        "adjoint",
        "set_coefficients",
    ];
    let medians: String = names
        .iter()
        .zip(&mut times)
        .map(|(name, times)| format!("\"{name}_s\": {}, ", median(times)))
        .collect();
    println!(
        "{{\"nodes\": {count}, \"lines\": {}, \"levels\": {}, \"setup_s\": {setup}, {medians}\"lines_per_s_1\": {}, \
         \"lines_per_s_2\": {}, \"same_bits\": {same}, \"checksum\": {checksum}}}",
        parents.len(),
        explosion.levels(),
        parents.len() as f64 / median(&mut times[0]),
        parents.len() as f64 / median(&mut times[1]),
    );
    Ok(())
}
