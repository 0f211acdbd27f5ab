//! Execution of a model: its response to each access.

use core::{ops::Range, time::Duration};

use super::{
    Interrupt, ModelContext, RegisterModel,
    lookup::{Register, find_register},
    rejected::{RejectReason, Rejected},
    rule::{Condition, Effect},
    slot::Slot,
};
use io_core::{
    IoStruct, Width,
    layout::{AccessKind, BitKind},
};

use crate::device::Device;

/// An interrupt line and the condition under which it is high.
pub(super) struct Line<T, S> {
    pub(super) line: Interrupt,
    pub(super) raised: Condition<T, S>,
}

/// The limit of equal consecutive reads, at which they are treated as an endless poll.
pub(super) struct PollLimit {
    pub(super) max_polls: usize,
    last: Option<Read>,
    count: usize,
}

/// A read and its result, as repeated by a polling loop.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Read {
    offset: usize,
    width: Width,
    answer: u64,
    time: Duration,
}

impl PollLimit {
    /// High enough for every loop that ends.
    pub(super) const DEFAULT: Self = PollLimit { max_polls: 1_000_000, last: None, count: 0 };

    /// Restarts the count after any other operation.
    fn reset(&mut self) {
        self.last = None;
    }

    /// Counts a read; returns whether it is below the limit.
    fn allows(&mut self, read: Read) -> bool {
        if self.last == Some(read) {
            self.count += 1;
        } else {
            (self.last, self.count) = (Some(read), 1);
        }
        self.count < self.max_polls
    }
}

impl<T: IoStruct, S> RegisterModel<T, S> {
    /// Sets each interrupt line according to its condition.
    pub(super) fn settle(&mut self) {
        for line in &self.lines {
            line.line.set((line.raised)(&self.context));
        }
    }

    /// Converts between a register's number and the number on the bus; the conversion is its own
    /// inverse.
    fn on_bus(&self, slot: Slot, number: u64) -> u64 {
        if self.big_endian_bus { number } else { slot.on_little_bus(number) }
    }

    fn reject(&mut self, offset: usize, width: Width, write: bool, reason: RejectReason) {
        let addr = self.context.root.value_at(offset, write);
        self.context.rejected.push(Rejected { addr, width, write, reason });
    }

    /// Returns the range of device memory that an access reaches, if any.
    pub(super) fn window(&self, offset: usize, width: Width) -> Option<Range<usize>> {
        let access = offset..offset.checked_add(width.bytes())?;
        let inside =
            |memory: &&Range<usize>| memory.start <= access.start && access.end <= memory.end;
        let aligned = offset.is_multiple_of(width.bytes());
        self.memory.iter().find(inside).filter(|_| aligned).map(|_| access)
    }

    fn read_window(&mut self, range: Range<usize>) -> u64 {
        let (mut bytes, width) = ([0; 8], range.len());
        bytes[..width].copy_from_slice(&self.context.storage.bytes()[range]);
        if self.big_endian_bus {
            bytes[..width].reverse();
        }
        u64::from_le_bytes(bytes)
    }

    fn write_window(&mut self, range: Range<usize>, value: u64) {
        let (mut bytes, width) = (value.to_le_bytes(), range.len());
        if self.big_endian_bus {
            bytes[..width].reverse();
        }
        self.context.storage.bytes()[range].copy_from_slice(&bytes[..width]);
    }

    /// Returns the result of a read, and the register's number in its own byte order.
    fn answer(&mut self, offset: usize, width: Width) -> (u64, u64) {
        if let Some(range) = self.window(offset, width) {
            let value = self.read_window(range);
            return (value, value);
        }
        match find_register(T::FIELDS, offset, width, false) {
            Ok(register) => {
                let number = self.read_register(register).unwrap_or_else(|(reason, number)| {
                    self.reject(offset, width, false, reason);
                    number
                });
                (self.on_bus(register.slot, number), number)
            }
            Err(reason) => {
                self.reject(offset, width, false, reason);
                let usual = if reason == RejectReason::WriteOnly { 0 } else { u64::MAX };
                let value = self.unmapped_read_value.unwrap_or(usual) & width.all_ones();
                (value, value)
            }
        }
    }

    /// Performs a read of a register. An error contains the reason and the value that is returned
    /// nevertheless.
    fn read_register(&mut self, register: Register) -> Result<u64, (RejectReason, u64)> {
        let Register { slot, bits, .. } = register;
        let mut number = match self.context.fifos.get_mut(&slot.key) {
            Some(queues) => {
                if !queues.readable.is_empty() {
                    self.poll_limit.reset();
                }
                queues.read().map_err(|number| (RejectReason::Empty, number))?
            }
            None => self.context.storage.load(slot),
        };
        if bits.changed_by_read() != 0 && !self.context.fifos.contains_key(&slot.key) {
            self.context.storage.store(slot, bits.after_read(number));
        }
        if let Some(rule) = self.rules.get_mut(&slot.key) {
            number = rule.bits.read(number);
            for hook in &mut rule.on_read {
                number = hook(&mut self.context, number);
            }
            if rule.bits.clear != 0 {
                rule.last_read = Some(number);
            }
        }
        Ok(number)
    }

    /// Performs a write to a register.
    fn write_register(&mut self, mut register: Register, number: u64) -> Result<(), RejectReason> {
        let (slot, mut rejected) = (register.slot, None);
        let rule = self.rules.entry(slot.key).or_default();
        if !rule.open.iter().all(|condition| condition(&self.context)) {
            return Err(RejectReason::Closed);
        }
        if let Some(queues) = self.context.fifos.get_mut(&slot.key) {
            if !queues.write(number) {
                return Err(RejectReason::Full);
            }
        } else {
            let old = self.context.storage.load(slot);
            let once = register.bits.get(BitKind::WriteOnce);
            if once != 0 && !self.context.written_once.insert(slot.key) {
                if (old ^ number) & once != 0 {
                    return Err(RejectReason::WrittenBefore);
                }
                register.bits = register.bits.within(!once).with(BitKind::ReadOnly, once);
            }
            if let Some(bits) = rule.lost_bits(register, number) {
                rejected = Some(RejectReason::LosesBits(bits));
            }
            self.context.storage.store(slot, rule.bits.write(register, old, number));
            if rule.effects.is_empty() {
                apply(&mut self.context, by_kind(register.access, slot.as_read()), number);
            }
        }
        for effect in &rule.effects {
            apply(&mut self.context, Some(*effect), number);
        }
        for hook in &mut rule.on_write {
            hook(&mut self.context, number);
        }
        rejected.map_or(Ok(()), Err)
    }
}

/// Returns the effect of a write-only register on the readable register at its offset.
fn by_kind(access: AccessKind, same: Slot) -> Option<Effect> {
    match access {
        AccessKind::WriteOnlyOneToClear => Some(Effect::Clear(same)),
        AccessKind::WriteOnlyOneToSet => Some(Effect::Set(same)),
        AccessKind::WriteOnlyOneToToggle => Some(Effect::Toggle(same)),
        _ => None,
    }
}

fn apply<T, S>(ctx: &mut ModelContext<T, S>, effect: Option<Effect>, ones: u64) {
    match effect {
        Some(Effect::Clear(target)) => {
            let held = ctx.storage.load(target);
            ctx.storage.store(target, held & !ones);
        }
        Some(Effect::Set(target)) => {
            let held = ctx.storage.load(target);
            ctx.storage.store(target, held | ones);
        }
        Some(Effect::Toggle(target)) => {
            let held = ctx.storage.load(target);
            ctx.storage.store(target, held ^ ones);
        }
        None => {}
    }
}

impl<T: IoStruct, S> Device for RegisterModel<T, S> {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.context.catch_up();
        self.context.reads += 1;
        let (value, answer) = self.answer(offset, width);
        self.context.after_read();
        self.settle();
        let read = Read { offset, width, answer, time: self.context.now() };
        assert!(
            self.poll_limit.allows(read),
            "{} was read {} times in a row and always returned {answer:#x}: add a deadline to the \
             poll, or raise the limit by `max_polls`",
            self.context.root.value_at(offset, false),
            self.poll_limit.max_polls,
        );
        value
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.context.catch_up();
        self.poll_limit.reset();
        if let Some(range) = self.window(offset, width) {
            self.write_window(range, value);
        } else {
            let done = find_register(T::FIELDS, offset, width, true).and_then(|register| {
                let number = self.on_bus(register.slot, value);
                self.write_register(register, number)
            });
            if let Err(reason) = done {
                self.reject(offset, width, true, reason);
            }
        }
        self.settle();
    }

    fn dropped(&mut self, offset: usize, width: Width, bits: u64) {
        let register = find_register(T::FIELDS, offset, width, true);
        let bits = register.map_or(bits, |register| self.on_bus(register.slot, bits));
        self.reject(offset, width, true, RejectReason::Dropped(bits));
    }

    fn on_big_endian_bus(&mut self) {
        self.big_endian_bus = true;
    }
}
