//! The state of a checker, which applies all rules to each event.

use alloc::{format, string::String, vec, vec::Vec};
use core::ops::Range;

use super::{
    access::{Touch, Value},
    barriers::Barriers,
    dma::{DeviceOwned, Transfers},
    rule::{Role, RuleKind, RuleSet},
    value::{Known, Reads},
    violation::{History, Violation, ViolationKind},
};
use io_core::{
    backend::Order,
    layout::{AccessKind, FieldInfo},
};

use crate::{field_addr::FieldAddr, trace::Event};

/// Everything that a checker has observed.
pub(super) struct State {
    panics: bool,
    watches: Vec<Watch>,
    pub(super) device_owned: DeviceOwned,
    threads: PerThread<Thread>,
    known: Known,
    transfers: Transfers,
    history: History,
    pub(super) violations: Vec<Violation>,
}

/// One checked view.
struct Watch {
    fields: &'static [FieldInfo],
    set: RuleSet,
}

#[derive(Default)]
struct Thread {
    reads: Reads,
    barriers: Barriers,
}

/// A violation and the field that it concerns.
type Finding = (FieldAddr, ViolationKind);

impl State {
    pub(super) fn new(panics: bool) -> Self {
        State {
            panics,
            watches: Vec::new(),
            device_owned: DeviceOwned::default(),
            threads: PerThread::default(),
            known: Known::default(),
            transfers: Transfers::default(),
            history: History::default(),
            violations: Vec::new(),
        }
    }

    /// Adds a watch and returns its number.
    pub(super) fn watch(&mut self, fields: &'static [FieldInfo], set: RuleSet) -> usize {
        self.watches.push(Watch { fields, set });
        self.watches.len() - 1
    }

    /// Records an event; returns the message to panic with, if any.
    pub(super) fn happened(&mut self, watch: usize, event: Event) -> Option<String> {
        let findings = self.check(watch, &event);
        let violation = |(addr, kind)| Violation { addr, event: event.clone(), kind };
        let new = self.violations.len();
        self.violations.extend(findings.into_iter().map(violation));
        let first = self.violations.get(new).filter(|_| self.panics && !is_panicking());
        let message = first.map(|violation| format!("{violation}{}", self.history));
        self.history.push(event);
        message
    }

    fn check(&mut self, watch: usize, event: &Event) -> Vec<Finding> {
        if let Event::Barrier { kind, .. } = event {
            self.threads.mine().barriers.barrier(*kind);
        }
        if let Event::Dropped { addr, bits, .. } = *event {
            return vec![(addr, ViolationKind::Dropped { bits })];
        }
        let fields = self.watches[watch].fields;
        let Some(mut touch) = Touch::of(fields, event) else {
            return Vec::new();
        };
        let mut findings = self.check_access(watch, &mut touch);
        if self.device_owned.forbids(watch, &touch.bytes, touch.write) {
            findings.push((touch.addr, ViolationKind::DeviceOwned));
        }
        let is_failed = match event {
            Event::Access { error, .. } => error.is_some(),
            // The bytes before an error have been copied.
            Event::Copy { error, bytes, .. } => error.is_some() && bytes.is_empty(),
            Event::Dropped { .. } | Event::Barrier { .. } => true,
        };
        if !is_failed {
            self.values(watch, &touch, &mut findings);
            match (touch.order, touch.write) {
                (Order::Memory, true) => self.stored(watch, &touch, &mut findings),
                (Order::Memory, false) => self.read(watch, &touch, &mut findings),
                (_, true) => self.register_written(watch, &touch, &mut findings),
                (_, false) => {}
            }
        }
        findings
    }

    /// Returns violations of width, address and access kind.
    fn check_access(&mut self, watch: usize, touch: &mut Touch) -> Vec<Finding> {
        let mut findings = core::mem::take(&mut touch.findings);
        let reads = &self.threads.mine().reads;
        for (addr, kind) in &mut findings {
            if *kind == ViolationKind::ReadToClear && !reads.has(watch, addr.offset) {
                *kind = ViolationKind::ReadOnly;
            }
        }
        findings
    }

    /// Applies the rules of single registers.
    fn values(&mut self, watch: usize, touch: &Touch, findings: &mut Vec<Finding>) {
        let set = &self.watches[watch].set;
        let reads = &mut self.threads.mine().reads;
        for value in &touch.values {
            findings.extend(
                self.known.touch(watch, value, touch.write, set).map(|kind| (value.addr, kind)),
            );
            if touch.write {
                findings.extend(reads.write(watch, value, set).map(|kind| (value.addr, kind)));
                findings.extend(self.transfers.write(watch, value, touch.order, set));
            } else {
                reads.read(watch, value);
            }
        }
    }

    /// Applies the rules of order and ownership to a write to memory.
    fn stored(&mut self, watch: usize, touch: &Touch, findings: &mut Vec<Finding>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        let roles = |value: &Value| set.role_of_write(value);
        if has_body(touch, roles) {
            barriers.store(touch.addr, Role::Body);
        }
        for value in &touch.values {
            let role = roles(value);
            findings.extend(barriers.publish(role).map(|kind| (value.addr, kind)));
            if role != Role::Body {
                barriers.store(value.addr, role);
            }
            if set.device_owns(value) == Some(true) {
                let owner = Some(value.target.at..value.target.end());
                self.device_owned.add(watch, value.target.block.clone(), owner);
            }
        }
    }

    /// Applies the rules of order and ownership to a read of memory.
    fn read(&mut self, watch: usize, touch: &Touch, findings: &mut Vec<Finding>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        let roles = |value: &Value| set.role_of_read(value);
        if has_body(touch, roles) {
            findings.extend(barriers.read(watch, &touch.bytes).map(|kind| (touch.addr, kind)));
        }
        for value in &touch.values {
            let own = value.target.at..value.target.end();
            let scope = match roles(value) {
                Role::Body => continue,
                Role::OwnBit => value.target.block.clone(),
                Role::Index => 0..usize::MAX,
            };
            barriers.see(watch, value.addr, own, scope);
            if set.device_owns(value) == Some(false) {
                self.device_owned.remove(watch, &value.target.block);
            }
        }
    }

    /// Applies the doorbell rules to a register write.
    fn register_written(&mut self, watch: usize, touch: &Touch, findings: &mut Vec<Finding>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        if touch.order == Order::Ordered {
            return barriers.ordered_write(touch.addr.instance);
        }
        let is_doorbell = |kind| matches!(kind, RuleKind::Doorbell);
        for value in touch.values.iter().filter(|value| set.has(value, is_doorbell)) {
            findings.extend(barriers.doorbell(touch.addr.instance).map(|kind| (value.addr, kind)));
        }
    }
}

impl RuleSet {
    /// Returns whether an ownership field hands its struct to the device; `None` for other values.
    fn device_owns(&self, value: &Value) -> Option<bool> {
        let owner = self.owner.filter(|_| value.target.access == AccessKind::OwnBit)?;
        Some(owner(value.number))
    }
}

/// Returns whether the event touches bytes outside fields that hand memory over.
fn has_body(touch: &Touch, role: impl Fn(&Value) -> Role) -> bool {
    let of = |range: &Range<usize>| range.end - range.start;
    let handing = touch.values.iter().filter(|value| role(value) != Role::Body);
    handing.map(|value| value.target.width.bytes()).sum::<usize>() < of(&touch.bytes)
}

/// A `T` for each thread: reads and stores of one thread do not count for another.
#[derive(Default)]
struct PerThread<T>(Vec<(ThreadId, T)>);

impl<T: Default> PerThread<T> {
    /// Returns the value of the current thread.
    fn mine(&mut self) -> &mut T {
        let id = current_thread();
        let found = self.0.iter().position(|(other, _)| *other == id);
        let index = found.unwrap_or_else(|| {
            self.0.push((id, T::default()));
            self.0.len() - 1
        });
        &mut self.0[index].1
    }
}

#[cfg(feature = "std")]
type ThreadId = std::thread::ThreadId;
/// Without `std`, all accesses are attributed to one thread.
#[cfg(not(feature = "std"))]
#[derive(PartialEq)]
struct ThreadId;

fn current_thread() -> ThreadId {
    #[cfg(feature = "std")]
    let id = std::thread::current().id();
    #[cfg(not(feature = "std"))]
    let id = ThreadId;
    id
}

/// Returns whether the current thread is panicking: a second panic would abort the process.
fn is_panicking() -> bool {
    #[cfg(feature = "std")]
    let is_it = std::thread::panicking();
    #[cfg(not(feature = "std"))]
    let is_it = false;
    is_it
}
