//! Effects of accesses to a register besides reading and writing it.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use super::{ModelContext, lookup::Register, slot::Slot};
use io_core::layout::BitKind;

use crate::write_back::lost_bits;

/// Receives the number that was written.
pub(super) type WriteHook<T, S> = Box<dyn FnMut(&mut ModelContext<T, S>, u64) + Send>;
/// Receives the number that a read would return, and returns the number to use instead.
pub(super) type ReadHook<T, S> = Box<dyn FnMut(&mut ModelContext<T, S>, u64) -> u64 + Send>;
/// A condition on the state of the device.
pub(super) type Condition<T, S> = Arc<dyn Fn(&ModelContext<T, S>) -> bool + Send + Sync>;

/// Bits that behave differently from what the register's type declares.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    pub(super) read_only: u64,
    pub(super) clear: u64,
    pub(super) set: u64,
    pub(super) reserved: u64,
    pub(super) reserved_value: u64,
}

/// The effect of written ones on another register.
#[derive(Clone, Copy)]
pub(super) enum Effect {
    Clear(Slot),
    Set(Slot),
    Toggle(Slot),
}

/// Everything that differs from the default for one register.
pub(super) struct Rule<T, S> {
    pub(super) bits: Bits,
    pub(super) effects: Vec<Effect>,
    pub(super) open: Vec<Condition<T, S>>,
    pub(super) on_read: Vec<ReadHook<T, S>>,
    pub(super) on_write: Vec<WriteHook<T, S>>,
    /// The value that the driver has read and not written since, if the builder has declared bits
    /// that a written one clears.
    pub(super) last_read: Option<u64>,
}

impl<T, S> Default for Rule<T, S> {
    fn default() -> Self {
        Rule {
            bits: Bits::default(),
            effects: Vec::new(),
            open: Vec::new(),
            on_read: Vec::new(),
            on_write: Vec::new(),
            last_read: None,
        }
    }
}

impl<T, S> Rule<T, S> {
    /// Returns the bits that a write clears unintentionally, of those that the builder has declared
    /// and the type has not: a checker does not know these.
    pub(super) fn lost_bits(&mut self, register: Register, written: u64) -> Option<u64> {
        let unknown = self.bits.clear & !register.bits.get(BitKind::OneToClear);
        lost_bits(self.last_read.take()?, written, unknown)
    }
}

impl Bits {
    /// Returns the register's value after a write: bits that the builder has declared behave as
    /// declared, and the others as the register's type states.
    pub(super) fn write(self, register: Register, old: u64, written: u64) -> u64 {
        let rest = !(self.read_only | self.clear | self.set | self.reserved);
        let kinds = register.bits.within(rest);
        let kinds = kinds.with(BitKind::ReadOnly, self.read_only | self.reserved);
        kinds
            .with(BitKind::OneToClear, self.clear)
            .with(BitKind::OneToSet, self.set)
            .after_write(old, written)
    }

    /// Returns the result of a read of the stored value.
    pub(super) fn read(self, held: u64) -> u64 {
        held & !self.reserved | self.reserved_value & self.reserved
    }
}
