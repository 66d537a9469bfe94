//! Checks between rows and tables, one file a subject. Each check is one function; each reports every fault it finds.

mod formulas;
mod kinds;
mod names;
mod network;
mod owners;
mod places;
mod recipes;
mod references;
mod units;
mod wholes;

pub(super) use formulas::formulas;
pub(super) use kinds::{gates, substitutions, times};
pub(super) use names::{markets, names};
pub(super) use network::network;
pub(super) use owners::owners;
pub(super) use places::{controls, countries, groups};
pub(super) use recipes::{Whole, recipes, wholes};
pub(super) use references::references;
pub(super) use units::units;
pub(super) use wholes::{capacities, imports, lane_ends, lanes, market_shares};

use super::Atlas;
use super::problems::{Place, Problems, at};
use super::read::Sheet;
use linchpin_table::Message;
use std::collections::BTreeMap;

type Sheets = BTreeMap<&'static str, Sheet>;

/// Whether no row of a table has a fault: where one has, sums and lists of rows say nothing.
fn is_sound(sheet: &Sheet, problems: &Problems) -> bool {
    let file = sheet.schema.file();
    problems.iter().all(|p| p.file != file)
}

/// A fault of a whole row, by its key.
fn row_problem(atlas: &Atlas, table: &str, key: &str, what: Message) -> linchpin_table::Problem {
    let sheet = atlas.sheet(table);
    let row = sheet.find(key).map(|r| r.line);
    at(&Place { file: &sheet.schema.file(), row, column: None, value: Some(key) }, what)
}
