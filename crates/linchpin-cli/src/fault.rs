//! What can go wrong in the program, as a message a user can act on.

use linchpin_render::RenderError;
use linchpin_table::{Message, Problem};

/// A fault that ends the program with exit code 2.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Faults in files a user gave.
    Problems(Vec<Problem>),
    /// Anything else, in words.
    Message(Message),
}

impl From<RenderError> for Fault {
    fn from(e: RenderError) -> Fault {
        internal(&e)
    }
}

impl From<linchpin_table::TableError> for Fault {
    fn from(e: linchpin_table::TableError) -> Fault {
        internal(&e)
    }
}

impl From<linchpin::book::BookError> for Fault {
    fn from(e: linchpin::book::BookError) -> Fault {
        internal(&e)
    }
}

/// A fault of ours.
pub(crate) fn internal(e: &dyn std::error::Error) -> Fault {
    Fault::Message(Message::new("error-internal").text("reason", e.to_string()))
}
