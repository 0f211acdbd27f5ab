//! Copies between device memory and private memory, in accesses of one width.

use crate::{
    arch::Word,
    io::{CopyError, check_width, widest},
    value::Width,
};

/// The width to use, checked: the one asked for, or the widest that fits.
#[inline(always)]
fn choose<E>(width: Option<Width>, address: usize, size: usize) -> Result<Width, CopyError<E>> {
    let width = width.unwrap_or(widest(address, size));
    check_width(width, address, size)?;
    Ok(width)
}

/// Runs a macro's arm for the word type of a width.
macro_rules! with_word {
    ($width:expr, $address:expr, $size:expr, |$word:ident| $body:expr) => {
        match $width {
            Width::W8 => {
                type $word = u8;
                $body
            }
            Width::W16 => {
                type $word = u16;
                $body
            }
            Width::W32 => {
                type $word = u32;
                $body
            }
            #[cfg(target_pointer_width = "64")]
            Width::W64 => {
                type $word = u64;
                $body
            }
            #[cfg(not(target_pointer_width = "64"))]
            width => return Err(CopyError::Width { width, address: $address, size: $size }),
        }
    };
}

/// Copies `size` bytes of the device out, relaxed.
///
/// # Safety
///
/// `device` is valid for loads and `buffer` for writes of `size` bytes; they do
/// not overlap.
#[inline(always)]
pub(super) unsafe fn copy_from<E>(
    device: *const u8,
    width: Option<Width>,
    buffer: *mut u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    let width = choose(width, device.addr(), size)?;
    with_word!(width, device.addr(), size, |W| {
        for at in (0..size).step_by(width.bytes()) {
            // SAFETY: the width divides size and address, so the word is
            // aligned and inside.
            let word = unsafe { W::load(device.wrapping_add(at).cast()) };
            // SAFETY: inside the buffer, which may be unaligned.
            unsafe { buffer.wrapping_add(at).cast::<W>().write_unaligned(word) };
        }
    });
    Ok(())
}

/// Copies `size` bytes into the device, relaxed.
///
/// # Safety
///
/// `device` is valid for stores and `buffer` for reads of `size` initialised
/// bytes; they do not overlap.
#[inline(always)]
pub(super) unsafe fn copy_to<E>(
    device: *mut u8,
    width: Option<Width>,
    buffer: *const u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    let width = choose(width, device.addr(), size)?;
    with_word!(width, device.addr(), size, |W| {
        for at in (0..size).step_by(width.bytes()) {
            // SAFETY: inside the buffer, which may be unaligned.
            let word = unsafe { buffer.wrapping_add(at).cast::<W>().read_unaligned() };
            // SAFETY: the width divides size and address, so the word is
            // aligned and inside.
            unsafe { W::store(device.wrapping_add(at).cast(), word) };
        }
    });
    Ok(())
}

/// Writes `byte` to `size` bytes of the device, relaxed.
///
/// # Safety
///
/// `device` is valid for stores of `size` bytes.
#[inline(always)]
pub(super) unsafe fn fill<E>(
    device: *mut u8,
    width: Option<Width>,
    byte: u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    let width = choose(width, device.addr(), size)?;
    with_word!(width, device.addr(), size, |W| {
        for at in (0..size).step_by(width.bytes()) {
            let word = W::from_ne_bytes([byte; size_of::<W>()]);
            // SAFETY: the width divides size and address, so the word is
            // aligned and inside.
            unsafe { W::store(device.wrapping_add(at).cast(), word) };
        }
    });
    Ok(())
}
