//! A result: tables of Arrow columns with units, message ids and addresses, and the stamp that says how they came about.
//!
//! Nothing here renders and nothing here knows the domain. An [`Answer`] holds ids and numbers; sentences, scaled
//! numbers and colours are the renderer's. Every explained number has an address, `verb/table/key/column`.

mod address;
mod answer;
mod builder;
mod column;
mod lang;
mod message;
mod page;
mod problem;
mod status;
mod table;
mod unit;

pub use address::Address;
pub use answer::{Answer, Label, Stamp};
pub use builder::{IntoCell, TableBuilder};
pub use column::{Cells, Column, Draw, UnitOf};
pub use lang::{Lang, UnknownLang};
pub use message::{Arg, Message};
pub use page::{Basis, Evidence, Page};
pub use problem::Problem;
pub use status::Status;
pub use table::{Table, TableError};
pub use unit::{Unit, UnknownUnit};

/// The Arrow arrays that [`Cells`] is made of, so that a user of this crate needs no Arrow dependency of their own.
pub use arrow_array::{Array, Float64Array, Int64Array, RecordBatch, StringArray};
