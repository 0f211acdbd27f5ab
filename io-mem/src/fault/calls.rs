//! Accesses by the system's calls: slow, and without a handler of signals.

use core::{ffi::c_void, ptr};

use super::FaultBackend;

/// Copies by `process_vm_readv`, of a program's own memory: the system says how far it came.
///
/// For those who must not install a handler of signals. A call costs more than a copy of a few KiB, and
/// there are no single accesses; a file is read and written as well by
/// [`VmFile`](crate::vm::VmFile).
///
/// ```
/// # if !cfg!(miri) {
/// use io_mem::fault::{FaultBackend, SystemCalls};
///
/// assert!(SystemCalls::are_allowed());
/// let mut buffer = [1; 16];
/// // SAFETY: nothing is ever mapped at the last page, so loads there are refused.
/// let done = unsafe {
///     SystemCalls::copy(buffer.as_mut_ptr(), core::ptr::without_provenance(usize::MAX - 100), 16)
/// };
/// assert_eq!((done, buffer), (0, [1; 16]));
/// # }
/// ```
///
/// Source: Linux `process_vm_readv(2)`. The calls are made for parts that lie in one page each, so
/// that a part is copied or it is not, on every architecture; in a page that is taken away in the
/// middle of a call the system may have stored to a few bytes more than it counts.
#[derive(Debug)]
pub enum SystemCalls {}

/// No page is smaller.
const PAGE: usize = 4096;

/// The parts of one call.
const PARTS: usize = 16;

const NO_PART: libc::iovec = libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 };

impl SystemCalls {
    /// Whether the system grants these calls; a sandbox may refuse them, and then every access is a
    /// fault.
    pub fn are_allowed() -> bool {
        let (from, mut to) = ([1_u8], [0_u8]);
        // SAFETY: two arrays of one byte each, of this function's own.
        unsafe { Self::copy(to.as_mut_ptr(), from.as_ptr(), 1) == 1 }
    }
}

/// Copies what is at `src` to `dst`, in one call, from the first part on of `len` bytes. The source
/// is at one place for all parts if `repeats`.
///
/// Returns how many bytes were copied: none if the first is refused.
///
/// # Safety
///
/// As [`FaultBackend::copy`]; if `repeats`, as for [`PAGE`] bytes of `src`.
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
    // SAFETY: takes no pointer, and cannot fail.
    let this = unsafe { libc::getpid() };
    // SAFETY: `count` parts on both sides, of arrays that live; the system checks what they point to,
    // and by contract loads and stores are allowed wherever there is something.
    let done = unsafe {
        libc::process_vm_readv(this, to.as_ptr(), count as _, from.as_ptr(), count as _, 0)
    };
    usize::try_from(done).unwrap_or(0)
}

/// Makes calls while they do all that they are asked for.
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

// SAFETY: the system copies what it counts, from the first byte on, and each part once: after a part
// that it refused, the next call starts there. It copies as any other process would that has mapped
// the same memory.
unsafe impl FaultBackend for SystemCalls {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        repeated(len, |done| {
            let (dst, src) = (dst.wrapping_add(done), src.wrapping_add(done));
            // SAFETY: the contract is this function's own, for what is left.
            unsafe { call(dst, src, len - done, false) }
        })
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        let bytes = [byte; PAGE];
        repeated(len, |done| {
            // SAFETY: as above, for `dst`; no part of it is larger than `bytes`.
            unsafe { call(dst.wrapping_add(done), bytes.as_ptr(), len - done, true) }
        })
    }
}
