//! The externally visible actions of a function.

use core::fmt;

use crate::effect::{Form, Kind};
use crate::value::{Value, origin};

/// The owner of the memory that is accessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Shared,
    Private,
    Stack,
    Program,
    /// Derived from pointers of several owners.
    Several,
    /// Not derived from any pointer passed to the function.
    Unknown,
}

impl Side {
    /// The side of an address.
    pub(crate) fn of(address: Value) -> Self {
        match address.origins & origin::POINTERS {
            origin::SHARED => Side::Shared,
            origin::PRIVATE => Side::Private,
            origin::STACK => Side::Stack,
            origin::PROGRAM => Side::Program,
            0 => Side::Unknown,
            _ => Side::Several,
        }
    }
}

/// An action of a function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Event {
    Access {
        side: Side,
        kind: Kind,
        bits: u32,
        /// Distance in bytes from the pointer that was passed; unknown after an index.
        offset: Option<i64>,
        form: Form,
    },
    Fence(String),
    /// A branch that makes later accesses wait for the loaded value. The `bool` is `true` if the
    /// branch depends on that value.
    Dependency(bool),
    /// A call of a function that is not in the listing.
    Call(String),
    /// `memcpy` and similar functions, with the sides of destination and source.
    Library(String, Side, Side),
    /// These events, repeated.
    Loop(Vec<Event>),
}

impl Event {
    /// Returns whether the event concerns shared memory.
    pub(crate) fn is_shared(&self) -> bool {
        match self {
            Event::Access { side, .. } => *side == Side::Shared,
            Event::Loop(events) => events.iter().any(Self::is_shared),
            _ => false,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Access { side, kind, bits, offset, form } => {
                let side = format!("{side:?}").to_lowercase();
                let kind = format!("{kind:?}").to_lowercase();
                write!(f, "{kind}{bits} {side}")?;
                match offset {
                    Some(offset) => write!(f, "+{offset:#x}")?,
                    None => f.write_str("+?")?,
                }
                match form {
                    Form::Plain => Ok(()),
                    form => write!(f, " ({})", format!("{form:?}").to_lowercase()),
                }
            }
            Event::Fence(text) => f.write_str(text),
            Event::Dependency(true) => f.write_str("branch on the value"),
            Event::Dependency(false) => f.write_str("branch on constants"),
            Event::Call(name) => write!(f, "call {name}"),
            Event::Library(name, to, from) => {
                write!(f, "{name} from {from:?} to {to:?}")
            }
            Event::Loop(events) => write!(f, "loop {{ {} }}", Sequence(events)),
        }
    }
}

/// Events in order, for printing.
pub(crate) struct Sequence<'a>(pub(crate) &'a [Event]);

impl fmt::Display for Sequence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (i, event) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "; " };
            write!(f, "{comma}{event}")?;
        }
        Ok(())
    }
}
