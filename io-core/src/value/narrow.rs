//! Values that are narrower than their register.

use core::{fmt, marker::PhantomData};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    BareValue, Clearable, CopyReadable, CopyWritable, FieldLayout, InPlace, IoLayout, IoValue,
    Plain, Readable, Repr, Settable, Toggleable, Unswapped, Updatable, ValueFormat, Writable,
    in_place::{number_of, resized},
};

/// A `T` in the low bits of a register of `W`, which is `u8`, `u16`, `u32` or `u64` and determines
/// the width of each access.
///
/// The upper bits are ignored in reads and zero in writes, as data sheets require for reserved
/// bits.
///
/// Use it for:
///
/// * A device whose registers all require accesses of 32 bits, whatever they contain: virtio-mmio's
///   `QueueNum`, the bytes of a UART at a stride of four.
/// * An enum in a wider register.
/// * An enum in a struct that is copied as a whole: every bit pattern of a `Narrow<Mode, u8>` is
///   valid, so it implements zerocopy's `FromBytes`, and [`get`](Self::get) decodes it.
///
/// Byte order and access kind go outside: `Ro<Le<Narrow<u16, u32>>>`.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(Debug, PartialEq, IoValue)]
/// #[repr(u8)]
/// enum State { Idle, Busy }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs {
///     queue_num: Wo<Le<Narrow<u16, u32>>>,
///     state: Ro<Be<Narrow<State, u32>>>,
/// }
///
/// let mut bytes = [0xff; 8];
/// bytes[4..].copy_from_slice(&[0xaa, 0xaa, 0xaa, 1]);
/// # let mut words = [0_u32; 2];
/// # zerocopy::IntoBytes::as_mut_bytes(&mut words).copy_from_slice(&bytes);
/// # // SAFETY: the exclusive borrow of `words` covers a `Regs`.
/// # let regs = unsafe { SysMem::new(words.as_mut_ptr().cast::<Regs>()) };
/// io_write!(regs, .queue_num, 0x100);
/// assert_eq!(io_read!(regs, .state), Ok(State::Busy));
/// # let bytes = zerocopy::IntoBytes::as_bytes(&words);
/// assert_eq!(bytes[..4], [0, 1, 0, 0]);
/// ```
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Narrow<T, W>(W, PhantomData<T>);

/// An integer that fits into a register of `W`: of the same width or narrower. Sealed.
#[diagnostic::on_unimplemented(
    message = "a value of `{Self}` does not fit into a register of `{W}`",
    label = "does not fit into the register",
    note = "in `Narrow<T, W>`, `W` must be `u8`, `u16`, `u32` or `u64`, and at least as wide as `T`"
)]
pub trait FitsIn<W>: Repr {}

macro_rules! fits {
    ($($narrow:ident in $($wide:ident)+;)+) => {$($(
        #[diagnostic::do_not_recommend]
        impl FitsIn<$wide> for $narrow {}
    )+)+};
}

fits! {
    u8 in u8 u16 u32 u64;
    u16 in u16 u32 u64;
    u32 in u32 u64;
    u64 in u64;
}

impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> Narrow<T, W> {
    /// Creates the register content for `value`.
    #[inline(always)]
    pub fn new(value: T::Write) -> Self {
        Self(Self::encode(value), PhantomData)
    }

    /// Creates the register content for `value`, also in constants.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// const DIVIDER: Le<Narrow<u16, u32>> = Le::new(Narrow::from_inner(1000));
    /// assert_eq!(DIVIDER.get(), 1000);
    /// ```
    #[inline(always)]
    pub const fn from_inner(value: T) -> Self
    where
        T: InPlace,
    {
        Self(resized(number_of(value)), PhantomData)
    }

    /// Returns the value in a copy that was read.
    #[inline(always)]
    pub fn get(self) -> T::Read {
        Self::decode(self.0)
    }
}

impl<T, W: Copy> Clone for Narrow<T, W> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, W: Copy> Copy for Narrow<T, W> {}

impl<T, W: Default> Default for Narrow<T, W> {
    #[inline]
    fn default() -> Self {
        Self(W::default(), PhantomData)
    }
}

impl<T, W: PartialEq> PartialEq for Narrow<T, W> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T, W: Eq> Eq for Narrow<T, W> {}

impl<T, W> fmt::Debug for Narrow<T, W>
where
    T: Unswapped<Read: fmt::Debug, Repr: FitsIn<W>>,
    W: Repr,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Narrow").field(&self.get()).finish()
    }
}

// SAFETY: `repr(transparent)` over an integer, as every `Repr` is; the layout is that of the
// integer.
unsafe impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> IoLayout for Narrow<T, W> {
    const LAYOUT: FieldLayout = FieldLayout::of_repr::<W>().with_bits(T::LAYOUT.bits());
    const FORMAT: Option<ValueFormat> = T::FORMAT;
}

// SAFETY: `repr(transparent)` over an integer, which is one word.
#[diagnostic::do_not_recommend]
unsafe impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> IoValue for Narrow<T, W> {
    type Repr = W;
    type Read = T::Read;
    type Write = T::Write;

    const UNUSED_BITS: u64 = W::WIDTH.all_ones() & !T::Repr::WIDTH.all_ones() | T::UNUSED_BITS;

    #[inline(always)]
    fn decode(repr: W) -> T::Read {
        T::decode(T::Repr::from_u64(repr.to_u64()))
    }

    #[inline(always)]
    fn encode(value: T::Write) -> W {
        W::from_u64(T::encode(value).to_u64())
    }

    #[inline(always)]
    fn in_memory(value: T::Write) -> Self {
        Self::new(value)
    }

    #[inline(always)]
    fn from_memory(memory: Self) -> T::Read {
        memory.get()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> Readable for Narrow<T, W> {}
#[diagnostic::do_not_recommend]
impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> Writable for Narrow<T, W> {}
impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> BareValue for Narrow<T, W> {}

macro_rules! verbs {
    ($($verb:ident)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped<Repr: FitsIn<W>> + $verb, W: Repr> $verb for Narrow<T, W> {}
    )+};
}

verbs!(CopyReadable CopyWritable Clearable Settable Toggleable Plain);

impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> Unswapped for Narrow<T, W> {
    #[inline(always)]
    fn repr_of(value: Self) -> W {
        value.0
    }
}

// SAFETY: `repr(transparent)` over an integer, as every `Repr` is, which is the number.
#[diagnostic::do_not_recommend]
unsafe impl<T: Unswapped<Repr: FitsIn<W>>, W: Repr> InPlace for Narrow<T, W> {}

#[diagnostic::do_not_recommend]
impl<T, W> Updatable for Narrow<T, W>
where
    T: Unswapped<Repr: FitsIn<W>> + Updatable,
    W: Repr,
{
}
