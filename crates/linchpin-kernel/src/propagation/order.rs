//! In which order sites make and pools ship within a tick.

use super::error::NetworkError;
use super::network::Port;

/// Sites that can make at the same time, then the pools that they put into.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) sites: Vec<u32>,
    pub(super) pools: Vec<u32>,
}

/// Sites and pools by levels: what a lane without a lead time brings comes from an earlier one. Sites that put into
/// the same pool, and pools that the same site puts into, share a level.
pub(super) fn levels<F>(
    sites: usize,
    pools: usize,
    ports: &[Port<F>],
    instant: impl Iterator<Item = (u32, u32)>,
) -> Result<Vec<Level>, NetworkError> {
    // A site and its pools are one.
    let mut head: Vec<u32> = (0..(sites + pools) as u32).collect();
    for port in ports {
        let (a, b) = (find(&mut head, port.site), find(&mut head, sites as u32 + port.pool));
        head[a.max(b) as usize] = a.min(b);
    }
    let all: Vec<u32> = (0..(sites + pools) as u32).map(|n| find(&mut head, n)).collect();
    let mut edges: Vec<(u32, u32)> =
        instant.map(|(pool, site)| (all[sites + pool as usize], all[site as usize])).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut waits = vec![0u32; all.len()];
    edges.iter().for_each(|(_, to)| waits[*to as usize] += 1);
    let mut depth = vec![0usize; all.len()];
    let mut open: Vec<u32> =
        (0..all.len() as u32).filter(|n| all[*n as usize] == *n && waits[*n as usize] == 0).collect();
    let mut done = 0;
    while let Some(from) = open.pop() {
        done += 1;
        let first = edges.partition_point(|e| e.0 < from);
        for (_, to) in edges[first..].iter().take_while(|e| e.0 == from) {
            let to = *to as usize;
            depth[to] = depth[to].max(depth[from as usize] + 1);
            waits[to] -= 1;
            if waits[to] == 0 {
                open.push(to as u32);
            }
        }
    }
    if done < all.iter().enumerate().filter(|(n, h)| *n == **h as usize).count() {
        let stuck = (0..sites).find(|s| waits[all[*s] as usize] > 0).unwrap_or(0);
        return Err(NetworkError::Cycle(stuck));
    }
    let count = depth.iter().copied().max().unwrap_or(0) + 1;
    let mut levels = vec![Level::default(); count];
    (0..sites).for_each(|s| levels[depth[all[s] as usize]].sites.push(s as u32));
    (0..pools).for_each(|p| levels[depth[all[sites + p] as usize]].pools.push(p as u32));
    Ok(levels)
}

fn find(head: &mut [u32], mut n: u32) -> u32 {
    while head[n as usize] != n {
        head[n as usize] = head[head[n as usize] as usize];
        n = head[n as usize];
    }
    n
}
