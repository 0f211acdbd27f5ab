//! A model at work: one access after the other.

use core::ops::Range;

use super::{
    Interrupt, ModelContext, RegisterModel,
    patience::Question,
    reach::{Register, reach},
    refusal::{Rejected, Unserved},
    rule::{Condition, Effect},
    slot::Slot,
};
use io_core::{IoStruct, Width, layout::AccessKind};

use crate::Device;

/// An interrupt line and when it is high.
pub(super) struct Line<T, S> {
    pub(super) line: Interrupt,
    pub(super) raised: Condition<T, S>,
}

impl<T: IoStruct, S> RegisterModel<T, S> {
    /// Lets the lines be what they are to be.
    pub(super) fn settle(&mut self) {
        for line in &self.lines {
            line.line.set((line.raised)(&self.chip));
        }
    }

    /// The number on the bus of a register's, and back.
    fn on_bus(&self, slot: Slot, number: u64) -> u64 {
        if self.big_endian_bus { number } else { slot.on_little_bus(number) }
    }

    fn refuse(&mut self, offset: usize, width: Width, write: bool, cause: Unserved) {
        let place = self.chip.root.value_at(offset, write);
        self.chip.refused.push(Rejected { place, width, write, cause });
    }

    /// The device's memory that an access reaches.
    pub(super) fn window(&self, offset: usize, width: Width) -> Option<Range<usize>> {
        let access = offset..offset.checked_add(width.bytes())?;
        let inside =
            |memory: &&Range<usize>| memory.start <= access.start && access.end <= memory.end;
        let aligned = offset.is_multiple_of(width.bytes());
        self.memory.iter().find(inside).filter(|_| aligned).map(|_| access)
    }

    fn read_window(&mut self, place: Range<usize>) -> u64 {
        let (mut bytes, width) = ([0; 8], place.len());
        bytes[..width].copy_from_slice(&self.chip.storage.bytes()[place]);
        if self.big_endian_bus {
            bytes[..width].reverse();
        }
        u64::from_le_bytes(bytes)
    }

    fn write_window(&mut self, place: Range<usize>, value: u64) {
        let (mut bytes, width) = (value.to_le_bytes(), place.len());
        if self.big_endian_bus {
            bytes[..width].reverse();
        }
        self.chip.storage.bytes()[place].copy_from_slice(&bytes[..width]);
    }

    /// What a read gives, and the register's number in its own byte order.
    fn answer(&mut self, offset: usize, width: Width) -> (u64, u64) {
        if let Some(place) = self.window(offset, width) {
            let value = self.read_window(place);
            return (value, value);
        }
        match reach(T::FIELDS, offset, width, false) {
            Ok(register) => {
                let number = self.read_register(register).unwrap_or_else(|(cause, number)| {
                    self.refuse(offset, width, false, cause);
                    number
                });
                (self.on_bus(register.slot, number), number)
            }
            Err(cause) => {
                self.refuse(offset, width, false, cause);
                let usual = if cause == Unserved::WriteOnly { 0 } else { u64::MAX };
                let value = self.unserved.unwrap_or(usual) & width.all_ones();
                (value, value)
            }
        }
    }

    /// Answers a read of a register; if it cannot, says why and what is given
    /// nevertheless.
    fn read_register(&mut self, register: Register) -> Result<u64, (Unserved, u64)> {
        let Register { slot, access } = register;
        let mut number = match self.chip.fifos.get_mut(&slot.key) {
            Some(queues) => {
                if !queues.readable.is_empty() {
                    self.patience.renew();
                }
                queues.read().map_err(|number| (Unserved::Empty, number))?
            }
            None => self.chip.storage.load(slot),
        };
        if access == AccessKind::ReadToClear {
            self.chip.storage.store(slot, 0);
        }
        if let Some(rule) = self.rules.get_mut(&slot.key) {
            number = rule.bits.read(number);
            for hook in &mut rule.on_read {
                number = hook(&mut self.chip, number);
            }
        }
        Ok(number)
    }

    /// Takes a write to a register.
    fn write_register(&mut self, register: Register, number: u64) -> Result<(), Unserved> {
        let slot = register.slot;
        let rule = self.rules.entry(slot.key).or_default();
        if !rule.open.iter().all(|condition| condition(&self.chip)) {
            return Err(Unserved::Closed);
        }
        if let Some(queues) = self.chip.fifos.get_mut(&slot.key) {
            if !queues.write(number) {
                return Err(Unserved::Full);
            }
        } else {
            let old = self.chip.storage.load(slot);
            self.chip.storage.store(slot, rule.bits.write(register, old, number));
            if rule.effects.is_empty() {
                apply(&mut self.chip, by_kind(register.access, slot.as_read()), number);
            }
        }
        for effect in &rule.effects {
            apply(&mut self.chip, Some(*effect), number);
        }
        for hook in &mut rule.on_write {
            hook(&mut self.chip, number);
        }
        Ok(())
    }
}

/// What a write-only register does to the one that is read at its offset.
fn by_kind(access: AccessKind, same: Slot) -> Option<Effect> {
    match access {
        AccessKind::WriteOnlyOneToClear => Some(Effect::Clear(same)),
        AccessKind::WriteOnlyOneToSet => Some(Effect::Set(same)),
        _ => None,
    }
}

fn apply<T, S>(chip: &mut ModelContext<T, S>, effect: Option<Effect>, ones: u64) {
    match effect {
        Some(Effect::Clear(target)) => {
            let held = chip.storage.load(target);
            chip.storage.store(target, held & !ones);
        }
        Some(Effect::Set(target)) => {
            let held = chip.storage.load(target);
            chip.storage.store(target, held | ones);
        }
        None => {}
    }
}

impl<T: IoStruct, S> Device for RegisterModel<T, S> {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.chip.catch_up();
        self.chip.reads += 1;
        let (value, answer) = self.answer(offset, width);
        self.chip.after_read();
        self.settle();
        let question = Question { offset, width, answer, time: self.chip.now() };
        assert!(
            self.patience.bears(question),
            "{} was read {} times in a row and stays {answer:#x}: a poll without a deadline?",
            self.chip.root.value_at(offset, false),
            self.patience.limit,
        );
        value
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.chip.catch_up();
        self.patience.renew();
        if let Some(place) = self.window(offset, width) {
            self.write_window(place, value);
        } else {
            let done = reach(T::FIELDS, offset, width, true).and_then(|register| {
                let number = self.on_bus(register.slot, value);
                self.write_register(register, number)
            });
            if let Err(cause) = done {
                self.refuse(offset, width, true, cause);
            }
        }
        self.settle();
    }

    fn on_big_endian_bus(&mut self) {
        self.big_endian_bus = true;
    }
}
