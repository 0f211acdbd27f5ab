//! One byte of memory with its past.

use alloc::vec::Vec;

/// How often the driver may miss newer values in a row: then it sees the newest, so that
/// polling ends.
const MAX_MISSES: u8 = 2;

/// A value that a byte took.
#[derive(Clone, Copy)]
pub(super) struct Message {
    /// When; 0 is the start of the world.
    pub(super) time: u64,
    pub(super) value: u8,
    /// Whether a device stored it.
    pub(super) device: bool,
}

/// One byte of memory.
///
/// # Invariants
///
/// The history is ascending in time.
#[derive(Clone, Default)]
pub(super) struct Byte {
    history: Vec<Message>,
    /// The driver has seen this time here, and sees nothing older (coherence).
    floor: u64,
    /// How often the driver has missed something newer since.
    missed: u8,
    /// The time of what the driver has loaded last.
    fetched: Option<u64>,
}

impl Byte {
    const START: Message = Message { time: 0, value: 0, device: false };

    /// Takes a new value; `floor` is what the driver's barriers have reached.
    pub(super) fn push(&mut self, message: Message, floor: u64) {
        // Nobody will see what is older than the newest up to here.
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

    /// The value at a time.
    pub(super) fn at(&self, time: u64) -> Message {
        let seen = self.history.iter().rev().find(|message| message.time <= time);
        seen.copied().unwrap_or(Self::START)
    }

    /// The times after `low` at which the byte changed.
    pub(super) fn changes(&self, low: u64) -> impl Iterator<Item = u64> {
        self.history.iter().map(|message| message.time).filter(move |&time| time > low)
    }

    /// The oldest time at which the driver may look.
    pub(super) fn low(&self) -> u64 {
        if self.missed < MAX_MISSES { self.floor } else { self.newest().time }
    }

    /// The driver has loaded `message`; whether it had before.
    pub(super) fn load(&mut self, message: Message) -> bool {
        self.missed = if message.time < self.newest().time { self.missed + 1 } else { 0 };
        self.floor = message.time;
        self.fetched.replace(message.time) == Some(message.time)
    }
}
