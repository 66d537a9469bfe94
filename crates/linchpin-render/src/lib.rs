//! An [`Answer`] to what people and programs read: terminal, JSON, CSV, Markdown, XLSX, HTML; in English and Chinese.
//!
//! Renderers never compute. They look up messages and labels, scale numbers and lay out; an id without a message or a
//! label is an error, never a blank. Data formats (JSON, CSV) carry base units, full precision and English keys in every
//! language. Terminal and Markdown scale numbers and merge a value with its range; XLSX keeps numbers as numbers.

mod csv;
mod error;
pub mod format;
mod html;
mod json;
mod markdown;
mod messages;
mod output;
mod picture;
mod problems;
mod terminal;
mod text;
mod view;
mod xlsx;

pub use crate::csv::{csv, csv_table};
pub use error::RenderError;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use messages::Messages;
pub use output::{Format, UnknownFormat, render};
pub use picture::{picture, pictures};
pub use problems::problems;
pub use terminal::{TerminalOptions, terminal};
pub use xlsx::xlsx;

#[cfg(doc)]
use linchpin_table::Answer;
