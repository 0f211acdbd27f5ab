//! Violations of rules, and the earlier events that their messages show.

use alloc::{collections::VecDeque, string::ToString};
use core::fmt;

use io_core::backend::Order;

use crate::{
    field_addr::FieldAddr,
    trace::{Entry, Event},
    write_back::dropped,
};

/// The number of earlier events that a message shows.
const SHOWN_EVENTS: usize = 16;

/// A rule violation of a driver.
///
/// Prints as one line: `WR uart.data 8: the register has 32 bits`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The register or field: that of the event, a part of the copied bytes, or one that was
    /// written before.
    pub addr: FieldAddr,
    /// The access or copy.
    pub event: Event,
    /// The violated rule.
    pub kind: ViolationKind,
}

/// The rule that an access or copy violates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// The access is narrower or wider than the register.
    Width {
        /// The register's width.
        bits: u32,
    },
    /// The access does not start at the start of a register, or ends inside one.
    Misaligned {
        /// Bytes from the start of the register to the start of the access.
        within: usize,
        /// The register's width.
        bits: u32,
    },
    /// The data sheet declares nothing at this offset.
    Outside,
    /// The data sheet reserves the bytes.
    Reserved,
    /// A read of a write-only register.
    WriteOnly,
    /// A write to a read-only register.
    ReadOnly,
    /// Write-one-to-clear bits that are written back together with other changes.
    OneToClear {
        /// The bits that are cleared unintentionally.
        pending: u64,
    },
    /// Bits that the driver gave in a write and that were not written, since a written value is a
    /// command to them.
    Dropped {
        /// The bits.
        bits: u64,
    },
    /// A write to a read-to-clear register that was read before.
    ReadToClear,
    /// Reserved bits that are written as one.
    ReservedBits {
        /// The bits that are written as one.
        bits: u64,
    },
    /// Reserved bits that are written with another value than was read.
    NotPreserved {
        /// The bits that differ.
        bits: u64,
    },
    /// A write to reserved bits that must keep their values, without an earlier read.
    NotRead {
        /// The reserved bits.
        bits: u64,
    },
    /// Memory that the device cannot address.
    DmaMask {
        /// The address of its first byte.
        address: u64,
        /// Its length, if a rule names it.
        len: Option<u64>,
        /// The number of address bits of the device.
        bits: u32,
    },
    /// Memory that the device owns.
    DeviceOwned,
    /// A doorbell that the device may see before the stores that it announces.
    Doorbell {
        /// The number of stores that no barrier has ordered.
        stores: usize,
        /// The last of these stores.
        last: FieldAddr,
    },
    /// A store that hands memory over and that the device may see before the contents of that
    /// memory.
    Published {
        /// The number of stores that no barrier has ordered.
        stores: usize,
        /// The last of these stores.
        last: FieldAddr,
    },
    /// A read whose value may be older than that of the field that reports the data as ready.
    Consumed {
        /// The field that reports the data as ready.
        by: FieldAddr,
    },
}

impl fmt::Display for Violation {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (addr, mut thing) = (self.addr, "register");
        match &self.event {
            Event::Access { addr: accessed, width, write, order, .. } => {
                write!(f, "{} {accessed} {}", if *write { "WR" } else { "RD" }, width.bits())?;
                if accessed.offset != addr.offset {
                    write!(f, " after {addr}")?;
                }
                if *order == Order::Memory {
                    thing = "field";
                }
            }
            Event::Copy { addr: start, len, write, order, .. } => {
                write!(f, "{} {start} {len} bytes", if *write { "CW" } else { "CR" })?;
                if start.to_string() != addr.to_string() {
                    write!(f, ", {addr}")?;
                }
                if *order == Order::Memory {
                    thing = "field";
                }
            }
            Event::Dropped { addr, width, .. } => write!(f, "WR {addr} {}", width.bits())?,
            Event::Barrier { .. } => write!(f, "{}", self.event)?,
        }
        f.write_str(": ")?;
        self.kind.fmt_of(thing, f)
    }
}

impl ViolationKind {
    /// Writes the violated rule; `thing` names the target of the access.
    fn fmt_of(&self, thing: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ViolationKind::Width { bits } => write!(f, "the {thing} has {bits} bits"),
            ViolationKind::Misaligned { within: 0, bits } => {
                write!(f, "the access ends inside the {thing} of {bits} bits")
            }
            ViolationKind::Misaligned { within, bits } => {
                write!(f, "the access starts at byte {within} of the {thing} of {bits} bits")
            }
            ViolationKind::Outside => f.write_str("there is no field at this offset"),
            ViolationKind::Reserved => f.write_str("the bytes are reserved"),
            ViolationKind::WriteOnly => write!(f, "the {thing} is write-only"),
            ViolationKind::ReadOnly => write!(f, "the {thing} is read-only"),
            ViolationKind::OneToClear { pending } => write!(
                f,
                "read-modify-write of a write-one-to-clear register would clear pending \
                 {pending:#x} as well"
            ),
            ViolationKind::Dropped { bits } => dropped(*bits, f),
            ViolationKind::ReadToClear => f.write_str(
                "read-modify-write of a read-to-clear register: the read has cleared it",
            ),
            ViolationKind::ReservedBits { bits } => {
                write!(f, "the reserved bits {bits:#x} are set")
            }
            ViolationKind::NotPreserved { bits } => {
                write!(f, "the reserved bits {bits:#x} are not written back as they were read")
            }
            ViolationKind::NotRead { bits } => {
                write!(f, "the reserved bits {bits:#x} must keep their values, but were not read")
            }
            ViolationKind::DmaMask { address, len, bits } => {
                write!(f, "the device has {bits} address bits: it cannot reach ")?;
                match len {
                    Some(len) => write!(f, "{len:#x} bytes at {address:#x}"),
                    None => write!(f, "{address:#x}"),
                }
            }
            ViolationKind::DeviceOwned => {
                f.write_str("access after hand-over: the device owns the memory")
            }
            ViolationKind::Doorbell { stores, last } => {
                too_early(*stores, "wmb", "relaxed doorbell write", *last, f)
            }
            ViolationKind::Published { stores, last } => {
                too_early(*stores, "dma_wmb", "hand-over", *last, f)
            }
            ViolationKind::Consumed { by } => {
                write!(
                    f,
                    "no dma_rmb since the read of {by}: this value may be older than that one"
                )
            }
        }
    }
}

fn too_early(
    stores: usize,
    barrier: &str,
    write: &str,
    last: FieldAddr,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let s = if stores == 1 { "" } else { "s" };
    write!(
        f,
        "{stores} store{s} without {barrier} before this {write}: the device may see it before \
         {last}"
    )
}

/// The last events before a violation; equal consecutive events share one line.
#[derive(Default)]
pub(super) struct History(VecDeque<Entry>);

impl History {
    pub(super) fn push(&mut self, event: Event) {
        if let Some(last) = self.0.back_mut().filter(|last| last.event == event) {
            last.count += 1;
            return;
        }
        if self.0.len() == SHOWN_EVENTS {
            self.0.pop_front();
        }
        self.0.push_back(Entry { event, count: 1 });
    }
}

/// One line for each event, each preceded by a line end.
impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_empty() {
            f.write_str("\npreceding events:")?;
        }
        self.0.iter().try_for_each(|entry| write!(f, "\n  {entry}"))
    }
}
