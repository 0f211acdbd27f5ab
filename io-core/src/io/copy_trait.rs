//! Copies of whole values, and of many values through one register.

use core::mem::MaybeUninit;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    Copied, CopyError, ErrorOf, Fails, Failure, IoBackend, IoBase, IoCapable, IoCopyable, ViewOf,
    copy, io_trait::word_of,
};
use crate::value::{CopyReadable, CopyWritable, IoValue, Readable, Repr, Width, Writable};

/// What a view of a whole value can do besides [`Io`](crate::Io).
///
/// The result is the plain value where the backend cannot fail and a `Result`
/// where it can; each method has a `try_` form that gives a `Result` always.
/// [`IoSlice`](crate::IoSlice) has the copies of slices.
///
/// ```
/// use io_core::prelude::*;
/// use zerocopy::{FromBytes, Immutable, IntoBytes};
///
/// #[derive(FromBytes, Immutable, IntoBytes, IoStruct)]
/// #[repr(C)]
/// struct Descriptor { address: Le<DmaAddr>, len: Le<u32>, flags: Le<u32> }
///
/// let mut memory: Descriptor = zerocopy::FromZeros::new_zeroed();
/// let view = SysMem::from_mut(&mut memory);
/// view.copy_write(Descriptor { address: DmaAddr::new(0x1000).into(), len: 64.into(), flags: 1.into() });
/// assert_eq!(io_read!(view, .address), DmaAddr::new(0x1000));
/// assert_eq!(view.copy_read().len, Le::<u32>::from_ne(64));
/// ```
pub trait IoCopy<'a>: IoBase<'a> {
    /// Copies the whole value out. Not atomic as a whole; bytes as they lie in
    /// the view, so `Le` and `Be` fields keep their meaning.
    #[inline(always)]
    fn copy_read(self) -> Copied<Self::Backend, Self::Target>
    where
        Self::Target: FromBytes + CopyReadable + Sized,
        Self::Backend: IoCopyable,
    {
        read_whole::<_, <Self::Backend as IoBackend>::Fail>(self, None)
    }

    /// Copies the whole value out. Not atomic as a whole.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_copy_read(self) -> Result<Self::Target, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + CopyReadable + Sized,
        Self::Backend: IoCopyable,
    {
        read_whole::<_, Fails<_>>(self, None)
    }

    /// Copies the whole value out, each access as wide as `W`.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if `W` divides not both size and address.
    /// [`try_copy_read_as`](Self::try_copy_read_as) does not.
    #[inline(always)]
    #[track_caller]
    fn copy_read_as<W: Repr>(self) -> Copied<Self::Backend, Self::Target>
    where
        Self::Target: FromBytes + CopyReadable + Sized,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        read_whole::<_, <Self::Backend as IoBackend>::Fail>(self, Some(W::WIDTH))
    }

    /// Copies the whole value out, each access as wide as `W`.
    ///
    /// # Errors
    ///
    /// [`CopyError::Width`] if `W` divides not both size and address,
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_copy_read_as<W: Repr>(self) -> Result<Self::Target, CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + CopyReadable + Sized,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        read_whole::<_, Fails<_>>(self, Some(W::WIDTH))
    }

    /// Copies the whole value in, in ascending address order. Not atomic as a
    /// whole; the value's destructor, which such types do not have, is not run.
    #[inline(always)]
    fn copy_write(self, value: Self::Target) -> Copied<Self::Backend, ()>
    where
        Self::Target: IntoBytes + Immutable + CopyWritable + Sized,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_copy_write(value))
    }

    /// Copies the whole value in, in ascending address order. Not atomic.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_copy_write(self, value: Self::Target) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: IntoBytes + Immutable + CopyWritable + Sized,
        Self::Backend: IoCopyable,
    {
        write_whole(self, &value, None)
    }

    /// Copies the whole value in, each access as wide as `W`.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if `W` divides not both size and address.
    /// [`try_copy_write_as`](Self::try_copy_write_as) does not.
    #[inline(always)]
    #[track_caller]
    fn copy_write_as<W: Repr>(self, value: Self::Target) -> Copied<Self::Backend, ()>
    where
        Self::Target: IntoBytes + Immutable + CopyWritable + Sized,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_copy_write_as::<W>(value))
    }

    /// Copies the whole value in, each access as wide as `W`.
    ///
    /// # Errors
    ///
    /// [`CopyError::Width`] if `W` divides not both size and address,
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_copy_write_as<W: Repr>(
        self,
        value: Self::Target,
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: IntoBytes + Immutable + CopyWritable + Sized,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        write_whole(self, &value, Some(W::WIDTH))
    }

    /// Reads as many values as `values` has, one after the other, from this one
    /// register: a FIFO. Exactly one access each.
    #[inline(always)]
    fn read_fifo(self, values: &mut [<Self::Target as IoValue>::Read]) -> Copied<Self::Backend, ()>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_read_fifo(values))
    }

    /// Reads as many values as `values` has from this one register.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] with the bytes that were read before.
    #[inline(always)]
    fn try_read_fifo(
        self,
        values: &mut [<Self::Target as IoValue>::Read],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let (count, mut places) = (values.len(), values.iter_mut());
        Self::Backend::io_read_fifo(register(self), count, |repr| {
            if let Some(place) = places.next() {
                *place = Self::Target::decode(repr);
            }
        })
    }

    /// Writes all of `values`, one after the other, to this one register: a
    /// FIFO. Exactly one access each.
    #[inline(always)]
    fn write_fifo(self, values: &[<Self::Target as IoValue>::Write]) -> Copied<Self::Backend, ()>
    where
        Self::Target: Writable<Write: Copy>,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_write_fifo(values))
    }

    /// Writes all of `values` to this one register.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] with the bytes that were written before.
    #[inline(always)]
    fn try_write_fifo(
        self,
        values: &[<Self::Target as IoValue>::Write],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Writable<Write: Copy>,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let values = values.iter().map(|value| Self::Target::encode(*value));
        Self::Backend::io_write_fifo(register(self), values)
    }

    /// Writes `byte` to every byte.
    #[inline(always)]
    fn fill(self, byte: u8) -> Copied<Self::Backend, ()>
    where
        Self::Target: FromBytes + CopyWritable,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_fill(byte))
    }

    /// Writes `byte` to every byte.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_fill(self, byte: u8) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: FromBytes + CopyWritable,
        Self::Backend: IoCopyable,
    {
        copy::fill(self, None, byte)
    }
}

impl<'a, T: IoBase<'a>> IoCopy<'a> for T {}

/// Copies the whole value out, for a user who sees failures as `F` shapes them.
#[inline(always)]
#[track_caller]
fn read_whole<'a, I, F>(io: I, width: Option<Width>) -> F::Copied<I::Target>
where
    I: IoBase<'a, Target: FromBytes + Sized, Backend: IoCopyable>,
    F: Failure<Error = ErrorOf<I::Backend>>,
{
    let mut value = MaybeUninit::<I::Target>::uninit();
    // SAFETY: `value` has the view's size and is private.
    let result = unsafe { copy::copy_out(io, width, value.as_mut_ptr().cast()) };
    // SAFETY: called if the copy is `Ok`: it has initialised every byte, and
    // any bytes make a value.
    F::copied_with(result, || unsafe { value.assume_init() })
}

/// The register of a FIFO, which is one word: of two halves, which value would
/// each belong to?
#[inline(always)]
fn register<'a, I: IoBase<'a, Target: IoValue>>(
    io: I,
) -> ViewOf<'a, I, <I::Target as IoValue>::Repr> {
    const {
        assert!(
            size_of::<I::Target>() == size_of::<<I::Target as IoValue>::Repr>(),
            "a FIFO is a register of one access"
        );
    }
    word_of::<I>(io.as_view(), 0)
}

#[inline(always)]
fn write_whole<'a, I>(
    io: I,
    value: &I::Target,
    width: Option<Width>,
) -> Result<(), CopyError<ErrorOf<I::Backend>>>
where
    I: IoBase<'a, Target: IntoBytes + Immutable + Sized, Backend: IoCopyable>,
{
    // SAFETY: `value` has the view's size, is private and has no
    // uninitialised byte.
    unsafe { copy::copy_in(io, width, value.as_bytes().as_ptr()) }
}
