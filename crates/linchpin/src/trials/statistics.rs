//! Statistics of outcomes by trial, each with its standard error and a 95 % interval.
//!
//! Trials may come in clusters that share a draw: errors then count clusters, not trials, by summing the influence of the trials
//! of each (the sandwich estimator of Liang and Zeger 1986 for a mean). Sums run in trial order, in blocks of 64, so that they
//! have the same bits however trials were worked out.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// A statistic of the trials and what it may be off by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The statistic.
    pub value: f64,
    /// Its standard error; infinite where fewer than two clusters tell nothing about it.
    pub error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Numbers added in their order, in blocks of 64.
pub fn sum(values: &[f64]) -> f64 {
    values.chunks(super::BLOCK as usize).map(|block| block.iter().sum::<f64>()).sum()
}

/// One outcome by trial.
#[derive(Clone, Debug)]
pub struct Sample<'v> {
    values: &'v [f64],
    sorted: Vec<f64>,
    cluster: usize,
    /// Of Student's distribution with as many degrees of freedom as there are clusters beyond one, the point above which 2.5 % lie.
    t: f64,
}

impl<'v> Sample<'v> {
    /// Finite outcomes in trial order, of which so many neighbours at a time share a draw.
    pub fn new(values: &'v [f64], cluster: usize) -> Sample<'v> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let cluster = cluster.max(1);
        Sample { values, sorted, cluster, t: student(values.len().div_ceil(cluster)) }
    }

    /// The mean.
    pub fn mean(&self) -> Estimate {
        let mean = sum(self.values) / self.values.len() as f64;
        self.estimate(mean, self.error(|i| self.values[i] - mean))
    }

    /// The sum over some trials, in the order in which they are named.
    pub fn sum_of(&self, trials: &[u32]) -> f64 {
        trials.iter().map(|i| self.values[*i as usize]).sum()
    }

    /// The mean over some trials, which are named in order: a ratio of two means, so that how many there are is by chance too.
    pub fn mean_of(&self, trials: &[u32]) -> Estimate {
        let mean = self.sum_of(trials) / trials.len() as f64;
        let same = |a: &u32, b: &u32| *a as usize / self.cluster == *b as usize / self.cluster;
        let squares: f64 = trials
            .chunk_by(same)
            .map(|cluster| cluster.iter().map(|i| self.values[*i as usize] - mean).sum::<f64>())
            .map(|s| s * s)
            .sum();
        // Only clusters that have such a trial tell about it.
        let clusters = trials.chunk_by(same).count();
        let error = of_clusters(squares, clusters, trials.len());
        let reach = if clusters > 1 { student(clusters) * error } else { f64::INFINITY };
        Estimate { value: mean, error, low: mean - reach, high: mean + reach }
    }

    /// The mean over all trials less that over the trials that are not named, which are in order: what an event that the named ones share
    /// adds to the mean, where nothing else tells them from the others. `None` if there are no others.
    pub fn mean_owed_to(&self, trials: &[u32]) -> Option<Estimate> {
        let mut is_other = vec![true; self.values.len()];
        trials.iter().for_each(|i| is_other[*i as usize] = false);
        let others = self.values.len() - trials.len();
        if others == 0 {
            return None;
        }
        let n = self.values.len() as f64;
        let mean = sum(self.values) / n;
        let kept: Vec<f64> =
            self.values.iter().zip(&is_other).filter(|(_, is)| **is).map(|(v, _)| *v).collect();
        let of_others = sum(&kept) / others as f64;
        let part = n / others as f64;
        let error = self.error(|i| {
            let other = if is_other[i] { (self.values[i] - of_others) * part } else { 0.0 };
            self.values[i] - mean - other
        });
        Some(self.estimate(mean - of_others, error))
    }

    /// The outcome that with chance `p` is not exceeded: the least that at least this part of the trials does not exceed. Its
    /// interval is that of the distribution function there, inverted (Woodruff 1952).
    pub fn quantile(&self, p: f64) -> Estimate {
        let value = self.at(p);
        let reach = self.t * self.error_of_share(value, p);
        if !reach.is_finite() {
            return self.estimate(value, f64::INFINITY);
        }
        // Beyond the outermost trials nothing is known.
        let low = if p > reach { self.at(p - reach) } else { f64::NEG_INFINITY };
        let high = if p + reach < 1.0 { self.at(p + reach) } else { f64::INFINITY };
        Estimate { value, error: (high - low) / (2.0 * self.t), low, high }
    }

    /// The mean of the worst trials, of which there are `1 − alpha` of all: the conditional value at risk of Rockafellar and Uryasev
    /// (2002, proposition 8), which takes a part of a trial where the border runs through it. At 0 it is the mean, at 1 the
    /// greatest outcome.
    pub fn cvar(&self, alpha: f64) -> Estimate {
        let Some(worst) = self.sorted.last().copied().filter(|_| alpha >= 1.0) else {
            let (value, influence) = self.tail(alpha);
            let error = if self.has_tail(alpha) { self.error(influence) } else { f64::INFINITY };
            return self.estimate(value, error);
        };
        // No number of trials says how much worse it could come.
        Estimate { value: worst, error: f64::INFINITY, low: worst, high: f64::INFINITY }
    }

    /// Whether as many clusters as tell of an error lie beyond a border.
    fn has_tail(&self, alpha: f64) -> bool {
        (1.0 - alpha) * (self.values.len().div_ceil(self.cluster) as f64) >= 2.0
    }

    /// CVaR below one, and how much each trial moves it: `q + (x − q)⁺ / (1 − α) − CVaR`.
    fn tail(&self, alpha: f64) -> (f64, impl Fn(usize) -> f64 + '_) {
        let quantile =
            if alpha > 0.0 { self.at(alpha) } else { self.sorted.first().copied().unwrap_or(f64::NAN) };
        let part = 1.0 - alpha.max(0.0);
        let beyond = move |i: usize| (self.values[i] - quantile).max(0.0) / part;
        let all: Vec<f64> = (0..self.values.len()).map(beyond).collect();
        let mean = sum(&all) / self.values.len() as f64;
        (quantile + mean, move |i| beyond(i) - mean)
    }

    /// The part of the trials whose outcome is so; its interval is Wilson's (1927), with clusters for trials that tell less.
    pub fn share(&self, is: impl Fn(f64) -> bool) -> Estimate {
        let n = self.values.len() as f64;
        let p = self.values.iter().filter(|v| is(**v)).count() as f64 / n;
        let error = self.error(|i| f64::from(u8::from(is(self.values[i]))) - p);
        if !error.is_finite() {
            return Estimate { value: p, error, low: 0.0, high: 1.0 };
        }
        let clusters = self.values.len().div_ceil(self.cluster) as f64;
        // As many trials as would tell as much if they shared nothing.
        let effective = if error > 0.0 { (p * (1.0 - p) / (error * error)).min(n) } else { clusters };
        let square = self.t * self.t / effective;
        let middle = (p + square / 2.0) / (1.0 + square);
        let reach = self.t / (1.0 + square) * (p * (1.0 - p) / effective + square / (4.0 * effective)).sqrt();
        // Where no trial or all are so, an end is there, but for rounding.
        let low = if p > 0.0 { (middle - reach).max(0.0) } else { 0.0 };
        let high = if p < 1.0 { (middle + reach).min(1.0) } else { 1.0 };
        Estimate { value: p, error, low, high }
    }

    /// The least outcome that at least a part `p` of the trials does not exceed.
    fn at(&self, p: f64) -> f64 {
        let n = self.sorted.len();
        // What rounding adds to a whole number of trials is no further trial.
        let rank = (p * n as f64 - 1e-9 * n as f64).ceil().max(1.0) as usize;
        self.sorted.get(rank.min(n).wrapping_sub(1)).copied().unwrap_or(f64::NAN)
    }

    /// Standard error of the part of the trials that do not exceed a value, where a part `p` should.
    fn error_of_share(&self, value: f64, p: f64) -> f64 {
        let n = self.values.len() as f64;
        let share = self.values.iter().filter(|v| **v <= value).count() as f64 / n;
        let alone = share * (1.0 - share) / n;
        let error = self.error(|i| f64::from(u8::from(self.values[i] <= value)) - share);
        // How much clusters tell less than as many trials: where all outcomes are the same, as little as can be.
        let effect = if alone > 0.0 { error * error / alone } else { self.cluster as f64 };
        (p * (1.0 - p) * effect / n).sqrt()
    }

    /// Standard error of a mean over trials of what each moves it by.
    fn error(&self, influence: impl Fn(usize) -> f64) -> f64 {
        let n = self.values.len();
        let clusters = n.div_ceil(self.cluster);
        let of = |c: usize| (c * self.cluster..((c + 1) * self.cluster).min(n)).map(&influence).sum::<f64>();
        let squares: Vec<f64> = (0..clusters).map(of).map(|s| s * s).collect();
        of_clusters(sum(&squares), clusters, n)
    }

    fn estimate(&self, value: f64, error: f64) -> Estimate {
        let reach = if error.is_finite() { self.t * error } else { f64::INFINITY };
        Estimate { value, error, low: value - reach, high: value + reach }
    }
}

/// Standard error of a mean over so many trials from the squares of the sums over clusters.
fn of_clusters(squares: f64, clusters: usize, trials: usize) -> f64 {
    if clusters < 2 {
        return f64::INFINITY;
    }
    (squares * clusters as f64 / (clusters as f64 - 1.0)).sqrt() / trials as f64
}

fn student(clusters: usize) -> f64 {
    let freedom = clusters.saturating_sub(1) as f64;
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975))
}

/// Two outcomes of the same trials, as two scenarios with common random numbers give: differences, the first less the second.
/// What both owe to the same draws falls out of the error.
#[derive(Clone, Debug)]
pub struct Pair<'v> {
    first: Sample<'v>,
    second: Sample<'v>,
    difference: Vec<f64>,
}

impl<'v> Pair<'v> {
    /// Outcomes of the same trials in trial order; a trial that one of them lacks counts in neither.
    pub fn new(first: &'v [f64], second: &'v [f64], cluster: usize) -> Pair<'v> {
        let n = first.len().min(second.len());
        let (first, second) = (&first[..n], &second[..n]);
        let difference = first.iter().zip(second).map(|(a, b)| a - b).collect();
        Pair { first: Sample::new(first, cluster), second: Sample::new(second, cluster), difference }
    }

    /// The difference of the means.
    pub fn mean(&self) -> Estimate {
        Sample::new(&self.difference, self.first.cluster).mean()
    }

    /// The difference of the quantiles; its error from how each trial moves either, the density by the width of Woodruff's interval.
    pub fn quantile(&self, p: f64) -> Estimate {
        let influence = |sample: &Sample<'_>| {
            let (at, reach) = (sample.quantile(p), sample.t * sample.error_of_share(sample.at(p), p));
            let width = if reach > 0.0 { (at.high - at.low) / (2.0 * reach) } else { 0.0 };
            (at.value, width)
        };
        let ((a, wa), (b, wb)) = (influence(&self.first), influence(&self.second));
        if !(wa.is_finite() && wb.is_finite()) {
            return self.first.estimate(a - b, f64::INFINITY);
        }
        let under = |sample: &Sample<'_>, i: usize, q: f64| p - f64::from(u8::from(sample.values[i] <= q));
        let error = self.first.error(|i| under(&self.first, i, a) * wa - under(&self.second, i, b) * wb);
        self.first.estimate(a - b, error)
    }

    /// The difference of the means of the worst trials.
    pub fn cvar(&self, alpha: f64) -> Estimate {
        if alpha >= 1.0 {
            let value = self.first.cvar(1.0).value - self.second.cvar(1.0).value;
            return self.first.estimate(value, f64::INFINITY);
        }
        let ((a, of_first), (b, of_second)) = (self.first.tail(alpha), self.second.tail(alpha));
        let error = match self.first.has_tail(alpha) {
            true => self.first.error(|i| of_first(i) - of_second(i)),
            false => f64::INFINITY,
        };
        self.first.estimate(a - b, error)
    }
}

#[cfg(test)]
mod tests;
