//! What was read of a model, what was inferred, and what rests on assumptions.

use super::actuators::{Actuator, Basis, Shape};
use super::assumptions::{Assumptions, COLUMNS};
use super::rows::Line;
use super::{Told, findings, joints_of};
use linchpin::atlas::expr::{Expr, parse};
use linchpin::atlas::values::{Part, spread};
use linchpin::atlas::{Atlas, Overlay, Values};
use linchpin::book::stamp;
use linchpin_table::{Answer, Message, Table, TableError, Unit};
use std::collections::BTreeMap;

/// A number with the ends of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Range {
    value: f64,
    low: f64,
    high: f64,
}

/// Ranges of formulas over the parameters of an atlas.
struct Ranges<'r> {
    atlas: &'r Atlas,
    values: Values,
}

impl Ranges<'_> {
    fn of(&self, formula: &str) -> Option<Range> {
        let find = |name: &str| self.atlas.figures.find(&format!("parameters/{name}"));
        let expr: Expr = parse(formula, &find).ok()?;
        let value = expr.value(&self.values.value);
        let part = Part { expr: &expr, seed: 1.0, reciprocal: false };
        let spread = spread(&self.atlas.figures, &self.values, &[part]);
        Some(Range { value, low: (value + spread.down).max(0.0), high: value + spread.up })
    }
}

/// The answer.
pub(crate) fn answer(told: &Told<'_>) -> Result<Answer, TableError> {
    let mut stamp = stamp(told.own, "import");
    let request = told.request;
    stamp.request.insert("file".into(), told.product.file.clone());
    stamp.request.insert("robot".into(), told.robot.name.clone());
    stamp.request.insert("product".into(), request.alias.clone());
    stamp.request.insert("country".into(), told.product.country.clone());
    if let Some(mass) = request.mass {
        stamp.request.insert("mass".into(), mass.to_string());
    }
    let mut answer = Answer::new(stamp);
    for line in told.made.actuators.iter().chain(&told.made.rest) {
        answer.label(line.item.clone(), line.names[0].clone(), line.names[1].clone());
    }
    // A checked atlas has values for its own figures.
    let Ok(values) = told.own.values(&Overlay::new()) else { return Ok(answer) };
    let ranges = Ranges { atlas: told.own, values };
    headlines(told, &ranges, &mut answer);
    answer.tables.push(parts(told, &ranges)?);
    answer.tables.push(actuators(told, &ranges)?);
    answer.tables.extend(noticed(told)?);
    answer.tables.push(assumed(told)?);
    answer.tables.push(joints(told)?);
    Ok(answer)
}

/// The sum of something over all of a robot's actuators, as a formula.
fn sum(lines: &[Line], of: fn(&Line) -> &str) -> String {
    let terms: Vec<String> = lines.iter().map(|l| format!("{}*({})", l.count, of(l))).collect();
    if terms.is_empty() { "0".to_owned() } else { terms.join("+") }
}

fn headlines(told: &Told<'_>, ranges: &Ranges<'_>, answer: &mut Answer) {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    answer.headlines.push(
        Message::new("model-read")
            .text("product", told.product.title.as_str())
            .number("mass", told.total, Unit::Kg)
            .integer("links", count(told.robot.links.len()))
            .integer("driven", count(told.drives.all.len()))
            .integer("mimics", count(told.drives.mimics.len()))
            .integer("passive", count(told.drives.passive.len())),
    );
    let lines = &told.made.actuators;
    let mass = ranges.of(&sum(lines, |l| &l.mass)).unwrap_or_default();
    let magnets = ranges.of(&sum(lines, |l| &l.magnets)).unwrap_or_default();
    answer.headlines.push(
        Message::new("model-inferred")
            .integer("types", count(lines.len()))
            .range("mass", mass.value, mass.low, mass.high, Unit::Kg)
            .number("share", mass.value / told.total, Unit::Fraction)
            .range("magnets", magnets.value, magnets.low, magnets.high, Unit::Kg),
    );
    let blind = told.actuators.types.iter().filter(|a| matches!(a.basis, Basis::Room | Basis::Share));
    let blind: usize = blind.map(|a| a.drives.len()).sum();
    if blind > 0 {
        answer.headlines.push(
            Message::new("model-blind")
                .integer("joints", count(blind))
                .integer("all", count(told.drives.all.len())),
        );
    }
}

/// Every line of the robot: they come to the mass of the file.
fn parts(told: &Told<'_>, ranges: &Ranges<'_>) -> Result<Table, TableError> {
    let lines: Vec<&Line> = told.made.actuators.iter().chain(&told.made.rest).collect();
    let each: Vec<Range> = lines.iter().map(|l| ranges.of(&l.mass).unwrap_or_default()).collect();
    let all: Vec<f64> = lines.iter().zip(&each).map(|(l, m)| l.count * m.value).collect();
    let magnets: Vec<Option<Range>> = lines
        .iter()
        .map(|l| {
            (!l.magnets.is_empty()).then(|| ranges.of(&format!("{}*({})", l.count, l.magnets))).flatten()
        })
        .collect();
    Table::builder("parts", Message::new("table-model-parts"), lines.iter().map(|l| l.item.clone()))
        .names("part", lines.iter().map(|l| l.item.clone()))
        .header(Message::new("col-bom-part"))
        .number("pieces", Unit::Piece, lines.iter().map(|l| l.count))
        .unexplained()
        .range(
            ["mass", "mass_low", "mass_high"],
            Unit::Kg,
            each.iter().map(|m| m.value),
            each.iter().map(|m| m.low),
            each.iter().map(|m| m.high),
        )
        .unexplained()
        .number("total", Unit::Kg, all.iter().copied())
        .unexplained()
        .number("share", Unit::Fraction, all.iter().map(|m| m / told.total))
        .unexplained()
        .range(
            ["magnets", "magnets_low", "magnets_high"],
            Unit::Kg,
            magnets.iter().map(|m| m.map(|m| m.value)),
            magnets.iter().map(|m| m.map(|m| m.low)),
            magnets.iter().map(|m| m.map(|m| m.high)),
        )
        .unexplained()
        .absent(Message::new("absent-none"))
        .note(Message::new("note-model-parts"))
        .build()
}

fn shape(actuator: &Actuator) -> &'static str {
    match actuator.shape {
        Shape::Geared(_) => "model-geared",
        Shape::StrainWave(_) => "model-strain-wave",
        Shape::Micro(_) => "model-micro",
        Shape::Screw => "model-screw",
    }
}

fn basis(actuator: &Actuator) -> &'static str {
    match actuator.basis {
        Basis::Limit => "model-by-limit",
        Basis::Said => "model-yours",
        Basis::Room => "model-by-room",
        Basis::Share => "model-by-share",
    }
}

/// Types of actuators, and what their sizes rest on.
fn actuators(told: &Told<'_>, ranges: &Ranges<'_>) -> Result<Table, TableError> {
    let all: Vec<(&Actuator, &Line)> = told.actuators.types.iter().zip(&told.made.actuators).collect();
    let magnets: Vec<Range> = all.iter().map(|(_, l)| ranges.of(&l.magnets).unwrap_or_default()).collect();
    let ratio = |a: &Actuator| a.ratio;
    Table::builder(
        "actuators",
        Message::new("table-model-actuators"),
        all.iter().map(|(_, l)| l.item.clone()),
    )
    .names("part", all.iter().map(|(_, l)| l.item.clone()))
    .header(Message::new("col-bom-part"))
    .words("kind", all.iter().map(|(a, _)| shape(a).to_owned()))
    .words("sized_by", all.iter().map(|(a, _)| basis(a).to_owned()))
    .number("effort_limit", Unit::None, all.iter().map(|(a, _)| a.limit))
    .unexplained()
    .absent(Message::new("absent-none"))
    .range(
        ["ratio", "ratio_low", "ratio_high"],
        Unit::None,
        all.iter().map(|(a, _)| ratio(a).map(|r| r.value)),
        all.iter().map(|(a, _)| ratio(a).map(|r| r.low)),
        all.iter().map(|(a, _)| ratio(a).map(|r| r.high)),
    )
    .unexplained()
    .absent(Message::new("absent-none"))
    .range(
        ["magnets", "magnets_low", "magnets_high"],
        Unit::Kg,
        magnets.iter().map(|m| m.value),
        magnets.iter().map(|m| m.low),
        magnets.iter().map(|m| m.high),
    )
    .unexplained()
    .text("joints", all.iter().map(|(a, _)| joints_of(told.robot, told.drives, &a.drives)))
    .note(Message::new("note-model-actuators"))
    .build()
}

/// What does not add up, or says nothing.
fn noticed(told: &Told<'_>) -> Result<Option<Table>, TableError> {
    let all = findings::all(told);
    if all.is_empty() {
        return Ok(None);
    }
    let keys = (1..=all.len()).map(|n| n.to_string());
    let table = Table::builder("noticed", Message::new("table-import-noticed"), keys)
        .words("what", all.iter().map(|f| f.0.to_owned()))
        .header(Message::new("col-noticed"))
        .text("where", all.iter().map(|f| f.1.clone()))
        .text("numbers", all.iter().map(|f| f.2.clone()))
        .build()?;
    Ok(Some(table))
}

/// The assumptions about the robot itself: name, value, low, high, unit, whether the user says it.
fn of_robot(told: &Told<'_>) -> Vec<(&'static str, super::assumptions::Assumption, &'static str)> {
    let rest = told.rest;
    let mut all = vec![
        ("battery_kwh", rest.battery, "kWh"),
        ("computer_kg", rest.computer, "kg"),
        ("harness_kg", rest.harness, "kg"),
    ];
    for ((_, count), (_, name, _, _)) in rest.sensors.iter().zip(super::rest::SENSORS) {
        all.push((name, *count, "piece"));
    }
    all
}

fn assumed(told: &Told<'_>) -> Result<Table, TableError> {
    let all = of_robot(told);
    Table::builder("assumed", Message::new("table-model-assumed"), all.iter().map(|a| a.0))
        .words("assumption", all.iter().map(|a| format!("model-{}", a.0.replace('_', "-"))))
        .range(
            ["value", "low", "high"],
            Unit::None,
            all.iter().map(|a| a.1.value),
            all.iter().map(|a| a.1.low),
            all.iter().map(|a| a.1.high),
        )
        .unexplained()
        .words(
            "sized_by",
            all.iter().map(|a| if a.1.yours { "model-yours" } else { "model-usual" }.to_owned()),
        )
        .note(Message::new("note-model-assumed"))
        .build()
}

/// Every joint that moves.
fn joints(told: &Told<'_>) -> Result<Table, TableError> {
    let type_of: BTreeMap<usize, &Line> = told
        .actuators
        .types
        .iter()
        .zip(&told.made.actuators)
        .flat_map(|(a, line)| a.drives.iter().map(move |at| (told.drives.all[*at].joint, line)))
        .collect();
    let moving: Vec<usize> = (0..told.robot.joints.len())
        .filter(|at| {
            !matches!(told.robot.joints[*at].kind, crate::model::Kind::Free | crate::model::Kind::Planar)
        })
        .collect();
    let state = |at: &usize| match () {
        () if told.drives.mimics.contains(at) => "model-mimic",
        () if told.drives.passive.contains(at) => "model-passive",
        () => "model-driven",
    };
    let joint = |at: &usize| &told.robot.joints[*at];
    let names = moving.iter().map(|at| joint(at).name.clone());
    Table::builder("joints", Message::new("table-model-joints"), moving.iter().map(|at| at.to_string()))
        .text("joint", names)
        .words("state", moving.iter().map(|at| state(at).to_owned()))
        .number("effort", Unit::None, moving.iter().map(|at| joint(at).effort))
        .unexplained()
        .absent(Message::new("absent-none"))
        .number("velocity", Unit::None, moving.iter().map(|at| joint(at).velocity))
        .unexplained()
        .absent(Message::new("absent-none"))
        .names("part", moving.iter().map(|at| type_of.get(at).map_or(String::new(), |l| l.item.clone())))
        .header(Message::new("col-bom-part"))
        .build()
}

/// What is assumed, as a table in which a user can say otherwise.
pub(crate) fn assumptions(told: &Told<'_>, yours: &Assumptions) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(vec![]);
    let mut row = |cells: [String; 6]| {
        // Writing to memory cannot fail.
        let _ = writer.write_record(cells);
    };
    row(COLUMNS.map(str::to_owned));
    let said = |name: &str| yours.get(name).map_or(String::new(), |v| v.to_string());
    for (name, of, unit) in of_robot(told) {
        let numbers = [of.value, of.low, of.high].map(|v| v.to_string());
        let [value, low, high] = numbers;
        row([name.to_owned(), value, low, high, unit.to_owned(), said(name)]);
    }
    let mut seen = std::collections::BTreeSet::new();
    for (at, drive) in told.drives.all.iter().enumerate().filter(|(_, d)| seen.insert(d.joint)) {
        let joint = &told.robot.joints[drive.joint];
        let of_type = told.actuators.types.iter().find(|a| a.drives.contains(&at));
        let text = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        let (force, speed) = if drive.linear { ("N", "m/s") } else { ("N·m", "rad/s") };
        let mut of = |what: &str, [value, low, high]: [Option<f64>; 3], unit: &str| {
            let name = format!("{}/{what}", joint.name);
            let yours = said(&name);
            row([name, text(value), text(low), text(high), unit.to_owned(), yours]);
        };
        of("effort", [of_type.map(|a| a.effort), None, None], force);
        of("velocity", [drive.velocity, None, None], speed);
        let ratio = of_type.and_then(|a| a.ratio);
        of("ratio", [ratio.map(|r| r.value), ratio.map(|r| r.low), ratio.map(|r| r.high)], "1");
        of("driven", [Some(1.0), None, None], "1");
    }
    for at in &told.drives.passive {
        let name = format!("{}/driven", told.robot.joints[*at].name);
        let yours = said(&name);
        row([name, "0".to_owned(), String::new(), String::new(), "1".to_owned(), yours]);
    }
    writer.into_inner().unwrap_or_default()
}
