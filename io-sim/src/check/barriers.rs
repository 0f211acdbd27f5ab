//! The stores and reads of one thread, and the barriers between them.

use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

use super::{rule::Role, violation::ViolationKind};
use io_core::barrier::Barrier;

use crate::field_addr::FieldAddr;

/// Stores that no barrier has ordered.
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

/// A field that was read and says that there is something.
struct Seen {
    watch: usize,
    addr: FieldAddr,
    /// Its own bytes.
    own: Range<usize>,
    /// What it speaks of.
    scope: Range<usize>,
}

/// The order of what one thread does.
///
/// Source: Linux `Documentation/memory-barriers.txt`: `dma_*` barriers order
/// memory only; an ordered write of a register comes behind all stores before it,
/// and accesses of one device keep their order.
#[derive(Default)]
pub(super) struct Barriers {
    /// All stores since the last barrier that orders them before registers.
    before_registers: Stores,
    /// How many of these came before an ordered write of the same instance, whose
    /// relaxed registers are another view.
    ordered: BTreeMap<&'static str, usize>,
    /// Stores since the last barrier that orders them before memory: of bodies, of
    /// ownership fields.
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

    /// A store to memory.
    pub(super) fn store(&mut self, addr: FieldAddr, role: Role) {
        self.before_registers.push(addr);
        match role {
            Role::Body => self.bodies.push(addr),
            Role::OwnBit => self.owners.push(addr),
            Role::Index => {}
        }
    }

    /// An ordered write of a device's register.
    pub(super) fn ordered_write(&mut self, instance: &'static str) {
        self.ordered.insert(instance, self.before_registers.count);
    }

    /// What is wrong with a relaxed write of a doorbell.
    pub(super) fn doorbell(&self, instance: &'static str) -> Option<ViolationKind> {
        let Stores { count, last } = self.before_registers;
        let stores = count - self.ordered.get(instance).copied().unwrap_or(0);
        let last = last.filter(|_| stores > 0)?;
        Some(ViolationKind::Doorbell { stores, last })
    }

    /// What is wrong with a store that hands over; each violation is reported once.
    ///
    /// An ownership field speaks of its own struct, and so not of other ownership fields.
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

    /// A read of a field that says that there is something in `scope`.
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

    /// What is wrong with a read of other fields.
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
