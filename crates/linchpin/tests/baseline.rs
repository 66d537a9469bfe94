//! Markets: what sites put out goes over lanes or into the pool and nowhere else, and only what runs counts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Files, Overlay};
use linchpin::model::View;
use linchpin::network::Baseline;
use linchpin::network::baseline::{Pool, SiteFlow};
use support::{Ground, PRODUCTS, changed, close, edit, explode_all, ground, shipped};

fn baseline(g: &Ground, alias: &str, volume: f64) -> Baseline {
    let model = g.model(alias);
    Baseline::new(&g.atlas, &g.network, &g.values, model.flow(View::Gross), volume, 2026)
}

/// Adds a made-up magnet site with figures of 2025 (measure, value, unit).
fn add_site(files: &mut Files, id: &str, status: &str, figures: &[(&str, &str, &str)]) {
    edit(files, "sites", |csv| {
        csv.add(&[
            ("id", id),
            ("name", id),
            ("country", "JPN"),
            ("item", "magnet_ndfeb"),
            ("status", status),
        ]);
    });
    for (measure, value, unit) in figures {
        edit(files, "site_figures", |csv| {
            csv.add(&[
                ("site", id),
                ("measure", measure),
                ("period", "2025"),
                ("value", value),
                ("low", value),
                ("high", value),
                ("unit", unit),
                ("standing", "assumed"),
                ("note", "made up"),
            ]);
        });
    }
}

fn add_lane(files: &mut Files, from: &str, to: &str, value: &str, unit: &str) {
    edit(files, "lanes", |csv| {
        csv.add(&[
            ("from_site", from),
            ("to_site", to),
            ("item", "magnet_ndfeb"),
            ("value", value),
            ("low", value),
            ("high", value),
            ("unit", unit),
            ("standing", "assumed"),
            ("note", "made up"),
        ]);
    });
}

fn magnets<'b>(g: &Ground, b: &'b Baseline) -> &'b Pool {
    &b.pools[&(g.node("magnet_ndfeb") as u32)]
}

fn site<'b>(pool: &'b Pool, id: &str) -> &'b SiteFlow {
    pool.sites.iter().find(|s| s.site == id).unwrap()
}

/// What balances in every pool: Σ output = Σ into the pool + Σ over lanes, the lanes of a site sum to what it sends
/// over lanes, and no site sends more than it puts out. Expectation: conservation of what is made.
fn balances(b: &Baseline) {
    for pool in b.pools.values() {
        let sum = |f: fn(&SiteFlow) -> f64| pool.sites.iter().map(f).sum::<f64>();
        let lanes: f64 = pool.lanes.iter().map(|l| l.flow).sum();
        assert!(
            (sum(|s| s.output.unwrap_or(0.0)) - sum(|s| s.into_pool) - lanes).abs() <= 1e-9 * lanes.max(1.0)
        );
        for s in &pool.sites {
            let sent: f64 = pool.lanes.iter().filter(|l| l.from == s.site).map(|l| l.flow).sum();
            let output = s.output.unwrap_or(0.0);
            assert!((sent - s.over_lanes).abs() <= 1e-9 * sent.max(1.0), "{}", s.site);
            assert!(sent <= output * (1.0 + 1e-12) && s.into_pool >= -1e-9 * output, "{}", s.site);
        }
    }
}

#[test]
fn every_market_of_the_shipped_atlas_balances() {
    for alias in PRODUCTS {
        let b = baseline(ground(), alias, 1000.0);
        assert!(b.pools.len() >= 15 && b.pools.values().map(|p| p.lanes.len()).sum::<usize>() >= 5);
        balances(&b);
    }
}

/// A site of 100 t/y with a lane of 70 % and one of 70 t/y: the first, in order of key, gets its 70 t, the second the
/// 30 t that are left, and nothing goes to the pool. A third lane, of 500 t/y, gets nothing. A site of 100 t/y with a
/// lane of 25 t/y puts 75 t into the pool.
#[test]
fn nobody_sends_more_than_he_makes() {
    let mut files = shipped();
    let output = [("output", "100", "t/y")];
    for id in ["made_up_a", "made_up_b", "made_up_c"] {
        add_site(&mut files, id, "operating", &output);
    }
    add_lane(&mut files, "made_up_a", "made_up_b", "0.7", "fraction");
    add_lane(&mut files, "made_up_a", "made_up_c", "70", "t/y");
    add_lane(&mut files, "made_up_a", "vac_hanau", "500", "t/y");
    add_lane(&mut files, "made_up_b", "made_up_c", "25", "t/y");
    let g = Ground::of(&files, &Overlay::new());
    let b = baseline(&g, "g1", 1000.0);
    balances(&b);
    let pool = magnets(&g, &b);
    let lane = |from: &str, to: &str| pool.lanes.iter().find(|l| l.from == from && l.to == to).unwrap().flow;
    close(lane("made_up_a", "made_up_b"), 70e3, 1e-12);
    close(lane("made_up_a", "made_up_c"), 30e3, 1e-12);
    assert!(lane("made_up_a", "vac_hanau").abs() < 1e-9);
    close(lane("made_up_b", "made_up_c"), 25e3, 1e-12);
    close(site(pool, "made_up_b").into_pool, 75e3, 1e-12);
    assert!(site(pool, "made_up_a").into_pool.abs() < 1e-9);
}

/// Stock, pipeline and orders stand in equilibrium: at 365.2425 t/y, 1 t a day, a cover of 30 days is 30 t and a
/// lead time of two weeks 14 t on the way; a site without a published cover has no stock rather than none of it.
#[test]
fn stock_is_cover_times_flow_a_day() {
    let mut files = shipped();
    let output = ("output", "365.2425", "t/y");
    let figures = [output, ("stock_cover", "30", "d"), ("lead_time", "2", "week")];
    add_site(&mut files, "made_up_a", "operating", &figures);
    add_site(&mut files, "made_up_b", "operating", &[output]);
    let g = Ground::of(&files, &Overlay::new());
    let b = baseline(&g, "g1", 1000.0);
    let a = site(magnets(&g, &b), "made_up_a");
    close(a.orders, 1000.0, 1e-12);
    close(a.stock.unwrap(), 30e3, 1e-12);
    close(a.pipeline.unwrap(), 14e3, 1e-12);
    let without = site(magnets(&g, &b), "made_up_b");
    assert_eq!((without.stock, without.pipeline), (None, None));
}

/// A site whose output nobody publishes has an unknown stock, not one of zero: cover times an unknown flow.
/// Expectation: the atlas page, "a blank value is unknown: answers that need it say no data".
#[test]
fn cover_of_an_unknown_flow_is_unknown() {
    let mut files = shipped();
    add_site(&mut files, "made_up_a", "operating", &[("stock_cover", "30", "d"), ("lead_time", "2", "week")]);
    let g = Ground::of(&files, &Overlay::new());
    let b = baseline(&g, "g1", 1000.0);
    let a = site(magnets(&g, &b), "made_up_a");
    assert_eq!((a.output, a.stock, a.pipeline), (None, None, None));
}

/// A plant that is planned, under construction or closed makes nothing today: every cell of the answer is as before.
#[test]
fn what_does_not_run_is_no_supply() {
    let words: Vec<String> = {
        let schema = linchpin::atlas::Schema::get().table("sites").unwrap();
        schema.attributes.iter().find(|a| a.name == "status").unwrap().allowed.clone()
    };
    let mut files = shipped();
    let mut idle = 0;
    for word in words.iter().filter(|w| !["operating", "ramping"].contains(&w.as_str())) {
        let figures = [("output", "10000", "t/y"), ("capacity", "10000", "t/y")];
        add_site(&mut files, &format!("made_up_{word}"), word, &figures);
        idle += 1;
    }
    assert!(idle >= 2);
    let g = Ground::of(&files, &Overlay::new());
    for alias in PRODUCTS {
        let answer = |g: &Ground| explode_all(&g.model(alias), 1000.0, None).answer;
        assert_eq!(changed(&answer(ground()), &answer(&g)), Vec::<String>::new());
    }
}

/// One more operating site of 10 kt/y of magnets, of which only the capacity is published, raises the capacity of
/// the magnet market by 10,000,000 kg and its sites by one, and changes no other cell of the answer.
#[test]
fn a_site_raises_its_market_by_what_it_adds_and_nothing_else() {
    let mut files = shipped();
    add_site(&mut files, "made_up_a", "operating", &[("capacity", "10000", "t/y")]);
    let g = Ground::of(&files, &Overlay::new());
    for alias in PRODUCTS {
        let answer = |g: &Ground| explode_all(&g.model(alias), 1000.0, None).answer;
        let (before, after) = (answer(ground()), answer(&g));
        assert_eq!(changed(&before, &after), ["supply/magnet_ndfeb/capacity", "supply/magnet_ndfeb/sites"]);
        let rise = |column: &str| {
            let of = |a: &linchpin_table::Answer| {
                a.table("supply").unwrap().value("magnet_ndfeb", column).unwrap()
            };
            of(&after) - of(&before)
        };
        // Sums of some 3e8 kg are good to 6e-8 kg.
        assert!((rise("capacity") - 1e7).abs() < 1e-6, "{}", rise("capacity"));
        assert_eq!(rise("sites"), 1.0);
    }
}

/// The same with 10 kt/y of output: output and capacity (which counts output where none is published) rise by that,
/// the shares of the market follow, and no other market changes.
#[test]
fn a_site_with_output_raises_output_too() {
    let mut files = shipped();
    add_site(&mut files, "made_up_a", "ramping", &[("output", "10000", "t/y")]);
    let g = Ground::of(&files, &Overlay::new());
    for alias in PRODUCTS {
        let answer = |g: &Ground| explode_all(&g.model(alias), 1000.0, None).answer;
        let (before, after) = (answer(ground()), answer(&g));
        for address in changed(&before, &after) {
            assert!(address.starts_with("supply/magnet_ndfeb/"), "{address}");
        }
        let of = |a: &linchpin_table::Answer, c: &str| {
            a.table("supply").unwrap().value("magnet_ndfeb", c).unwrap()
        };
        for column in ["output", "capacity"] {
            assert!((of(&after, column) - of(&before, column) - 1e7).abs() < 1e-6, "{column}");
        }
        close(of(&after, "need_share") * of(&after, "output"), of(&after, "need"), 1e-12);
        assert_eq!(of(&after, "need"), of(&before, "need"));
    }
}

/// A site of 10 kt/y that runs at 80 % puts out 8 kt/y. The market that is printed counts it as the balance does.
#[test]
fn output_follows_from_capacity_and_utilisation() {
    let mut files = shipped();
    let figures = [("capacity", "10000", "t/y"), ("utilisation", "0.8", "fraction")];
    add_site(&mut files, "made_up_a", "operating", &figures);
    let g = Ground::of(&files, &Overlay::new());
    let b = baseline(&g, "g1", 1000.0);
    close(site(magnets(&g, &b), "made_up_a").output.unwrap(), 8e6, 1e-12);
    let printed = |g: &Ground| {
        let answer = explode_all(&g.model("g1"), 1000.0, None).answer;
        answer.table("supply").unwrap().value("magnet_ndfeb", "output").unwrap()
    };
    close(magnets(&g, &b).sites.iter().filter_map(|s| s.output).sum(), printed(&g), 1e-12);
    assert!((printed(&g) - printed(ground()) - 8e6).abs() < 1e-6, "{}", printed(&g) - printed(ground()));
}
