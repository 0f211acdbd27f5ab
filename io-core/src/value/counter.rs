//! 64-bit counters that run while they are read by two accesses.

use core::fmt;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, FieldLayout, HiLo, IoLayout, IoValue, Plain, Pollable, Readable,
    halves::{join, low_word},
};

/// A free-running 64-bit counter on a 32-bit bus, read-only: a value that the counter had during the
/// read.
///
/// The high half is read first, then the low half, then the high half again. If the high half has
/// changed, the low half is read again. The result is exact unless the low half wraps around twice
/// during the read, which takes 2^32 ticks.
///
/// With [`HiLo`](super::HiLo) or [`LoHi`](super::LoHi) a read at the moment at which the low half
/// wraps around would return a value that is wrong by 2^32.
///
/// `T` is a 64-bit value: `u64`, `Le<u64>`, `Be<u64>`. A block that contains a counter cannot be
/// copied out as a whole.
///
/// Source: RISC-V unprivileged specification, section "Zicntr" (`rdcycleh`, `rdcycle`, `rdcycleh`).
///
/// ```
/// use io_core::{Counter, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { control: u32, count: Counter<Le<u64>> }
///
/// fn ticks<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> u64 {
///     io_read!(timer, .count)
/// }
/// # let mut words = [0, 5_u32.to_le(), 1_u32.to_le()];
/// # // SAFETY: the exclusive borrow of `words` covers a `Timer`.
/// # let timer = unsafe { SysMem::new(words.as_mut_ptr().cast::<Timer>()) };
/// # assert_eq!(ticks(timer), 0x1_0000_0005);
/// ```
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Counter<T>(HiLo<T>);

impl<T: Plain + IoValue<Repr = u64>> Counter<T> {
    /// Creates the register content for `value`, for a model or a test.
    #[inline]
    pub fn new(value: T::Write) -> Self {
        Self(HiLo::new(value))
    }

    /// Returns the value in memory.
    #[inline]
    pub fn get(self) -> T::Read {
        self.0.get()
    }
}

impl<T> Clone for Counter<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Counter<T> {}

impl<T: Plain + IoValue<Repr = u64, Read: fmt::Debug>> fmt::Debug for Counter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Counter").field(&self.get()).finish()
    }
}

// SAFETY: `repr(transparent)` over `HiLo<T>`, whose layout it has.
#[diagnostic::do_not_recommend]
unsafe impl<T: Plain + IoValue<Repr = u64>> IoLayout for Counter<T> {
    const LAYOUT: FieldLayout = <HiLo<T> as IoLayout>::LAYOUT.with_access(AccessKind::ReadOnly);
}

// SAFETY: `repr(transparent)` over `HiLo<T>`, which is two words. The words 0 and 1 only are used.
#[diagnostic::do_not_recommend]
unsafe impl<T: Plain + IoValue<Repr = u64>> IoValue for Counter<T> {
    type Repr = u32;
    type Read = T::Read;
    type Write = T::Write;

    #[inline(always)]
    fn decode(repr: u32) -> T::Read {
        HiLo::<T>::decode(repr)
    }

    #[inline(always)]
    fn encode(value: T::Write) -> u32 {
        HiLo::<T>::encode(value)
    }

    #[inline(always)]
    fn in_memory(value: T::Write) -> Self {
        Self::new(value)
    }

    #[inline(always)]
    fn from_memory(memory: Self) -> T::Read {
        memory.get()
    }

    #[inline(always)]
    fn read_by<E>(mut read: impl FnMut(usize) -> Result<u32, E>) -> Result<T::Read, E> {
        let low_word = const { low_word::<T>() };
        let (before, mut low) = (read(1 - low_word)?, read(low_word)?);
        let high = read(1 - low_word)?;
        if high != before {
            low = read(low_word)?;
        }
        let mut words = [high; 2];
        words[low_word] = low;
        Ok(T::decode(join(words)))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Plain + IoValue<Repr = u64>> Readable for Counter<T> {}
#[diagnostic::do_not_recommend]
impl<T: Plain + IoValue<Repr = u64>> Pollable for Counter<T> {}
