//! The scheduler: decides when devices do something on their own.

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

/// What the driver and each device have done up to now, as far as schedules depend on it.
#[derive(Default)]
pub(super) struct Scheduler {
    last: Option<Point>,
    repeats: u32,
    accesses: u32,
    devices: Vec<DeviceState>,
}

/// How long one device has waited.
#[derive(Clone, Default)]
struct DeviceState {
    declined: u32,
    /// The number of changes of the world when the device found nothing to do.
    idle: Option<u64>,
}

impl Scheduler {
    fn device(&mut self, device: usize) -> &mut DeviceState {
        if self.devices.len() <= device {
            self.devices.resize(device + 1, DeviceState::default());
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
        let scheduler = &mut self.scheduler;
        // Flushes are no polls, and a poll may have some between.
        if point != Point::Flush {
            scheduler.repeats =
                if scheduler.last == Some(point) { scheduler.repeats + 1 } else { 0 };
            scheduler.last = Some(point);
        }
        scheduler.accesses += 1;
        assert!(
            scheduler.repeats < POLLS && scheduler.accesses < ACCESSES,
            "the driver polls for what never comes: {} accesses, the last of them {point:x?}",
            scheduler.accesses,
        );
    }

    /// Whether a device does something now, after it has done `steps` here.
    pub(super) fn lets_step(&mut self, device: usize, steps: u32) -> bool {
        let state = self.scheduler.device(device);
        let (declined, idle) = (state.declined, state.idle);
        let late = self.scheduler.repeats > REPEATS || declined >= DECLINED;
        // Asked again, it would find nothing again: no decision.
        let idle = idle == Some(self.changes);
        let steps = match steps {
            0 if late => true,
            STEPS.. => false,
            _ => !idle && self.choose(2) == 1,
        };
        self.scheduler.device(device).declined = if steps { 0 } else { declined + 1 };
        steps
    }

    /// A device has found nothing to do after `changes` changes of the world. If it has
    /// missed a store, there were more changes since.
    pub(super) fn is_idle(&mut self, device: usize, changes: u64) {
        self.scheduler.device(device).idle = Some(changes);
    }
}
