//! Random numbers without state: a number is a function of seed, name, trial and tick.
//!
//! Philox4x32-10 (Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC11, 2011) turns a counter
//! into four words under a key. What is named otherwise has another key, so that one more name disturbs no other, and
//! trials and ticks may be asked for in any order, on any thread or machine.

use sha2::{Digest, Sha256};

/// The random numbers of one name under one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Two words of the hash are the key, a third stands in the counter: that two of a million names share all three
    /// has a chance of one in 10¹⁷.
    key: [u32; 2],
    lane: u32,
}

impl Stream {
    /// The stream of a name.
    pub fn new(seed: u64, id: &str) -> Stream {
        let hash = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(id.as_bytes()).finalize();
        let word = |at: usize| u32::from_le_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]);
        Stream { key: [word(0), word(4)], lane: word(8) }
    }

    /// A number in the open interval (0, 1): an odd multiple of 2⁻⁵³, each as likely.
    #[inline]
    pub fn uniform(&self, trial: u64, tick: u32) -> f64 {
        self.pair(trial, tick)[0]
    }

    /// Two such numbers that have nothing to do with each other, for the price of one; the first is [`Stream::uniform`].
    #[inline]
    pub fn pair(&self, trial: u64, tick: u32) -> [f64; 2] {
        let words = philox([tick, self.lane, trial as u32, (trial >> 32) as u32], self.key);
        [open(words[0], words[1]), open(words[2], words[3])]
    }
}

/// 52 bits and a half: neither end is ever met, and nothing is rounded.
#[inline]
fn open(low: u32, high: u32) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
    let bits = (u64::from(high) << 32 | u64::from(low)) >> 12;
    (2 * bits + 1) as f64 * STEP
}

/// Philox4x32-10 of a counter under a key.
#[inline]
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    const ROUNDS: usize = 10;
    const FACTORS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
    const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
    for _ in 0..ROUNDS {
        let [a, b] = [FACTORS[0] * u64::from(counter[0]), FACTORS[1] * u64::from(counter[2])];
        counter = [
            (b >> 32) as u32 ^ counter[1] ^ key[0],
            b as u32,
            (a >> 32) as u32 ^ counter[3] ^ key[1],
            a as u32,
        ];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_answers() {
        // Random123, `kat_vectors`: philox4x32 with ten rounds.
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = u32::MAX;
        assert_eq!(philox([ones; 4], [ones; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]);
        assert_eq!(pi, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn the_ends_are_never_met() {
        assert_eq!(open(0, 0), f64::EPSILON / 2.0);
        assert!(open(u32::MAX, u32::MAX) < 1.0);
        assert_eq!(open(u32::MAX, u32::MAX), 1.0 - f64::EPSILON / 2.0);
    }

    #[test]
    fn numbers_are_uniform_and_their_neighbours_strangers() {
        let n = 100_000;
        // Trials, ticks, names, seeds and the two of a pair: none must tell the next.
        let by_trial: Vec<f64> = (0..n).map(|t| Stream::new(1, "a").uniform(t, 0)).collect();
        let by_tick: Vec<f64> = (0..n).map(|t| Stream::new(1, "a").uniform(0, t as u32)).collect();
        let by_name: Vec<f64> = (0..n).map(|t| Stream::new(1, &t.to_string()).uniform(0, 0)).collect();
        let by_seed: Vec<f64> = (0..n).map(|t| Stream::new(t, "a").uniform(0, 0)).collect();
        let second: Vec<f64> = (0..n).map(|t| Stream::new(1, "a").pair(t, 0)[1]).collect();
        let all = [&by_trial, &by_tick, &by_name, &by_seed, &second];
        for (k, values) in all.iter().enumerate() {
            let mut bins = [0.0; 100];
            values.iter().for_each(|u| bins[(u * 100.0) as usize] += 1.0);
            let expected = n as f64 / 100.0;
            let chi: f64 = bins.iter().map(|b| (b - expected) * (b - expected) / expected).sum();
            // 99 degrees of freedom: 0.01 % and 99.99 %.
            assert!((53.0..161.0).contains(&chi), "{k}: {chi}");
            let next = correlation(&values[1..], &values[..values.len() - 1]);
            assert!(next.abs() < 4.0 / (n as f64).sqrt(), "{k}: {next}");
            let other = correlation(values, all[(k + 1) % all.len()]);
            assert!(other.abs() < 4.0 / (n as f64).sqrt(), "{k}: {other}");
        }
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        12.0 * a.iter().zip(b).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum::<f64>() / a.len() as f64
    }

    #[test]
    fn a_number_depends_on_all_that_names_it_and_on_nothing_else() {
        let one = Stream::new(7, "CHN/magnet").uniform(3, 4);
        assert_eq!(one, Stream::new(7, "CHN/magnet").uniform(3, 4));
        let others = [
            Stream::new(8, "CHN/magnet").uniform(3, 4),
            Stream::new(7, "CHN/magnets").uniform(3, 4),
            Stream::new(7, "CHN/magnet").uniform(4, 3),
            Stream::new(7, "CHN/magnet").uniform(3 + (1 << 32), 4),
        ];
        assert!(others.iter().all(|o| *o != one));
    }
}
