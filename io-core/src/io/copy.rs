//! The parts of copying that every backend shares.

use super::{CopyError, ErrorOf, IoBackend, IoBase, IoCopyable, KnownSize};
use crate::value::Width;

/// The widest access of at most 32 bits that divides `address` and `size`.
///
/// The default width of device copies. Never 64 bits: QEMU's edu, for one,
/// answers all ones to 64-bit reads of its 32-bit registers.
#[inline(always)]
pub const fn widest(address: usize, size: usize) -> Width {
    match (address | size) & 3 {
        0 => Width::W32,
        2 => Width::W16,
        _ => Width::W8,
    }
}

/// Refuses a width that divides not both `address` and `size`: the rule of
/// every backend's copies.
///
/// # Errors
///
/// [`CopyError::Width`] with the numbers.
#[inline(always)]
pub fn check_width<E>(width: Width, address: usize, size: usize) -> Result<(), CopyError<E>> {
    if (address | size).is_multiple_of(width.bytes()) {
        Ok(())
    } else {
        Err(CopyError::Width { width, address, size })
    }
}

/// The same place, as bytes. Not public: it would cast access kinds away.
#[inline(always)]
fn bytes<'a, I: IoBase<'a>>(io: I) -> <I::Backend as IoBackend>::View<'a, [u8]> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    // SAFETY: the place of every view is aligned. Said here, since bytes are
    // not, and copies of aligned places are shorter.
    unsafe {
        core::hint::assert_unchecked(
            ptr.addr().is_multiple_of(<I::Target as KnownSize>::MIN_ALIGN),
        );
    }
    let bytes = core::ptr::slice_from_raw_parts_mut(ptr.cast::<u8>(), I::Target::size(ptr));
    // SAFETY: the same place with the same size; bytes need no alignment.
    unsafe { I::Backend::project_view(view, bytes) }
}

/// Copies the whole view into `buffer`.
///
/// # Safety
///
/// See [`IoCopyable::copy_from_io`].
#[inline(always)]
pub(crate) unsafe fn copy_out<'a, I: IoBase<'a, Backend: IoCopyable>>(
    io: I,
    width: Option<Width>,
    buffer: *mut u8,
) -> Result<(), CopyError<ErrorOf<I::Backend>>> {
    // SAFETY: the contract is this function's own; the view has the same bytes.
    unsafe { I::Backend::copy_from_io(bytes(io), width, buffer) }
}

/// Copies `buffer` into the whole view.
///
/// # Safety
///
/// See [`IoCopyable::copy_to_io`].
#[inline(always)]
pub(crate) unsafe fn copy_in<'a, I: IoBase<'a, Backend: IoCopyable>>(
    io: I,
    width: Option<Width>,
    buffer: *const u8,
) -> Result<(), CopyError<ErrorOf<I::Backend>>> {
    // SAFETY: the contract is this function's own; the view has the same bytes.
    unsafe { I::Backend::copy_to_io(bytes(io), width, buffer) }
}

/// [`copy_out`] for lengths that are not constants: a call, if the compiler
/// thinks so.
///
/// # Safety
///
/// See [`IoCopyable::copy_from_io`].
#[inline]
pub(crate) unsafe fn copy_slice_out<'a, B: IoCopyable, T>(
    view: B::View<'a, [T]>,
    width: Option<Width>,
    buffer: *mut u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    // SAFETY: the contract is this function's own.
    unsafe { copy_out(view, width, buffer) }
}

/// [`copy_in`] for lengths that are not constants.
///
/// # Safety
///
/// See [`IoCopyable::copy_to_io`].
#[inline]
pub(crate) unsafe fn copy_slice_in<'a, B: IoCopyable, T>(
    view: B::View<'a, [T]>,
    width: Option<Width>,
    buffer: *const u8,
) -> Result<(), CopyError<ErrorOf<B>>> {
    // SAFETY: the contract is this function's own.
    unsafe { copy_in(view, width, buffer) }
}

/// Writes `byte` to the whole view.
#[inline(always)]
pub(super) fn fill<'a, I: IoBase<'a, Backend: IoCopyable>>(
    io: I,
    width: Option<Width>,
    byte: u8,
) -> Result<(), CopyError<ErrorOf<I::Backend>>> {
    I::Backend::fill_io(bytes(io), width, byte)
}
