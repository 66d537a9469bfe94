//! MJCF: bodies inside each other, what moves them inside of them, and actuators beside.
//!
//! What is taken from defaults, how masses come about and what limits a drive is as MuJoCo's own compiler does it (MuJoCo,
//! *XML Reference*). Bodies that other elements stand for (`composite`, `flexcomp`, `attach`) are not made.

mod bodies;
mod compiler;
mod defaults;
mod drive;
mod law;
mod mass;

use super::fault::What;
use super::notes::Notes;
use super::remark::{Limit, Remark};
use super::split::{Whole, roots};
use super::xml::Element;
use super::{Actuated, Format, Joint, Kind, Limits, Link, Massed, Robot};
use bodies::Bodies;
use compiler::Compiler;
use defaults::Defaults;
use drive::Drives;
use mass::Mass;
use std::collections::BTreeMap;

/// Elements of a model that neither weigh anything nor drive.
const HARMLESS: [&str; 16] = [
    "compiler",
    "option",
    "size",
    "visual",
    "statistic",
    "default",
    "custom",
    "extension",
    "asset",
    "worldbody",
    "contact",
    "equality",
    "tendon",
    "actuator",
    "sensor",
    "keyframe",
];

/// What a model is read with.
#[derive(Clone, Copy)]
struct Reading<'x, 'r> {
    compiler: &'r Compiler,
    defaults: &'r Defaults<'x>,
    limits: &'r Limits,
}

/// Elements that are not understood, by name: how many, and the first.
type Unread<'x> = BTreeMap<&'x str, (usize, Element<'x>)>;

fn unread<'x>(element: Element<'x>, unread: &mut Unread<'x>) {
    unread.entry(element.name()).or_insert((0, element)).0 += 1;
}

/// Reads all robots of a file.
pub(super) fn read(root: Element<'_>, limits: &Limits, notes: &mut Notes) -> Vec<Robot> {
    let named = |name| root.children().filter(move |child| child.name() == name);
    let compiler = Compiler::read(named("compiler"), notes);
    let defaults = Defaults::read(named("default"), notes);
    let reading = Reading { compiler: &compiler, defaults: &defaults, limits };
    let Some(mut bodies) = Bodies::read(named("worldbody"), reading, notes) else { return vec![] };
    for element in root.children().filter(|child| !HARMLESS.contains(&child.name())) {
        unread(element, &mut bodies.unread);
    }
    let drives = Drives::read(root, &bodies, reading, notes);
    let follows = drive::equalities(named("equality"), &bodies, reading, notes);
    notes.remarks.extend((1..root.xml().names().len()).map(|file| Remark::Included { file }));
    let meshes = named("asset").flat_map(Element::children).filter(|asset| asset.name() == "mesh");
    let folders = named("compiler").flat_map(|e| [e.text("meshdir"), e.text("assetdir")]).flatten();
    notes.meshes(meshes.filter_map(|mesh| mesh.text("file")), folders);
    for (name, (count, first)) in &bodies.unread {
        let (element, file, line) = ((*name).to_owned(), first.file(), first.line());
        notes.remarks.push(Remark::NotRead { element, count: *count, file, line });
    }
    let mut masses: Vec<_> = bodies.all.iter().map(|body| body.weighing.mass(&compiler)).collect();
    compiler.adjust(&mut masses, notes);
    let trees = Trees::of(&bodies);
    if !trees.kept.contains(&true) {
        notes.problem(root, "", What::NoJoints, "");
    }
    if !notes.problems.is_empty() {
        return vec![];
    }
    trees.tell(&bodies, notes);
    Model { root, bodies: &bodies, masses: &masses, drives: &drives, follows, trees: &trees }.robots(notes)
}

/// Trees of bodies.
struct Trees {
    /// For each body the one in the world that it is in.
    roots: Vec<usize>,
    /// Whether that has a joint of its own, with the world on the other side.
    on_world: Vec<bool>,
    /// Whether anything in it hangs freely and has no joint.
    is_loose: Vec<bool>,
    /// Whether it is a robot.
    kept: Vec<bool>,
}

impl Trees {
    fn of(bodies: &Bodies<'_>) -> Trees {
        let count = bodies.all.len();
        let mut roots = vec![0; count];
        for (number, body) in bodies.all.iter().enumerate() {
            roots[number] = body.parent.map_or(number, |parent| roots[parent]);
        }
        let (mut on_world, mut is_free, mut kept) =
            (vec![false; count], vec![false; count], vec![false; count]);
        for joint in &bodies.joints {
            let root = roots[joint.body];
            // How a robot as a whole may move about is none of its joints.
            if joint.is_base(bodies) {
                is_free[root] = true;
            } else {
                kept[root] = true;
                on_world[root] |= joint.body == root;
            }
        }
        // Alone, a thing that moves freely is what the file is about.
        if !kept.contains(&true) {
            return Trees { roots, on_world, is_loose: vec![false; count], kept: is_free };
        }
        let is_loose = is_free.iter().zip(&kept).map(|(free, kept)| *free && !kept).collect();
        Trees { roots, on_world, is_loose, kept }
    }

    /// Tells what is left out.
    fn tell(&self, bodies: &Bodies<'_>, notes: &mut Notes) {
        let still = self.roots.iter().filter(|root| !self.kept[**root] && !self.is_loose[**root]).count();
        if still > 0 || bodies.ground > 0 {
            notes.remarks.push(Remark::Scenery { links: still, shapes: bodies.ground });
        }
        for (body, _) in bodies.all.iter().zip(&self.is_loose).filter(|(_, loose)| **loose) {
            let (file, line) = (body.element.file(), body.element.line());
            notes.remarks.push(Remark::Loose { name: body.name.clone(), file, line });
        }
    }
}

/// All that was read.
struct Model<'x, 'r> {
    root: Element<'x>,
    bodies: &'r Bodies<'x>,
    masses: &'r [Mass],
    drives: &'r Drives,
    follows: BTreeMap<usize, usize>,
    trees: &'r Trees,
}

impl Model<'_, '_> {
    fn robots(self, notes: &mut Notes) -> Vec<Robot> {
        let (links, roots, number) = self.links(notes);
        let joints = self.joints(&number, notes);
        let mut kept = vec![false; links.len()];
        for body in (0..number.len()).filter(|body| self.trees.kept[*body]) {
            kept[roots[number[body]]] = true;
        }
        let stem = || self.root.file_name().split('.').next().unwrap_or_default();
        let whole = Whole {
            name: self.root.called("model").unwrap_or_else(stem).to_owned(),
            format: Format::Mjcf,
            files: self.root.xml().names().into(),
            links,
            joints,
            remarks: std::mem::take(&mut notes.remarks),
        };
        whole.split(&roots, &kept)
    }

    /// All links, the one that each hangs on in the end, and the number of the link of each body. What has a joint to the
    /// world hangs on a link `world`.
    fn links(&self, notes: &mut Notes) -> (Vec<Link>, Vec<usize>, Vec<usize>) {
        let (mut links, mut roots, mut number) = (vec![], vec![], vec![]);
        for (at, (body, mass)) in self.bodies.all.iter().zip(self.masses).enumerate() {
            let (file, line) = (body.element.file(), body.element.line());
            let mut parent = body.parent.map(|parent| number[parent]);
            if self.trees.on_world[at] && self.trees.kept[at] {
                parent = Some(links.len());
                roots.push(links.len());
                let (name, told) = ("world".to_owned(), Massed::Empty);
                links.push(Link { name, mass: Some(0.0), told, parent: None, radius: None, file, line });
            }
            number.push(links.len());
            roots.push(parent.map_or(links.len(), |parent| roots[parent]));
            if mass.kg.is_none() {
                notes.remarks.push(Remark::MassUnknown { link: links.len() });
            }
            let radius = body.radius.filter(|_| mass.told == Massed::Stated);
            links.push(Link {
                name: body.name.clone(),
                mass: mass.kg,
                told: mass.told,
                parent,
                radius,
                file,
                line,
            });
        }
        (links, roots, number)
    }

    fn joints(&self, links: &[usize], notes: &mut Notes) -> Vec<Joint> {
        let mut joints: Vec<Joint> = vec![];
        let mut number = vec![None; self.bodies.joints.len()];
        for (at, (joint, drive)) in self.bodies.joints.iter().zip(&self.drives.joints).enumerate() {
            if joint.is_base(self.bodies) {
                continue;
            }
            let here = joints.len();
            number[at] = Some(here);
            let child = links[joint.body];
            // A joint of a body in the world has the link before it on its other side.
            let parent = self.bodies.all[joint.body].parent.map_or(child - 1, |parent| links[parent]);
            let effort = drive::lesser(joint.most, drive.effort);
            let actuated = match (self.drives.any, drive.count) {
                (false, _) => Actuated::Unknown,
                (true, 0) => Actuated::Passive,
                (true, _) => Actuated::Driven,
            };
            let may_be_driven = actuated != Actuated::Passive && !self.follows.contains_key(&at);
            if effort.is_none() && may_be_driven && joint.kind != Kind::Free {
                notes.remarks.push(Remark::LimitMissing { joint: here, limit: Limit::Effort });
            }
            if drive.count > 1 {
                notes.remarks.push(Remark::SeveralDrives { joint: here, count: drive.count });
            }
            if let Some(other) = self.drives.coupled.get(&at) {
                let with = self.bodies.joints[*other].name.clone();
                notes.remarks.push(Remark::Coupled { joint: here, with });
            }
            joints.push(Joint {
                name: joint.name.clone(),
                kind: joint.kind,
                parent,
                child,
                effort,
                velocity: drive.velocity,
                gear: drive.gear,
                mimic: None,
                actuated,
                file: joint.element.file(),
                line: joint.element.line(),
            });
        }
        self.follow(&mut joints, &number, notes);
        joints
    }

    fn follow(&self, joints: &mut [Joint], number: &[Option<usize>], notes: &mut Notes) {
        for (joint, other) in &self.follows {
            let Some(joint) = number[*joint] else { continue };
            joints[joint].mimic = number[*other];
            if joints[joint].mimic.is_none() {
                notes.remarks.push(Remark::MimicLost { joint });
            }
            if joints[joint].actuated == Actuated::Unknown {
                joints[joint].actuated = Actuated::Passive;
            }
        }
        // Of joints that follow each other one leads.
        let followed: Vec<_> = joints.iter().map(|joint| joint.mimic).collect();
        for joint in roots(&followed).err().unwrap_or_default() {
            joints[joint].mimic = None;
            notes.remarks.push(Remark::MimicLost { joint });
        }
    }
}
