//! Which cells of the atlas a number rests on.

use crate::atlas::{Expr, FigureId};
use crate::explain::{coefficient, contributing};
use crate::model::{Measure, Model, Quantity};
use fixedbitset::FixedBitSet;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A set of figures by number.
type Figures = FixedBitSet;

/// A measure and what stands behind it.
type Known = (Rc<Measure>, Rc<Figures>);

/// Finds the cells behind numbers. Numbers of one answer share most of their needs, so what stands behind each need is
/// found once.
pub(crate) struct Footing<'m, 'a> {
    pub(crate) model: &'m Model<'a>,
    /// By measure; kept alive beside its set, so that no other can take its place in memory.
    measures: RefCell<BTreeMap<*const Measure, Known>>,
}

impl<'m, 'a> Footing<'m, 'a> {
    pub(crate) fn new(model: &'m Model<'a>) -> Self {
        Footing { model, measures: RefCell::default() }
    }

    /// Every cell, parameters of formulas included, in order of address.
    pub(crate) fn cells(&self, quantity: &Quantity) -> BTreeSet<FigureId> {
        let mut found = self.none();
        self.collect(quantity, &mut found);
        found.ones().map(|f| FigureId(f as u32)).collect()
    }

    fn none(&self) -> Figures {
        Figures::with_capacity(self.model.atlas.figures.len())
    }

    /// Adds figures with what their formulas name.
    fn add(&self, figures: impl IntoIterator<Item = FigureId>, found: &mut Figures) {
        for figure in figures {
            if !found.put(figure.0 as usize)
                && let Some(formula) = &self.model.atlas.figures.get(figure).formula
            {
                self.add(formula.figures(), found);
            }
        }
    }

    fn collect(&self, quantity: &Quantity, found: &mut Figures) {
        match quantity {
            Quantity::Given { .. } => {}
            Quantity::Simulated(run) => self.add(run.inputs.iter().copied(), found),
            Quantity::Figures(e) => self.add(e.figures(), found),
            Quantity::Measure(m) | Quantity::AssumedShare(m) => found.union_with(&self.behind(m)),
            Quantity::Swing(q, figure) => {
                self.add([*figure], found);
                self.collect(q, found);
            }
            Quantity::Low(q) | Quantity::High(q) => self.collect(q, found),
            Quantity::Sum(parts) | Quantity::Least(parts) | Quantity::Greatest(parts) => {
                parts.iter().for_each(|p| self.collect(p, found));
            }
            Quantity::Stop(stop) => stop.story().leaves().for_each(|q| self.collect(q, found)),
            Quantity::Difference(a, b) | Quantity::Product(a, b) | Quantity::Ratio(a, b) => {
                self.collect(a, found);
                self.collect(b, found);
            }
        }
    }

    fn behind(&self, m: &Rc<Measure>) -> Rc<Figures> {
        let key = Rc::as_ptr(m);
        if let Some((_, known)) = self.measures.borrow().get(&key) {
            return known.clone();
        }
        let found = Rc::new(self.measure(m));
        self.measures.borrow_mut().insert(key, (m.clone(), found.clone()));
        found
    }

    fn measure(&self, m: &Measure) -> Figures {
        let model = self.model;
        let mut found = self.none();
        let need = &model.flow(m.view).need;
        let terms: Vec<&(u32, Expr)> = m.terms.iter().filter(|(n, _)| need[*n as usize] != 0.0).collect();
        terms.iter().for_each(|(_, w)| self.add(w.figures(), &mut found));
        let counts = contributing(model, m.view, terms.iter().map(|(n, _)| *n).collect());
        for (l, line) in model.network.lines.iter().enumerate() {
            if counts.contains(&line.child)
                && need[line.parent as usize] != 0.0
                && model.coefficient(m.view, l) != 0.0
            {
                self.add(coefficient(model, m.view, l).figures(), &mut found);
            }
        }
        // The runs of one recipe of a group depend on the outputs of all, and on what else makes them.
        for g in model.flow(m.view).joint.keys() {
            let group = &model.network.groups[*g as usize];
            if group.recipes.iter().any(|(_, node)| counts.contains(node)) {
                let recipes = group.recipes.iter().map(|(r, _)| &model.network.recipes[*r as usize]);
                recipes.flat_map(|r| &r.outputs).for_each(|o| self.add(o.quantity.figures(), &mut found));
                group.items.iter().for_each(|(_, share)| self.add(share.figures(), &mut found));
            }
        }
        found
    }
}
