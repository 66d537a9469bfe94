//! What can go wrong in the program, as a message a user can act on.

use linchpin_render::RenderError;
use linchpin_table::{Message, Problem};

/// A fault that ends the program.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Faults in files a user gave.
    Problems(Vec<Problem>),
    /// Everything that is wrong with what a user typed.
    Messages(Vec<Message>),
    /// A fault of ours, in words for its report.
    Internal(String),
}

/// Exit code if something given is wrong.
pub(crate) const GIVEN: u8 = 2;
/// Exit code if the program is wrong: EX_SOFTWARE of sysexits.h.
pub(crate) const SOFTWARE: u8 = 70;

impl Fault {
    /// One thing that is wrong with what a user typed.
    pub(crate) fn message(message: Message) -> Fault {
        Fault::Messages(vec![message])
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Fault::Problems(_) | Fault::Messages(_) => GIVEN,
            Fault::Internal(_) => SOFTWARE,
        }
    }
}

impl From<RenderError> for Fault {
    fn from(e: RenderError) -> Fault {
        internal(&e)
    }
}

impl From<linchpin_table::TableError> for Fault {
    fn from(e: linchpin_table::TableError) -> Fault {
        match e {
            // Figures are finite, so a number that is not has grown beyond all bounds on its way.
            linchpin_table::TableError::NotFinite { .. } => Fault::message(Message::new("error-overflow")),
            e => internal(&e),
        }
    }
}

impl From<linchpin::book::BookError> for Fault {
    fn from(e: linchpin::book::BookError) -> Fault {
        match e {
            linchpin::book::BookError::Table(e) => e.into(),
            linchpin::book::BookError::Cancelled(_) => Fault::message(Message::new("error-cancelled")),
        }
    }
}

/// A fault of ours.
pub(crate) fn internal(e: &dyn std::error::Error) -> Fault {
    Fault::Internal(e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_has_an_exit_code_of_its_own() {
        let label = RenderError::UnknownLabel { id: "nd".to_owned() };
        assert_eq!(Fault::from(label).code(), 70);
        assert_eq!(Fault::message(Message::new("error-binary")).code(), 2);
        assert_eq!(Fault::Problems(vec![]).code(), 2);
    }
}
