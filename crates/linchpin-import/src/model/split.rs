//! What a file holds, divided into robots: one for each tree of links.

use super::remark::About;
use super::{Format, Joint, Link, Remark, Robot};
use std::sync::Arc;

/// All links and joints of a file; they and remarks know each other by their numbers in it.
pub(super) struct Whole {
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) files: Arc<[String]>,
    pub(super) links: Vec<Link>,
    pub(super) joints: Vec<Joint>,
    pub(super) remarks: Vec<Remark>,
}

/// What MJCF calls the ground.
const WORLD: &str = "world";

/// Where a link or a joint went: the robot and the number in it.
type Gone = Option<(usize, usize)>;

impl Whole {
    /// One robot for each link that all others of its tree hang on, if that is `kept`. `roots` gives that link of each link.
    pub(super) fn split(self, roots: &[usize], kept: &[bool]) -> Vec<Robot> {
        let mut robots: Vec<Robot> = vec![];
        let mut robot_of = vec![None; self.links.len()];
        let several =
            kept.iter().enumerate().filter(|(at, kept)| **kept && roots[*at] == *at).nth(1).is_some();
        for (at, link) in self.links.iter().enumerate().filter(|(at, _)| roots[*at] == *at && kept[*at]) {
            robot_of[at] = Some(robots.len());
            // What hangs on the world is called after what moves on it: several things may.
            let moves = |joint: &&Joint| joint.parent == at && link.name == WORLD;
            let first = self.joints.iter().find(moves).map(|joint| self.links[joint.child].name.clone());
            let own = first.unwrap_or_else(|| link.name.clone());
            let name = if several { own } else { self.name.clone() };
            let files = self.files.clone();
            let (links, joints, remarks) = (vec![], vec![], vec![]);
            robots.push(Robot { name, format: self.format, files, links, joints, remarks });
        }
        let mut links: Vec<Gone> = vec![];
        for (at, link) in self.links.into_iter().enumerate() {
            links.push(robot_of[roots[at]].map(|robot| (robot, robots[robot].links.len())));
            if let Some(robot) = robot_of[roots[at]] {
                robots[robot].links.push(link);
            }
        }
        let mut joints: Vec<Gone> = vec![];
        for joint in self.joints {
            let gone = links[joint.child].map(|(robot, _)| (robot, robots[robot].joints.len()));
            joints.push(gone);
            if let Some((robot, _)) = gone {
                robots[robot].joints.push(joint);
            }
        }
        let mut lost = vec![];
        for (at, robot) in robots.iter_mut().enumerate() {
            let number = |gone: Gone| gone.filter(|(robot, _)| *robot == at).map(|(_, number)| number);
            for link in &mut robot.links {
                link.parent = link.parent.and_then(|parent| number(links[parent]));
            }
            for (place, joint) in robot.joints.iter_mut().enumerate() {
                // Both are links of the same tree.
                joint.parent = number(links[joint.parent]).unwrap_or_default();
                joint.child = number(links[joint.child]).unwrap_or_default();
                let follows = joint.mimic;
                joint.mimic = follows.and_then(|other| number(joints[other]));
                if follows.is_some() && joint.mimic.is_none() {
                    lost.push((at, Remark::MimicLost { joint: place }));
                }
            }
        }
        for mut remark in self.remarks {
            let (robot, number) = match remark.about() {
                About::File => (Some(0), None),
                About::Link(link) => (links[*link].map(|g| g.0), links[*link].map(|g| (link, g.1))),
                About::Joint(joint) => (joints[*joint].map(|g| g.0), joints[*joint].map(|g| (joint, g.1))),
            };
            if let Some((own, number)) = number {
                *own = number;
            }
            if let Some(robot) = robot.and_then(|robot| robots.get_mut(robot)) {
                robot.remarks.push(remark);
            }
        }
        for (robot, remark) in lost {
            robots[robot].remarks.push(remark);
        }
        robots
    }
}

/// The link that all others of a tree hang on, for each link; or, of each ring of links that hang on each other, the first.
pub(super) fn roots(parents: &[Option<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    const OPEN: usize = usize::MAX;
    let mut roots = vec![OPEN; parents.len()];
    let mut rings = vec![];
    // On which way a link was passed.
    let mut passed = vec![OPEN; parents.len()];
    for start in 0..parents.len() {
        let (mut way, mut at) = (vec![], start);
        let root = loop {
            if roots[at] != OPEN {
                break roots[at];
            }
            if passed[at] == start {
                rings.push(at);
                break at;
            }
            passed[at] = start;
            way.push(at);
            match parents[at] {
                Some(parent) => at = parent,
                None => break at,
            }
        };
        for link in way {
            roots[link] = root;
        }
    }
    if rings.is_empty() { Ok(roots) } else { Err(rings) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_finds_what_its_tree_hangs_on() {
        assert_eq!(roots(&[None, Some(0), Some(1), None, Some(3)]), Ok(vec![0, 0, 0, 3, 3]));
        assert_eq!(roots(&[Some(1), Some(2), None]), Ok(vec![2, 2, 2]));
        assert_eq!(roots(&[]), Ok(vec![]));
    }

    #[test]
    fn every_ring_is_found_once() {
        assert_eq!(roots(&[Some(0)]), Err(vec![0]));
        assert_eq!(roots(&[None, Some(2), Some(3), Some(1), Some(1), Some(5)]), Err(vec![1, 5]));
    }

    #[test]
    fn a_long_chain_is_no_trouble() {
        let chain: Vec<_> = (0..200_000usize).map(|at| (at + 1 < 200_000).then_some(at + 1)).collect();
        assert!(roots(&chain).unwrap().iter().all(|root| *root == 199_999));
    }
}
