//! The location of one register's number.

use core::convert::Infallible;

use io_core::{
    IoValue, Repr, Width,
    layout::{AccessKind, Endian, FieldLayout},
};

/// Identifies a register: of two registers at one offset, the readable one and the write-only one
/// have different keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) offset: usize,
    pub(super) write_only: bool,
}

/// One register, or one half of a 64-bit register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) width: Width,
    endian: Endian,
}

impl Slot {
    pub(super) fn new(offset: usize, width: Width, access: AccessKind, endian: Endian) -> Self {
        let write_only = access.is_writable() && !access.is_readable();
        Slot { key: Key { offset, write_only }, width, endian }
    }

    /// Returns the slot of word number `word` of a field of type `V` at `offset`.
    pub(super) fn of<V: IoValue>(offset: usize, word: usize) -> Self {
        let (access, endian) = match V::LAYOUT {
            FieldLayout::Value { access, endian, .. }
            | FieldLayout::Halves { access, endian, .. } => (access, endian),
            _ => (AccessKind::ReadWrite, Endian::Native),
        };
        let width = V::Repr::WIDTH;
        Slot::new(offset + word * width.bytes(), width, access, endian)
    }

    /// Returns the slot of the readable register at the same offset.
    pub(super) fn as_read(self) -> Self {
        Slot { key: Key { write_only: false, ..self.key }, ..self }
    }

    pub(super) fn is_big_endian(self) -> bool {
        self.endian.is_big()
    }

    /// Converts between the bits that the processor would load and the register's number; the
    /// conversion is its own inverse.
    fn number(self, bits: u64) -> u64 {
        self.endian.number(bits, self.width)
    }

    /// Returns the register's number for a value.
    pub(super) fn encode<V: IoValue>(self, value: V::Write) -> u64 {
        self.number(V::encode(value).to_u64())
    }

    /// Returns the bits that the processor would load.
    pub(super) fn repr<R: Repr>(self, number: u64) -> R {
        R::from_u64(self.number(number))
    }

    /// Converts between the number on a little-endian bus and the register's number; the conversion
    /// is its own inverse.
    pub(super) fn on_little_bus(self, number: u64) -> u64 {
        if self.endian.is_big() { number.swap_bytes() >> (64 - self.width.bits()) } else { number }
    }
}

/// Returns the slot of a field of type `V` at `offset` that takes a single access; other fields do
/// not compile.
pub(super) fn single<V: IoValue>(offset: usize) -> Slot {
    const { assert!(words::<V>() == 1, "registers in two halves are not supported here") };
    Slot::of::<V>(offset, 0)
}

/// Returns the number of words of a `V`.
pub(super) const fn words<V: IoValue>() -> usize {
    size_of::<V>() / size_of::<V::Repr>()
}

/// Returns the index of the word of a `V` that a driver accesses last.
pub(super) fn last_word<V: IoValue>() -> usize {
    let mut last = 0;
    let Ok(_) = V::read_by(|word| {
        last = word;
        Ok::<_, Infallible>(V::Repr::from_u64(0))
    });
    last
}

/// Calls `each` with the slot and the number of each word of a written `V`.
pub(super) fn numbers<V: IoValue>(offset: usize, value: V::Write, mut each: impl FnMut(Slot, u64)) {
    let Ok(()) = V::write_by(value, |word, repr| {
        let slot = Slot::of::<V>(offset, word);
        each(slot, slot.number(repr.to_u64()));
        Ok::<_, Infallible>(())
    });
}

/// Returns the `V` whose words have these numbers.
pub(super) fn value<V: IoValue>(offset: usize, mut number: impl FnMut(Slot) -> u64) -> V::Read {
    let Ok(value) = V::read_by(|word| {
        let slot = Slot::of::<V>(offset, word);
        Ok::<_, Infallible>(slot.repr(number(slot)))
    });
    value
}

/// The bytes of all registers, each in its own byte order.
#[derive(Clone, Debug)]
pub(super) struct Storage {
    /// Indexed by [`Key::write_only`].
    sides: [alloc::vec::Vec<u8>; 2],
}

impl Storage {
    pub(super) fn new(size: usize) -> Self {
        Storage { sides: [alloc::vec![0; size], alloc::vec![0; size]] }
    }

    pub(super) fn load(&self, slot: Slot) -> u64 {
        let mut bytes = [0; 8];
        let register = &self.sides[usize::from(slot.key.write_only)][slot.key.offset..];
        bytes[..slot.width.bytes()].copy_from_slice(&register[..slot.width.bytes()]);
        slot.on_little_bus(u64::from_le_bytes(bytes))
    }

    pub(super) fn store(&mut self, slot: Slot, number: u64) {
        let bytes = slot.on_little_bus(number).to_le_bytes();
        let register = &mut self.sides[usize::from(slot.key.write_only)][slot.key.offset..];
        register[..slot.width.bytes()].copy_from_slice(&bytes[..slot.width.bytes()]);
    }

    /// Returns the bytes of the readable registers.
    pub(super) fn bytes(&mut self) -> &mut [u8] {
        &mut self.sides[0]
    }
}
