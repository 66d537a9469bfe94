//! Links that move as one, and how much of their mass actuators can have.

use crate::model::Robot;
use std::collections::BTreeMap;

/// The rigid bodies of a robot: links that no moving joint parts. A body comes after the one that carries it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bodies {
    /// The body of each link.
    pub(crate) of_link: Vec<usize>,
    /// Kilograms, as far as the file tells them.
    pub(crate) mass: Vec<f64>,
    /// The body that carries each.
    pub(crate) parent: Vec<Option<usize>>,
}

/// What an actuator weighs by its limits, and the bodies that its joint connects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wish {
    /// The body that carries the joint.
    pub(crate) parent: usize,
    /// The body that it moves.
    pub(crate) child: usize,
    /// Kilograms.
    pub(crate) mass: f64,
}

impl Bodies {
    /// Bodies of a robot whose links make a tree.
    pub(crate) fn new(robot: &Robot) -> Bodies {
        let moved: std::collections::BTreeSet<usize> = robot.joints.iter().map(|j| j.child).collect();
        let mut below: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (link, parent) in robot.links.iter().enumerate().filter_map(|(at, l)| Some((at, l.parent?))) {
            below.entry(parent).or_default().push(link);
        }
        let mut bodies = Bodies { of_link: vec![0; robot.links.len()], ..Bodies::default() };
        let roots = (0..robot.links.len()).filter(|at| robot.links[*at].parent.is_none());
        let mut open: Vec<usize> = roots.rev().collect();
        while let Some(link) = open.pop() {
            let parent = robot.links[link].parent.filter(|_| !moved.contains(&link));
            let body = match parent {
                Some(parent) => bodies.of_link[parent],
                None => {
                    let carried = robot.links[link].parent.map(|parent| bodies.of_link[parent]);
                    bodies.parent.push(carried);
                    bodies.mass.push(0.0);
                    bodies.mass.len() - 1
                }
            };
            bodies.of_link[link] = body;
            bodies.mass[body] += robot.links[link].mass.unwrap_or(0.0);
            open.extend(below.get(&link).into_iter().flatten().rev());
        }
        bodies
    }

    /// How much of what is wished each actuator can have, if actuators have at most `room` of the mass of a body. An actuator
    /// sits in the body that it moves or in the one that carries it: from the outermost joint inwards each takes what the body
    /// that it moves has left, the rest from the one that carries it, and where that is too little for all of its joints, they share in
    /// proportion. What is still missing sits one body further, behind a linkage: further in, as the motors of an ankle in the shin, or further
    /// out, as those of a waist in the chest.
    pub(crate) fn granted(&self, wishes: &[Wish], room: f64) -> Vec<f64> {
        let mut left: Vec<f64> = self.mass.iter().map(|m| m * room).collect();
        let mut granted = vec![0.0; wishes.len()];
        let mut by_parent: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut by_child: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut further_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, wish) in wishes.iter().enumerate() {
            by_parent.entry(wish.parent).or_default().push(at);
            by_child.entry(wish.child).or_default().push(at);
            if let Some(body) = self.parent[wish.parent] {
                further_in.entry(body).or_default().push(at);
            }
        }
        let mut give = |body: usize, among: Option<&Vec<usize>>| {
            let Some(among) = among else { return };
            let wanted: f64 = among.iter().map(|at| wishes[*at].mass - granted[*at]).sum();
            if wanted > 0.0 {
                let part = (left[body] / wanted).min(1.0);
                among.iter().for_each(|at| granted[*at] += part * (wishes[*at].mass - granted[*at]));
                left[body] -= part * wanted;
            }
        };
        for body in (0..self.mass.len()).rev() {
            // The joints that the body carries come first, and those behind a linkage: the one that moves it can still ask further in.
            give(body, by_parent.get(&body));
            give(body, further_in.get(&body));
            give(body, by_child.get(&body));
        }
        for body in 0..self.mass.len() {
            give(body, self.parent[body].and_then(|parent| by_child.get(&parent)));
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bodies of these masses, each carried by the one that is told.
    fn bodies(all: &[(f64, Option<usize>)]) -> Bodies {
        Bodies {
            of_link: vec![],
            mass: all.iter().map(|b| b.0).collect(),
            parent: all.iter().map(|b| b.1).collect(),
        }
    }

    fn wish(parent: usize, child: usize, mass: f64) -> Wish {
        Wish { parent, child, mass }
    }

    #[test]
    fn an_actuator_takes_the_mass_of_both_bodies() {
        let two = bodies(&[(10.0, None), (1.0, Some(0))]);
        assert_eq!(two.granted(&[wish(0, 1, 2.0)], 0.75), [2.0]);
        assert_eq!(two.granted(&[wish(0, 1, 20.0)], 0.75), [8.25]);
    }

    #[test]
    fn fingers_share_what_their_palm_has() {
        let hand = bodies(&[(1.0, None), (0.0, Some(0)), (0.0, Some(0))]);
        assert_eq!(hand.granted(&[wish(0, 1, 1.0), wish(0, 2, 3.0)], 0.5), [0.125, 0.375]);
    }

    #[test]
    fn what_an_outer_joint_takes_is_not_there_for_an_inner_one() {
        let arm = bodies(&[(1.0, None), (1.0, Some(0)), (1.0, Some(1))]);
        let wishes = [wish(0, 1, 1.5), wish(1, 2, 1.5)];
        assert_eq!(arm.granted(&wishes, 1.0), [1.5, 1.5]);
        assert_eq!(arm.granted(&wishes, 0.5), [0.5, 1.0]);
    }

    #[test]
    fn motors_of_an_ankle_sit_in_the_shin_and_those_of_a_waist_in_the_chest() {
        let leg = bodies(&[(4.0, None), (0.1, Some(0)), (1.0, Some(1))]);
        assert_eq!(leg.granted(&[wish(0, 1, 1.0), wish(1, 2, 1.0)], 0.75), [1.0, 1.0]);
        let waist = bodies(&[(0.1, None), (0.1, Some(0)), (0.1, Some(1)), (8.0, Some(2))]);
        let granted = waist.granted(&[wish(0, 1, 0.5), wish(1, 2, 1.0), wish(2, 3, 1.0)], 0.75);
        assert_eq!(granted[1..], [1.0, 1.0]);
    }
}
