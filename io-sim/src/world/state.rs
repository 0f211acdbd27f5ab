//! The memory of a machine, and the values of it that driver and devices have seen.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    blocks::Blocks,
    choices::Choices,
    log::{Event, Log},
    name::Spot,
    scheduler::Scheduler,
    stores::Stores,
};
use io_core::barrier::Barrier;

/// The state of a world. Times are counted: one for each value that reached memory.
pub(super) struct State {
    pub(super) choices: Choices,
    pub(super) log: Log,
    pub(super) blocks: Blocks,
    pub(super) stores: Stores,
    pub(super) scheduler: Scheduler,
    /// The number of changes that a device could observe.
    pub(super) changes: u64,
    /// The newest time.
    pub(super) now: u64,
    /// The driver loads no older value, because of its read barriers.
    pub(super) floor: u64,
    /// The time of the newest store of a device that the driver has loaded from memory.
    pub(super) seen: u64,
    /// The newest time at which the driver has read a register.
    pub(super) seen_by_register: u64,
    pub(super) hostile: bool,
    /// The bytes that the driver has loaded more than once, and the number of loads.
    pub(super) fetches: Vec<(Spot, usize)>,
    /// The world is settling: the adversary makes no decisions.
    pub(super) settled: bool,
}

impl State {
    pub(super) fn new(choices: Choices) -> Self {
        Self {
            choices,
            log: Log::default(),
            blocks: Blocks::new(),
            stores: Stores::default(),
            scheduler: Scheduler::default(),
            changes: 0,
            now: 0,
            floor: 0,
            seen: 0,
            seen_by_register: 0,
            hostile: false,
            fetches: Vec::new(),
            settled: false,
        }
    }

    /// Chooses one of `of` alternatives; while the world settles, the first one, which makes stores
    /// visible.
    pub(super) fn choose(&mut self, of: usize) -> usize {
        if self.settled { 0 } else { self.choices.choose(of) }
    }

    /// Returns the bytes as a location that the log can show.
    pub(super) fn spot(&self, range: &Range<usize>) -> Option<Spot> {
        self.blocks.spot(range)
    }

    /// Performs a barrier of the driver.
    pub(super) fn barrier(&mut self, kind: Barrier) {
        self.log.push(Event::Barrier(kind));
        match kind {
            Barrier::DmaWmb => self.stores.start_epoch(),
            Barrier::Wmb => self.stores.start_epoch_of_registers(),
            Barrier::DmaRmb => self.floor = self.floor.max(self.seen),
            Barrier::Rmb => self.floor = self.floor.max(self.seen).max(self.seen_by_register),
            Barrier::Mb | Barrier::DmaMb => {
                self.make_visible(|_| true);
                self.floor = self.now;
            }
        }
    }

    /// Called before a register write of the driver: makes the stores visible that are ordered
    /// before it.
    pub(super) fn before_register_write(&mut self, relaxed: bool) {
        self.changes += 1;
        let limit = if relaxed { self.stores.before_registers() } else { u64::MAX };
        self.make_visible(|store| store.number < limit);
    }

    /// Called after a register read of the driver.
    pub(super) fn after_register_read(&mut self, relaxed: bool) {
        self.changes += 1;
        self.seen_by_register = self.now;
        if !relaxed {
            self.floor = self.now;
        }
    }

    /// Starts or ends settling, during which driver and devices see all stores at once.
    pub(super) fn settle(&mut self, settled: bool) {
        if settled {
            self.log.push(Event::Settled);
            self.make_visible(|_| true);
        }
        self.floor = self.now;
        self.settled = settled;
    }
}
