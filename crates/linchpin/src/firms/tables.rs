//! The tables of the answer.

use super::Request;
use super::read::Firms;
use super::run::Outcome;
use linchpin_table::{Message, Table, TableError, Unit};

/// The part of normal from which on things count as back.
const BACK: f64 = 0.99;
/// Days of normal that are no more than what rounding leaves of nothing.
const ROUNDING: f64 = 1e-9;

/// What stands in the table of totals, and in the sentences above it.
pub(super) struct Totals {
    /// Lost value added and final consumption, in days of normal.
    pub(super) value: Option<f64>,
    pub(super) consumption: Option<f64>,
    pub(super) direct: Option<f64>,
    /// What was lost beyond that, over it.
    pub(super) indirect: Option<f64>,
    /// The day on which least value is added, and how much of normal.
    pub(super) deepest: Option<(usize, f64)>,
    /// The first day from which on value added is back to the end; the day itself if it never was away.
    pub(super) back: Option<usize>,
}

impl Totals {
    pub(super) fn of(outcome: &Outcome) -> Totals {
        let share = |k: usize, day: &[f64; 3]| part(day[k], outcome.before[k]);
        let days =
            |k: usize| outcome.days.iter().map(|day| share(k, day).map(|s| 1.0 - s)).sum::<Option<f64>>();
        let shares: Option<Vec<f64>> = outcome.days.iter().map(|day| share(1, day)).collect();
        let (value, direct) = (days(1).map(real), part(outcome.direct, outcome.before[1]));
        let indirect = value.zip(direct).and_then(|(value, direct)| part(real(value - direct), direct));
        let least = |shares: &Vec<f64>| {
            let each = shares.iter().copied().enumerate();
            each.reduce(|least, next| if next.1 < least.1 { next } else { least })
        };
        let back = |shares: &Vec<f64>| {
            let away = shares.iter().rposition(|s| *s < BACK).map_or(0, |last| last + 1);
            (away < shares.len()).then_some(away)
        };
        Totals {
            value,
            consumption: days(2).map(real),
            direct,
            indirect,
            deepest: shares.as_ref().and_then(least),
            back: shares.as_ref().and_then(back),
        }
    }
}

/// Days of normal without what rounding leaves.
fn real(days: f64) -> f64 {
    if days.abs() < ROUNDING { 0.0 } else { days }
}

/// A part of a whole, where there is one.
fn part(of: f64, whole: f64) -> Option<f64> {
    Some(of / whole).filter(|p| whole > 0.0 && p.is_finite())
}

pub(super) fn totals(totals: &Totals) -> Result<Table, TableError> {
    let number = |n: usize| n as f64;
    let rows: [(&str, &'static str, Unit, Option<f64>); 7] = [
        ("value_added_lost", "firms-total-value", Unit::Day, totals.value),
        ("consumption_lost", "firms-total-consumption", Unit::Day, totals.consumption),
        ("direct", "firms-total-direct", Unit::Day, totals.direct),
        ("indirect_over_direct", "firms-total-indirect", Unit::None, totals.indirect),
        ("deepest_day", "firms-total-deepest-day", Unit::None, totals.deepest.map(|d| number(d.0))),
        ("deepest", "firms-total-deepest", Unit::Fraction, totals.deepest.map(|d| d.1)),
        ("back_day", "firms-total-back", Unit::None, totals.back.map(number)),
    ];
    Table::builder("totals", Message::new("table-firms-totals"), rows.map(|r| r.0))
        .words("what", rows.map(|r| r.1))
        .header(Message::new("col-firms-what"))
        .number_by_row("value", rows.map(|r| r.2), rows.map(|r| r.3))
        .unexplained()
        .note(Message::new("note-firms-totals"))
        .build()
}

/// Days that are shown: all, or some at even distances with the deepest and the last.
fn shown(days: usize, most: Option<usize>, deepest: Option<usize>) -> Vec<usize> {
    let step = most.map_or(1, |most| days.div_ceil(most.max(1)).max(1));
    (0..days).filter(|d| d % step == 0 || Some(*d) == deepest || d + 1 == days).collect()
}

pub(super) fn series(
    outcome: &Outcome,
    deepest: Option<usize>,
    most: Option<usize>,
) -> Result<Table, TableError> {
    let days = shown(outcome.days.len(), most, deepest);
    let rows: Vec<(i64, [f64; 3])> = std::iter::once((-1, outcome.before))
        .chain(days.iter().map(|d| (*d as i64, outcome.days[*d])))
        .collect();
    let of = |k: usize| rows.iter().map(move |r| r.1[k]).collect::<Vec<f64>>();
    let shares = |k: usize| rows.iter().map(move |r| part(r.1[k], outcome.before[k])).collect::<Vec<_>>();
    let keys = rows.iter().map(|r| r.0.to_string());
    let mut table = Table::builder("series", Message::new("table-firms-series"), keys)
        .integer("day", Unit::None, rows.iter().map(|r| r.0))
        .header(Message::new("col-firms-day"))
        .unexplained();
    for (k, [name, share], header, share_header) in [
        (0, ["output", "output_share"], "col-firms-output", "col-firms-output-share"),
        (1, ["value_added", "value_added_share"], "col-firms-value", "col-firms-value-share"),
        (2, ["consumption", "consumption_share"], "col-firms-consumption", "col-firms-consumption-share"),
    ] {
        table = table
            .number(name, Unit::None, of(k))
            .header(Message::new(header))
            .unexplained()
            .number(share, Unit::Fraction, shares(k))
            .header(Message::new(share_header))
            .unexplained();
    }
    table = table.note(Message::new("note-firms-units"));
    if days.len() < outcome.days.len() {
        let note = Message::new("note-firms-days").integer("shown", days.len() as i64);
        table = table.note(note.integer("all", outcome.days.len() as i64));
    }
    table.build()
}

/// Firms that lose most value added, the most first; of two that lose alike the one that stands first in the file.
pub(super) fn firms(firms: &Firms, outcome: &Outcome, request: &Request) -> Result<Table, TableError> {
    let loss = |firm: u32| outcome.lost[firm as usize] * outcome.value[firm as usize];
    let all: f64 = outcome.days.iter().map(|day| outcome.before[1] - day[1]).sum();
    let mut order: Vec<u32> = (0..outcome.lost.len() as u32).filter(|f| loss(*f) > 0.0).collect();
    let losing = order.len();
    let by_loss = |a: &u32, b: &u32| loss(*b).total_cmp(&loss(*a)).then(a.cmp(b));
    if order.len() > request.rows {
        if request.rows > 0 {
            order.select_nth_unstable_by(request.rows - 1, by_loss);
        }
        order.truncate(request.rows);
    }
    order.sort_unstable_by(by_loss);
    let damage = |firm: &u32| {
        let found = firms.damage.binary_search_by_key(firm, |d| d.firm);
        found.map_or(0.0, |at| firms.damage[at].part)
    };
    let name = |firm: &u32| firms.names.get(*firm as usize).to_owned();
    let sector = |firm: &u32| firms.sectors.get(firms.sector[*firm as usize] as usize).to_owned();
    let days = |f: &u32| part(outcome.lost[*f as usize], outcome.usual[*f as usize]);
    Table::builder("firms", Message::new("table-firms-firms"), order.iter().map(name))
        .text("firm", order.iter().map(name))
        .header(Message::new("col-firms-firm"))
        .text("sector", order.iter().map(sector))
        .header(Message::new("col-firms-sector"))
        .number("damage", Unit::Fraction, order.iter().map(damage))
        .header(Message::new("col-firms-damage"))
        .unexplained()
        .number("usual", Unit::None, order.iter().map(|f| outcome.usual[*f as usize]))
        .header(Message::new("col-firms-usual"))
        .unexplained()
        .number("lost_days", Unit::Day, order.iter().map(days))
        .header(Message::new("col-firms-lost-days"))
        .unexplained()
        .number("value_lost", Unit::None, order.iter().map(|f| loss(*f)))
        .header(Message::new("col-firms-value-lost"))
        .bar()
        .unexplained()
        .number("part", Unit::Fraction, order.iter().map(|f| part(loss(*f), all)))
        .header(Message::new("col-firms-part"))
        .unexplained()
        .note(
            Message::new("note-firms-most")
                .integer("shown", order.len() as i64)
                .integer("all", losing as i64),
        )
        .build()
}
