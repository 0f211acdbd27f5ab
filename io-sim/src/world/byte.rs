//! One byte of memory and the history of its values.

use alloc::vec::Vec;

/// The number of consecutive loads of the driver that may miss newer values. The next load sees the
/// newest value, so that polling ends.
const MAX_MISSES: u8 = 2;

/// A value that a byte has had.
#[derive(Clone, Copy)]
pub(super) struct Message {
    /// The time at which the value was stored; 0 is the start of the world.
    pub(super) time: u64,
    pub(super) value: u8,
    /// `true` if a device stored it.
    pub(super) device: bool,
}

/// One byte of memory.
///
/// # Invariants
///
/// The history is in ascending order of time.
#[derive(Clone, Default)]
pub(super) struct Byte {
    history: Vec<Message>,
    /// The time that the driver has seen here. It sees no older value (coherence).
    floor: u64,
    /// The number of consecutive loads that have missed a newer value.
    missed: u8,
    /// The time of the value that the driver loaded last.
    fetched: Option<u64>,
}

impl Byte {
    const START: Message = Message { time: 0, value: 0, device: false };

    /// Appends a new value; `floor` is the time that the driver's barriers have reached.
    pub(super) fn push(&mut self, message: Message, floor: u64) {
        // Values older than the newest one at or before `low` can no longer be loaded.
        let low = self.floor.max(floor);
        let old = self.history.iter().rposition(|message| message.time <= low).unwrap_or(0);
        self.history.drain(..old);
        if !message.device {
            self.floor = message.time;
        }
        self.history.push(message);
    }

    pub(super) fn newest(&self) -> Message {
        self.history.last().copied().unwrap_or(Self::START)
    }

    /// Returns the value at a time.
    pub(super) fn at(&self, time: u64) -> Message {
        let seen = self.history.iter().rev().find(|message| message.time <= time);
        seen.copied().unwrap_or(Self::START)
    }

    /// Returns the times after `low` at which the byte changed.
    pub(super) fn changes(&self, low: u64) -> impl Iterator<Item = u64> {
        self.history.iter().map(|message| message.time).filter(move |&time| time > low)
    }

    /// Returns the oldest time whose value the driver may load.
    pub(super) fn low(&self) -> u64 {
        if self.missed < MAX_MISSES { self.floor } else { self.newest().time }
    }

    /// Records that the driver has loaded `message`; returns whether it had loaded it before.
    pub(super) fn load(&mut self, message: Message) -> bool {
        self.missed = if message.time < self.newest().time { self.missed + 1 } else { 0 };
        self.floor = message.time;
        self.fetched.replace(message.time) == Some(message.time)
    }
}
