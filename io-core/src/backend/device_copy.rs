//! Copies between device memory and private memory: choice of the access width.

use io_mem::arch;

use crate::{io::CopyError, value::Width};

/// Runs `$body` with `$word` as the word type of the requested width, or of the widest access that
/// fits if none is requested.
macro_rules! with_word {
    ($width:expr, $address:expr, $size:expr, |$word:ident| $body:expr) => {{
        let (address, size) = ($address, $size);
        let width = $width.unwrap_or($crate::io::widest(address, size));
        $crate::io::check_width(width, address, size)?;
        match width {
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
            width => return Err(CopyError::Width { width, address, size }),
        }
        Ok(())
    }};
}
pub(super) use with_word;

/// Copies `size` bytes from the device to `buffer`, with relaxed accesses.
///
/// # Safety
///
/// * `device` must be valid for loads of `size` bytes.
/// * `buffer` must be valid for writes of `size` bytes.
/// * The two ranges must not overlap.
#[inline(always)]
pub(super) unsafe fn copy_from<E>(
    device: *const u8,
    width: Option<Width>,
    buffer: *mut u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    with_word!(width, device.addr(), size, |W| {
        // SAFETY: guaranteed by the caller. Size and address are multiples of the width.
        unsafe { arch::copy_from_device::<W>(buffer.cast(), device.cast(), size / size_of::<W>()) }
    })
}

/// Copies `size` bytes from `buffer` to the device, with relaxed accesses.
///
/// # Safety
///
/// * `device` must be valid for stores of `size` bytes.
/// * `buffer` must be valid for reads of `size` initialised bytes.
/// * The two ranges must not overlap.
#[inline(always)]
pub(super) unsafe fn copy_to<E>(
    device: *mut u8,
    width: Option<Width>,
    buffer: *const u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    with_word!(width, device.addr(), size, |W| {
        // SAFETY: guaranteed by the caller. Size and address are multiples of the width.
        unsafe { arch::copy_to_device::<W>(device.cast(), buffer.cast(), size / size_of::<W>()) }
    })
}

/// Writes `byte` to `size` bytes of the device, with relaxed accesses.
///
/// # Safety
///
/// `device` must be valid for stores of `size` bytes.
#[inline(always)]
pub(super) unsafe fn fill<E>(
    device: *mut u8,
    width: Option<Width>,
    byte: u8,
    size: usize,
) -> Result<(), CopyError<E>> {
    with_word!(width, device.addr(), size, |W| {
        let word = W::from_ne_bytes([byte; size_of::<W>()]);
        // SAFETY: guaranteed by the caller. Size and address are multiples of the width.
        unsafe { arch::fill_device::<W>(device.cast(), word, size / size_of::<W>()) }
    })
}
