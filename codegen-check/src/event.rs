//! What a function does that others can see.

use core::fmt;

use crate::effect::{Form, Kind};
use crate::value::{Value, origin};

/// Whose memory is accessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Shared,
    Private,
    Stack,
    Program,
    /// Derived from pointers of several sides.
    Several,
    /// Derived from no pointer that the function was given.
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

/// Something that a function does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Event {
    Access {
        side: Side,
        kind: Kind,
        bits: u32,
        /// Bytes from where the pointer points; unknown after an index.
        offset: Option<i64>,
        form: Form,
    },
    Fence(String),
    /// A branch that makes what follows wait for the loaded value; whether it
    /// really depends on it.
    Dependency(bool),
    /// A call of a function that is defined elsewhere.
    Call(String),
    /// `memcpy` and kin: destination and source.
    Library(String, Side, Side),
    /// These, again and again.
    Loop(Vec<Event>),
}

impl Event {
    /// Whether it is about the shared side.
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
            Event::Dependency(false) => f.write_str("branch on nothing"),
            Event::Call(name) => write!(f, "call {name}"),
            Event::Library(name, to, from) => {
                write!(f, "{name} from {from:?} to {to:?}")
            }
            Event::Loop(events) => write!(f, "loop {{ {} }}", Sequence(events)),
        }
    }
}

/// Events in their order, for printing.
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
