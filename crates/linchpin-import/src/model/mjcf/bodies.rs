//! Bodies inside each other, with their joints, and parts that are repeated written out.

use super::defaults::{Dressed, MAIN, Sort};
use super::drive::{drives_nothing, holds};
use super::mass::Weighing;
use super::{Reading, Unread, unread};
use crate::model::fault::What;
use crate::model::notes::Notes;
use crate::model::remark::Remark;
use crate::model::xml::Element;
use crate::model::{Kind, radius_of_gyration};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// All bodies of a model.
pub(super) struct Bodies<'x> {
    /// Each behind the one that it is in.
    pub(super) all: Vec<Body<'x>>,
    pub(super) joints: Vec<BodyJoint<'x>>,
    /// The body of each site.
    pub(super) sites: BTreeMap<String, usize>,
    /// Shapes of the world itself.
    pub(super) ground: usize,
    pub(super) unread: Unread<'x>,
    joint_names: Names<'x>,
    body_names: Names<'x>,
    /// Steps that are left for finding what is named.
    left: Cell<usize>,
}

/// A body.
pub(super) struct Body<'x> {
    pub(super) name: String,
    pub(super) element: Element<'x>,
    /// The body that it is in; none for one in the world.
    pub(super) parent: Option<usize>,
    pub(super) radius: Option<f64>,
    pub(super) weighing: Weighing,
}

/// A joint of a body.
pub(super) struct BodyJoint<'x> {
    pub(super) name: String,
    pub(super) element: Element<'x>,
    pub(super) kind: Kind,
    pub(super) body: usize,
    /// Most that actuators together may do to it.
    pub(super) most: Option<f64>,
}

/// What has which name.
#[derive(Default)]
struct Names<'x> {
    /// The first that has a name.
    exact: BTreeMap<String, usize>,
    /// Copies of a part that is repeated, by the name that stands in the file.
    copies: BTreeMap<&'x str, Vec<usize>>,
    /// How many have none, or one.
    count: usize,
}

/// What holds in a place.
#[derive(Clone)]
struct Place {
    body: Option<usize>,
    class: usize,
    /// What is put behind names.
    suffix: Rc<str>,
}

/// What is still to be gone through.
enum Open<'x> {
    Element(Element<'x>, Place),
    /// Copies of what is in an element, from this one on.
    Copies {
        element: Element<'x>,
        place: Place,
        next: usize,
        count: usize,
    },
}

struct Reader<'x, 'r, 'n> {
    reading: Reading<'x, 'r>,
    notes: &'n mut Notes,
    bodies: Bodies<'x>,
    open: Vec<Open<'x>>,
    /// Bytes of all names.
    named: u64,
    steps: usize,
}

impl<'x> Bodies<'x> {
    /// Reads all bodies; nothing if they are too many.
    pub(super) fn read(
        worlds: impl Iterator<Item = Element<'x>>,
        reading: Reading<'x, '_>,
        notes: &mut Notes,
    ) -> Option<Bodies<'x>> {
        let bodies = Bodies {
            all: vec![],
            joints: vec![],
            sites: BTreeMap::new(),
            ground: 0,
            unread: BTreeMap::new(),
            joint_names: Names::default(),
            body_names: Names::default(),
            left: Cell::new(reading.limits.steps),
        };
        let mut reader = Reader { reading, notes, bodies, open: vec![], named: 0, steps: 0 };
        for world in worlds {
            let class = reading.defaults.class(world, "childclass", MAIN, reader.notes);
            reader.inside(world, &Place { body: None, class, suffix: Rc::from("") });
            while let Some(open) = reader.open.pop() {
                if let Err(element) = reader.step(open) {
                    reader.notes.problem(element, "", What::TooManyLinks, "");
                    return None;
                }
            }
        }
        Some(reader.bodies)
    }

    /// Joints that an element names in an attribute: one, or all copies of one in a part that is repeated. One that is not
    /// there may be among those that are not made.
    pub(super) fn joints_called(&self, element: Element<'x>, attribute: &str, notes: &mut Notes) -> &[usize] {
        let Some(name) = notes.name(element, attribute) else { return &[] };
        let found = self.joint_names.find(name);
        if found.is_empty() && MADE.iter().any(|made| self.unread.contains_key(made)) {
            drives_nothing(element, notes);
        } else if found.is_empty() {
            notes.problem(element, attribute, What::UnknownJoint, name);
        }
        if self.spend(found.len(), element, notes) { found } else { &[] }
    }

    /// Takes so many steps; not if they are too many, as elements that name many joints each would take for ever.
    pub(super) fn spend(&self, steps: usize, element: Element<'x>, notes: &mut Notes) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or(0));
        if left.is_none() {
            notes.problem(element, "", What::TooManyLinks, "");
        }
        left.is_some()
    }
}

impl BodyJoint<'_> {
    /// Whether it only says that a body of the world may move about as it likes.
    pub(super) fn is_base(&self, bodies: &Bodies<'_>) -> bool {
        self.kind == Kind::Free && bodies.all[self.body].parent.is_none()
    }
}

impl<'x> Names<'x> {
    fn find(&self, name: &str) -> &[usize] {
        match self.exact.get(name) {
            Some(number) => std::slice::from_ref(number),
            None => self.copies.get(name).map_or(&[], Vec::as_slice),
        }
    }
}

/// Elements of a body that stand for others, which are not made.
const MADE: [&str; 3] = ["attach", "composite", "flexcomp"];
/// Elements of a body that neither weigh anything nor move.
const HARMLESS: [&str; 2] = ["camera", "light"];

impl<'x> Reader<'x, '_, '_> {
    /// Goes one step; an element that is one too many.
    fn step(&mut self, open: Open<'x>) -> Result<(), Element<'x>> {
        self.steps += 1;
        let (element, place) = match open {
            Open::Element(element, place) => (element, place),
            Open::Copies { element, place, next, count } => {
                if self.steps > self.reading.limits.steps {
                    return Err(element);
                }
                if next < count {
                    // As many digits as the count itself has.
                    let width = count.to_string().len();
                    let separator = element.text("sep").unwrap_or_default();
                    let suffix = Rc::from(format!("{separator}{next:0width$}{}", place.suffix));
                    self.count_name(element, &suffix)?;
                    let copy = Place { suffix, ..place.clone() };
                    self.open.push(Open::Copies { element, place, next: next + 1, count });
                    self.inside(element, &copy);
                }
                return Ok(());
            }
        };
        if self.steps > self.reading.limits.steps {
            return Err(element);
        }
        match (element.name(), place.body) {
            ("body", _) => self.body(element, &place)?,
            ("frame", _) => {
                let class = self.reading.defaults.class(element, "childclass", place.class, self.notes);
                self.inside(element, &Place { class, ..place });
            }
            ("replicate", _) => self.replicate(element, place),
            ("joint" | "freejoint", Some(body)) => self.joint(element, body, &place)?,
            ("inertial", Some(body)) => self.inertial(element, body),
            ("geom", Some(body)) => {
                let Reading { defaults, compiler, .. } = self.reading;
                let shape = defaults.dress(element, place.class, Sort::Shape, self.notes);
                self.bodies.all[body].weighing.add(&shape, compiler, self.notes);
            }
            ("geom", None) => self.bodies.ground += 1,
            ("site", Some(body)) => {
                if let Some(name) = element.called("name") {
                    let name = format!("{name}{}", place.suffix);
                    self.count_name(element, &name)?;
                    self.bodies.sites.entry(name).or_insert(body);
                }
            }
            ("site", None) => {}
            (other, _) if HARMLESS.contains(&other) => {}
            _ => unread(element, &mut self.bodies.unread),
        }
        Ok(())
    }

    /// Opens what is in an element, so that the first comes first.
    fn inside(&mut self, element: Element<'x>, place: &Place) {
        let from = self.open.len();
        self.open.extend(element.children().map(|child| Open::Element(child, place.clone())));
        self.open[from..].reverse();
    }

    fn body(&mut self, element: Element<'x>, place: &Place) -> Result<(), Element<'x>> {
        let number = self.bodies.all.len();
        let name = self.name(element, place, "body")?;
        let class = self.reading.defaults.class(element, "childclass", place.class, self.notes);
        let weighing = Weighing::default();
        self.bodies.all.push(Body { name, element, parent: place.body, radius: None, weighing });
        self.inside(element, &Place { body: Some(number), class, suffix: place.suffix.clone() });
        if self.bodies.all.len() > self.reading.limits.links { Err(element) } else { Ok(()) }
    }

    fn replicate(&mut self, element: Element<'x>, place: Place) {
        let class = self.reading.defaults.class(element, "childclass", place.class, self.notes);
        let Some(written) = element.attribute("count") else {
            return self.notes.problem(element, "count", What::Missing, "");
        };
        match written.text.trim().parse() {
            Ok(0) => written.problem(What::NotPositive, self.notes),
            Ok(count) => {
                let place = Place { class, ..place };
                self.open.push(Open::Copies { element, place, next: 0, count });
            }
            Err(_) => written.problem(What::NotNumber, self.notes),
        }
    }

    fn inertial(&mut self, element: Element<'x>, body: usize) {
        if self.bodies.all[body].weighing.stated.is_some() {
            let (file, line) = (element.file(), element.line());
            self.notes.remarks.push(Remark::Repeated { name: "inertial".to_owned(), file, line });
            return;
        }
        let Some(mass) = element.attribute("mass") else {
            return self.notes.problem(element, "mass", What::Missing, "");
        };
        let Some(mass) = mass.amount(self.notes) else { return };
        let moments = element.attribute("diaginertia").or_else(|| element.attribute("fullinertia"));
        // Of a full matrix the first three are those on the diagonal.
        let greatest = moments
            .and_then(|moments| moments.numbers(self.notes))
            .and_then(|moments| moments.into_iter().take(3).reduce(f64::max));
        let body = &mut self.bodies.all[body];
        body.radius = greatest.and_then(|moment| radius_of_gyration(moment, mass));
        body.weighing.stated = Some(mass);
    }

    fn joint(&mut self, element: Element<'x>, body: usize, place: &Place) -> Result<(), Element<'x>> {
        let number = self.bodies.joints.len();
        let name = self.name(element, place, "joint")?;
        let (kind, most) = if element.name() == "freejoint" {
            (Some(Kind::Free), None)
        } else {
            let joint = self.reading.defaults.dress(element, place.class, Sort::Joint, self.notes);
            let autolimits = self.reading.compiler.autolimits;
            let most = joint
                .attribute("actuatorfrcrange")
                .filter(|_| holds(joint.attribute("actuatorfrclimited"), autolimits))
                .and_then(|range| super::drive::greatest(range, self.notes));
            (self.kind(&joint), most)
        };
        // A kind that is not known is told as a problem, and nothing of the model is used.
        let kind = kind.unwrap_or(Kind::Revolute);
        self.bodies.joints.push(BodyJoint { name, element, kind, body, most });
        if number >= self.reading.limits.links { Err(element) } else { Ok(()) }
    }

    fn kind(&mut self, joint: &Dressed<'x, '_>) -> Option<Kind> {
        let word = joint
            .attribute("type")
            .map_or(Some(0), |written| written.word(&["hinge", "slide", "ball", "free"], self.notes))?;
        let ends = joint.attribute("range").is_some()
            && holds(joint.attribute("limited"), self.reading.compiler.autolimits);
        Some(match word {
            0 if ends => Kind::Revolute,
            0 => Kind::Continuous,
            1 => Kind::Prismatic,
            2 => Kind::Ball,
            _ => Kind::Free,
        })
    }

    /// The name of a body or a joint, as what it is.
    fn name(&mut self, element: Element<'x>, place: &Place, what: &str) -> Result<String, Element<'x>> {
        let (names, number) = match what {
            "body" => (&mut self.bodies.body_names, self.bodies.all.len()),
            _ => (&mut self.bodies.joint_names, self.bodies.joints.len()),
        };
        names.count += 1;
        let Some(written) = element.called("name") else { return Ok(format!("{what}_{}", names.count)) };
        let name = format!("{written}{}", place.suffix);
        if names.exact.contains_key(&name) {
            let (file, line) = (element.file(), element.line());
            self.notes.remarks.push(Remark::Repeated { name: name.clone(), file, line });
        } else {
            names.exact.insert(name.clone(), number);
        }
        if !place.suffix.is_empty() {
            names.copies.entry(written).or_default().push(number);
        }
        self.count_name(element, &name)?;
        Ok(name)
    }

    /// Names of copies may take far more room than the file.
    fn count_name(&mut self, element: Element<'x>, name: &str) -> Result<(), Element<'x>> {
        self.named += name.len() as u64;
        if self.named > self.reading.limits.file { Err(element) } else { Ok(()) }
    }
}
