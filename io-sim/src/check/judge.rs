//! All rules in turn, for one event after the other.

use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

use super::{
    access::{Touch, Value},
    barriers::Barriers,
    history::History,
    lends::Lends,
    rule::{Kind, Role, RuleSet},
    thread::{PerThread, is_panicking},
    transfer::Transfers,
    value::{Known, Reads},
    violation::{Breach, Violation},
};
use io_core::{
    backend::Order,
    layout::{AccessKind, FieldInfo},
};

use crate::{Event, Place};

/// What a checker knows.
pub(super) struct State {
    panics: bool,
    watches: Vec<Watch>,
    pub(super) lends: Lends,
    threads: PerThread<Thread>,
    known: Known,
    transfers: Transfers,
    history: History,
    pub(super) violations: Vec<Violation>,
}

/// One thing that is checked.
struct Watch {
    fields: &'static [FieldInfo],
    set: RuleSet,
}

#[derive(Default)]
struct Thread {
    reads: Reads,
    barriers: Barriers,
}

/// Where something is wrong, and what.
type Fault = (Place, Breach);

impl State {
    pub(super) fn new(panics: bool) -> Self {
        State {
            panics,
            watches: Vec::new(),
            lends: Lends::default(),
            threads: PerThread::default(),
            known: Known::default(),
            transfers: Transfers::default(),
            history: History::default(),
            violations: Vec::new(),
        }
    }

    /// The number of a new watch.
    pub(super) fn watch(&mut self, fields: &'static [FieldInfo], set: RuleSet) -> usize {
        self.watches.push(Watch { fields, set });
        self.watches.len() - 1
    }

    /// Something was done; gives the message to panic with, if there is one.
    pub(super) fn happened(&mut self, watch: usize, event: Event) -> Option<String> {
        let faults = self.judge(watch, &event);
        let violation = |(place, breach)| Violation { place, event: event.clone(), breach };
        let new = self.violations.len();
        self.violations.extend(faults.into_iter().map(violation));
        let first = self.violations.get(new).filter(|_| self.panics && !is_panicking());
        let message = first.map(|violation| format!("{violation}{}", self.history));
        self.history.push(event);
        message
    }

    fn judge(&mut self, watch: usize, event: &Event) -> Vec<Fault> {
        if let Event::Barrier { kind, .. } = event {
            self.threads.mine().barriers.barrier(*kind);
        }
        let fields = self.watches[watch].fields;
        let Some(mut touch) = Touch::of(fields, event) else {
            return Vec::new();
        };
        let mut faults = self.faults_of_kind(watch, &mut touch);
        if self.lends.forbid(watch, &touch.bytes, touch.write) {
            faults.push((touch.place, Breach::DeviceOwned));
        }
        let is_failed = match event {
            Event::Access { error, .. } => error.is_some(),
            // The bytes before an error are there.
            Event::Copy { error, bytes, .. } => error.is_some() && bytes.is_empty(),
            Event::Barrier { .. } => true,
        };
        if !is_failed {
            self.values(watch, &touch, &mut faults);
            match (touch.order, touch.write) {
                (Order::Memory, true) => self.stored(watch, &touch, &mut faults),
                (Order::Memory, false) => self.read(watch, &touch, &mut faults),
                (_, true) => self.register_written(watch, &touch, &mut faults),
                (_, false) => {}
            }
        }
        faults
    }

    /// What is wrong with width, place and access kind.
    fn faults_of_kind(&mut self, watch: usize, touch: &mut Touch) -> Vec<Fault> {
        let mut faults = core::mem::take(&mut touch.faults);
        let reads = &self.threads.mine().reads;
        for (place, breach) in &mut faults {
            if *breach == Breach::ReadToClear && !reads.has(watch, place.offset) {
                *breach = Breach::ReadOnly;
            }
        }
        faults
    }

    /// The rules of single registers.
    fn values(&mut self, watch: usize, touch: &Touch, faults: &mut Vec<Fault>) {
        let set = &self.watches[watch].set;
        let reads = &mut self.threads.mine().reads;
        for value in &touch.values {
            faults.extend(
                self.known
                    .touch(watch, value, touch.write, set)
                    .map(|breach| (value.place, breach)),
            );
            if touch.write {
                faults.extend(reads.write(watch, value, set).map(|breach| (value.place, breach)));
                faults.extend(self.transfers.write(watch, value, touch.order, set));
            } else {
                reads.read(watch, value);
            }
        }
    }

    /// Memory was written: order and ownership.
    fn stored(&mut self, watch: usize, touch: &Touch, faults: &mut Vec<Fault>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        let roles = |value: &Value| set.role_of_write(value);
        if has_body(touch, roles) {
            barriers.store(touch.place, Role::Body);
        }
        for value in &touch.values {
            let role = roles(value);
            faults.extend(barriers.publish(role).map(|breach| (value.place, breach)));
            if role != Role::Body {
                barriers.store(value.place, role);
            }
            if set.device_owns(value) == Some(true) {
                let owner = Some(value.target.at..value.target.end());
                self.lends.lend(watch, value.target.block.clone(), owner);
            }
        }
    }

    /// Memory was read: order and ownership.
    fn read(&mut self, watch: usize, touch: &Touch, faults: &mut Vec<Fault>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        let roles = |value: &Value| set.role_of_read(value);
        if has_body(touch, roles) {
            faults.extend(barriers.read(watch, &touch.bytes).map(|breach| (touch.place, breach)));
        }
        for value in &touch.values {
            let own = value.target.at..value.target.end();
            let scope = match roles(value) {
                Role::Body => continue,
                Role::Owner => value.target.block.clone(),
                Role::Index => 0..usize::MAX,
            };
            barriers.see(watch, value.place, own, scope);
            if set.device_owns(value) == Some(false) {
                self.lends.take_back(watch, &value.target.block);
            }
        }
    }

    /// A register was written: doorbells.
    fn register_written(&mut self, watch: usize, touch: &Touch, faults: &mut Vec<Fault>) {
        let set = &self.watches[watch].set;
        let barriers = &mut self.threads.mine().barriers;
        if touch.order == Order::Ordered {
            return barriers.ordered_write(touch.place.instance);
        }
        let is_doorbell = |kind| matches!(kind, Kind::Doorbell);
        for value in touch.values.iter().filter(|value| set.has(value, is_doorbell)) {
            faults.extend(
                barriers.doorbell(touch.place.instance).map(|breach| (value.place, breach)),
            );
        }
    }
}

impl RuleSet {
    /// Whether a value, if it is an owner field, gives its struct to the device.
    fn device_owns(&self, value: &Value) -> Option<bool> {
        let owner = self.owner.filter(|_| value.target.access == AccessKind::Owner)?;
        Some(owner(value.number))
    }
}

/// Whether something is touched that hands nothing over.
fn has_body(touch: &Touch, role: impl Fn(&Value) -> Role) -> bool {
    let of = |range: &Range<usize>| range.end - range.start;
    let handing = touch.values.iter().filter(|value| role(value) != Role::Body);
    handing.map(|value| value.target.width.bytes()).sum::<usize>() < of(&touch.bytes)
}
