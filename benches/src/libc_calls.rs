//! Functions of libc, called as C programs call them.
//!
//! They are called through pointers that the optimiser cannot analyse: it would treat a call of
//! `memcpy` by name as its intrinsic, and replace or remove it.

use core::{ffi::c_void, hint::black_box};

use crate::contestants::{Contestant, Family, Shared, repeat};

type Memcpy = unsafe extern "C" fn(*mut c_void, *const c_void, usize) -> *mut c_void;
type Memset = unsafe extern "C" fn(*mut c_void, i32, usize) -> *mut c_void;

/// `memcpy`, the baseline of the copies.
pub const MEMCPY: Contestant =
    Contestant::new("libc memcpy", Family::Plain, Shared::Neither, |place, times| {
        let memcpy = black_box(libc::memcpy as Memcpy);
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes two ranges of `size` bytes that do not overlap.
            unsafe { memcpy(destination.cast(), source.cast(), size) };
        });
    });

/// `process_vm_readv` on this process: the kernel copies, and faults are errors.
pub const PROCESS_VM_READV: Contestant =
    Contestant::new("process_vm_readv", Family::SystemCall, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            let part = |start: *mut u8| libc::iovec { iov_base: start.cast(), iov_len: size };
            let (to, from) = (part(destination), part(source));
            // SAFETY: the function has no requirements.
            let this = unsafe { libc::getpid() };
            // SAFETY: each side has one part of `size` bytes, which `repeat` passes.
            let done = unsafe { libc::process_vm_readv(this, &to, 1, &from, 1, 0) };
            assert_eq!(done, size as isize);
        });
    });

/// `memset`, the baseline of the fills.
pub const MEMSET: Contestant =
    Contestant::new("libc memset", Family::Plain, Shared::Neither, |place, times| {
        let memset = black_box(libc::memset as Memset);
        repeat(place, times, |destination, _, size| {
            // SAFETY: `repeat` passes a range of `size` bytes.
            unsafe { memset(destination.cast(), i32::from(crate::fills::BYTE), size) };
        });
    });

/// Returns the file that contains `memcpy`, from the dynamic linker.
pub fn memcpy_is_from() -> Option<String> {
    // SAFETY: all-zero bytes are a valid `Dl_info`, whose pointers may be null.
    let mut found: libc::Dl_info = unsafe { core::mem::zeroed() };
    let address = black_box(libc::memcpy as Memcpy) as *const c_void;
    // SAFETY: `dladdr` accepts any address, and `found` is valid for the write.
    let is_found = unsafe { libc::dladdr(address, &mut found) } != 0;
    if !is_found || found.dli_fname.is_null() {
        return None;
    }
    // SAFETY: the string belongs to the linker and is valid while the file is loaded.
    let path = unsafe { core::ffi::CStr::from_ptr(found.dli_fname) };
    let path = path.to_string_lossy().into_owned();
    Some(path.rsplit('/').next().unwrap_or_default().to_owned())
}
