//! What leaving costs: which country is left if nobody says, and no sum where no price elsewhere is known.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Overlay;
use linchpin::expose::{Request, expose};
use linchpin::model::Model;
use linchpin_table::{Answer, Arg};
use support::{Ground, PRODUCTS, edit, ground, shipped};

fn exposed(model: &Model<'_>, leave: Option<&str>) -> Answer {
    let product = model.product.item.clone();
    let request = Request { leave: leave.map(str::to_owned), ..Request::new(&product, 1000.0) };
    expose(model, &request).unwrap().answer
}

/// The sum of what is known, as its row has it.
fn extra(answer: &Answer) -> Option<f64> {
    let total = answer.table("leaving_total").unwrap();
    assert!(total.row("known_extra").is_some(), "the row stands in any case");
    total.value("known_extra", "usd")
}

/// What is left.
fn left(answer: &Answer) -> String {
    let notes = &answer.table("leaving_total").unwrap().notes;
    match &notes.iter().find(|n| n.id == "note-leaving").unwrap().args["from"] {
        Arg::Name(id) => id.clone(),
        other => panic!("{other:?}"),
    }
}

/// The countries that stop most, the worst first.
fn worst(model: &Model<'_>, answer: &Answer) -> Vec<String> {
    let mut countries: Vec<String> = vec![];
    for key in &answer.table("stops").unwrap().keys {
        let country = key.split(':').next().unwrap();
        let is_country = key.matches(':').count() == 1 && country != model.product.country;
        if is_country && !countries.iter().any(|c| c == country) {
            countries.push(country.to_owned());
        }
    }
    countries.truncate(3);
    countries
}

fn check(ground: &Ground) {
    for product in PRODUCTS {
        let model = ground.model(product);
        let answer = exposed(&model, None);
        let worst = worst(&model, &answer);
        let known = |country: &&String| extra(&exposed(&model, Some(country))).is_some();
        let expected = worst.iter().find(known).unwrap_or(&worst[0]);
        assert_eq!(&left(&answer), expected, "{product}");
        assert_eq!(extra(&answer), extra(&exposed(&model, Some(expected))), "{product}");
    }
}

#[test]
fn the_first_of_the_worst_three_with_a_price_elsewhere_is_left() {
    check(ground());
    // With Chinese prices alone, leaving China has none.
    let mut files = shipped();
    edit(&mut files, "offers", |csv| {
        let country = csv.column("country");
        csv.rows.retain(|r| r[country] == "CHN");
    });
    check(&Ground::of(&files, &Overlay::new()));
}

/// No price elsewhere is no data, not a cost of zero.
#[test]
fn without_prices_elsewhere_there_is_no_sum() {
    let mut files = shipped();
    edit(&mut files, "offers", |csv| csv.rows.clear());
    let ground = Ground::of(&files, &Overlay::new());
    for product in PRODUCTS {
        let model = ground.model(product);
        let answer = exposed(&model, None);
        assert_eq!(extra(&answer), None, "{product}");
        assert_eq!(left(&answer), worst(&model, &answer)[0], "{product}");
    }
}
