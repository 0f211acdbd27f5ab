//! Stores of the driver that are not yet visible.

use alloc::vec::Vec;
use core::{mem, ops::Range};

use super::{byte::Message, log::Event, state::State};
use io_core::Width;

/// The number of times that a device may miss a store. After that it sees the store, so that a
/// device that polls makes progress.
const MAX_MISSES: u8 = 2;

/// A store that only the driver sees.
#[derive(Clone)]
pub(super) struct Store {
    /// Its position in program order.
    pub(super) number: u64,
    /// The number of write barriers before it.
    epoch: u64,
    pub(super) range: Range<usize>,
    pub(super) bytes: [u8; 8],
    missed: u8,
}

/// The pending stores, in program order.
#[derive(Default)]
pub(super) struct Stores {
    pending: Vec<Store>,
    next: u64,
    epoch: u64,
    /// Stores with a lower number are ordered before relaxed register writes.
    before_registers: u64,
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

impl Stores {
    pub(super) fn start_epoch(&mut self) {
        self.epoch += 1;
    }

    pub(super) fn start_epoch_of_registers(&mut self) {
        self.start_epoch();
        self.before_registers = self.next;
    }

    pub(super) fn before_registers(&self) -> u64 {
        self.before_registers
    }

    /// Returns the driver's own newest pending value of a byte.
    pub(super) fn forwarded(&self, address: usize) -> Option<u8> {
        let store = self.pending.iter().rev().find(|store| store.range.contains(&address))?;
        Some(store.bytes[address - store.range.start])
    }

    /// Returns the stores that overlap `range`, newest first.
    fn to(&self, range: &Range<usize>) -> Vec<u64> {
        let stores = self.pending.iter().rev().filter(|store| overlap(&store.range, range));
        stores.map(|store| store.number).collect()
    }

    /// Returns the range of the oldest store that overlaps `range`.
    pub(super) fn missed(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let store = self.pending.iter().find(|store| overlap(&store.range, range))?;
        Some(store.range.clone())
    }

    /// Returns the stores that must become visible together with a store: the store itself, all of
    /// earlier epochs, and earlier ones to the same bytes.
    fn closure(&self, number: u64) -> Vec<u64> {
        let mut needed: Vec<&Store> = Vec::new();
        for store in self.pending.iter().rev().filter(|store| store.number <= number) {
            let before =
                |later: &&Store| store.epoch < later.epoch || overlap(&store.range, &later.range);
            if store.number == number || needed.iter().any(before) {
                needed.push(store);
            }
        }
        needed.into_iter().map(|store| store.number).collect()
    }
}

impl State {
    /// Performs a store of the driver.
    pub(super) fn store(&mut self, address: usize, width: Width, value: u64) {
        let range = address..address + width.bytes();
        let bytes = (value & width.all_ones()).to_le_bytes();
        if let Some(spot) = self.spot(&range) {
            self.log.push(Event::Store(spot, bytes));
        }
        let (number, epoch) = (self.stores.next, self.stores.epoch);
        self.stores.next += 1;
        self.changes += 1;
        self.stores.pending.push(Store { number, epoch, range, bytes, missed: 0 });
    }

    /// Makes stores visible in memory, in program order.
    pub(super) fn make_visible(&mut self, which: impl Fn(&Store) -> bool) {
        let pending = mem::take(&mut self.stores.pending);
        let (out, rest) = pending.into_iter().partition(which);
        self.stores.pending = rest;
        for store in out {
            self.put(&store.range, store.bytes, false);
            if let Some(spot) = self.spot(&store.range) {
                self.log.push(Event::Visible(spot, store.bytes));
            }
        }
    }

    /// Called when a device reads bytes: the adversary decides which of the pending stores to them
    /// it sees.
    pub(super) fn expose(&mut self, range: &Range<usize>) {
        for number in self.stores.to(range) {
            let mut pending = self.stores.pending.iter_mut();
            let Some(store) = pending.find(|store| store.number == number) else {
                continue;
            };
            let may_miss = store.missed < MAX_MISSES;
            store.missed += 1;
            self.changes += 1;
            if !may_miss || self.choose(2) == 0 {
                let visible = self.stores.closure(number);
                self.make_visible(|store| visible.contains(&store.number));
            }
        }
    }

    /// Stores new values in memory, at a new time.
    pub(super) fn put(&mut self, range: &Range<usize>, bytes: [u8; 8], device: bool) {
        self.now += 1;
        self.changes += 1;
        for (address, value) in range.clone().zip(bytes) {
            if let Some(byte) = self.blocks.byte(address) {
                byte.push(Message { time: self.now, value, device }, self.floor);
            }
        }
    }
}
