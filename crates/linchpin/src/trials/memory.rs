//! Memory that a run needs against what there is, before it starts.

use std::path::Path;

/// Bytes that an experiment needs, its statistics included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Whatever the run.
    pub always: u64,
    /// For every thread.
    pub thread: u64,
    /// For every trial.
    pub trial: u64,
}

impl Need {
    /// Bytes for so many threads and trials.
    pub fn total(&self, threads: usize, trials: u64) -> u128 {
        let of = |each: u64, count: u128| u128::from(each) * count;
        u128::from(self.always) + of(self.thread, threads as u128) + of(self.trial, u128::from(trials))
    }
}

/// Bytes that may still be taken, where the system says so: Linux, within the limit of a container.
pub(super) fn available() -> Option<u64> {
    let free = of_meminfo(&std::fs::read_to_string("/proc/meminfo").ok()?)?;
    let number = |name: &str| {
        let text = std::fs::read_to_string(Path::new("/sys/fs/cgroup").join(name)).ok()?;
        text.trim().parse::<u64>().ok()
    };
    let left = number("memory.max").zip(number("memory.current")).map(|(max, now)| max.saturating_sub(now));
    Some(left.map_or(free, |left| left.min(free)))
}

fn of_meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_available_is_read_as_linux_writes_it() {
        let text = "MemTotal:       24650000 kB\nMemFree:          500 kB\nMemAvailable:   23000000 kB\n";
        assert_eq!(of_meminfo(text), Some(23_000_000 * 1024));
        assert_eq!(of_meminfo("MemFree: 1 kB\n"), None);
    }

    #[test]
    fn a_need_beyond_all_numbers_is_still_a_number() {
        let need = Need { always: 1, thread: 2, trial: u64::MAX };
        assert_eq!(need.total(3, u64::MAX), 7 + u128::from(u64::MAX) * u128::from(u64::MAX));
    }
}
