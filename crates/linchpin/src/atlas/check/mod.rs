//! Checks between rows and tables, one file a subject. Each check is one function; each reports every fault it finds.

mod formulas;
mod names;
mod network;
mod recipes;
mod references;
mod units;

pub(super) use formulas::formulas;
pub(super) use names::names;
pub(super) use network::network;
pub(super) use recipes::{Whole, recipes, wholes};
pub(super) use references::references;
pub(super) use units::units;

use super::Atlas;
use super::problems::{Place, at};
use super::read::Sheet;
use linchpin_table::Message;
use std::collections::BTreeMap;

type Sheets = BTreeMap<&'static str, Sheet>;

/// A fault of a whole row, by its key.
fn row_problem(atlas: &Atlas, table: &str, key: &str, what: Message) -> linchpin_table::Problem {
    let sheet = atlas.sheet(table);
    let row = sheet.find(key).map(|r| r.line);
    at(&Place { file: &sheet.schema.file(), row, column: None, value: Some(key) }, what)
}
