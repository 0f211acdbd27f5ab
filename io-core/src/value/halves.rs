//! 64-bit values on a 32-bit bus: two accesses, in the order that the type specifies.

use core::{fmt, marker::PhantomData};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    BareValue, Clearable, CopyReadable, CopyWritable, FieldLayout, InPlace, IoLayout, IoValue,
    Plain, Readable, Settable, Toggleable, Updatable, Writable, in_place::number_of,
};

/// The index of the word that contains the low half of a `T`.
pub(super) const fn low_word<T: IoLayout>() -> usize {
    if T::LAYOUT.endian().is_big() { 1 } else { 0 }
}

macro_rules! halves {
    ($(#[$doc:meta])+ $name:ident order $order:expr) => {
        $(#[$doc])+
        ///
        /// `T` is a 64-bit value: `u64`, `Le<u64>`, `Be<DmaAddr>`, …. The type has the same bytes
        /// in memory as `T`, aligned to 4 bytes. `T` determines the order of the halves in memory;
        /// this type determines the order of the accesses. The device may change the value between
        /// the two accesses; for a counter, use [`Counter`](super::Counter).
        ///
        /// In a copied value, [`get`](Self::get) and [`new`](Self::new) give access to the value.
        /// [`IoValue::decode`] and `encode` process one word only, the low half.
        ///
        /// Source: Linux `include/linux/io-64-nonatomic-lo-hi.h` and `-hi-lo.h`.
        ///
        /// ```
        /// use io_core::prelude::*;
        ///
        /// #[derive(IoStruct)]
        /// #[repr(C)]
        /// struct Timer { control: u32, compare: LoHi<Le<u64>>, count: Ro<HiLo<Le<u64>>> }
        ///
        /// fn remaining<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> u64 {
        ///     io_read!(timer, .compare).saturating_sub(io_read!(timer, .count))
        /// }
        ///
        /// # let mut words = [0, 0x10_u32.to_le(), 1_u32.to_le(), 0xf_u32.to_le(), 0];
        /// # // SAFETY: the exclusive borrow of `words` covers a `Timer`.
        /// # let timer = unsafe { SysMem::new(words.as_mut_ptr().cast::<Timer>()) };
        /// assert_eq!(remaining(timer), 0x1_0000_0001);
        /// ```
        #[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
        #[repr(transparent)]
        pub struct $name<T>([u32; 2], PhantomData<T>);

        impl<T: BareValue + IoValue<Repr = u64>> $name<T> {
            /// Creates the register content for `value`.
            #[inline]
            pub fn new(value: T::Write) -> Self {
                Self(split(T::encode(value)), PhantomData)
            }

            /// Creates the register content for `value`, also in constants.
            ///
            /// ```
            /// use io_core::prelude::*;
            ///
            #[doc = concat!("const LIMIT: ", stringify!($name), "<Be<u64>> = ")]
            #[doc = concat!("    ", stringify!($name), "::from_inner(Be::new(7));")]
            /// assert_eq!(LIMIT.get(), 7);
            /// ```
            #[inline]
            pub const fn from_inner(value: T) -> Self
            where
                T: InPlace,
            {
                Self(split(number_of(value)), PhantomData)
            }

            /// Returns the value in a copy that was read.
            #[inline]
            pub fn get(self) -> T::Read {
                T::decode(join(self.0))
            }
        }

        impl<T> Clone for $name<T> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> Default for $name<T> {
            #[inline]
            fn default() -> Self {
                Self([0; 2], PhantomData)
            }
        }

        impl<T> PartialEq for $name<T> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<T> Eq for $name<T> {}

        impl<T: BareValue + IoValue<Repr = u64, Read: fmt::Debug>> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.get()).finish()
            }
        }

        // SAFETY: two words of 32 bits, for which every bit pattern is valid, contain the 64-bit
        // value that the layout specifies.
        unsafe impl<T: BareValue + IoValue<Repr = u64>> IoLayout for $name<T> {
            const LAYOUT: FieldLayout = T::LAYOUT.in_halves(matches!($order(0), (0, _)));
        }

        // SAFETY: two consecutive words, with their alignment. Both functions use the words 0 and 1
        // only.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: BareValue + IoValue<Repr = u64>> IoValue for $name<T> {
            type Repr = u32;
            type Read = T::Read;
            type Write = T::Write;

            const UNUSED_BITS: u64 = T::UNUSED_BITS;

            #[inline(always)]
            fn decode(repr: u32) -> T::Read {
                let mut words = [0; 2];
                words[low_word::<T>()] = repr;
                T::decode(join(words))
            }

            #[inline(always)]
            fn encode(value: T::Write) -> u32 {
                split(T::encode(value))[low_word::<T>()]
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
                let (first, second) = const { $order(low_word::<T>()) };
                let mut words = [0; 2];
                words[first] = read(first)?;
                words[second] = read(second)?;
                Ok(T::decode(join(words)))
            }

            #[inline(always)]
            fn write_by<E>(
                value: T::Write,
                mut write: impl FnMut(usize, u32) -> Result<(), E>,
            ) -> Result<(), E> {
                let (first, second) = const { $order(low_word::<T>()) };
                let words = split(T::encode(value));
                write(first, words[first])?;
                write(second, words[second])
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: BareValue + IoValue<Repr = u64>> Readable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: BareValue + IoValue<Repr = u64>> Writable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: BareValue + Updatable + IoValue<Repr = u64>> Updatable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: BareValue + CopyReadable + IoValue<Repr = u64>> CopyReadable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: BareValue + CopyWritable + IoValue<Repr = u64>> CopyWritable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: BareValue + IoValue<Repr = u64>> BareValue for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Clearable + BareValue + IoValue<Repr = u64>> Clearable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Settable + BareValue + IoValue<Repr = u64>> Settable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Toggleable + BareValue + IoValue<Repr = u64>> Toggleable for $name<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Plain + IoValue<Repr = u64>> Plain for $name<T> {}
    };
}

const fn low_first(low: usize) -> (usize, usize) {
    (low, 1 - low)
}

const fn high_first(low: usize) -> (usize, usize) {
    (1 - low, low)
}

halves! {
    /// A 64-bit value in two accesses of 32 bits, low half first.
    LoHi order low_first
}
halves! {
    /// A 64-bit value in two accesses of 32 bits, high half first.
    HiLo order high_first
}

/// Returns the words of a 64-bit value in address order, as the processor loads them.
#[inline(always)]
const fn split(bits: u64) -> [u32; 2] {
    let (low, high) = (bits as u32, (bits >> 32) as u32);
    if cfg!(target_endian = "big") { [high, low] } else { [low, high] }
}

/// Returns the 64-bit value that consists of these words.
#[inline(always)]
pub(super) fn join(words: [u32; 2]) -> u64 {
    let [low, high] = if cfg!(target_endian = "big") { [words[1], words[0]] } else { words };
    u64::from(low) | u64::from(high) << 32
}
