//! Accesses by system calls: slow, but without a signal handler.

use core::{ffi::c_void, ptr};

use super::FaultBackend;

/// Copies by `process_vm_readv` on the memory of the calling process; the kernel reports the number
/// of bytes copied.
///
/// For programs that must not install a signal handler. A call takes longer than a copy of a few
/// KiB, and single accesses are not available. Files can also be read and written by
/// [`VmFile`](crate::vm::VmFile).
///
/// ```
/// # if !cfg!(miri) {
/// use io_mem::fault::{FaultBackend, SystemCalls};
///
/// assert!(SystemCalls::are_allowed());
/// let mut buffer = [1; 16];
/// // SAFETY: the last page is never mapped, so the kernel rejects loads from it.
/// let done = unsafe {
///     SystemCalls::copy(buffer.as_mut_ptr(), core::ptr::without_provenance(usize::MAX - 100), 16)
/// };
/// assert_eq!((done, buffer), (0, [1; 16]));
/// # }
/// ```
///
/// Source: Linux `process_vm_readv(2)`. Each part of a call lies in one page, so that on every
/// architecture a part is copied completely or not at all. If a page is unmapped during a call, the
/// kernel may have stored a few bytes more than it counts.
#[derive(Debug)]
pub enum SystemCalls {}

/// The smallest page size.
const PAGE: usize = 4096;

/// The maximum number of parts in one call.
const PARTS: usize = 16;

const NO_PART: libc::iovec = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };

impl SystemCalls {
    /// Returns whether the system permits these calls. A sandbox may reject them, and then every
    /// access is reported as a fault.
    pub fn are_allowed() -> bool {
        let (from, mut to) = ([1_u8], [0_u8]);
        // SAFETY: `to` and `from` are arrays of one byte each, which only this function accesses.
        unsafe { Self::copy(to.as_mut_ptr(), from.as_ptr(), 1) == 1 }
    }
}

/// Copies the first parts of the `len` bytes at `src` to `dst`, in one call. If `repeats`, all
/// parts have the same source.
///
/// Returns the number of bytes copied: 0 if the kernel rejects the first part.
///
/// # Safety
///
/// The requirements of [`FaultBackend::copy`] must hold. If `repeats`, they must hold for [`PAGE`]
/// bytes of `src` instead of `len` bytes.
unsafe fn call(dst: *mut u8, src: *const u8, len: usize, repeats: bool) -> usize {
    let (mut to, mut from) = ([NO_PART; PARTS], [NO_PART; PARTS]);
    let (mut planned, mut count) = (0, 0);
    while planned < len && count < PARTS {
        let start = dst.wrapping_add(planned);
        let size = (PAGE - start.addr() % PAGE).min(len - planned);
        let source = src.wrapping_add(if repeats { 0 } else { planned });
        to[count] = libc::iovec { iov_base: start.cast(), iov_len: size };
        from[count] = libc::iovec { iov_base: source.cast_mut().cast::<c_void>(), iov_len: size };
        planned += size;
        count += 1;
    }
    // SAFETY: `getpid` takes no pointer and cannot fail.
    let this = unsafe { libc::getpid() };
    // SAFETY: both arrays contain at least `count` parts and outlive the call. The kernel checks
    // the addresses in the parts, and the caller guarantees that loads and stores of mapped bytes
    // are permitted.
    let done = unsafe {
        libc::process_vm_readv(this, to.as_ptr(), count as _, from.as_ptr(), count as _, 0)
    };
    usize::try_from(done).unwrap_or(0)
}

/// Repeats `call` until `len` bytes are done, or until a call does none.
fn repeated(len: usize, call: impl Fn(usize) -> usize) -> usize {
    let mut done = 0;
    while done < len {
        match call(done) {
            0 => break,
            count => done += count,
        }
    }
    done
}

// SAFETY: the kernel copies exactly the bytes that it counts, from the first byte on, and each part
// once: after a rejected part, the next call starts with that part. The kernel copies like another
// process that has mapped the same memory.
unsafe impl FaultBackend for SystemCalls {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        repeated(len, |done| {
            let (dst, src) = (dst.wrapping_add(done), src.wrapping_add(done));
            // SAFETY: the caller guarantees what `call` requires, for the remaining bytes.
            unsafe { call(dst, src, len - done, false) }
        })
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        let bytes = [byte; PAGE];
        repeated(len, |done| {
            // SAFETY: as above, for `dst`; no part is larger than `bytes`.
            unsafe { call(dst.wrapping_add(done), bytes.as_ptr(), len - done, true) }
        })
    }
}
