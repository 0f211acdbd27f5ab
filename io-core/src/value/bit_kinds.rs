//! Kinds of single bits, for values whose bits differ in the accesses that they allow.

use super::{AccessKind, IoValue, Width};

/// The effect of an access on a bit that is not a plain read-write bit.
///
/// The kinds of writes precede those of reads.
///
/// Source: CMSIS-SVD `access`, `modifiedWriteValues` and `readAction`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BitKind {
    /// `ro`: a write has no effect.
    ReadOnly,
    /// `w1c`: a written one clears the bit, and a zero has no effect.
    OneToClear,
    /// `w1s`: a written one sets the bit, and a zero has no effect.
    OneToSet,
    /// `toggle`: a written one inverts the bit, and a zero has no effect.
    OneToToggle,
    /// `w0c`: a written zero clears the bit, and a one has no effect.
    ZeroToClear,
    /// `w0s`: a written zero sets the bit, and a one has no effect.
    ZeroToSet,
    /// `w0t`: a written zero inverts the bit, and a one has no effect.
    ZeroToToggle,
    /// `self_clearing`: a written one starts an operation, at whose end the device clears the bit.
    SelfClearing,
    /// `write_clears`: every write of the register clears the bit.
    WriteClears,
    /// `write_sets`: every write of the register sets the bit.
    WriteSets,
    /// `write_once`: only the first write after a reset has an effect.
    WriteOnce,
    /// `read_clears`: a read of the register clears the bit.
    ReadClears,
    /// `read_sets`: a read of the register sets the bit.
    ReadSets,
    /// `read_modifies`: a read of the register changes the bit in another way.
    ReadModifies,
    /// `read_effect`: a read of the register has an effect elsewhere, as for the port of a FIFO.
    ReadEffect,
}

/// The number of variants of [`BitKind`].
const NUMBER_OF_KINDS: usize = BitKind::ReadEffect as usize + 1;

/// The bits of a value that are not plain read-write bits: a mask for each [`BitKind`].
///
/// The masks are of the number that the value has in its own byte order. `#[derive(IoValue)]`
/// creates them from `#[io(w1c = …)]` and the other options. Of the kinds that a write has an effect
/// on, a bit has at most one; the kinds of reads are independent of these.
///
/// ```
/// use io_core::layout::{BitKind, BitKinds};
///
/// // Bit 0 is cleared by a written one, bit 1 is plain.
/// const KINDS: BitKinds = BitKinds::PLAIN.with(BitKind::OneToClear, 1);
/// assert_eq!((KINDS.special(), KINDS.neutral()), (1, 0));
/// assert_eq!(KINDS.after_write(0b01, 0b11), 0b10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BitKinds([u64; NUMBER_OF_KINDS]);

impl BitKinds {
    /// Read-write bits only.
    pub const PLAIN: Self = BitKinds([0; NUMBER_OF_KINDS]);

    /// Returns the mask of the bits of this kind.
    #[inline]
    pub const fn get(&self, kind: BitKind) -> u64 {
        self.0[kind as usize]
    }

    /// Adds the bits of `mask` to those of `kind`.
    #[inline]
    #[must_use]
    pub const fn with(mut self, kind: BitKind, mask: u64) -> Self {
        self.0[kind as usize] |= mask;
        self
    }

    /// Returns the effects of reads of `self` and those of writes of `written`.
    #[must_use]
    pub(super) const fn read_or_written(mut self, written: &Self) -> Self {
        let mut i = 0;
        while i < BitKind::ReadClears as usize {
            self.0[i] = written.0[i];
            i += 1;
        }
        self
    }

    /// Returns the kinds of the low or high half of a value of 64 bits.
    #[must_use]
    pub fn half(mut self, is_low: bool) -> Self {
        for mask in &mut self.0 {
            *mask = if is_low { *mask & u64::from(u32::MAX) } else { *mask >> 32 };
        }
        self
    }

    /// Returns the same kinds for the bits of `mask` only; the other bits are plain.
    #[must_use]
    pub fn within(mut self, mask: u64) -> Self {
        for bits in &mut self.0 {
            *bits &= mask;
        }
        self
    }

    /// Returns whether all bits are plain.
    #[inline]
    pub const fn is_plain(&self) -> bool {
        let mut i = 0;
        while i < self.0.len() {
            if self.0[i] != 0 {
                return false;
            }
            i += 1;
        }
        true
    }

    /// Returns the bits for which a written value is a command: one of the two values acts, and the
    /// other has no effect.
    #[inline]
    pub const fn special(&self) -> u64 {
        self.ones() | self.zeros()
    }

    /// Returns the value of the [`special`](Self::special) bits that has no effect.
    #[inline]
    pub const fn neutral(&self) -> u64 {
        self.zeros()
    }

    /// The bits on which a written one acts.
    const fn ones(&self) -> u64 {
        self.get(BitKind::OneToClear)
            | self.get(BitKind::OneToSet)
            | self.get(BitKind::OneToToggle)
            | self.get(BitKind::SelfClearing)
    }

    /// The bits on which a written zero acts.
    const fn zeros(&self) -> u64 {
        self.get(BitKind::ZeroToClear)
            | self.get(BitKind::ZeroToSet)
            | self.get(BitKind::ZeroToToggle)
    }

    /// Returns the bits that every write changes, or that can be written only once: there is no
    /// value that leaves them as they are.
    #[inline]
    pub const fn without_neutral(&self) -> u64 {
        self.get(BitKind::WriteClears) | self.get(BitKind::WriteSets) | self.get(BitKind::WriteOnce)
    }

    /// Returns the bits on which a read has an effect.
    #[inline]
    pub const fn changed_by_read(&self) -> u64 {
        self.get(BitKind::ReadClears)
            | self.get(BitKind::ReadSets)
            | self.get(BitKind::ReadModifies)
            | self.get(BitKind::ReadEffect)
    }

    /// Returns the content of the register after a write of `written`, if it was `old` before.
    ///
    /// An operation of a self-clearing bit is complete at once. A write-once bit is treated as not
    /// written before.
    #[inline]
    pub const fn after_write(&self, old: u64, written: u64) -> u64 {
        let unchanged = self.get(BitKind::ReadOnly) | self.special();
        let plain = written & !unchanged | old & unchanged;
        let set = written & self.get(BitKind::OneToSet)
            | !written & self.get(BitKind::ZeroToSet)
            | self.get(BitKind::WriteSets);
        let cleared = written & self.get(BitKind::OneToClear)
            | !written & self.get(BitKind::ZeroToClear)
            | self.get(BitKind::SelfClearing)
            | self.get(BitKind::WriteClears);
        let inverted =
            written & self.get(BitKind::OneToToggle) | !written & self.get(BitKind::ZeroToToggle);
        (plain | set) & !cleared ^ inverted
    }

    /// Returns the content of the register after a read.
    #[inline]
    pub const fn after_read(&self, old: u64) -> u64 {
        (old | self.get(BitKind::ReadSets)) & !self.get(BitKind::ReadClears)
    }

    /// Checks the masks of a value of `bits` bits; used by generated code.
    ///
    /// # Panics
    ///
    /// * A mask has a bit beyond the value.
    /// * A bit has two kinds that differ in the effect of a write, or of a read.
    #[doc(hidden)]
    #[track_caller]
    pub const fn checked(self, bits: u32) -> Self {
        let (mut i, mut written, mut read) = (0, 0_u64, 0_u64);
        while i < self.0.len() {
            let mask = self.0[i];
            assert!(mask & !(u64::MAX >> (64 - bits)) == 0, "a mask has bits beyond the value");
            let seen = if i < BitKind::ReadClears as usize { &mut written } else { &mut read };
            assert!(mask & *seen == 0, "two masks of `#[io(…)]` contain the same bit");
            *seen |= mask;
            i += 1;
        }
        self
    }

    /// Adds the mask that a value of a `T` is, or that is given as a number; used by generated
    /// code.
    ///
    /// # Safety
    ///
    /// The bits of `mask` in memory must be initialised, as they are for integers.
    #[doc(hidden)]
    #[must_use]
    pub const unsafe fn with_mask<T: IoValue, M: Mask<T>>(self, kind: BitKind, mask: M) -> Self {
        let mask = core::mem::ManuallyDrop::new(mask);
        // SAFETY: by the contract of `Mask`, an `M` has the size of the representation of `T`, an
        // integer. The caller guarantees that the bits are initialised.
        let number = unsafe { bits_in_memory(&mask) };
        self.with(kind, number)
    }
}

/// Returns the number that the bits of a value are, whose type has the size of an integer of 8 to 64
/// bits.
///
/// # Panics
///
/// * `M` has another size.
///
/// # Safety
///
/// The bits of `value` in memory must be initialised.
pub(crate) const unsafe fn bits_in_memory<M>(value: &M) -> u64 {
    macro_rules! bits_as {
        ($int:ident) => {
            // SAFETY: the caller guarantees that the bits are initialised, and any initialised bits
            // are a valid integer. The integer has as many bytes as `value`, which are read.
            unsafe { core::mem::transmute_copy::<M, $int>(value) as u64 }
        };
    }
    match size_of::<M>() {
        1 => bits_as!(u8),
        2 => bits_as!(u16),
        4 => bits_as!(u32),
        8 => bits_as!(u64),
        _ => panic!("a mask has the size of an integer of 8 to 64 bits"),
    }
}

impl AccessKind {
    /// Returns the kinds of the bits of a register of this width and kind.
    #[inline]
    pub const fn bit_kinds(self, width: Width) -> BitKinds {
        let all = width.all_ones();
        let kinds = BitKinds::PLAIN;
        match self {
            AccessKind::ReadWrite | AccessKind::WriteOnly | AccessKind::OwnBit => kinds,
            AccessKind::Reserved | AccessKind::ReadOnly => kinds.with(BitKind::ReadOnly, all),
            AccessKind::ReadWriteEffect => kinds.with(BitKind::ReadEffect, all),
            AccessKind::ReadOnlyEffect => {
                kinds.with(BitKind::ReadOnly, all).with(BitKind::ReadEffect, all)
            }
            AccessKind::ReadToClear => {
                kinds.with(BitKind::ReadOnly, all).with(BitKind::ReadClears, all)
            }
            AccessKind::ReadToSet => {
                kinds.with(BitKind::ReadOnly, all).with(BitKind::ReadSets, all)
            }
            AccessKind::ReadToClearOneToClear => {
                kinds.with(BitKind::OneToClear, all).with(BitKind::ReadClears, all)
            }
            AccessKind::WriteOneToClear | AccessKind::WriteOnlyOneToClear => {
                kinds.with(BitKind::OneToClear, all)
            }
            AccessKind::WriteOneToSet | AccessKind::WriteOnlyOneToSet => {
                kinds.with(BitKind::OneToSet, all)
            }
            AccessKind::WriteOneToToggle | AccessKind::WriteOnlyOneToToggle => {
                kinds.with(BitKind::OneToToggle, all)
            }
            AccessKind::WriteZeroToClear => kinds.with(BitKind::ZeroToClear, all),
            AccessKind::WriteZeroToSet => kinds.with(BitKind::ZeroToSet, all),
            AccessKind::WriteZeroToToggle => kinds.with(BitKind::ZeroToToggle, all),
            AccessKind::WriteToClear => kinds.with(BitKind::WriteClears, all),
            AccessKind::WriteToSet => kinds.with(BitKind::WriteSets, all),
            AccessKind::WriteOnce => kinds.with(BitKind::WriteOnce, all),
            AccessKind::SelfClearing => kinds.with(BitKind::SelfClearing, all),
        }
    }
}

/// A mask of bits of a `T`: a number of the register's width, or a value of the type.
///
/// # Safety
///
/// `Self` must have the size of `T::Repr`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a mask of bits of a `{T}`",
    label = "expected a number of the register's width, or a value of the type",
    note = "write `Self::FLAG`, `Self::A.union(Self::B)`, or a number such as `0x30`"
)]
pub unsafe trait Mask<T> {}

macro_rules! number_masks {
    ($($int:ident)+) => {$(
        // SAFETY: the integer is the representation of `T`.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: IoValue<Repr = $int>> Mask<T> for $int {}
    )+};
}

number_masks!(u8 u16 u32 u64);
