//! The three stories of the shipped atlas: unnoticed at 150 robots a year, noticed at 50,000, beyond the wall at a
//! million; and losses of which a share of a market would tell the wrong number.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::book::Book;
use linchpin::expose::{self, LossRequest};
use linchpin::stop::{Reach, Selector, Terms};
use linchpin_table::Arg;
use support::stops::{ABROAD, OUTBID, PRO_RATA, market_stop, stop};
use support::{Ground, close, edit, expose_at, ground, markets, number, shipped, word};

fn story(volume: f64) -> (Book, String) {
    let book = expose_at(&ground().model("optimus"), volume);
    let id = book.answer.headlines.last().unwrap().id.to_string();
    (book, id)
}

/// The wall: strain-wave reducers. Known makers could make 5,000,000 a year and make 2,500,000 (Japan 2,320,000 and
/// 1,160,000, Germany and the United States 290,000 and 145,000 each, Leaderdrive 750,000 and 375,000, the rest of
/// China 945,000 and 472,500, the rest 405,000 and 202,500); a robot has 14: 2,500,000 / 14 = 178,571.
#[test]
fn the_wall_is_the_strain_wave_reducer() {
    for (volume, expected) in [(150.0, "story-unnoticed"), (50_000.0, "story-noticed"), (1e6, "story-beyond")]
    {
        let (book, id) = story(volume);
        assert_eq!(id, expected, "{volume}");
        let headline = book.answer.headlines.last().unwrap();
        assert_eq!(headline.args["wall"], Arg::Name("harmonic_reducer".to_owned()));
        let Arg::Range { value, .. } = headline.args["volume"] else { panic!("{headline:?}") };
        close(value, 2_500_000.0 / 14.0, 1e-12);
        assert_eq!(book.answer.table("headroom").unwrap().keys[0], "harmonic_reducer");
        close(number(&book, "headroom", "harmonic_reducer", "headroom").unwrap(), 2_500_000.0 / 14.0, 1e-12);
        close(
            number(&book, "headroom", "harmonic_reducer", "everything").unwrap(),
            5_000_000.0 / 14.0,
            1e-12,
        );
        close(
            number(&book, "headroom", "harmonic_reducer", "takes").unwrap(),
            volume * 14.0 / 2_500_000.0,
            1e-12,
        );
    }
}

/// At 150 robots a year nobody notices them: without China's plants they are served if they pay, and nearly all of
/// them is lost if every buyer gets the same share.
#[test]
fn few_robots_are_a_matter_of_who_pays() {
    let (book, _) = story(150.0);
    assert_eq!(number(&book, "stops", "CHN:output", "outbid"), Some(0.0));
    assert_eq!(number(&book, "stops", "CHN:output", "outbid_spare"), Some(0.0));
    assert!(number(&book, "stops", "CHN:output", "pro_rata").unwrap() > 0.9);
    assert!(number(&book, "stops", "CHN:output", "pro_rata_spare").unwrap() > 0.9);
    // Nobody publishes who sells to whom.
    assert_eq!(number(&book, "stops", "CHN:output", "own"), None);
    assert_eq!(number(&book, "stops", "CHN:output", "own_low"), Some(0.0));
    assert_eq!(number(&book, "stops", "CHN:output", "own_high"), Some(1.0));
}

fn banned(own: &[(&str, &str)], stop: &str, exports: bool) -> Book {
    let model = ground().model("optimus");
    let loss = LossRequest { stop: stop.to_owned(), exports, to: None, reach: Reach::default() };
    let own = own.iter().map(|(i, s)| ((*i).to_owned(), (*s).to_owned())).collect();
    expose::expose(
        &model,
        &expose::Request { loss: Some(loss), own, ..expose::Request::new("optimus", 150.0) },
    )
    .unwrap()
}

/// A maker that buys its motors in China loses all of them to a ban of exports or of output, whoever pays what.
#[test]
fn own_motors_from_china_are_lost_with_its_exports() {
    let book = banned(&[("frameless_motor", "CHN")], "CHN", true);
    for column in ["stop", "stop_low", "stop_high", "stop_spare"] {
        assert_eq!(number(&book, "stop", "own", column), Some(1.0), "{column}");
    }
    assert_eq!(number(&book, "stop", "outbid", "stop"), Some(0.0));
    let book = banned(&[("frameless_motor", "CHN")], "CHN", false);
    assert_eq!(number(&book, "stop", "own", "stop"), Some(1.0));
    // Motors from elsewhere leave the other lanes open to doubt.
    let book = banned(&[("frameless_motor", "USA")], "CHN", true);
    assert_eq!(number(&book, "stop", "own", "stop_low"), Some(0.0));
    // A supply from where no plant is known is lost with everything made there.
    let book = banned(&[("frameless_motor", "IND")], "IND", true);
    assert_eq!(number(&book, "stop", "own", "stop"), Some(1.0));
}

/// A million robots want 14,000,000 reducers of 5,000,000: 64 % are not made if they outbid everybody and nothing is
/// lost; if today's 2,500,000 are wanted by others too, 5,000,000 of 16,500,000 is what everybody gets.
#[test]
fn a_million_robots_are_short_without_any_loss() {
    let (book, _) = story(1e6);
    for column in ["outbid", "outbid_spare"] {
        close(number(&book, "stops", "nothing", column).unwrap(), 1.0 - 5_000_000.0 / 14_000_000.0, 1e-12);
    }
    for column in ["pro_rata", "pro_rata_spare"] {
        close(number(&book, "stops", "nothing", column).unwrap(), 1.0 - 5_000_000.0 / 16_500_000.0, 1e-12);
    }
    assert_eq!(word(&book, "stops", "nothing", "limit"), Some("harmonic_reducer"));
}

/// Losses of which the largest share of a market is not the answer.
///
/// - Harmonic Drive Systems makes 58 % of the reducers. The others can make 2,100,000 of the 2,502,100 wanted at
///   150 robots: 16 % is lost.
/// - Japan makes 46 % of them; the others can make more than is wanted. What is lost is 6 % of the copper.
/// - The rest of China makes 84 % of the magnets; most of its buyers stand in China too and keep them if they may not
///   be exported: 49 % is lost to others.
/// - China Northern mines more than half of the praseodymium; a ban of its concentrates alone stops nothing, because
///   China separates them and sells oxides.
#[test]
fn the_largest_share_of_a_market_is_not_the_answer() {
    let model = ground().model("optimus");
    let chain = markets(&model, 150.0);
    let book = expose_at(&model, 150.0);
    let largest = |text: &str| {
        let selector = Selector::of(&ground().atlas, &chain, text).unwrap();
        let shares = chain.links.iter().enumerate().filter(|(_, l)| l.is_known()).map(|(k, l)| {
            let hit = l.plants.iter().filter(|p| selector.hits(p, l));
            hit.map(|p| p.made).sum::<f64>() / chain.made(k)
        });
        shares.fold(0.0, f64::max)
    };
    let answer = |key: &str, column: &str| number(&book, "stops", key, column).unwrap();

    close(largest("harmonic_drive_systems"), 0.58, 1e-9);
    close(answer("company:harmonic_drive_systems:output", "pro_rata"), 0.58, 1e-9);
    close(
        answer("company:harmonic_drive_systems:output", "pro_rata_spare"),
        1.0 - 2_100_000.0 / 2_502_100.0,
        1e-9,
    );

    close(largest("JPN"), 0.464, 1e-9);
    assert!((0.13..0.14).contains(&answer("JPN:output", "pro_rata_spare")));
    let japan = Selector::of(&ground().atlas, &chain, "JPN").unwrap();
    let loss = linchpin::stop::Loss::new(&chain, &japan, linchpin::stop::Mode::Output, Reach::default());
    let limit = market_stop(&chain, &loss, PRO_RATA).limit().map(|k| chain.links[k].id.as_str());
    assert_eq!(limit, Some("titanium_sponge"));

    // The rest of China's magnet makers is no single plant, so that `stops` does not list it.
    let rest = Selector::of(&ground().atlas, &chain, "china_magnets_rest").unwrap();
    let lost = |mode, spare| {
        let loss = linchpin::stop::Loss::new(&chain, &rest, mode, Reach::default());
        stop(&chain, &loss, Terms { spare, ..PRO_RATA })
    };
    assert!((0.83..0.85).contains(&largest("china_magnets_rest")));
    assert!((0.83..0.85).contains(&lost(linchpin::stop::Mode::Output, false)));
    assert!((0.47..0.50).contains(&lost(ABROAD, false)));
    assert!((0.29..0.31).contains(&lost(ABROAD, true)));

    assert!((0.53..0.55).contains(&largest("china_northern_bayan_obo")));
    let bayan = Selector::of(&ground().atlas, &chain, "china_northern_bayan_obo").unwrap();
    let ban = linchpin::stop::Loss::new(&chain, &bayan, ABROAD, Reach::default());
    assert!(stop(&chain, &ban, PRO_RATA) < 1e-5);
    assert_eq!(stop(&chain, &ban, OUTBID), 0.0);
}

/// The answer of `expose` is that of the markets at the same volume, and its limit is named.
#[test]
fn the_table_is_the_chain() {
    let model = ground().model("g1");
    let (chain, book) = (markets(&model, 50_000.0), expose_at(&model, 50_000.0));
    let table = book.answer.table("stops").unwrap();
    let mut compared = 0;
    for key in table.keys.iter().filter(|k| k.ends_with(":output")) {
        // A key but for its mode is a selector.
        let text = key.trim_end_matches(":output");
        let selector = Selector::of(&ground().atlas, &chain, text).unwrap();
        let loss =
            linchpin::stop::Loss::new(&chain, &selector, linchpin::stop::Mode::Output, Reach::default());
        assert_eq!(number(&book, "stops", key, "outbid_spare"), Some(stop(&chain, &loss, OUTBID)), "{key}");
        assert_eq!(
            number(&book, "stops", key, "pro_rata_spare"),
            Some(stop(&chain, &loss, PRO_RATA)),
            "{key}"
        );
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
}

/// Every product of the shipped atlas has its full list; a company and its plant of one id are told apart.
#[test]
fn every_loss_can_be_listed() {
    for (product, volume) in [("optimus", 150.0), ("g1", 150.0), ("optimus", 1e6), ("g1", 1e6)] {
        let book = expose_at(&ground().model(product), volume);
        let keys = &book.answer.table("stops").unwrap().keys;
        assert!(keys.len() > 40, "{product} {volume}: {}", keys.len());
    }
}

/// Dysprosium metal with one maker alone: magnets have many, and all rest on it. It is named as the hidden single
/// point, and the interval of the own lanes is a point, though no lane is known.
#[test]
fn a_hidden_single_point_is_named() {
    let mut files = shipped();
    edit(&mut files, "sites", |csv| {
        let (id, status) = (csv.column("id"), csv.column("status"));
        let row = csv.rows.iter_mut().find(|r| r[id] == "lcm_cheshire_dy").unwrap();
        row[status] = "planned".to_owned();
    });
    let ground = Ground::of(&files, &linchpin::atlas::Overlay::new());
    let book = expose_at(&ground.model("optimus"), 150.0);
    assert_eq!(book.answer.table("single").unwrap().keys, ["CHN"]);
    assert_eq!(word(&book, "single", "CHN", "kind"), Some("kind-country"));
    assert_eq!(word(&book, "single", "CHN", "market"), Some("dy_metal"));
    assert_eq!(word(&book, "single", "CHN", "behind"), Some("magnet_ndfeb"));
    assert_eq!(number(&book, "single", "CHN", "stop"), Some(1.0));
    for column in ["own", "own_low", "own_high", "outbid_spare", "pro_rata_spare"] {
        assert_eq!(number(&book, "stops", "CHN:output", column), Some(1.0), "{column}");
    }
    // As shipped there is a second maker, and no single point.
    let book = expose_at(&support::ground().model("optimus"), 150.0);
    assert!(book.answer.table("single").unwrap().keys.is_empty());
}

/// On the shipped atlas, for everything that can be lost at every volume: robots that outbid everybody are never worse
/// off, nor is anybody with spare capacity in use; the interval of own lanes is one; nothing lost is the least.
#[test]
fn every_loss_of_the_shipped_atlas_is_in_order() {
    let mut rows = 0;
    for (product, volume) in
        [("optimus", 150.0), ("optimus", 50_000.0), ("optimus", 1e6), ("g1", 150.0), ("g1", 1e7)]
    {
        let book = expose_at(&ground().model(product), volume);
        for key in &book.answer.table("stops").unwrap().keys {
            let at = |column: &str| number(&book, "stops", key, column).unwrap();
            let what = format!("{product} {volume} {key}");
            for column in ["pro_rata", "pro_rata_spare", "outbid", "outbid_spare", "own_low", "own_high"] {
                assert!((0.0..=1.0).contains(&at(column)), "{what} {column}");
            }
            assert!(at("own_low") <= at("own_high"), "{what}");
            for (less, more) in [
                ("outbid", "pro_rata"),
                ("outbid_spare", "pro_rata_spare"),
                ("pro_rata_spare", "pro_rata"),
                ("outbid_spare", "outbid"),
            ] {
                assert!(at(less) <= at(more) + 1e-12, "{what}: {less} {} {more} {}", at(less), at(more));
            }
            // A ban can help robots on the free side (see stop_flow.rs); nothing else can.
            if key.ends_with(":output") {
                for column in ["pro_rata", "outbid"] {
                    assert!(
                        at(column) + 1e-12 >= number(&book, "stops", "nothing", column).unwrap(),
                        "{what}"
                    );
                }
            }
            rows += 1;
        }
    }
    assert!(rows > 400, "{rows}");
}
