//! Which uncertain number weighs: given-data first-order indices, the cheaper screening.
//!
//! The trials that were run anyway are sorted by one input and cut into bins; the variance of the bins' mean outcomes over the
//! variance of all outcomes is the part that this input explains alone (Plischke, Borgonovo and Smith, *Global sensitivity measures from
//! given data*, EJOR 226, 2013, equation 3). It says nothing of what inputs do together, which a total index would.

use super::statistics::{Estimate, sum};

/// Parts of the trials of which each is left out once, for the error.
const PARTS: usize = 20;
/// Bins at most.
const BINS: usize = 64;

/// The part of the variance of an output that an input explains alone, from the trials as they are, by trial; trials come in clusters of so
/// many neighbours that share a draw. The variance that bins have by chance is taken off, so that an input without effect
/// has an index about zero, of either sign; the error is that of leaving out a twentieth at a time (Quenouille 1956; Tukey 1958).
/// `None` where nothing varies or there are fewer than 40 clusters.
pub fn first_order(input: &[f64], output: &[f64], cluster: usize) -> Option<Estimate> {
    let n = input.len().min(output.len());
    let cluster = cluster.max(1);
    let clusters = n.div_ceil(cluster);
    if clusters < 2 * PARTS {
        return None;
    }
    let bins = bins(&input[..n]);
    let index = |skip: Option<usize>| {
        let left = |i: usize| skip != Some(i / cluster * PARTS / clusters);
        explained(&bins, &output[..n], cluster, left)
    };
    let value = index(None)?;
    let parts: Vec<f64> = (0..PARTS).map(|part| index(Some(part))).collect::<Option<_>>()?;
    let mean = sum(&parts) / PARTS as f64;
    let squares: Vec<f64> = parts.iter().map(|p| (p - mean) * (p - mean)).collect();
    let error = (sum(&squares) * (PARTS - 1) as f64 / PARTS as f64).sqrt();
    /// Student, 19 degrees of freedom.
    const T: f64 = 2.093_024_054_408_263;
    Some(Estimate { value, error, low: value - T * error, high: value + T * error })
}

/// The bin of every trial: about as many trials in each, equal inputs in one.
fn bins(input: &[f64]) -> Vec<usize> {
    let n = input.len();
    let wanted = ((n as f64).sqrt() as usize / 2).clamp(2, BINS);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| input[*a].total_cmp(&input[*b]));
    let mut bins = vec![0; n];
    let mut bin = 0;
    for (rank, trial) in order.iter().enumerate() {
        let is_new = rank > 0 && input[order[rank - 1]] != input[*trial];
        // A bin begins where it is due, or where an input that fills more than one ends.
        if is_new && rank * wanted / n > bin {
            bin = rank * wanted / n;
        }
        bins[*trial] = bin;
    }
    bins
}

fn explained(bins: &[usize], output: &[f64], cluster: usize, left: impl Fn(usize) -> bool) -> Option<f64> {
    let trials = || (0..output.len()).filter(|i| left(*i));
    let n = trials().count() as f64;
    let mean = trials().map(|i| output[i]).sum::<f64>() / n;
    let total = trials().map(|i| (output[i] - mean) * (output[i] - mean)).sum::<f64>();
    if total <= 0.0 {
        return None;
    }
    let mut of = vec![Bin::default(); BINS];
    for i in trials() {
        of[bins[i]].count += 1.0;
        of[bins[i]].mean += output[i];
    }
    of.iter_mut().filter(|b| b.count > 0.0).for_each(|b| b.mean /= b.count);
    if of.iter().filter(|b| b.count > 0.0).count() < 2 {
        return None;
    }
    let between: f64 = of.iter().map(|b| b.count * (b.mean - mean) * (b.mean - mean)).sum();
    // The variance of a bin's mean by chance, and of the mean of all, from what clusters differ by within bins.
    let mut all = Chance::default();
    for i in trials() {
        let bin = &mut of[bins[i]];
        let residual = output[i] - bin.mean;
        bin.chance.add(i / cluster, residual);
        all.add(i / cluster, residual);
    }
    let by_chance: f64 = of.iter_mut().map(|b| b.chance.of_sum() / b.count.max(1.0)).sum::<f64>();
    Some((between - by_chance + all.of_sum() / n) / total)
}

#[derive(Clone, Copy, Default)]
struct Bin {
    count: f64,
    mean: f64,
    chance: Chance,
}

/// Variance of a sum over clusters that come one after the other.
#[derive(Clone, Copy, Default)]
struct Chance {
    cluster: Option<usize>,
    sum: f64,
    squares: f64,
    clusters: f64,
}

impl Chance {
    fn add(&mut self, cluster: usize, value: f64) {
        if self.cluster != Some(cluster) {
            self.close();
            self.cluster = Some(cluster);
        }
        self.sum += value;
    }

    fn close(&mut self) {
        if self.cluster.is_some() {
            self.clusters += 1.0;
        }
        self.squares += self.sum * self.sum;
        self.sum = 0.0;
    }

    fn of_sum(&mut self) -> f64 {
        self.close();
        if self.clusters > 1.0 { self.squares * self.clusters / (self.clusters - 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_kernel::Stream;
    use std::f64::consts::PI;

    /// Ishigami and Homma (1990) with a = 7, b = 0.1; indices as in Saltelli et al., *Global Sensitivity Analysis* (2008).
    const PUBLISHED: [f64; 3] = [0.3139, 0.4424, 0.0];

    fn ishigami(x: [f64; 3]) -> f64 {
        x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
    }

    fn draws(trials: u64, cluster: u64) -> ([Vec<f64>; 3], Vec<f64>) {
        let input = ["x1", "x2", "x3"].map(|name| {
            let stream = Stream::new(1, name);
            // In a cluster the first two inputs are shared, the third is each trial's own.
            let of = |t: u64| if name == "x3" { t } else { t / cluster };
            (0..trials).map(|t| PI * (2.0 * stream.uniform(of(t), 0) - 1.0)).collect::<Vec<f64>>()
        });
        let output =
            (0..trials as usize).map(|t| ishigami([input[0][t], input[1][t], input[2][t]])).collect();
        (input, output)
    }

    #[test]
    fn ishigami_has_its_published_indices() {
        for cluster in [1, 8] {
            let (input, output) = draws(80_000, cluster);
            for (x, published) in input.iter().zip(PUBLISHED) {
                let found = first_order(x, &output, cluster as usize).unwrap();
                let off = (found.value - published).abs();
                assert!(off < 3.0 * found.error + 0.003, "{cluster}: {found:?} {published}");
                assert!(found.error < 0.02, "{found:?}");
            }
        }
    }

    #[test]
    fn an_input_without_effect_explains_nothing_on_average() {
        let (mut sum, mut n) = (0.0, 0.0);
        for seed in 0..200 {
            let of = |name: &str| {
                let stream = Stream::new(seed, name);
                (0..1000).map(|t| stream.uniform(t, 0)).collect::<Vec<f64>>()
            };
            sum += first_order(&of("in"), &of("out"), 1).unwrap().value;
            n += 1.0;
        }
        // Without the correction it would be fourteen bins over a thousand trials.
        assert!((sum / n).abs() < 0.002, "{}", sum / n);
    }

    #[test]
    fn two_values_make_two_bins_and_what_does_not_vary_none() {
        let coin: Vec<f64> = (0..1000).map(|i| f64::from(u8::from(i % 10 == 0))).collect();
        let output: Vec<f64> = coin.iter().map(|c| 3.0 * c).collect();
        assert!((first_order(&coin, &output, 1).unwrap().value - 1.0).abs() < 1e-12);
        assert_eq!(first_order(&[1.0; 1000], &output, 1), None);
        assert_eq!(first_order(&coin, &[1.0; 1000], 1), None);
        assert_eq!(first_order(&coin[..30], &output[..30], 1), None);
    }
}
