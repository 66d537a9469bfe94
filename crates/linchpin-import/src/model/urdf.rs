//! URDF: links and joints side by side, which name each other.

mod transmission;

use super::fault::What;
use super::notes::Notes;
use super::remark::{Limit, Remark};
use super::scan::is_xacro;
use super::split::{Whole, roots};
use super::xml::Element;
use super::{Actuated, Format, Joint, Kind, Limits, Link, Massed, Robot};
use std::collections::BTreeMap;
use transmission::Driven;

/// Reads all robots of a file.
pub(super) fn read(root: Element<'_>, limits: &Limits, notes: &mut Notes) -> Vec<Robot> {
    // What is not expanded has variables for numbers and no links where macros are.
    if let Some(element) = root.descendants().find(|element| element.space().is_some_and(is_xacro)) {
        notes.problem(element, "", What::Xacro, "");
        return vec![];
    }
    let named = |name| root.children().filter(|child| child.name() == name).collect::<Vec<_>>();
    let (link_elements, joint_elements) = (named("link"), named("joint"));
    for (name, count) in [("link", link_elements.len()), ("joint", joint_elements.len())] {
        if count > limits.links {
            notes.problem(root, name, What::TooManyLinks, &count.to_string());
            return vec![];
        }
    }
    let mut links = Links::default();
    link_elements.into_iter().for_each(|element| links.read(element, notes));
    if links.all.is_empty() {
        notes.problem(root, "link", What::NoLinks, "");
    }
    let driven = transmission::read(root, notes);
    let mut joints = Joints {
        links: &mut links,
        driven: &driven,
        all: vec![],
        by_name: BTreeMap::new(),
        followers: vec![],
    };
    joint_elements.into_iter().for_each(|element| joints.read(element, notes));
    joints.follow(notes);
    let Joints { all: joints, by_name, .. } = joints;
    driven.check(|name| by_name.get(name).is_some_and(Option::is_some), notes);
    let meshes = root.descendants().filter(|e| e.name() == "mesh").filter_map(|e| e.text("filename"));
    notes.meshes(meshes, std::iter::empty());
    let parents: Vec<_> = links.all.iter().map(|link| link.parent).collect();
    let roots = roots(&parents).unwrap_or_else(|rings| {
        for link in rings {
            notes.problem(links.at[link], "name", What::Cycle, &links.all[link].name);
        }
        vec![]
    });
    if !notes.problems.is_empty() {
        return vec![];
    }
    let kept = kept(&links.all, &roots, notes);
    let stem = || root.file_name().split('.').next().unwrap_or_default();
    let whole = Whole {
        name: root.called("name").unwrap_or_else(stem).to_owned(),
        format: Format::Urdf,
        files: root.xml().names().into(),
        links: links.all,
        joints,
        remarks: std::mem::take(&mut notes.remarks),
    };
    whole.split(&roots, &kept)
}

/// Which trees are robots: a frame that nothing hangs on is none, where there is anything else.
fn kept(links: &[Link], roots: &[usize], notes: &mut Notes) -> Vec<bool> {
    let mut sizes = vec![0usize; links.len()];
    roots.iter().for_each(|root| sizes[*root] += 1);
    let bare: Vec<bool> =
        links.iter().zip(&sizes).map(|(link, size)| *size == 1 && link.told == Massed::Empty).collect();
    let count = bare.iter().filter(|bare| **bare).count();
    if count == 0 || count == roots.iter().enumerate().filter(|(at, root)| at == *root).count() {
        return vec![true; links.len()];
    }
    notes.remarks.push(Remark::Scenery { links: count, shapes: 0 });
    bare.iter().map(|bare| !bare).collect()
}

#[derive(Default)]
struct Links<'x> {
    all: Vec<Link>,
    at: Vec<Element<'x>>,
    by_name: BTreeMap<&'x str, usize>,
}

impl<'x> Links<'x> {
    fn read(&mut self, element: Element<'x>, notes: &mut Notes) {
        let Some(name) = notes.name(element, "name") else { return };
        if self.by_name.insert(name, self.all.len()).is_some() {
            notes.problem(element, "name", What::Repeated, name);
        }
        let number = self.all.len();
        let mut inertials = element.children().filter(|child| child.name() == "inertial");
        let inertial = inertials.next();
        if let Some(second) = inertials.next() {
            notes.remarks.push(Remark::Repeated {
                name: "inertial".to_owned(),
                file: second.file(),
                line: second.line(),
            });
        }
        let has_shape = element.children().any(|child| matches!(child.name(), "visual" | "collision"));
        let (mass, told) = match inertial {
            Some(inertial) => (mass(inertial, notes), Massed::Stated),
            None if has_shape => {
                notes.remarks.push(Remark::MassUnknown { link: number });
                (None, Massed::Absent)
            }
            None => (Some(0.0), Massed::Empty),
        };
        let radius = inertial.zip(mass).and_then(|(inertial, mass)| radius(inertial, mass, notes));
        let (file, line) = (element.file(), element.line());
        self.all.push(Link { name: name.to_owned(), mass, told, parent: None, radius, file, line });
        self.at.push(element);
    }
}

fn mass(inertial: Element<'_>, notes: &mut Notes) -> Option<f64> {
    let Some(value) = inertial.child("mass").and_then(|mass| mass.attribute("value")) else {
        notes.problem(inertial, "mass", What::Missing, "");
        return None;
    };
    value.amount(notes)
}

/// The greatest radius of gyration; only numbers that are written can be wrong.
fn radius(inertial: Element<'_>, mass: f64, notes: &mut Notes) -> Option<f64> {
    let inertia = inertial.child("inertia")?;
    let moments = ["ixx", "iyy", "izz"].map(|moment| inertia.attribute(moment).map(|m| m.number(notes)));
    let greatest = moments.into_iter().flatten().flatten().fold(0.0, f64::max);
    super::radius_of_gyration(greatest, mass)
}

struct Joints<'l, 'x> {
    links: &'l mut Links<'x>,
    driven: &'l Driven<'x>,
    all: Vec<Joint>,
    /// The number of each joint, unless it is fixed. Of those with the same name the first is meant.
    by_name: BTreeMap<&'x str, Option<usize>>,
    /// Joints that follow others, and the elements that say so.
    followers: Vec<(usize, Element<'x>)>,
}

impl<'x> Joints<'_, 'x> {
    fn read(&mut self, element: Element<'x>, notes: &mut Notes) {
        // All that is wrong with it is told, not only the first.
        let name = notes.name(element, "name");
        let kind = kind(element, notes);
        let parent = self.link(element, "parent", notes);
        let child = self.link(element, "child", notes);
        let (Some(name), Some(kind), Some(parent), Some(child)) = (name, kind, parent, child) else { return };
        if self.links.all[child].parent.is_some() {
            notes.problem(element, "child", What::TwoParents, &self.links.all[child].name);
        }
        self.links.all[child].parent = Some(parent);
        let number = kind.map(|kind| self.moving(name, kind, (parent, child), element, notes));
        if self.by_name.contains_key(name) {
            let name = name.to_owned();
            notes.remarks.push(Remark::Repeated { name, file: element.file(), line: element.line() });
        } else {
            self.by_name.insert(name, number);
        }
    }

    /// A link that a joint names.
    fn link(&self, joint: Element<'x>, side: &str, notes: &mut Notes) -> Option<usize> {
        let Some(element) = joint.child(side) else {
            notes.problem(joint, side, What::Missing, "");
            return None;
        };
        let name = notes.name(element, "link")?;
        let link = self.links.by_name.get(name).copied();
        if link.is_none() {
            notes.problem(element, "link", What::UnknownLink, name);
        }
        link
    }

    fn moving(
        &mut self,
        name: &'x str,
        kind: Kind,
        (parent, child): (usize, usize),
        element: Element<'x>,
        notes: &mut Notes,
    ) -> usize {
        let number = self.all.len();
        let mimic = element.child("mimic");
        self.followers.extend(mimic.map(|mimic| (number, mimic)));
        let transmission = self.driven.joint(name);
        let actuated = match transmission {
            Some(_) => Actuated::Driven,
            None if self.driven.is_told() || mimic.is_some() => Actuated::Passive,
            None => Actuated::Unknown,
        };
        let limits = element.child("limit");
        // What nothing drives, or what is not held at all, need not have limits.
        let may_be_driven = actuated != Actuated::Passive && !matches!(kind, Kind::Free | Kind::Planar);
        let mut limit = |limit, attribute| {
            let written = limits.and_then(|limits| limits.attribute(attribute));
            if written.is_some() || may_be_driven { notes.limit(number, limit, written) } else { None }
        };
        let effort = limit(Limit::Effort, "effort");
        let velocity = limit(Limit::Velocity, "velocity");
        self.all.push(Joint {
            name: name.to_owned(),
            kind,
            parent,
            child,
            effort,
            velocity,
            gear: transmission.flatten(),
            mimic: None,
            actuated,
            file: element.file(),
            line: element.line(),
        });
        number
    }

    /// Finds the joints that others follow.
    fn follow(&mut self, notes: &mut Notes) {
        let mut elements = BTreeMap::new();
        for (number, mimic) in &self.followers {
            let Some(name) = notes.name(*mimic, "joint") else { continue };
            match self.by_name.get(name) {
                Some(Some(other)) => self.all[*number].mimic = Some(*other),
                // Exporters cut a hand from a robot and leave what its fingers follow.
                Some(None) | None => notes.remarks.push(Remark::MimicLost { joint: *number }),
            }
            elements.insert(*number, *mimic);
        }
        let followed: Vec<_> = self.all.iter().map(|joint| joint.mimic).collect();
        for number in roots(&followed).err().unwrap_or_default() {
            if let Some(mimic) = elements.get(&number) {
                notes.problem(*mimic, "joint", What::MimicCycle, &self.all[number].name);
            }
        }
    }
}

/// How a joint moves; nothing inside if it does not.
fn kind(element: Element<'_>, notes: &mut Notes) -> Option<Option<Kind>> {
    let Some(written) = element.attribute("type") else {
        notes.problem(element, "type", What::Missing, "");
        return None;
    };
    const KINDS: [(&str, Option<Kind>); 6] = [
        ("revolute", Some(Kind::Revolute)),
        ("continuous", Some(Kind::Continuous)),
        ("prismatic", Some(Kind::Prismatic)),
        ("floating", Some(Kind::Free)),
        ("planar", Some(Kind::Planar)),
        ("fixed", None),
    ];
    let found = written.word(&KINDS.map(|(word, _)| word), notes)?;
    Some(KINDS[found].1)
}
