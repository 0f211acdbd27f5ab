//! The scheduler: decides when devices perform a step.

use alloc::vec::Vec;

use super::state::State;

/// The number of times that the driver may repeat an operation before devices must perform a step,
/// so that polling ends.
const REPEATS: u32 = 1;
/// The number of operations of the driver after which a waiting device must perform a step.
const DECLINED: u32 = 16;
/// The maximum number of steps of a device between two accesses of the driver.
const STEPS: u32 = 3;
/// The maximum number of consecutive repetitions of one operation of the driver.
const POLLS: u32 = 100_000;
/// The maximum number of accesses of a run.
const ACCESSES: u32 = 10_000_000;

/// The next operation of the driver, before which devices may perform steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    /// A load from memory.
    Load { address: usize, len: usize },
    /// A read of a device's register.
    Register { device: usize, offset: usize },
    /// An operation that makes stores of the driver visible.
    Flush,
}

/// The operations of the driver and of each device so far, as far as schedules depend on them.
#[derive(Default)]
pub(super) struct Scheduler {
    last: Option<Point>,
    repeats: u32,
    accesses: u32,
    devices: Vec<DeviceState>,
}

/// The time for which one device has waited.
#[derive(Clone, Default)]
struct DeviceState {
    declined: u32,
    /// The number of changes of the world when the device had nothing to do.
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
    /// Records that the driver reaches a point.
    ///
    /// # Panics
    ///
    /// * The driver exceeds the limit of repetitions or accesses, because its loop will not end.
    pub(super) fn reach(&mut self, point: Point) {
        let scheduler = &mut self.scheduler;
        // Flushes are not polls, and there may be flushes between the accesses of a poll.
        if point != Point::Flush {
            scheduler.repeats =
                if scheduler.last == Some(point) { scheduler.repeats + 1 } else { 0 };
            scheduler.last = Some(point);
        }
        scheduler.accesses += 1;
        assert!(
            scheduler.repeats < POLLS && scheduler.accesses < ACCESSES,
            "the driver does not stop polling: {} accesses, the last is {point:x?}",
            scheduler.accesses,
        );
    }

    /// Returns whether a device performs a step now, after `steps` steps at this point.
    pub(super) fn lets_step(&mut self, device: usize, steps: u32) -> bool {
        let state = self.scheduler.device(device);
        let (declined, idle) = (state.declined, state.idle);
        let late = self.scheduler.repeats > REPEATS || declined >= DECLINED;
        // Without a change, the device would again have nothing to do, so there is nothing to
        // decide.
        let idle = idle == Some(self.changes);
        let steps = match steps {
            0 if late => true,
            STEPS.. => false,
            _ => !idle && self.choose(2) == 1,
        };
        self.scheduler.device(device).declined = if steps { 0 } else { declined + 1 };
        steps
    }

    /// Records that a device had nothing to do after `changes` changes of the world. If it has
    /// missed a store, the number of changes has increased since then.
    pub(super) fn is_idle(&mut self, device: usize, changes: u64) {
        self.scheduler.device(device).idle = Some(changes);
    }
}
