//! Whether a design has come to rest.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::ATLAS;
use linchpin::context::Context;
use linchpin_import::cost::Rates;
use linchpin_import::revisions::{Request, RevisionFault, revisions};
use linchpin_table::{Answer, Arg};
use std::path::PathBuf;

/// The history of files of these names and texts.
fn history(files: &[(&str, String)]) -> Result<Answer, Vec<RevisionFault>> {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, text): &(&str, String)| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        (path, None)
    };
    let files = files.iter().map(write).collect();
    revisions(&ATLAS, &Request { files, rates: Rates::default(), still: 0.01 }, &Context::default())
}

/// A list of so many parts at ten dollars each; some are changed by `edit`.
fn list(parts: usize, edit: impl Fn(usize) -> Option<&'static str>) -> String {
    let mut text = String::from("Part number,Name,Qty,Material,Unit price (USD)\n");
    for at in 0..parts {
        match edit(at) {
            Some(row) => text.push_str(row),
            None => text.push_str(&format!("P-{at},bracket {at},2,Al 6061,10\n")),
        }
    }
    text
}

fn shares(answer: &Answer) -> (f64, f64) {
    let verdict = &answer.headlines[1];
    let number = |name: &str| match verdict.args.get(name) {
        Some(Arg::Number { value, .. }) => *value,
        other => panic!("{other:?}"),
    };
    (number("lines"), number("value"))
}

#[test]
fn a_design_that_does_not_change_is_at_rest() {
    let files =
        ["r_2026-01-01.csv", "r_2026-02-01.csv", "r_2026-04-01.csv"].map(|name| (name, list(50, |_| None)));
    let answer = history(&files).unwrap();
    assert_eq!(answer.headlines[1].id, "revisions-still");
    assert_eq!(shares(&answer), (0.0, 0.0));
    assert!(answer.table("churning").is_none());
}

#[test]
fn what_changed_is_counted_once_a_month_and_told_in_dollars() {
    // In March P-0 is gone, P-1 is counted once instead of twice, P-2 is of another material, P-99 is new; prices of others rise.
    let march = list(50, |at| match at {
        0 => Some("P-99,gripper,1,steel,100\n"),
        1 => Some("P-1,bracket 1,1,Al 6061,10\n"),
        2 => Some("P-2,bracket 2,2,Ti-6Al-4V,30\n"),
        3 => Some("P-3,bracket 3,2,Al 6061,12\n"),
        _ => None,
    });
    let files = [
        ("r_2026-01-01.csv", list(50, |_| None)),
        ("r_2026-03-01.csv", march.clone()),
        ("r_2026-03-20.csv", march),
    ];
    let answer = history(&files).unwrap();
    assert_eq!(answer.headlines[1].id, "revisions-moving");
    let months = answer.table("months").unwrap();
    // Four of 51 lines; 20 + 20 + 60 + 100 dollars of 46 × 20 + 4 (dearer) + 200.
    assert!((months.value("2026-03", "lines_changed").unwrap() - 4.0 / 51.0).abs() < 1e-12);
    assert!((months.value("2026-03", "value_changed").unwrap() - 200.0 / 1144.0).abs() < 1e-12);
    // Two of P-0, one of P-1, two of the old P-2.
    assert_eq!(months.value("2026-03", "scrapped"), Some(50.0));
    let each = answer.table("revisions").unwrap();
    for (column, count) in
        [("added", 1.0), ("removed", 1.0), ("counted", 1.0), ("said", 1.0), ("lines", 50.0)]
    {
        assert_eq!(each.value("2026-03-01", column), Some(count), "{column}");
        assert_eq!(each.value("2026-03-20", column).unwrap() > 1.0, column == "lines", "{column}");
    }
}

#[test]
fn a_part_that_changes_again_and_again_is_named() {
    let named = |material: &'static str| list(20, move |at| (at == 7).then_some(material));
    let files = [
        ("r_2026-01-01.csv", named("P-7,knee,1,steel,50\n")),
        ("r_2026-02-01.csv", named("P-7,knee,1,Ti-6Al-4V,80\n")),
        ("r_2026-03-01.csv", named("P-7,knee,1,Al 7075,60\n")),
    ];
    let answer = history(&files).unwrap();
    let churning = answer.table("churning").unwrap();
    assert_eq!(
        (churning.len(), churning.value("p-7", "times"), churning.value("p-7", "scrapped")),
        (1, Some(2.0), Some(130.0))
    );
}

#[test]
fn a_robot_model_has_revisions_too() {
    let model = |effort: f64| {
        format!(
            r#"<robot name="r"><link name="a"><inertial><mass value="5"/></inertial></link><link name="b"><inertial><mass value="5"/></inertial></link>
            <joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit effort="{effort}" velocity="20"/></joint></robot>"#
        )
    };
    let answer = history(&[("r_2026-01-01.urdf", model(50.0)), ("r_2026-04-01.urdf", model(60.0))]).unwrap();
    assert_eq!(answer.table("revisions").unwrap().value("2026-04-01", "said"), Some(1.0));
}

#[test]
fn all_that_is_wrong_is_told() {
    let told = |files: &[(&str, String)]| -> Vec<String> {
        history(files).unwrap_err().iter().map(ToString::to_string).collect()
    };
    let any = || list(3, |_| None);
    let undated = told(&[("bom.csv", any()), ("bom_2.csv", any()), ("r_2026-01-01.csv", any())]);
    assert_eq!(undated.len(), 2, "{undated:?}");
    assert_eq!(
        told(&[("a_2026-01-01.csv", any()), ("b_20260101.csv", any())]),
        ["a_2026-01-01.csv and b_20260101.csv are of one day"]
    );
    assert_eq!(told(&[("a_2026-01-01.csv", any())]), ["1 revisions"]);
    let short = history(&[("a_2026-01-01.csv", any()), ("a_2026-01-20.csv", any())]).unwrap();
    assert_eq!(short.headlines[1].id, "revisions-too-short");
}
