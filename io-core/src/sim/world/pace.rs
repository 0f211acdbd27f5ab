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
/// How many accesses a run has at most.
const ACCESSES: u32 = 1_000_000;

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
    /// Of each device.
    declined: Vec<u32>,
}

impl State {
    /// The driver reaches a point.
    ///
    /// # Panics
    ///
    /// If it has done so a million times: nothing will end its loop.
    pub(super) fn reach(&mut self, point: Point) {
        let pace = &mut self.pace;
        // Flushes are no polls, and a poll may have some between.
        if point != Point::Flush {
            pace.repeats = if pace.last == Some(point) { pace.repeats + 1 } else { 0 };
            pace.last = Some(point);
        }
        pace.accesses += 1;
        assert!(
            pace.accesses < ACCESSES,
            "the driver has made {ACCESSES} accesses in this run, the last of them {point:x?}: \
             it polls for what never comes"
        );
    }

    /// Whether a device does something now, after it has done `steps` here.
    pub(super) fn lets_step(&mut self, device: usize, steps: u32) -> bool {
        let pace = &mut self.pace;
        if pace.declined.len() <= device {
            pace.declined.resize(device + 1, 0);
        }
        let late = pace.repeats > REPEATS || pace.declined[device] >= DECLINED;
        let steps = match steps {
            0 if late => true,
            STEPS.. => false,
            _ => self.choose(2) == 1,
        };
        let declined = &mut self.pace.declined[device];
        *declined = if steps { 0 } else { *declined + 1 };
        steps
    }
}
