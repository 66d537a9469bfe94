//! Times GeoPolRisk scores from arrays: 7 importers of 44 materials, 308 calls in one go.
//!
//! `indices [ROUNDS]` makes up production and trade, and prints the median time of a round and a checksum. Each call
//! does all of the work, the HHI of the world's production included.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use linchpin::expose::index::{IndexError, geopolrisk, hhi, import_risk};

const IMPORTERS: usize = 7;
const MATERIALS: usize = 44;
const COUNTRIES: usize = 60;

/// Numbers between 0 and 1 without a pattern that matters: a linear congruential generator (Knuth, MMIX).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn list(&mut self, scale: f64) -> Vec<f64> {
        (0..COUNTRIES).map(|_| self.next() * scale).collect()
    }
}

/// World production by country, and by importer its own production and its imports with the origins' instability.
struct Material {
    production: Vec<f64>,
    importers: Vec<(f64, Vec<(f64, f64)>)>,
}

fn scores(materials: &[Material]) -> Result<f64, IndexError> {
    let mut sum = 0.0;
    for material in materials {
        for (own, imports) in &material.importers {
            sum += geopolrisk(hhi(&material.production, 0.0)?, import_risk(imports, *own)?)?;
        }
    }
    Ok(sum)
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: usize = std::env::args().nth(1).map_or(Ok(1001), |rounds| rounds.parse())?;
    let mut numbers = Numbers(1);
    let instability = numbers.list(1.0);
    let materials: Vec<Material> = (0..MATERIALS)
        .map(|_| Material {
            production: numbers.list(1e6),
            importers: (0..IMPORTERS)
                .map(|_| (numbers.next() * 1e5, numbers.list(1e4)))
                .map(|(own, imports)| (own, imports.into_iter().zip(instability.iter().copied()).collect()))
                .collect(),
        })
        .collect();
    let mut times = vec![];
    let mut sum = 0.0;
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        sum = scores(black_box(&materials))?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let calls = IMPORTERS * MATERIALS;
    println!(
        "{calls} scores over {COUNTRIES} countries: {:.1} µs a round (median of {}), worst {:.1}; sum {sum}",
        times[times.len() / 2] * 1e6,
        times.len(),
        times[times.len() - 1] * 1e6
    );
    Ok(())
}
