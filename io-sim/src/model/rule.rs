//! What accesses do to a register besides reading and writing it.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use super::{ModelContext, lookup::Register, slot::Slot};
use io_core::layout::AccessKind;

/// Sees what was written.
pub(super) type WriteHook<T, S> = Box<dyn FnMut(&mut ModelContext<T, S>, u64) + Send>;
/// Sees what is given to a read, and may give something else.
pub(super) type ReadHook<T, S> = Box<dyn FnMut(&mut ModelContext<T, S>, u64) -> u64 + Send>;
/// Looks at the device.
pub(super) type Condition<T, S> = Arc<dyn Fn(&ModelContext<T, S>) -> bool + Send + Sync>;

/// Bits that behave otherwise than the register's type says.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    pub(super) read_only: u64,
    pub(super) clear: u64,
    pub(super) set: u64,
    pub(super) reserved: u64,
    pub(super) reserved_value: u64,
}

/// What written ones do to another register.
#[derive(Clone, Copy)]
pub(super) enum Effect {
    Clear(Slot),
    Set(Slot),
}

/// What is special about one register.
pub(super) struct Rule<T, S> {
    pub(super) bits: Bits,
    pub(super) effects: Vec<Effect>,
    pub(super) open: Vec<Condition<T, S>>,
    pub(super) on_read: Vec<ReadHook<T, S>>,
    pub(super) on_write: Vec<WriteHook<T, S>>,
}

impl<T, S> Default for Rule<T, S> {
    fn default() -> Self {
        Rule {
            bits: Bits::default(),
            effects: Vec::new(),
            open: Vec::new(),
            on_read: Vec::new(),
            on_write: Vec::new(),
        }
    }
}

impl Bits {
    /// What the register holds after a write.
    pub(super) fn write(self, register: Register, old: u64, written: u64) -> u64 {
        let rest = !(self.read_only | self.clear | self.set | self.reserved);
        let (mut plain, mut clear, mut set) = (0, self.clear, self.set);
        match register.access {
            AccessKind::WriteOneToClear | AccessKind::WriteOnlyOneToClear => clear |= rest,
            AccessKind::WriteOneToSet | AccessKind::WriteOnlyOneToSet => set |= rest,
            // Done at once, unless a hook says otherwise.
            AccessKind::SelfClearing => return old & !rest,
            _ => plain = rest,
        }
        (old & !plain | written & plain) & !(written & clear) | written & set
    }

    /// What a read gives of what the register holds.
    pub(super) fn read(self, held: u64) -> u64 {
        held & !self.reserved | self.reserved_value & self.reserved
    }
}
