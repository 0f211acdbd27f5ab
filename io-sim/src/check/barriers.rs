//! Stores and reads of one thread, and the barriers between them.

use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

use super::{rule::Role, violation::ViolationKind};
use io_core::barrier::Barrier;

use crate::field_addr::FieldAddr;

/// Stores that are not yet ordered by a barrier.
#[derive(Clone, Copy, Default)]
struct Stores {
    count: usize,
    last: Option<FieldAddr>,
}

impl Stores {
    fn push(&mut self, addr: FieldAddr) {
        *self = Stores { count: self.count + 1, last: Some(addr) };
    }
}

/// A field that was read and that reports other data as ready.
struct Seen {
    watch: usize,
    addr: FieldAddr,
    /// The bytes of the field itself.
    own: Range<usize>,
    /// The bytes that the field reports as ready.
    scope: Range<usize>,
}

/// Order of the stores and reads of one thread.
///
/// Source: Linux `Documentation/memory-barriers.txt`: `dma_*` barriers order memory only; an
/// ordered register write is ordered after all earlier stores, and accesses to one device keep
/// their order.
#[derive(Default)]
pub(super) struct Barriers {
    /// All stores since the last barrier that orders them before register writes.
    before_registers: Stores,
    /// The number of these stores that precede an ordered write to the same instance (its relaxed
    /// registers are another view).
    ordered: BTreeMap<&'static str, usize>,
    /// Stores since the last barrier that orders them before later stores to memory: those of other
    /// fields, and those of ownership fields.
    bodies: Stores,
    owners: Stores,
    seen: Vec<Seen>,
}

impl Barriers {
    pub(super) fn barrier(&mut self, kind: Barrier) {
        use Barrier::{DmaMb, DmaRmb, DmaWmb, Mb, Rmb, Wmb};
        if matches!(kind, Mb | Wmb) {
            self.before_registers = Stores::default();
            self.ordered.clear();
        }
        if matches!(kind, Mb | Wmb | DmaMb | DmaWmb) {
            (self.bodies, self.owners) = (Stores::default(), Stores::default());
        }
        if matches!(kind, Mb | Rmb | DmaMb | DmaRmb) {
            self.seen.clear();
        }
    }

    /// Records a store to memory.
    pub(super) fn store(&mut self, addr: FieldAddr, role: Role) {
        self.before_registers.push(addr);
        match role {
            Role::Body => self.bodies.push(addr),
            Role::OwnBit => self.owners.push(addr),
            Role::Index => {}
        }
    }

    /// Records an ordered write to a register of a device.
    pub(super) fn ordered_write(&mut self, instance: &'static str) {
        self.ordered.insert(instance, self.before_registers.count);
    }

    /// Returns the violation of a relaxed doorbell write, if any.
    pub(super) fn doorbell(&self, instance: &'static str) -> Option<ViolationKind> {
        let Stores { count, last } = self.before_registers;
        let stores = count - self.ordered.get(instance).copied().unwrap_or(0);
        let last = last.filter(|_| stores > 0)?;
        Some(ViolationKind::Doorbell { stores, last })
    }

    /// Returns the violation of a store that hands memory over, if any. Each violation is reported
    /// once.
    ///
    /// An ownership field covers the other fields of its struct only, so it does not order other
    /// ownership fields.
    pub(super) fn publish(&mut self, role: Role) -> Option<ViolationKind> {
        let of = |stores: &mut Stores| {
            let Stores { count: stores, last } = core::mem::take(stores);
            last.map(|last| ViolationKind::Published { stores, last })
        };
        match role {
            Role::Body => None,
            Role::OwnBit => of(&mut self.bodies),
            Role::Index => of(&mut self.bodies).or_else(|| of(&mut self.owners)),
        }
    }

    /// Records a read of a field that reports `scope` as ready.
    pub(super) fn see(
        &mut self,
        watch: usize,
        addr: FieldAddr,
        own: Range<usize>,
        scope: Range<usize>,
    ) {
        self.seen.retain(|seen| (seen.watch, &seen.own) != (watch, &own));
        self.seen.push(Seen { watch, addr, own, scope });
    }

    /// Returns the violation of a read of other fields, if any.
    pub(super) fn read(&self, watch: usize, bytes: &Range<usize>) -> Option<ViolationKind> {
        let is_behind = |seen: &&Seen| {
            let is_in_scope = bytes.start < seen.scope.end && seen.scope.start < bytes.end;
            let is_own = seen.own.start <= bytes.start && bytes.end <= seen.own.end;
            seen.watch == watch && is_in_scope && !is_own
        };
        let seen = self.seen.iter().find(is_behind)?;
        Some(ViolationKind::Consumed { by: seen.addr })
    }
}
