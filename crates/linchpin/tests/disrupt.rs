//! The kill switch in time on the shipped atlas: what must hold whatever the figures are, and the stories it was made for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::book::Book;
use linchpin::disrupt::{Curve, DisruptError, Effect, EventRequest, First, Request, Sharing, disrupt};
use linchpin::stop::Reach;
use support::{ground, number, word};

const ROBOTS: [&str; 3] = ["optimus", "g1", "walker"];

fn exports(select: &str, to: Option<&str>, weeks: u32) -> EventRequest {
    EventRequest { to: to.map(str::to_owned), ..EventRequest::new(Effect::Exports, select, weeks) }
}

fn ask(request: &Request) -> Result<Book, DisruptError> {
    disrupt(&ground().model(&request.product), request)
}

fn told(product: &str, events: Vec<EventRequest>) -> Book {
    ask(&Request::new(product, 1000.0, events)).unwrap()
}

fn lost(book: &Book) -> f64 {
    number(book, "outcome", "as_asked", "robots_lost").unwrap()
}

/// What stood in the way in the first week of loss.
fn first_gate(book: &Book) -> String {
    let week = number(book, "outcome", "as_asked", "first_loss").unwrap();
    word(book, "weeks", &week.to_string(), "gate").unwrap().to_owned()
}

#[test]
fn without_a_loss_nothing_moves_for_ten_years() {
    for product in ROBOTS {
        let nothing = EventRequest { to: Some("NZL".to_owned()), ..exports("CHN", None, 500) };
        let book = ask(&Request { horizon: 520, ..Request::new(product, 1000.0, vec![nothing]) }).unwrap();
        let weekly = 1000.0 / (365.2425 / 7.0);
        for week in 0..520 {
            for column in ["usual", "delivered"] {
                let robots = number(&book, "weeks", &week.to_string(), column).unwrap();
                assert!((robots / weekly - 1.0).abs() < 1e-9, "{product} {week} {column}: {robots}");
            }
        }
        assert_eq!(lost(&book), 0.0);
    }
}

/// A maker who buys whole actuators abroad is stopped by what holds controlled magnets sooner, and by another part, than
/// by a ban on the magnets themselves.
#[test]
fn a_ban_on_magnets_and_a_rule_on_content_stop_different_parts() {
    let magnets = told("optimus", vec![exports("CHN/magnets.dytb", Some("USA"), 26)]);
    let mut rule = exports("CHN/magnets.dytb", Some("USA"), 26);
    rule.reach = Reach { de_minimis: Some(0.001), ..Reach::default() };
    let content = told("optimus", vec![rule]);
    assert_eq!(first_gate(&content), "joint_actuator");
    assert_ne!(first_gate(&magnets), first_gate(&content));
    let survived = |book: &Book| number(book, "outcome", "as_asked", "survive").unwrap();
    assert!(survived(&content) < survived(&magnets));
    assert!(lost(&content) > lost(&magnets));
}

#[test]
fn an_item_that_may_not_leave_a_country_is_no_loss_to_a_robot_assembled_there() {
    for product in ["g1", "walker"] {
        for items in ["CHN/magnet_ndfeb", "CHN/li_ion_cell"] {
            let book = told(product, vec![exports(items, None, 52)]);
            assert_eq!(lost(&book), 0.0, "{product} {items}");
        }
    }
}

/// Six weeks of magnets at the maker of motors instead of six weeks of motors at the maker of the robot: another calendar.
#[test]
fn where_cover_is_held_changes_the_calendar() {
    let event = || vec![exports("CHN/magnets.dytb", Some("USA"), 26)];
    let days = |at_maker: f64, at_supplier: f64| {
        let cover = vec![
            (None, "coreless_motor".to_owned(), at_maker),
            (Some("coreless_motor".to_owned()), "magnet_ndfeb".to_owned(), at_supplier),
        ];
        ask(&Request { cover, ..Request::new("optimus", 1000.0, event()) }).unwrap()
    };
    let (maker, supplier) = (days(77.0, 39.0), days(35.0, 81.0));
    let dry = |book: &Book, key: &str| number(book, "calendar", key, "dry");
    let motors = "robot_optimus:coreless_motor";
    let magnets = "coreless_motor@USA:magnet_ndfeb";
    assert!(
        dry(&maker, magnets) < dry(&supplier, magnets),
        "{:?} {:?}",
        dry(&maker, magnets),
        dry(&supplier, magnets)
    );
    assert!(dry(&maker, motors).is_some());
    assert_ne!(maker.answer.table("calendar").unwrap().keys, supplier.answer.table("calendar").unwrap().keys,);
}

#[test]
fn a_longer_event_and_less_stock_never_lose_less_here() {
    let mut before = 0.0;
    for weeks in [4, 13, 26, 40, 52] {
        let now = lost(&told("optimus", vec![exports("CHN/magnets.dytb", Some("USA"), weeks)]));
        assert!(now >= before - 1e-6, "{weeks} weeks: {now} after {before}");
        before = now;
    }
    let mut before = f64::INFINITY;
    for days in [0.0, 14.0, 35.0, 90.0] {
        let cover = vec![(None, "coreless_motor".to_owned(), days)];
        let event = vec![exports("CHN/magnets.dytb", Some("USA"), 26)];
        let now = lost(&ask(&Request { cover, ..Request::new("optimus", 1000.0, event) }).unwrap());
        assert!(now <= before + 1e-6, "{days} days: {now} after {before}");
        before = now;
    }
}

/// Ten a year, then a thousand, then five thousand: without an event the chain follows.
#[test]
fn the_chain_follows_a_path_of_growth() {
    let nothing = EventRequest { to: Some("NZL".to_owned()), ..exports("CHN", None, 4) };
    let path = vec![(0, 10.0), (52, 1000.0), (104, 5000.0)];
    let request = Request { path, horizon: 130, ..Request::new("optimus", 10.0, vec![nothing]) };
    let book = ask(&request).unwrap();
    let robots = |week: u32| number(&book, "weeks", &week.to_string(), "usual").unwrap();
    let asked = |yearly: f64| yearly / (365.2425 / 7.0);
    assert!((robots(0) / asked(10.0) - 1.0).abs() < 1e-6);
    for (week, yearly) in [(52, 1000.0), (104, 5000.0), (129, 5000.0)] {
        assert!(robots(week) > 0.95 * asked(yearly), "week {week}: {} of {}", robots(week), asked(yearly));
    }
}

#[test]
fn an_event_that_follows_another_is_counted_from_it() {
    let mut first = EventRequest::new(Effect::Output, "harmonic_drive_systems", 8);
    first.id = "fire".to_owned();
    first.week = 3;
    let mut second = exports("CHN/magnets.dytb", Some("USA"), 26);
    (second.after, second.week) = (Some("fire".to_owned()), 5);
    let alone = EventRequest { after: None, week: 8, ..second.clone() };
    let (both, alone) = (told("optimus", vec![first, second]), told("optimus", vec![alone]));
    assert_eq!(
        number(&both, "outcome", "as_asked", "first_loss"),
        number(&alone, "outcome", "as_asked", "first_loss")
    );
}

/// A quota counts what was bought before, so that stocks are not refilled by it; and a surge of others' demand is felt.
#[test]
fn a_quota_a_surge_and_stock_destroyed_are_felt() {
    let mut quota = exports("COD/cobalt_hydroxide_co", None, 149);
    (quota.left, quota.granted) = (0.0, vec![(34, 0.44)]);
    let request = Request { horizon: 156, ..Request::new("optimus", 1000.0, vec![quota]) };
    assert!(lost(&ask(&request).unwrap()) > 0.0);

    let outage = |destroyed: f64| {
        let event = EventRequest { destroyed, ..exports("CHN/magnets.dytb", Some("USA"), 13) };
        lost(&told("optimus", vec![event]))
    };
    assert!(outage(1.0) > outage(0.0), "{} {}", outage(1.0), outage(0.0));

    let mut surge = EventRequest::new(Effect::Demand, "harmonic_reducer", 60);
    surge.left = 3.0;
    let first = Request { first: First::Others, ..Request::new("walker", 50_000.0, vec![surge.clone()]) };
    assert!(lost(&ask(&first).unwrap()) > 0.0);
    let first = Request { first: First::Robots, ..Request::new("walker", 50_000.0, vec![surge]) };
    assert!(lost(&ask(&first).unwrap()) < 1.0);
}

/// Who buys his reducers in Japan alone loses more with Japan than who buys them in the market; and suppliers that make too little are
/// refused.
#[test]
fn own_suppliers_decide_what_a_loss_takes() {
    let ask_own = |own: Vec<(String, String)>, volume: f64| {
        let event = EventRequest::new(Effect::Output, "JPN/harmonic_reducer", 52);
        ask(&Request { own, ..Request::new("optimus", volume, vec![event]) })
    };
    let japan = || vec![("harmonic_reducer".to_owned(), "JPN".to_owned())];
    let (alone, market) = (ask_own(japan(), 1000.0).unwrap(), ask_own(vec![], 1000.0).unwrap());
    assert!(lost(&alone) > lost(&market), "{} {}", lost(&alone), lost(&market));
    let too_much = ask_own(japan(), 170_000.0);
    assert!(matches!(too_much, Err(DisruptError::OwnShort(_))), "{:?}", too_much.map(|b| lost(&b)));
}

/// Where the others are served first, a contract puts the robots before them; and a ban of equipment takes nothing but the room
/// to step in.
#[test]
fn contracts_and_equipment_count() {
    let robots = |contract: &[&str], events: Vec<EventRequest>| {
        let contract = contract.iter().map(|c| (*c).to_owned()).collect();
        let request = Request { contract, first: First::Others, ..Request::new("walker", 20_000.0, events) };
        lost(&ask(&request).unwrap())
    };
    let stop = || EventRequest::new(Effect::Output, "JPN/harmonic_reducer", 60);
    let (with, without) = (robots(&["harmonic_reducer"], vec![stop()]), robots(&[], vec![stop()]));
    assert!(with < without, "{with} {without}");
    let equipment = EventRequest::new(Effect::Equipment, "CHN/harmonic_reducer", 60);
    assert_eq!(robots(&[], vec![equipment.clone()]), 0.0);
    let both = robots(&[], vec![stop(), equipment]);
    assert!(both > without, "{both} {without}");
}

/// Samarium-cobalt takes half a year to qualify in a small motor, needs more mass, and gives less torque; it saves what comes after.
#[test]
fn a_substitute_stands_in_once_it_is_qualified() {
    let asked = |substitutes: bool| {
        let event = EventRequest::new(Effect::Output, "magnet_ndfeb", 78);
        ask(&Request { substitutes, ..Request::new("optimus", 1000.0, vec![event]) }).unwrap()
    };
    let (with, without) = (asked(true), asked(false));
    assert!(lost(&with) < lost(&without), "{} {}", lost(&with), lost(&without));
    assert_eq!(number(&without, "outcome", "substitutes", "robots_lost"), Some(lost(&with)));
    let stood_in = with.answer.table("stood_in").unwrap();
    let row = stood_in.keys.iter().find(|k| k.starts_with("magnet_n48h:magnet_smco")).unwrap();
    let from = number(&with, "stood_in", row, "from_week").unwrap();
    let qualified = ground().value("substitutions/magnet_smco/magnet_n48h/qualification") / 7.0;
    assert!(from >= qualified, "{from} weeks, qualified after {qualified}");
    assert_eq!(
        number(&with, "stood_in", row, "torque"),
        Some(ground().value("substitutions/magnet_smco/magnet_n48h/torque"))
    );
    assert!(without.answer.table("stood_in").is_none());
}

/// Gallium comes with alumina: where all of a country's alumina stops, so does its gallium.
#[test]
fn a_byproduct_stops_with_its_hosts() {
    let book = told("optimus", vec![EventRequest::new(Effect::Output, "CHN/alumina", 40)]);
    let (hosts, itself) = (number(&book, "calendar", "magnet_ndfeb:gallium", "dry"), {
        let book = told("optimus", vec![EventRequest::new(Effect::Output, "CHN/gallium", 40)]);
        number(&book, "calendar", "magnet_ndfeb:gallium", "dry")
    });
    assert!(hosts.is_some());
    assert_eq!(hosts, itself);
}

/// The maker may be named as a holder like anybody else, and a supplier with his country.
#[test]
fn holders_may_be_named_in_full() {
    let asked = |holder: Option<&str>, item: &str| {
        let cover = vec![(holder.map(str::to_owned), item.to_owned(), 77.0)];
        let event = vec![exports("CHN/magnets.dytb", Some("USA"), 26)];
        lost(&ask(&Request { cover, ..Request::new("optimus", 1000.0, event) }).unwrap())
    };
    let maker = asked(None, "coreless_motor");
    assert_eq!(asked(Some("robot_optimus"), "coreless_motor"), maker);
    assert_eq!(asked(Some(""), "coreless_motor"), maker);
    let supplier = asked(Some("coreless_motor"), "magnet_ndfeb");
    // Those of other countries count next to nothing here.
    assert!((asked(Some("coreless_motor@USA"), "magnet_ndfeb") - supplier).abs() < 1e-3);
}

/// The same request gives the same bits.
#[test]
fn the_same_request_gives_the_same_answer() {
    let once = told("optimus", vec![exports("CHN", None, 26)]);
    let twice = told("optimus", vec![exports("CHN", None, 26)]);
    assert_eq!(once.answer.tables, twice.answer.tables);
}

/// No stock anywhere on the maker's side: lost as soon as what is on the way has come, or in the same week if that is
/// lost too.
#[test]
fn without_stock_the_first_week_is_lost() {
    let cover = vec![(None, "joint_actuator".to_owned(), 0.0)];
    let request =
        Request { cover, ..Request::new("optimus", 1000.0, vec![exports("CHN/joint_actuator", None, 4)]) };
    let first = |r: &Request| number(&ask(r).unwrap(), "outcome", "as_asked", "first_loss");
    assert_eq!(first(&request), Some(1.0));
    assert_eq!(first(&Request { way_lost: true, ..request }), Some(0.0));
}

#[test]
fn all_faults_of_a_request_are_told_at_once() {
    let mut late = EventRequest::new(Effect::Output, "CHN", 4);
    late.week = 300;
    let mut outside = EventRequest::new(Effect::Output, "CHN", 0);
    (outside.left, outside.destroyed, outside.curve) = (1.5, -0.1, Curve::Step);
    outside.to = Some("USA".to_owned());
    let mut lonely = EventRequest::new(Effect::Output, "CHN", 4);
    lonely.after = Some("nothing".to_owned());
    let unknown = EventRequest::new(Effect::Output, "CHINAA", 4);
    let mut request = Request::new("optimus", 1000.0, vec![late, outside, lonely, unknown]);
    request.path = vec![(10, 1.0), (10, 2.0)];
    request.own = vec![("no_such_item".to_owned(), "CHN".to_owned())];
    let Err(DisruptError::Several(faults)) = ask(&request) else { panic!("it was answered") };
    let all = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for part in [
        "week 300",
        "left",
        "destroyed",
        "no week",
        "no export rule",
        "follows nothing",
        "CHINAA",
        "no_such_item",
        "week 10",
    ] {
        assert!(all.contains(part), "{part} is not told:\n{all}");
    }
    let outside = [
        Request { volume: f64::NAN, ..request.clone() },
        Request { volume: -3.0, ..request.clone() },
        Request { horizon: 0, ..request.clone() },
        Request { horizon: 99_999_999, ..request.clone() },
        Request { adjustment: 0.0, ..request.clone() },
        Request { overtime: 9.0, ..request.clone() },
        Request { transit: 0, ..request.clone() },
    ];
    assert!(outside.iter().all(|r| matches!(ask(r), Err(DisruptError::Outside { .. }))));
    let circle = |id: &str, after: &str| EventRequest {
        id: id.to_owned(),
        after: Some(after.to_owned()),
        ..EventRequest::new(Effect::Output, "CHN", 4)
    };
    let request = Request::new("optimus", 1000.0, vec![circle("a", "b"), circle("b", "a")]);
    assert!(ask(&request).is_err());
    assert!(matches!(ask(&Request::new("optimus", 1000.0, vec![])), Err(DisruptError::NoEvent)));
    let cover = vec![(None, "dy_oxide".to_owned(), 10.0)];
    let request = Request {
        cover,
        ..Request::new("optimus", 1000.0, vec![EventRequest::new(Effect::Output, "CHN", 4)])
    };
    assert!(matches!(ask(&request), Err(DisruptError::Holder { .. })));
    let one = |event| ask(&Request::new("optimus", 1000.0, vec![event]));
    assert!(matches!(one(exports("CHN", Some("CHN"), 4)), Err(DisruptError::Inland(_))));
    let all_left = EventRequest { left: 1.0, ..exports("CHN", None, 4) };
    assert!(matches!(one(all_left), Err(DisruptError::Nothing(_))));
    let before_the_run = EventRequest { announced: 3, ..exports("CHN", None, 4) };
    assert!(matches!(one(before_the_run), Err(DisruptError::Outside { name: "announced", .. })));
    let cover = [20.0, 30.0].map(|days| (None, "li_ion_cell".to_owned(), days)).to_vec();
    let request = Request { cover, ..Request::new("optimus", 1000.0, vec![exports("CHN", None, 4)]) };
    assert!(matches!(ask(&request), Err(DisruptError::Twice(_))));
}

/// A maker without stock is served again when the border opens, though others have theirs to fill; by orders he would stay
/// short to the end. The answer says how much hangs on it.
#[test]
fn use_comes_before_the_filling_of_stocks() {
    let cover = vec![(None, "li_ion_cell".to_owned(), 0.0)];
    let request = Request { cover, ..Request::new("optimus", 1000.0, vec![exports("CHN", None, 4)]) };
    let by_need = ask(&request).unwrap();
    let by_orders = ask(&Request { sharing: Sharing::Orders, ..request }).unwrap();
    let back = |book: &Book| number(book, "outcome", "as_asked", "back");
    assert_eq!((back(&by_need), back(&by_orders)), (Some(5.0), None));
    let row = |book: &Book, key: &str| number(book, "outcome", key, "robots_lost").unwrap();
    assert_eq!(row(&by_need, "by_orders"), lost(&by_orders));
    assert_eq!(row(&by_orders, "by_need"), lost(&by_need));
    assert!(lost(&by_orders) > 10.0 * lost(&by_need));
}

/// The run without events knows none, though its network was built to be hit: a demand that moves is run beside it.
#[test]
fn a_path_of_demand_under_a_ban_is_set_against_itself() {
    let request = Request {
        path: vec![(0, 10.0), (26, 1000.0), (52, 5000.0)],
        ..Request::new("optimus", 1000.0, vec![exports("CHN", None, 60)])
    };
    let book = ask(&request).unwrap();
    let first = number(&book, "weeks", "0", "usual").unwrap();
    let last = number(&book, "weeks", "60", "usual").unwrap();
    assert!(last > 100.0 * first && lost(&book) > 0.0, "{first} {last}");
}
