//! Defaults: what an element does not say, its class says, or the class around that.

use super::law;
use crate::model::fault::What;
use crate::model::notes::Notes;
use crate::model::xml::{Element, Written};
use std::collections::BTreeMap;

/// The class of all that has no other.
pub(super) const MAIN: usize = 0;

/// Most classes. Each keeps all that it takes over from the one around it; models have some ten.
const MOST_CLASSES: usize = 10_000;

/// What has defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Joint,
    Shape,
    Actuator,
    Equality,
}

impl Sort {
    fn of(name: &str) -> Option<Sort> {
        Some(match name {
            "joint" => Sort::Joint,
            "geom" => Sort::Shape,
            "equality" => Sort::Equality,
            // All set the same defaults, whatever they are called.
            "general" | "motor" | "position" | "velocity" | "intvelocity" | "damper" | "cylinder"
            | "muscle" | "adhesion" | "dcmotor" => Sort::Actuator,
            _ => return None,
        })
    }

    /// Attributes that are read.
    fn attributes(self) -> &'static [&'static str] {
        match self {
            Sort::Joint => &["type", "range", "limited", "actuatorfrcrange", "actuatorfrclimited"],
            Sort::Shape => &["type", "size", "mass", "density", "group", "fromto", "mesh", "shellinertia"],
            Sort::Actuator => &[
                "ctrlrange",
                "ctrllimited",
                "forcerange",
                "forcelimited",
                "gear",
                "force",
                "gaintype",
                "biastype",
                "dyntype",
                "gainprm",
            ],
            Sort::Equality => &["active"],
        }
    }
}

/// Classes of defaults.
pub(super) struct Defaults<'x> {
    classes: Vec<Class<'x>>,
    by_name: BTreeMap<&'x str, usize>,
}

/// What a class says, and what it takes over.
#[derive(Clone, Default)]
struct Class<'x> {
    attributes: BTreeMap<(Sort, &'static str), Written<'x>>,
    /// What actuators are like.
    law: Option<&'x str>,
}

impl<'x> Defaults<'x> {
    /// Reads all classes. Those at the top are one, whatever they are called.
    pub(super) fn read(top: impl Iterator<Item = Element<'x>>, notes: &mut Notes) -> Defaults<'x> {
        let mut defaults =
            Defaults { classes: vec![Class::default()], by_name: BTreeMap::from([("main", MAIN)]) };
        for element in top {
            if let Some(name) = element.called("class") {
                defaults.by_name.insert(name, MAIN);
            }
            let mut open = vec![(element, MAIN)];
            while let Some((element, class)) = open.pop() {
                // What a class says itself stands before the classes in it, wherever it is written.
                let says = element.children().filter(|child| child.name() != "default");
                says.for_each(|child| defaults.classes[class].take(child));
                for child in element.children().filter(|child| child.name() == "default") {
                    open.extend(defaults.inner(child, class, notes).map(|inner| (child, inner)));
                }
            }
        }
        defaults
    }

    /// Adds a class inside another.
    fn inner(&mut self, element: Element<'x>, around: usize, notes: &mut Notes) -> Option<usize> {
        let name = notes.name(element, "class")?;
        let inner = self.classes.len();
        if inner > MOST_CLASSES {
            notes.problem(element, "class", What::TooManyElements, "");
            return None;
        }
        if self.by_name.insert(name, inner).is_some() {
            notes.problem(element, "class", What::Repeated, name);
        }
        self.classes.push(self.classes[around].clone());
        Some(inner)
    }

    /// The class that an element names in an attribute, or the one that holds around it.
    pub(super) fn class(
        &self,
        element: Element<'x>,
        attribute: &str,
        around: usize,
        notes: &mut Notes,
    ) -> usize {
        let Some(name) = element.called(attribute) else { return around };
        self.by_name.get(name).copied().unwrap_or_else(|| {
            notes.problem(element, attribute, What::UnknownClass, name);
            around
        })
    }

    /// An element that has a class of its own or the one that holds around it.
    pub(super) fn dress(
        &self,
        element: Element<'x>,
        around: usize,
        sort: Sort,
        notes: &mut Notes,
    ) -> Dressed<'x, '_> {
        Dressed { element, class: &self.classes[self.class(element, "class", around, notes)], sort }
    }
}

impl<'x> Class<'x> {
    /// Takes what an element says.
    fn take(&mut self, element: Element<'x>) {
        let Some(sort) = Sort::of(element.name()) else { return };
        if sort == Sort::Actuator
            && let Some(law) = law::said(element)
        {
            self.law = Some(law);
            if law != law::GENERAL {
                self.attributes.retain(|(_, name), _| !law::ATTRIBUTES.contains(name));
            }
        }
        let said =
            sort.attributes().iter().filter_map(|name| Some(((sort, *name), element.attribute(name)?)));
        self.attributes.extend(said);
    }
}

/// An element with its defaults.
#[derive(Clone, Copy)]
pub(super) struct Dressed<'x, 'd> {
    pub(super) element: Element<'x>,
    class: &'d Class<'x>,
    sort: Sort,
}

impl<'x> Dressed<'x, '_> {
    /// An attribute, of the element or by default.
    pub(super) fn attribute(&self, name: &'static str) -> Option<Written<'x>> {
        let own = self.element.attribute(name);
        own.or_else(|| self.class.attributes.get(&(self.sort, name)).copied())
    }

    /// What an actuator is like, if it or its class says so.
    pub(super) fn law(&self) -> Option<&'x str> {
        law::said(self.element).or(self.class.law)
    }
}
