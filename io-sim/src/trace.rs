//! The entries of a recorder and their text.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::field_addr::FieldAddr;
use io_core::{Width, backend::Order, barrier::Barrier};

/// The maximum number of bytes of a copy that the text shows.
const SHOWN: usize = 16;

/// One operation, as requested by the driver.
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
        /// The ordering of the access.
        order: Order,
        /// `true` for a write, `false` for a read.
        write: bool,
        /// The register's number, in the byte order of the field (native if the fields are not
        /// known); `None` if a read failed.
        value: Option<u64>,
        /// The backend's error if the access failed.
        error: Option<String>,
    },
    /// One copy; a fill is a copy of equal bytes.
    Copy {
        /// The first byte.
        addr: FieldAddr,
        /// The requested number of bytes.
        len: usize,
        /// The requested width, if any.
        width: Option<Width>,
        /// The ordering of the copy.
        order: Order,
        /// `true` for a copy into the view, `false` for a copy out of it.
        write: bool,
        /// The bytes that were copied: all, or those before the error.
        bytes: Vec<u8>,
        /// The backend's error if the copy failed.
        error: Option<String>,
    },
    /// Bits that the driver gave in a write and that the write after it does not contain, since a
    /// written value is a command to them.
    Dropped {
        /// The register.
        addr: FieldAddr,
        /// Its width.
        width: Width,
        /// The bits, in the byte order of the field.
        bits: u64,
    },
    /// One barrier.
    Barrier {
        /// The view on which it was called.
        addr: FieldAddr,
        /// The kind of barrier.
        kind: Barrier,
    },
}

impl Event {
    /// Returns the address of the operation.
    #[inline]
    pub fn addr(&self) -> FieldAddr {
        match self {
            Event::Access { addr, .. }
            | Event::Copy { addr, .. }
            | Event::Dropped { addr, .. }
            | Event::Barrier { addr, .. } => *addr,
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
            Event::Dropped { addr, width, bits } => {
                let (bits_of, digits) = (width.bits(), 2 * width.bytes());
                write!(f, "DROPPED {addr} {bits_of} 0x{bits:0digits$x}")
            }
            Event::Barrier { kind, .. } => write!(f, "BARRIER {kind}"),
        }
    }
}

/// Returns the text for an access whose ordering is not the default one. By default, accesses to
/// registers are ordered and accesses to memory are not.
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

/// An event and the number of its consecutive repetitions.
///
/// Prints as the event's line, with ` (x12)` if it happened more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// The number of times it happened without another event in between.
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
