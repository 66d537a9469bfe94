//! A figure: one number of the atlas with its range, unit, year, source and standing.

use super::expr::{Expr, FigureId};
use super::index::Index;
use linchpin_table::Unit;

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A publisher states it.
    Reported,
    /// A publisher or tracker estimates it.
    Estimated,
    /// Arithmetic over parameters.
    Derived,
    /// Nobody publishes it; a reason and a range stand beside it.
    Assumed,
}

impl Standing {
    /// All, from best to least known.
    pub const ALL: [Standing; 4] =
        [Standing::Reported, Standing::Estimated, Standing::Derived, Standing::Assumed];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Reported => "reported",
            Standing::Estimated => "estimated",
            Standing::Derived => "derived",
            Standing::Assumed => "assumed",
        }
    }

    /// The standing that a word of the files means.
    pub fn parse(word: &str) -> Option<Standing> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// One number of the atlas. Value and range are in base units (see [`super::units`]).
#[derive(Debug, Clone)]
pub struct Figure {
    /// `table/key[/key…]`.
    pub address: String,
    /// The value as typed; `None` if the cell is blank.
    pub value: Option<f64>,
    /// Low end as typed.
    pub low: Option<f64>,
    /// High end as typed.
    pub high: Option<f64>,
    /// Base unit.
    pub unit: Unit,
    /// Factor from the typed unit to the base unit.
    pub factor: f64,
    /// Year it is about.
    pub year: Option<i64>,
    /// Ids of its sources.
    pub sources: Vec<String>,
    /// How well it is known.
    pub standing: Standing,
    /// Its formula, in base units.
    pub formula: Option<Expr>,
    /// The formula as typed.
    pub formula_text: Option<String>,
    /// Remark, or the reason of an assumption.
    pub note: Option<String>,
}

/// All figures of an atlas, sorted by address.
#[derive(Debug, Default)]
pub struct Figures {
    list: Vec<Figure>,
    by_address: Index,
}

impl Figures {
    /// Takes figures in any order. Addresses are unique because row keys are.
    pub fn new(mut list: Vec<Figure>) -> Figures {
        list.sort_by(|a, b| a.address.cmp(&b.address));
        let by_address = Index::new(list.len(), |at| &list[at].address);
        Figures { list, by_address }
    }

    /// Number of figures.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// A figure.
    pub fn get(&self, id: FigureId) -> &Figure {
        &self.list[id.0 as usize]
    }

    pub(crate) fn get_mut(&mut self, id: FigureId) -> &mut Figure {
        &mut self.list[id.0 as usize]
    }

    /// The figure at an address.
    pub fn find(&self, address: &str) -> Option<FigureId> {
        let at = self.by_address.find(address, |at| &self.list[at].address);
        at.map(|at| FigureId(at as u32))
    }

    /// The address that begins most like another.
    pub fn nearest(&self, address: &str) -> &str {
        nearest(address, self.list.iter().map(|f| f.address.as_str()))
    }

    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = FigureId> + use<> {
        (0..self.list.len() as u32).map(FigureId)
    }

    /// All figures in order.
    pub fn iter(&self) -> impl Iterator<Item = (FigureId, &Figure)> {
        self.list.iter().enumerate().map(|(i, f)| (FigureId(i as u32), f))
    }
}

/// The candidate that begins most like an address; of equals the last in order.
pub(crate) fn nearest<'a>(address: &str, candidates: impl Iterator<Item = &'a str>) -> &'a str {
    let shared = |a: &str| a.bytes().zip(address.bytes()).take_while(|(x, y)| x == y).count();
    candidates.max_by_key(|a| shared(a)).unwrap_or_default()
}
