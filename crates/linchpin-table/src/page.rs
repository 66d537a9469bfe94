use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{Answer, Label, Table};

/// Answers side by side, with what stands behind their numbers: all that a page in a browser is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The answers; the first is the one that was asked for.
    pub answers: Vec<Answer>,
    /// What their numbers rest on, if that was asked for.
    pub evidence: Option<Evidence>,
}

/// Figures and their sources, and which of them each number rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// One row a figure; its key is its address in the atlas.
    pub figures: Table,
    /// One row a source.
    pub sources: Table,
    /// Labels of the ids that these two tables name.
    pub labels: BTreeMap<String, Label>,
    /// By address of a number. The ends of a range rest on what the number in it rests on, and are not listed.
    pub numbers: BTreeMap<String, Basis>,
}

/// What one number rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Message id of how it comes about.
    pub part: Cow<'static, str>,
    /// Rows of [`Evidence::figures`], the weightiest first.
    pub figures: Vec<u32>,
    /// Half the range of the first of these figures, carried to the number, as a share of it.
    pub moves: Vec<f64>,
}
