//! The log of a world's events, for the diagnosis of a failed test.

use alloc::collections::VecDeque;
use core::fmt;

use super::name::{Name, Spot};
use io_core::barrier::Barrier;

/// The maximum number of events that are kept.
const KEPT: usize = 400;

/// An event in a world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Event {
    /// The driver stored to memory; the store is not yet visible to devices.
    Store(Spot, [u8; 8]),
    /// A store of the driver has reached memory.
    Visible(Spot, [u8; 8]),
    /// The driver loaded from memory and missed this number of newer values.
    Load {
        spot: Spot,
        bytes: [u8; 8],
        newer: usize,
    },
    Barrier(Barrier),
    /// A device read memory and missed a store of the driver.
    DeviceRead {
        who: Name,
        spot: Spot,
        bytes: [u8; 8],
        missed: Option<Spot>,
    },
    DeviceWrite {
        who: Name,
        spot: Spot,
        bytes: [u8; 8],
    },
    /// A hostile device changed a value that the driver loads a second time.
    Hostile(Spot, [u8; 8]),
    RegisterRead {
        spot: Spot,
        bytes: [u8; 8],
        relaxed: bool,
    },
    RegisterWrite {
        spot: Spot,
        bytes: [u8; 8],
        relaxed: bool,
    },
    /// A device performed a step, or had nothing to do.
    Step(Name, bool),
    Settled,
}

/// The last events, with equal consecutive events combined.
#[derive(Default)]
pub(super) struct Log {
    entries: VecDeque<(Event, usize)>,
    forgotten: usize,
}

impl Log {
    pub(super) fn push(&mut self, event: Event) {
        match self.entries.back_mut() {
            Some((last, count)) if *last == event => *count += 1,
            _ => self.entries.push_back((event, 1)),
        }
        if self.entries.len() > KEPT {
            self.entries.pop_front();
            self.forgotten += 1;
        }
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.forgotten != 0 {
            write!(f, "\n  ... {} earlier lines", self.forgotten)?;
        }
        for (event, count) in &self.entries {
            write!(f, "\n  {event}")?;
            if *count > 1 {
                write!(f, " (x{count})")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Event::Store(spot, bytes) => {
                write!(f, "driver stores {spot} = {:#x}, visible later", spot.number(bytes))
            }
            Event::Visible(spot, bytes) => {
                write!(f, "... {spot} = {:#x} is visible", spot.number(bytes))
            }
            Event::Load { spot, bytes, newer } => {
                write!(f, "driver loads {spot}: {:#x}", spot.number(bytes))?;
                match newer {
                    0 => Ok(()),
                    1 => f.write_str(", STALE: the device has stored once since"),
                    _ => write!(f, ", STALE: the device has stored {newer} times since"),
                }
            }
            Event::Barrier(kind) => kind.fmt(f),
            Event::DeviceRead { who, spot, bytes, missed } => {
                write!(f, "{who} reads {spot}: {:#x}", spot.number(bytes))?;
                match missed {
                    Some(store) => write!(f, ", WITHOUT the driver's store to {store}"),
                    None => Ok(()),
                }
            }
            Event::DeviceWrite { who, spot, bytes } => {
                write!(f, "{who} writes {spot} = {:#x}", spot.number(bytes))
            }
            Event::Hostile(spot, bytes) => {
                let number = spot.number(bytes);
                write!(f, "DOUBLE FETCH of {spot}: the device has changed it to {number:#x}")
            }
            Event::RegisterRead { spot, bytes, relaxed } => {
                let how = if relaxed { " (relaxed)" } else { "" };
                write!(f, "driver reads register {spot}{how}: {:#x}", spot.number(bytes))
            }
            Event::RegisterWrite { spot, bytes, relaxed } => {
                let how = if relaxed { " (relaxed)" } else { "" };
                write!(f, "driver writes register {spot}{how} = {:#x}", spot.number(bytes))
            }
            Event::Step(who, true) => write!(f, "{who} performed a step"),
            Event::Step(who, false) => write!(f, "{who} had no work"),
            Event::Settled => f.write_str("all stores are visible, all devices finish"),
        }
    }
}
