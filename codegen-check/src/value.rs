//! The abstract value of a register or a stack slot: its origins.

use alloc::collections::BTreeMap;
use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;

use crate::effect::{Address, REGS, Reg, Source};

/// The origins of pointers, as a bit set.
pub(crate) mod origin {
    /// The memory or registers under test.
    pub(crate) const SHARED: u8 = 1;
    /// The caller's private buffers.
    pub(crate) const PRIVATE: u8 = 2;
    /// The stack.
    pub(crate) const STACK: u8 = 4;
    /// The program: constants and tables.
    pub(crate) const PROGRAM: u8 = 8;
    /// Not a pointer: computed from data that was loaded from shared memory.
    pub(crate) const DATA: u8 = 16;
    /// The origins that are pointers.
    pub(crate) const POINTERS: u8 = SHARED | PRIVATE | STACK | PROGRAM;
}

/// An abstract value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Value {
    /// All origins that it may be derived from.
    pub(crate) origins: u8,
    /// The distance from the single origin; without an origin, the number itself.
    pub(crate) offset: Option<i64>,
    /// The hash of the name of the function, if the value is its address.
    pub(crate) symbol: Option<u64>,
}

/// Returns the hash of a symbol's name, which is small enough to copy.
pub(crate) fn symbol(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl Value {
    pub(crate) fn pointer(origin: u8) -> Self {
        Self { origins: origin, offset: Some(0), symbol: None }
    }

    pub(crate) fn number(number: i64) -> Self {
        Self { origins: 0, offset: Some(number), symbol: None }
    }

    pub(crate) fn data() -> Self {
        Self { origins: origin::DATA, ..Self::default() }
    }

    pub(crate) fn plus(self, offset: i64) -> Self {
        Self { offset: self.offset.map(|old| old.wrapping_add(offset)), ..self }
    }

    pub(crate) fn sum(self, other: Self) -> Self {
        Self {
            origins: self.origins | other.origins,
            offset: self.offset.zip(other.offset).map(|(a, b)| a.wrapping_add(b)),
            symbol: None,
        }
    }

    /// Returns the difference: of two pointers with the same origin it is a number.
    pub(crate) fn difference(self, other: Self) -> Self {
        let offset = self.offset.zip(other.offset).map(|(a, b)| a.wrapping_sub(b));
        let pointers = other.origins & origin::POINTERS;
        if pointers == 0 {
            return Self { origins: self.origins | other.origins, offset, symbol: None };
        }
        let same = pointers.is_power_of_two() && self.origins & origin::POINTERS == pointers;
        let origins = self.origins | other.origins;
        if same {
            Self { origins: origins & !origin::POINTERS, offset, symbol: None }
        } else {
            Self { origins, offset: None, symbol: None }
        }
    }

    /// Returns the value that is one or the other.
    pub(crate) fn join(self, other: Self) -> Self {
        let offset = if self.offset == other.offset { self.offset } else { None };
        let symbol = if self.symbol == other.symbol { self.symbol } else { None };
        Self { origins: self.origins | other.origins, offset, symbol }
    }

    /// Returns the address of an object in the program.
    pub(crate) fn program(name: Option<&str>) -> Self {
        Self { origins: origin::PROGRAM, offset: None, symbol: name.map(symbol) }
    }

    /// Returns the value shifted left; the result is known if the value is a known number.
    pub(crate) fn shifted(self, bits: u32) -> Self {
        match (self.origins, self.offset) {
            (0, Some(number)) => Self::number(number.wrapping_shl(bits)),
            _ => self.blurred(),
        }
    }

    /// Returns some bits of the value, too few for a pointer.
    pub(crate) fn low(self) -> Self {
        Self { origins: self.origins & !origin::POINTERS, ..Self::default() }
    }

    /// Returns a value that is computed from this one.
    pub(crate) fn blurred(self) -> Self {
        Self { offset: None, symbol: None, ..self }
    }

    /// Returns the offset in the stack, if the value is an address on the stack.
    pub(crate) fn stack(self) -> Option<i64> {
        self.offset.filter(|_| self.origins & origin::POINTERS == origin::STACK)
    }
}

/// The abstract state at one point of a function.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct State {
    registers: [Value; REGS],
    /// Stack slots by address: width in bytes, and value.
    slots: BTreeMap<i64, (i64, Value)>,
    /// The union of all values stored to the stack at unknown addresses.
    blur: Value,
}

impl State {
    /// Returns a state in which only the stack pointer is known.
    pub(crate) fn new(stack_pointer: Reg) -> Self {
        let mut registers = [Value::default(); REGS];
        registers[usize::from(stack_pointer)] = Value::pointer(origin::STACK);
        Self { registers, slots: BTreeMap::new(), blur: Value::default() }
    }

    pub(crate) fn get(&self, register: Reg) -> Value {
        self.registers[usize::from(register)]
    }

    pub(crate) fn set(&mut self, register: Reg, value: Value) {
        self.registers[usize::from(register)] = value;
    }

    /// Returns the value of an address.
    pub(crate) fn place(&self, address: Address) -> Value {
        if address.fixed {
            return Value::program(None);
        }
        let base = address.base.map_or(Value::number(0), |base| self.get(base));
        let index = address.index.map_or(Value::number(0), |index| {
            let value = self.get(index);
            match address.scale {
                1 => value,
                scale => Value { offset: value.offset.map(|i| i.wrapping_mul(scale)), ..value },
            }
        });
        base.sum(index).plus(address.offset)
    }

    /// Returns the value that an instruction computes.
    pub(crate) fn source(&self, source: &Source) -> Value {
        match source {
            Source::Number(number) => Value::number(*number),
            Source::Program(name) => Value::program(name.as_deref()),
            Source::Shifted(register, bits) => self.get(*register).shifted(*bits),
            Source::SumShifted(a, b, bits) => self.get(*a).sum(self.get(*b).shifted(*bits)),
            Source::Low(register) => self.get(*register).low(),
            Source::Plus(register, offset) => self.get(*register).plus(*offset),
            Source::Sum(a, b) => self.get(*a).sum(self.get(*b)),
            Source::Difference(a, b) => self.get(*a).difference(self.get(*b)),
            Source::Place(address) => self.place(*address),
            Source::Either(a, b) => self.get(*a).join(self.get(*b)),
            Source::Mixed(registers) => registers
                .iter()
                .fold(Value::default(), |value, register| value.join(self.get(*register)))
                .blurred(),
        }
    }

    /// Returns the value on the stack at an address.
    pub(crate) fn slot(&self, at: Option<i64>, bytes: i64) -> Value {
        let Some(at) = at else {
            return self
                .slots
                .values()
                .fold(self.blur, |all, (_, value)| all.join(*value))
                .blurred();
        };
        match self.slots.get(&at) {
            Some((width, value)) if *width == bytes && self.blur.origins == 0 => *value,
            _ => self
                .slots
                .iter()
                .filter(|(start, (width, _))| **start < at + bytes && at < **start + width)
                .fold(self.blur, |all, (_, (_, value))| all.join(*value))
                .blurred(),
        }
    }

    /// Stores a value on the stack.
    pub(crate) fn set_slot(&mut self, at: Option<i64>, bytes: i64, value: Value) {
        let Some(at) = at else {
            // Bytes of a buffer contain no pointer, and stores to a buffer stay inside it.
            if value.origins & origin::POINTERS != 0 && bytes >= 8 || bytes == 0 {
                self.blur = self.blur.join(value).blurred();
            }
            return;
        };
        let end = at + bytes;
        let overlapping: Vec<(i64, (i64, Value))> = self
            .slots
            .iter()
            .filter(|(start, (width, _))| **start < end && at < **start + width)
            .map(|(start, slot)| (*start, *slot))
            .collect();
        for (start, (width, old)) in overlapping {
            self.slots.remove(&start);
            if start < at {
                self.slots.insert(start, (at - start, old.blurred()));
            }
            if start + width > end {
                self.slots.insert(end, (start + width - end, old.blurred()));
            }
        }
        self.slots.insert(at, (bytes, value));
    }

    /// Copies part of the stack to another part.
    pub(crate) fn move_slots(&mut self, to: Option<i64>, from: Option<i64>, bytes: Option<i64>) {
        let (Some(to), Some(from), Some(bytes)) = (to, from, bytes) else {
            let moved = self.slot(from.filter(|_| bytes.is_some()), bytes.unwrap_or(0));
            self.set_slot(to.filter(|_| bytes.is_some()), bytes.unwrap_or(0), moved);
            return;
        };
        let inside: Vec<_> = self.slots.range(from..from + bytes).map(|(k, v)| (*k, *v)).collect();
        for (start, (width, value)) in inside {
            self.set_slot(Some(start - from + to), width, value);
        }
    }

    /// Forgets the slots below the stack pointer.
    pub(crate) fn pop_frame(&mut self, stack_pointer: Reg) {
        if let Some(top) = self.get(stack_pointer).stack() {
            self.slots.retain(|start, _| *start >= top);
        }
    }

    /// Joins the state of another path; returns whether this state changed.
    pub(crate) fn join(&mut self, other: &Self) -> bool {
        let before = self.clone();
        for (mine, theirs) in self.registers.iter_mut().zip(&other.registers) {
            *mine = mine.join(*theirs);
        }
        self.blur = self.blur.join(other.blur);
        for (start, (width, value)) in &mut self.slots {
            match other.slots.get(start) {
                Some((theirs, other)) if theirs == width => *value = value.join(*other),
                // The other path did not store there, so the value is not read after the join.
                None => {}
                Some(_) => *value = value.blurred(),
            }
        }
        for (start, (width, value)) in &other.slots {
            self.slots.entry(*start).or_insert((*width, *value));
        }
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_keep_their_origin_through_arithmetic() {
        let shared = Value::pointer(origin::SHARED).plus(8);
        assert_eq!(shared.sum(Value::number(4)).offset, Some(12));
        assert_eq!(shared.sum(Value::data()).origins, origin::SHARED | origin::DATA);
        assert_eq!(shared.difference(Value::pointer(origin::SHARED)), Value::number(8));
        let mixed = shared.difference(Value::pointer(origin::PRIVATE));
        assert_eq!(mixed.origins, origin::SHARED | origin::PRIVATE);
        assert_eq!(mixed.offset, None);
        assert_eq!(shared.join(shared.plus(4)).offset, None);
    }

    #[test]
    fn stack_slots_return_the_stored_value() {
        let mut state = State::new(4);
        let shared = Value::pointer(origin::SHARED);
        state.set_slot(Some(-8), 8, shared);
        assert_eq!(state.slot(Some(-8), 8), shared);
        assert_eq!(state.slot(Some(-8), 4), shared.blurred());
        assert_eq!(state.slot(Some(-6), 1), shared.blurred());
        assert_eq!(state.slot(Some(-16), 8).origins, 0);
        assert_eq!(state.slot(None, 8).origins, origin::SHARED);
        state.move_slots(Some(-32), Some(-16), Some(16));
        assert_eq!(state.slot(Some(-24), 8), shared);
        state.set_slot(Some(-8), 4, Value::number(1));
        assert_eq!(state.slot(Some(-8), 8).origins, origin::SHARED, "half of it may remain");
        state.set_slot(None, 8, Value::pointer(origin::PRIVATE));
        assert_eq!(state.slot(Some(-24), 8).origins, origin::SHARED | origin::PRIVATE);
    }
}
