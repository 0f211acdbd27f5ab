//! What a recorder holds, and its text.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::field_addr::FieldAddr;
use io_core::{Width, backend::Order, barrier::Barrier};

/// How many bytes of a copy the text shows.
const SHOWN: usize = 16;

/// One thing that happened, as the driver asked for it.
///
/// Prints as one line: `RD edu.id 32 -> 0x010000ed`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// One access.
    Access {
        /// The register.
        addr: FieldAddr,
        /// The width of the access.
        width: Width,
        /// What it is ordered against.
        order: Order,
        /// A write, else a read.
        write: bool,
        /// The register's number, in the byte order of the field (native where
        /// the fields are not known); `None` if a read failed.
        value: Option<u64>,
        /// What the backend said if the access failed.
        error: Option<String>,
    },
    /// One copy; a fill is a copy of equal bytes.
    Copy {
        /// The first byte.
        addr: FieldAddr,
        /// How many bytes were to be copied.
        len: usize,
        /// The width that was asked for, if any.
        width: Option<Width>,
        /// What it is ordered against.
        order: Order,
        /// Into the view, else out of it.
        write: bool,
        /// The bytes that were copied: all, or those before the error.
        bytes: Vec<u8>,
        /// What the backend said if the copy failed.
        error: Option<String>,
    },
    /// One barrier.
    Barrier {
        /// The view that it was reached from.
        addr: FieldAddr,
        /// Which one.
        kind: Barrier,
    },
}

impl Event {
    /// Where it happened.
    #[inline]
    pub fn addr(&self) -> FieldAddr {
        match self {
            Event::Access { addr, .. } | Event::Copy { addr, .. } | Event::Barrier { addr, .. } => {
                *addr
            }
        }
    }
}

impl fmt::Display for Event {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Access { addr, width, order, write, value, error } => {
                write!(f, "{} {addr} {}", if *write { "WR" } else { "RD" }, width.bits())?;
                f.write_str(mark(*order))?;
                if let Some(value) = value {
                    let digits = 2 * width.bytes();
                    write!(f, " {} 0x{value:0digits$x}", arrow(*write))?;
                    addr.show(*value, f)?;
                }
                show_error(f, error)
            }
            Event::Copy { addr, len, width, order, write, bytes, error } => {
                write!(f, "{} {addr} {len} bytes", if *write { "CW" } else { "CR" })?;
                if let Some(width) = width {
                    write!(f, " by {}", width.bits())?;
                }
                f.write_str(mark(*order))?;
                show_bytes(f, arrow(*write), bytes)?;
                show_error(f, error)
            }
            Event::Barrier { kind, .. } => write!(f, "BARRIER {kind}"),
        }
    }
}

/// What the reader has to know: registers are ordered, memory is not.
fn mark(order: Order) -> &'static str {
    match order {
        Order::Relaxed => " relaxed",
        _ => "",
    }
}

fn arrow(write: bool) -> &'static str {
    if write { "<-" } else { "->" }
}

fn show_bytes(f: &mut fmt::Formatter<'_>, arrow: &str, bytes: &[u8]) -> fmt::Result {
    if !bytes.is_empty() {
        write!(f, " {arrow}")?;
    }
    for byte in bytes.iter().take(SHOWN) {
        write!(f, " {byte:02x}")?;
    }
    f.write_str(if bytes.len() > SHOWN { " …" } else { "" })
}

fn show_error(f: &mut fmt::Formatter<'_>, error: &Option<String>) -> fmt::Result {
    match error {
        Some(error) => write!(f, " !! {error}"),
        None => Ok(()),
    }
}

/// An event, and how often it happened in a row.
///
/// Prints as the event's line, with ` (x12)` if it happened more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// How often, without another event between.
    pub count: usize,
}

impl fmt::Display for Entry {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.event.fmt(f)?;
        match self.count {
            1 => Ok(()),
            count => write!(f, " (x{count})"),
        }
    }
}
