//! Copying code that all backends share: widths, whole values, slices, FIFOs.

use core::mem::MaybeUninit;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    CopyError, ErrorMode, ErrorOf, IoBackend, IoBase, IoCopyable, KnownSize, ViewOf,
    access::word_of,
    copyable::Medium,
    field_copy::{Accesses, OfFields},
    transfer::{Fill, FromBuffer, ToBuffer},
};
use crate::value::{IoLayout, IoValue, Width};

/// The widest access of at most 32 bits of which `address` and `size` are multiples.
///
/// The default width of copies of a device's untyped memory. Never 64 bits: QEMU's edu device, for example, returns all
/// ones for 64-bit reads of its 32-bit registers.
///
/// ```
/// use io_core::{Width, backend::widest};
///
/// assert_eq!(widest(0x1000, 64), Width::W32);
/// assert_eq!(widest(0x1000, 6), Width::W16);
/// assert_eq!(widest(0x1001, 64), Width::W8);
/// ```
#[inline(always)]
pub const fn widest(address: usize, size: usize) -> Width {
    match (address | size) & 3 {
        0 => Width::W32,
        2 => Width::W16,
        _ => Width::W8,
    }
}

/// Returns an error if `address` or `size` is not a multiple of the width. The copies of every
/// backend check this.
///
/// # Errors
///
/// * [`CopyError::Width`] with width, address and size, if one of the two is not a multiple.
#[inline(always)]
pub fn check_width<E>(width: Width, address: usize, size: usize) -> Result<(), CopyError<E>> {
    if (address | size).is_multiple_of(width.bytes()) {
        Ok(())
    } else {
        Err(CopyError::Width { width, address, size })
    }
}

/// The bytes of a view. Not public, since it would cast access kinds away.
#[inline(always)]
pub(super) fn bytes<'a, I: IoBase<'a>>(io: I) -> ViewOf<'a, I, [u8]> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    // SAFETY: the pointer of every view is aligned. The hint is needed because bytes have no
    // alignment, and copies of aligned memory need fewer instructions.
    unsafe {
        core::hint::assert_unchecked(
            ptr.addr().is_multiple_of(<I::Target as KnownSize>::MIN_ALIGN),
        );
    }
    let bytes = core::ptr::slice_from_raw_parts_mut(ptr.cast::<u8>(), I::Target::size(ptr));
    // SAFETY: the same memory with the same size. Bytes need no alignment.
    unsafe { I::Backend::project_view(view, bytes) }
}

/// Copies a whole value out, and converts the result to that of the error mode `F`.
#[inline(always)]
#[track_caller]
pub(super) fn read_whole<'a, I, F>(io: I, accesses: impl Accesses) -> F::CopyOutput<I::Target>
where
    I: IoBase<'a, Target: FromBytes + IoLayout, Backend: IoCopyable>,
    F: ErrorMode<Error = ErrorOf<I::Backend>>,
{
    let mut value = MaybeUninit::<I::Target>::uninit();
    // SAFETY: `value` has the size of the view, and is private.
    let buffer = unsafe { ToBuffer::new(value.as_mut_ptr().cast()) };
    let view = bytes(io);
    // SAFETY: the bytes of a view of one `Target`, and the buffer for it.
    let result = unsafe { accesses.one::<I::Backend, I::Target, _>(view, buffer) };
    I::Backend::after_copy_from(view);
    // SAFETY: called only if the copy returned `Ok`. In that case every byte is initialised, and
    // any bytes are a valid value.
    F::copy_output_with(result, || unsafe { value.assume_init() })
}

/// Copies a whole value in.
#[inline(always)]
pub(super) fn write_whole<'a, I>(
    io: I,
    value: &I::Target,
    accesses: impl Accesses,
) -> Result<(), CopyError<ErrorOf<I::Backend>>>
where
    I: IoBase<'a, Target: IntoBytes + Immutable + IoLayout, Backend: IoCopyable>,
{
    // SAFETY: `value` has the size of the view, is private, and has no uninitialised bytes.
    let buffer = unsafe { FromBuffer::new(value.as_bytes().as_ptr()) };
    let view = bytes(io);
    I::Backend::before_copy_to(view);
    // SAFETY: the bytes of a view of one `Target`, and the buffer for it.
    unsafe { accesses.one::<I::Backend, I::Target, _>(view, buffer) }
}

/// Copies all elements of a slice view out.
///
/// The length is not a constant, so the compiler decides whether to inline this function.
///
/// # Safety
///
/// `buffer` must be valid for writes of as many bytes as the view has, and must not overlap them.
#[inline]
pub(crate) unsafe fn copy_slice_out<'a, B: IoCopyable, T: IoLayout>(
    view: B::View<'a, [T]>,
    accesses: impl Accesses,
    buffer: *mut u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    let view = bytes(view);
    // SAFETY: guaranteed by the caller.
    let buffer = unsafe { ToBuffer::new(buffer) };
    // SAFETY: the bytes of a view of a `[T]`, and the buffer for it.
    let result = unsafe { accesses.elements::<B, T, _>(view, buffer) };
    B::after_copy_from(view);
    result
}

/// Copies all elements of a slice view in.
///
/// # Safety
///
/// `buffer` must be valid for reads of as many initialised bytes as the view has, and must not
/// overlap them.
#[inline]
pub(crate) unsafe fn copy_slice_in<'a, B: IoCopyable, T: IoLayout>(
    view: B::View<'a, [T]>,
    accesses: impl Accesses,
    buffer: *const u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    let view = bytes(view);
    // SAFETY: guaranteed by the caller.
    let buffer = unsafe { FromBuffer::new(buffer) };
    B::before_copy_to(view);
    // SAFETY: the bytes of a view of a `[T]`, and the buffer for it.
    unsafe { accesses.elements::<B, T, _>(view, buffer) }
}

/// Returns the width of a copy of untyped memory: the stated one, or for a device the [`widest`].
#[inline(always)]
fn untyped_width<B: IoCopyable>(view: B::View<'_, [u8]>, width: Option<Width>) -> Option<Width> {
    if const { matches!(B::MEDIUM, Medium::Memory) } || width.is_some() || !B::is_device(view) {
        return width;
    }
    let ptr = B::as_ptr(view);
    Some(widest(ptr.addr(), ptr.len()))
}

/// Copies untyped memory out.
///
/// # Safety
///
/// `buffer` must be valid for writes of as many bytes as the view has, and must not overlap them.
#[inline]
pub(super) unsafe fn copy_bytes_out<B: IoCopyable>(
    view: B::View<'_, [u8]>,
    width: Option<Width>,
    buffer: *mut u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    // SAFETY: the caller guarantees what the callee requires.
    let result = unsafe { B::copy_from_io(view, untyped_width::<B>(view, width), buffer) };
    B::after_copy_from(view);
    result
}

/// Copies untyped memory in.
///
/// # Safety
///
/// `buffer` must be valid for reads of as many initialised bytes as the view has, and must not
/// overlap them.
#[inline]
pub(super) unsafe fn copy_bytes_in<B: IoCopyable>(
    view: B::View<'_, [u8]>,
    width: Option<Width>,
    buffer: *const u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    B::before_copy_to(view);
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { B::copy_to_io(view, untyped_width::<B>(view, width), buffer) }
}

/// Writes `byte` to untyped memory.
#[inline]
pub(super) fn fill_bytes<B: IoCopyable>(
    view: B::View<'_, [u8]>,
    width: Option<Width>,
    byte: u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    B::before_copy_to(view);
    B::fill_io(view, untyped_width::<B>(view, width), byte)
}

/// Writes `byte` to every byte of the view's fields.
#[inline(always)]
pub(super) fn fill<'a, I: IoBase<'a, Target: Fillable, Backend: IoCopyable>>(
    io: I,
    byte: u8,
) -> Result<(), CopyError<ErrorOf<I::Backend>>> {
    let view = bytes(io);
    I::Backend::before_copy_to(view);
    // SAFETY: the bytes of a view of one `Target`.
    unsafe { I::Target::fill::<I::Backend>(view, byte) }
}

/// Writes `byte` to every byte of the view, with accesses of `width`.
#[inline(always)]
pub(super) fn fill_stated<'a, I: IoBase<'a, Backend: IoCopyable>>(
    io: I,
    width: Width,
    byte: u8,
) -> Result<(), CopyError<ErrorOf<I::Backend>>> {
    let view = bytes(io);
    I::Backend::before_copy_to(view);
    I::Backend::fill_io(view, Some(width), byte)
}

/// A type whose views can be filled: every field type, and every slice of a field type.
pub trait Fillable: KnownSize {
    /// # Safety
    ///
    /// `view` must be the bytes of a view of one `Self`.
    #[doc(hidden)]
    unsafe fn fill<B: IoCopyable>(
        view: B::View<'_, [u8]>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<B>>>;
}

impl<T: IoLayout> Fillable for T {
    #[doc(hidden)]
    #[inline(always)]
    unsafe fn fill<B: IoCopyable>(
        view: B::View<'_, [u8]>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: the caller guarantees what the callee requires. A fill has no buffer.
        unsafe { OfFields.one::<B, T, _>(view, Fill(byte)) }
    }
}

impl<T: IoLayout> Fillable for [T] {
    #[doc(hidden)]
    #[inline(always)]
    unsafe fn fill<B: IoCopyable>(
        view: B::View<'_, [u8]>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: the caller guarantees what the callee requires. A fill has no buffer.
        unsafe { OfFields.elements::<B, T, _>(view, Fill(byte)) }
    }
}

/// The register of a FIFO, which must be one word: with two halves, it would be undefined which
/// value each access belongs to.
#[inline(always)]
pub(super) fn fifo_register<'a, B, T>(view: B::View<'a, T>) -> B::View<'a, T::Repr>
where
    B: IoBackend,
    T: IoValue,
{
    const {
        assert!(
            size_of::<T>() == size_of::<T::Repr>(),
            "a FIFO must be a register of one access, not `LoHi<_>` or `HiLo<_>`"
        );
    }
    word_of::<B, T>(view, 0)
}
