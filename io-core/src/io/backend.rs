//! Backends: what one implements, and what a view can be had from.

use core::convert::Infallible;

use super::{CopyError, ErrorMode, KnownSize};
use crate::{
    barrier::Barrier,
    value::{Repr, Width},
};

/// A medium that device memory is accessed through.
///
/// A backend is a type without values; its views hold pointer and lifetime.
/// The pointer is the backend's token: nobody else dereferences it, and it may
/// as well be an offset from null.
///
/// Implementers must write `Self::View<'a, T>` in the signatures, not the name
/// of the view type: the latter changes which lifetimes are late-bound (E0195).
///
/// # Safety
///
/// * A view exists only for a pointer whose metadata is right for its type, to a
///   place of at least `MIN_SIZE` bytes, aligned to `MIN_ALIGN`, where the type
///   may be.
/// * `as_view` of a view is the view itself, and so is a copy of it.
/// * `as_ptr` gives the pointer that the view was made with, unchanged.
/// * `project_view` with a pointer into the place of `view` gives a view of
///   exactly that place, which lives as long.
pub unsafe trait IoBackend: Sized + 'static {
    /// Whether accesses can fail.
    type Fail: ErrorMode;
    /// What stands between a body and the ownership field that hands it over
    /// ([`publish`](crate::Io::publish)).
    const BEFORE_PUBLISH: Barrier = Barrier::DmaWmb;
    /// What stands between an ownership field that was read and the body.
    const AFTER_CONSUME: Barrier = Barrier::DmaRmb;
    /// The handle through which a `T` is accessed.
    type View<'a, T: ?Sized + KnownSize>: IoBase<'a, Backend = Self, Target = T>;

    /// The view's token pointer. Not to be dereferenced.
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T;

    /// The view of a part.
    ///
    /// # Safety
    ///
    /// `ptr` is derived from `Self::as_ptr(view)` without leaving its
    /// provenance, all bytes of its place lie in the place of `view`, it is
    /// aligned to `U::MIN_ALIGN`, and a `U` may be there.
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize;

    /// What the view's accesses are ordered against, for those who watch them;
    /// device registers, unless the backend says otherwise.
    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        let _ = view;
        Order::Ordered
    }

    /// Orders accesses before against accesses after, as `kind` says.
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier);
}

/// The view of backend `I::Backend` over a `U`.
pub type ViewOf<'a, I, U> = <<I as IoBase<'a>>::Backend as IoBackend>::View<'a, U>;

/// A cheap handle that yields a view: a view itself, or a reference to an
/// owner of device memory such as a mapped BAR or a coherent allocation.
///
/// Implement it for `&'a Owner`; then the macros and [`Io`](super::Io)'s
/// methods take `&owner` wherever they take a view.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no view of device memory",
    label = "neither a view nor a reference to an owner of one",
    note = "an owner (a mapped BAR, an allocation) is passed by reference: `&owner`"
)]
pub trait IoBase<'a>: Copy {
    /// What the accesses go through.
    type Backend: IoBackend;
    /// What the memory holds.
    type Target: ?Sized + KnownSize;

    /// The view of all of it.
    fn as_view(self) -> <Self::Backend as IoBackend>::View<'a, Self::Target>;
}

/// What the accesses of a view are ordered against.
///
/// Source: Linux `Documentation/memory-barriers.txt`, "KERNEL I/O BARRIER EFFECTS".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Accesses of the same device and memory accesses, as Linux' `readX` and
    /// `writeX`: what was written to memory before a register is there before
    /// it, and what is read from memory after a register is read after it.
    Ordered,
    /// Accesses of the same device only, as Linux' `readX_relaxed` and
    /// `writeX_relaxed`; of write-combining memory not even these.
    Relaxed,
    /// Nothing: memory, whose order is a matter of barriers.
    Memory,
}

/// The error of one access over backend `B`.
pub type ErrorOf<B> = <<B as IoBackend>::Fail as ErrorMode>::Error;

/// The result of an access over backend `B`: `T`, or `Result<T, E>` where it can fail.
pub type Output<B, T> = <<B as IoBackend>::Fail as ErrorMode>::Output<T>;

/// The result of a copy over backend `B`: `T`, or `Result<T, CopyError<E>>`.
pub type CopyOutput<B, T> = <<B as IoBackend>::Fail as ErrorMode>::CopyOutput<T>;

/// The error of an access over backend `B` whose place is checked at run time:
/// [`Error`](crate::Error), or [`AccessError<E>`](crate::AccessError) where accesses can fail.
pub type PlaceErrorOf<B> = <<B as IoBackend>::Fail as ErrorMode>::PlaceError;

/// A backend with accesses of the width of `R`: one implementation a width that
/// the medium really has.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no accesses of the width of `{R}`",
    label = "no `{R}` access over `{Self}`",
    note = "a driver over any backend says what it needs: `Backend: Bus32`, or `Bus64` for 64 bits",
    note = "where a bus is 32 bits wide, declare the field as `LoHi<u64>` or `HiLo<u64>`: two accesses in that order"
)]
pub trait IoCapable<R: Repr>: IoBackend {
    /// Exactly one read of `R`'s width.
    fn io_read<'a>(view: Self::View<'a, R>) -> Result<R, ErrorOf<Self>>;

    /// Exactly one write of `R`'s width.
    fn io_write<'a>(view: Self::View<'a, R>, value: R) -> Result<(), ErrorOf<Self>>;

    /// `count` reads of this one register, which gives another value each time:
    /// Linux' `readsX`. Each value goes to `sink`.
    ///
    /// A backend of ordered accesses need order the whole only.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] with the bytes that were read before.
    #[inline(always)]
    fn io_read_fifo<'a>(
        view: Self::View<'a, R>,
        count: usize,
        mut sink: impl FnMut(R),
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        for i in 0..count {
            match Self::io_read(view) {
                Ok(value) => sink(value),
                Err(error) => return Err(CopyError::Io { error, done: i * size_of::<R>() }),
            }
        }
        Ok(())
    }

    /// Writes of this one register, one for each of `values`: Linux' `writesX`.
    ///
    /// A backend of ordered accesses need order the whole only.
    ///
    /// # Errors
    ///
    /// [`CopyError::Io`] with the bytes that were written before.
    #[inline(always)]
    fn io_write_fifo<'a>(
        view: Self::View<'a, R>,
        values: impl Iterator<Item = R>,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        for (i, value) in values.enumerate() {
            if let Err(error) = Self::io_write(view, value) {
                return Err(CopyError::Io { error, done: i * size_of::<R>() });
            }
        }
        Ok(())
    }
}

/// A backend that copies bytes between views and private memory.
///
/// Each byte is loaded once and stored once, in ascending address order. With
/// `width` given, every access has that width and is aligned to it; without,
/// the backend chooses: byte-wise for memory, [`widest`](super::widest) for
/// devices.
///
/// # Safety
///
/// On `Ok` of `copy_from_io` all bytes of the buffer are initialised; on an
/// error the first [`done`](CopyError::done) bytes are. Nothing outside is touched.
pub unsafe trait IoCopyable: IoBackend {
    /// Copies the whole view into `buffer`.
    ///
    /// # Errors
    ///
    /// [`CopyError::Width`] if address or size is not a multiple of `width`, or
    /// the medium has no such access; [`CopyError::Io`] if an access failed.
    ///
    /// # Safety
    ///
    /// `buffer` is valid for writes of as many bytes as the view has, and does
    /// not overlap them.
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;

    /// Copies `buffer` into the whole view.
    ///
    /// # Errors
    ///
    /// As [`copy_from_io`](Self::copy_from_io).
    ///
    /// # Safety
    ///
    /// `buffer` is valid for reads of as many initialised bytes as the view
    /// has, and does not overlap them.
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;

    /// Writes `byte` to every byte of the view.
    ///
    /// # Errors
    ///
    /// As [`copy_from_io`](Self::copy_from_io).
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;
}

/// The usual bound of a driver: accesses of 8, 16 and 32 bits that cannot fail.
pub trait Bus32:
    IoBackend<Fail = Infallible> + IoCapable<u8> + IoCapable<u16> + IoCapable<u32> + IoCopyable
{
}

impl<B> Bus32 for B where
    B: IoBackend<Fail = Infallible> + IoCapable<u8> + IoCapable<u16> + IoCapable<u32> + IoCopyable
{
}

/// [`Bus32`] and accesses of 64 bits.
pub trait Bus64: Bus32 + IoCapable<u64> {}

impl<B: Bus32 + IoCapable<u64>> Bus64 for B {}
