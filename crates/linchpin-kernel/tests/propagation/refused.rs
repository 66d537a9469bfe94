//! What is no network is refused, and it says why.

use super::draft::Draft;
use linchpin_kernel::{Network, NetworkError, Rows};

/// A maker who buys ten parts a tick of a supplier.
fn pair() -> Draft {
    let mut d = Draft::new();
    let (maker, _) = d.maker(10.0, 12.0, 10.0);
    let (_, parts) = d.maker(10.0, 10.0, 0.0);
    let slot = d.slot(maker, 2.0);
    d.lane(slot, parts, 10.0, 1);
    d
}

/// Why it is refused after a change.
fn refused(change: impl FnOnce(&mut Rows<f64>)) -> NetworkError {
    let mut rows = pair().rows;
    change(&mut rows);
    Network::new(&rows).map(|_| ()).unwrap_err()
}

fn amount(what: &'static str, row: usize, value: f64) -> NetworkError {
    NetworkError::Amount { what, row, value }
}

#[test]
fn amounts_are_finite_and_not_below_zero() {
    assert!(Network::new(&pair().rows).is_ok());
    assert_eq!(refused(|r| r.runs[0] = -1.0), amount("runs", 0, -1.0));
    assert_eq!(refused(|r| r.slots[0].cover = -0.5), amount("cover", 0, -0.5));
    assert_eq!(refused(|r| r.lanes[0].amount = -10.0), amount("lane", 0, -10.0));
    assert_eq!(refused(|r| r.lanes[0].worth = 0.0), amount("worth", 0, 0.0));
    assert_eq!(refused(|r| r.ports[1].yields = -1.0), amount("yield", 1, -1.0));
    assert_eq!(refused(|r| r.ports[1].shelf = f64::INFINITY), amount("shelf", 1, f64::INFINITY));
    assert_eq!(refused(|r| r.pools[1].demand = -1.0), amount("final demand", 1, -1.0));
    assert_eq!(refused(|r| r.capacity[1] = f64::INFINITY), amount("capacity", 1, f64::INFINITY));
    assert_eq!(refused(|r| r.ramp[1] = Some(-0.1)), amount("ramp", 1, -0.1));
    let nothing: [fn(&mut Rows<f64>); 7] = [
        |r| r.runs[0] = f64::NAN,
        |r| r.slots[0].cover = f64::NAN,
        |r| r.lanes[0].amount = f64::NAN,
        |r| r.lanes[0].worth = f64::NAN,
        |r| r.ports[0].yields = f64::NAN,
        |r| r.pools[0].demand = f64::NAN,
        |r| r.ramp[0] = Some(f64::NAN),
    ];
    for change in nothing {
        assert!(matches!(refused(change), NetworkError::Amount { .. }));
    }
}

#[test]
fn capacity_is_enough_for_equilibrium() {
    let error = refused(|r| r.capacity[0] = 9.0);
    assert_eq!(error, NetworkError::Capacity { site: 0, runs: 10.0, capacity: 9.0 });
    assert!(matches!(refused(|r| r.capacity[0] = f64::NAN), NetworkError::Capacity { site: 0, .. }));
}

#[test]
fn what_is_named_is_there() {
    let unknown = |what, row, found, count| NetworkError::Unknown { what, row, found, count };
    assert_eq!(refused(|r| r.slots[0].site = 2), unknown("site", 0, 2, 2));
    assert_eq!(refused(|r| r.lanes[0].slot = 1), unknown("slot", 0, 1, 1));
    assert_eq!(refused(|r| r.lanes[0].pool = 2), unknown("pool", 0, 2, 2));
    assert_eq!(refused(|r| r.ports[1].site = 7), unknown("site", 1, 7, 2));
    assert_eq!(refused(|r| r.ports[1].pool = 2), unknown("pool", 1, 2, 2));
    let length = |array, found| NetworkError::Length { array, found, expected: 2 };
    assert_eq!(refused(|r| r.capacity.truncate(1)), length("capacity", 1));
    assert_eq!(refused(|r| r.ramp.clear()), length("ramp", 0));
}

#[test]
fn pools_balance() {
    let unbalanced = |pool, supply, demand| NetworkError::Unbalanced { pool, supply, demand };
    assert_eq!(refused(|r| r.pools[1].demand = 1.0), unbalanced(1, 10.0, 11.0));
    assert_eq!(refused(|r| r.ports[0].yields = 0.9), unbalanced(0, 9.0, 10.0));
    // A pool that nobody puts into has nothing to sell.
    assert_eq!(refused(|r| r.ports.truncate(1)), unbalanced(1, 0.0, 10.0));
}

/// A site that only puts out a by-product is asked for nothing, and would stand still from the first tick.
#[test]
fn something_drives_a_site() {
    assert_eq!(refused(|r| r.ports[1].drives = false), NetworkError::Idle(1));
    assert_eq!(refused(|r| r.pools[1].demand -= 10.0), amount("final demand", 1, -10.0));
}

#[test]
fn something_is_made_first() {
    // Each buys from the other: over a way of a tick they can, at once they cannot.
    let circle = |lead| {
        let mut d = pair();
        d.rows.runs = vec![12.0, 10.0];
        let slot = d.slot(1, 2.0);
        d.lane(slot, 0, 2.0, 1);
        d.rows.lanes.iter_mut().for_each(|lane| lane.lead = lead);
        Network::new(&d.rows).map(|_| ())
    };
    assert_eq!(circle(1), Ok(()));
    assert_eq!(circle(0), Err(NetworkError::Cycle(0)));
    // Nor from itself, nor through a joint product: the supplier's other port would wait for the maker that waits for it.
    let own = |lead| {
        let mut d = pair();
        d.rows.ports[1].yields = 1.2;
        let slot = d.slot(1, 2.0);
        d.lane(slot, 1, 2.0, lead);
        Network::new(&d.rows).map(|_| ())
    };
    assert_eq!((own(1), own(0)), (Ok(()), Err(NetworkError::Cycle(1))));
    let joint = |lead| {
        let mut d = pair();
        d.port(1, 0, 0.0).drives = false;
        d.rows.lanes[0].lead = lead;
        Network::new(&d.rows).map(|_| ())
    };
    assert_eq!((joint(1), joint(0)), (Ok(()), Err(NetworkError::Cycle(0))));
}

#[test]
fn firms_are_refused_as_well() {
    let firms = |demand: Vec<f64>, lanes: &[(u32, u32, u32, f64)], cover| {
        Network::of_firms(demand, lanes.iter().copied(), cover).map(|_| ()).unwrap_err()
    };
    let demand = || vec![1.0, 1.0];
    assert_eq!(firms(demand(), &[(1, 0, 0, 1.0), (0, 0, 1, 1.0)], 2.0), NetworkError::Unsorted(1));
    assert_eq!(firms(demand(), &[(0, 1, 1, 1.0), (0, 0, 1, 1.0)], 2.0), NetworkError::Unsorted(1));
    let unknown = |found| NetworkError::Unknown { what: "firm", row: 0, found, count: 2 };
    assert_eq!(firms(demand(), &[(2, 0, 0, 1.0)], 2.0), unknown(2));
    assert_eq!(firms(demand(), &[(0, 0, 3, 1.0)], 2.0), unknown(3));
    assert_eq!(firms(demand(), &[(0, 0, 1, -1.0)], 2.0), amount("lane", 0, -1.0));
    assert_eq!(firms(vec![1.0, -1.0], &[], 2.0), amount("final demand", 1, -1.0));
    assert_eq!(firms(demand(), &[], -2.0), amount("cover", 0, -2.0));
    assert!(matches!(firms(demand(), &[], f64::NAN), NetworkError::Amount { what: "cover", .. }));
}
