//! Which joints have a drive: transmissions, and the hardware of ros2_control.

use crate::model::fault::What;
use crate::model::notes::Notes;
use crate::model::remark::Remark;
use crate::model::xml::{Element, Written};
use std::collections::BTreeMap;

/// Elements that name a joint in a transmission. The last three are those of the PR2, whose gripper, wrist and fingers have
/// transmissions of their own kinds.
const JOINTS: [&str; 4] = ["joint", "gap_joint", "flexJoint", "rollJoint"];
/// How the ratio of a gear is spelt: by ROS, and by ros2_control.
const RATIOS: [&str; 2] = ["mechanicalReduction", "mechanical_reduction"];

/// Joints that are driven.
#[derive(Default)]
pub(super) struct Driven<'x> {
    /// By name: the ratio of the gear, if it is told and not 1, and where that stands.
    joints: BTreeMap<&'x str, (Option<f64>, Element<'x>)>,
}

/// Reads all transmissions of a file.
pub(super) fn read<'x>(root: Element<'x>, notes: &mut Notes) -> Driven<'x> {
    let mut driven = Driven::default();
    for element in root.children() {
        match element.name() {
            "transmission" => driven.transmission(element, notes),
            "ros2_control" => {
                for part in element.children() {
                    match part.name() {
                        "transmission" => driven.transmission(part, notes),
                        "joint" if part.child("command_interface").is_some() => {
                            driven.joint_of(part, None, notes)
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    driven
}

impl<'x> Driven<'x> {
    /// Whether the file tells at all what is driven.
    pub(super) fn is_told(&self) -> bool {
        !self.joints.is_empty()
    }

    /// Whether a joint is driven, and the ratio of its gear.
    pub(super) fn joint(&self, name: &str) -> Option<Option<f64>> {
        self.joints.get(name).map(|(gear, _)| *gear)
    }

    /// Tells of transmissions to what does not move.
    pub(super) fn check(&self, moves: impl Fn(&str) -> bool, notes: &mut Notes) {
        for (name, (_, element)) in self.joints.iter().filter(|(name, _)| !moves(name)) {
            let (name, file, line) = ((*name).to_owned(), element.file(), element.line());
            notes.remarks.push(Remark::DrivesNothing { name, file, line });
        }
    }

    fn transmission(&mut self, element: Element<'x>, notes: &mut Notes) {
        // The ratio stands with the joint, with the transmission or with an actuator, as each version has it.
        let actuators =
            element.children().filter(|child| child.name().to_ascii_lowercase().ends_with("actuator"));
        let common = ratio(element).or_else(|| actuators.filter_map(ratio).next());
        for joint in element.children().filter(|child| JOINTS.contains(&child.name())) {
            self.joint_of(joint, ratio(joint).or(common), notes);
        }
    }

    fn joint_of(&mut self, joint: Element<'x>, ratio: Option<Written<'x>>, notes: &mut Notes) {
        let Some(name) = notes.name(joint, "name") else { return };
        let gear = ratio.and_then(|written| {
            let gear = written.number(notes)?.abs();
            if gear == 0.0 {
                written.problem(What::NotPositive, notes);
            }
            (gear != 1.0).then_some(gear)
        });
        let known = self.joints.entry(name).or_insert((None, joint));
        known.0 = known.0.or(gear);
    }
}

/// The ratio that an element tells: in an element of its own, or in an attribute.
fn ratio(element: Element<'_>) -> Option<Written<'_>> {
    let inside = RATIOS.iter().find_map(|name| element.child(name)?.content());
    inside.or_else(|| RATIOS.iter().find_map(|name| element.attribute(name)))
}
