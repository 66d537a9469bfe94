//! Other people's files, read as they are kept: bills of materials, vendor lists and stock.
//!
//! **file → sheets of cells → columns with a role → lines → a tree of parts → items of the atlas → an atlas of one's own.**
//! Nothing is dropped on the way: what is not understood is kept with its text and asked about.

mod answered;
pub mod archetype;
mod asked;
pub mod beside;
pub mod bom;
mod checks;
pub mod column;
pub mod companies;
pub mod contents;
pub mod cost;
pub mod design;
pub mod file;
pub mod import;
mod left_out;
pub mod listed;
pub mod mapping;
pub mod model;
pub mod number;
mod numbers;
pub mod overlay;
mod points;
pub mod price;
mod price_lists;
pub mod quantity;
mod questionnaire;
mod report;
pub mod revisions;
mod said;
pub mod sheet;
pub mod stand_in;
pub mod stock;
pub mod table;
mod traits;
pub mod vendors;
