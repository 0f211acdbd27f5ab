//! Byte-wise atomic copies of raw memory.
//!
//! What views of memory do when they copy, as functions over pointers: each
//! byte is loaded once and stored once, at ascending addresses, as if by relaxed
//! `AtomicU8` accesses. A race with a device, a guest, another process or
//! another call of these functions is defined; what was copied stays what it
//! was, however often it is looked at. The copy as a whole is not atomic, and
//! orders nothing: see [`barrier`](crate::barrier).
//!
//! `ptr::copy_nonoverlapping` and C's `memcpy` promise none of that: compilers
//! drop, merge and repeat them, also when they are called by name.
//!
//! Source: C++ P1478, "Byte-wise atomic memcpy"; the Linux kernel's
//! `atomic_per_byte_memcpy`.

use crate::arch;

/// Copies `len` bytes.
///
/// ```
/// use io_mem::bytewise::atomic_per_byte_memcpy;
///
/// let shared = [1_u8, 2, 3];
/// let mut private = [0_u8; 3];
/// // SAFETY: two arrays of three bytes.
/// unsafe { atomic_per_byte_memcpy(private.as_mut_ptr(), shared.as_ptr(), 3) };
/// assert_eq!(private, [1, 2, 3]);
/// ```
///
/// # Safety
///
/// * `src` is valid for loads and `dst` for stores of `len` bytes. Any
///   alignment will do, and for no bytes any pointer.
/// * The bytes of `src` are initialised.
/// * They do not overlap.
/// * Meanwhile nobody accesses these bytes by reference, nor by Rust's own
///   atomics of another width than a byte.
#[inline]
pub unsafe fn atomic_per_byte_memcpy(dst: *mut u8, src: *const u8, len: usize) {
    // SAFETY: the contract is this function's own.
    unsafe { arch::copy(dst, src, len) };
}

/// Stores `byte` to each of `len` bytes.
///
/// ```
/// use io_mem::bytewise::atomic_per_byte_memset;
///
/// let mut shared = [1_u8, 2, 3];
/// // SAFETY: an array of three bytes.
/// unsafe { atomic_per_byte_memset(shared.as_mut_ptr(), 7, 3) };
/// assert_eq!(shared, [7; 3]);
/// ```
///
/// # Safety
///
/// As [`atomic_per_byte_memcpy`], for `dst`.
#[inline]
pub unsafe fn atomic_per_byte_memset(dst: *mut u8, byte: u8, len: usize) {
    // SAFETY: the contract is this function's own.
    unsafe { arch::fill(dst, byte, len) };
}
