//! What a robot carries besides its actuators: battery, computer, cable, sensors. The file tells none of it but by names of links;
//! structure is what is left.

use super::assumptions::{Assumption, Assumptions};
use crate::model::Robot;
use crate::numbers::Figures;

/// What is assumed of a robot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rest {
    /// Kilowatt hours of the battery.
    pub(crate) battery: Assumption,
    /// Kilograms of the computer.
    pub(crate) computer: Assumption,
    /// Kilograms of the wiring harness.
    pub(crate) harness: Assumption,
    /// Sensors: the item of the atlas, and how many.
    pub(crate) sensors: Vec<(&'static str, Assumption)>,
    /// Kilograms of all of it.
    pub(crate) mass: f64,
}

/// Items of the atlas, the name of the assumption, the parameter of their mass, and words of links that are such sensors.
pub(crate) const SENSORS: [(&str, &str, &str, &[&str]); 3] = [
    ("imu", "imus", "imu_mass", &["imu"]),
    ("camera_rgb", "cameras", "camera_mass", &["camera", "d435", "d455", "realsense", "zed"]),
    ("lidar", "lidars", "lidar_mass", &["lidar", "mid360", "livox"]),
];

/// A computer of less has no room for its chips: none is counted.
const LEAST_COMPUTER: f64 = 0.05;
/// A robot of less needs no inertial unit to stay on its feet.
const LIGHT: f64 = 1.0;
/// Of what actuators leave of a robot, so much at most is not structure.
const CARRIED: f64 = 0.7;

/// Mass of a battery by its energy, in kilograms: the cells and what is around them, as the battery of the atlas has it.
pub(crate) const BATTERY_MASS: &str =
    "cell_nmc811_kg_per_kwh*{}+battery_other_per_kwh*battery_housing_share*{}";

/// What a robot of `total` kilograms of which `actuators` are actuators carries; what its user says counts first. Where it would leave
/// no structure, battery, computer and cable are smaller in proportion.
pub(crate) fn rest(
    robot: &Robot,
    total: f64,
    actuators: f64,
    yours: &Assumptions,
    figures: &Figures<'_>,
) -> Option<Rest> {
    let scaled = |[value, low, high]: [f64; 3], by: f64| [value * by, low * by, high * by];
    let battery = scaled(figures.range("pack_kwh_per_kg")?, total);
    let archetype = figures.value("walker_compute_mass")?;
    let most = |v: f64| (v * total).min(archetype);
    let mut computer = figures.range("compute_share_most")?.map(most);
    computer[2] = computer[2].max(2.0 * computer[0]);
    let harness = scaled(figures.range("harness_ref_mass")?, total / figures.value("opt_mass_ref")?);
    let each = figures.value("cell_nmc811_kg_per_kwh")?
        + figures.value("battery_other_per_kwh")? * figures.value("battery_housing_share")?;
    let carried = battery[0] * each + computer[0] + harness[0];
    let sensors: Vec<(&str, Assumption)> = SENSORS
        .iter()
        .map(|(item, name, _, words)| {
            let links = robot.links.iter().filter(|link| {
                let named = link.name.to_lowercase();
                words.iter().any(|word| named.contains(word))
            });
            let seen = links.count() as f64;
            // A robot that walks has one, whatever its links are called.
            let least = if *item == "imu" && total > LIGHT { 1.0 } else { 0.0 };
            let count = seen.max(least);
            (*item, yours.or(name, [count, count.min(least), count.max(1.0)]))
        })
        .collect();
    let mut sensed = 0.0;
    for ((_, count), (_, _, mass, _)) in sensors.iter().zip(SENSORS) {
        sensed += count.value * figures.value(mass)?;
    }
    let by = ((CARRIED * (total - actuators) - sensed) / carried).clamp(0.0, 1.0);
    let mut computer = scaled(computer, by);
    if computer[0] < LEAST_COMPUTER {
        computer = [0.0; 3];
    }
    let battery = yours.or("battery_kwh", scaled(battery, by));
    let computer = yours.or("computer_kg", computer);
    let harness = yours.or("harness_kg", scaled(harness, by));
    let mass = battery.value * each + computer.value + harness.value + sensed;
    Some(Rest { battery, computer, harness, sensors, mass })
}
