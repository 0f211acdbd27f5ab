//! When devices do something on their own.

use alloc::vec::Vec;

use super::state::State;

/// How often the driver may do the same once more before devices must move, so
/// that polling ends.
const REPEATS: u32 = 1;
/// How much the driver may do before devices must move.
const DECLINED: u32 = 16;
/// How much a device may do between two accesses of the driver.
const STEPS: u32 = 3;
/// How often the driver may do the same in a row.
const POLLS: u32 = 100_000;
/// How many accesses a run has at most.
const ACCESSES: u32 = 10_000_000;

/// What the driver is about to do, and what devices might come before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    /// It loads from memory.
    Load { address: usize, len: usize },
    /// It reads a register of a device.
    Register { device: usize, offset: usize },
    /// It does what makes its stores visible.
    Flush,
}

/// How long devices have waited.
#[derive(Default)]
pub(super) struct Pace {
    last: Option<Point>,
    repeats: u32,
    accesses: u32,
    devices: Vec<Patience>,
}

/// How long one device has waited.
#[derive(Clone, Default)]
struct Patience {
    declined: u32,
    /// It has found nothing to do when the world had changed so often.
    idle: Option<u64>,
}

impl Pace {
    fn of(&mut self, device: usize) -> &mut Patience {
        if self.devices.len() <= device {
            self.devices.resize(device + 1, Patience::default());
        }
        &mut self.devices[device]
    }
}

impl State {
    /// The driver reaches a point.
    ///
    /// # Panics
    ///
    /// If nothing will end its loop.
    pub(super) fn reach(&mut self, point: Point) {
        let pace = &mut self.pace;
        // Flushes are no polls, and a poll may have some between.
        if point != Point::Flush {
            pace.repeats = if pace.last == Some(point) { pace.repeats + 1 } else { 0 };
            pace.last = Some(point);
        }
        pace.accesses += 1;
        assert!(
            pace.repeats < POLLS && pace.accesses < ACCESSES,
            "the driver polls for what never comes: {} accesses, the last of them {point:x?}",
            pace.accesses,
        );
    }

    /// Whether a device does something now, after it has done `steps` here.
    pub(super) fn lets_step(&mut self, device: usize, steps: u32) -> bool {
        let waited = self.pace.of(device);
        let (declined, idle) = (waited.declined, waited.idle);
        let late = self.pace.repeats > REPEATS || declined >= DECLINED;
        // Asked again, it would find nothing again: no decision.
        let idle = idle == Some(self.changes);
        let steps = match steps {
            0 if late => true,
            STEPS.. => false,
            _ => !idle && self.choose(2) == 1,
        };
        self.pace.of(device).declined = if steps { 0 } else { declined + 1 };
        steps
    }

    /// A device has found nothing to do, when the world had changed so often. If
    /// it has missed a store, that has changed since.
    pub(super) fn is_idle(&mut self, device: usize, changes: u64) {
        self.pace.of(device).idle = Some(changes);
    }
}
