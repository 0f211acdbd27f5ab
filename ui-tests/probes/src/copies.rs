//! Copies between shared memory and private memory.

use io_core::prelude::*;

use crate::views;

unsafe extern "C" {
    /// Takes a private buffer. It is not defined anywhere, so the compiler knows nothing about it.
    fn io_probes_sink(private: *const u8, len: usize);
}

/// Consumes a private buffer.
fn sink(private: &[u8]) {
    // SAFETY: never called; the extern function only makes the bytes observable.
    unsafe { io_probes_sink(private.as_ptr(), private.len()) };
}

macro_rules! sizes {
    ($($size:literal),+) => {$(
        const _: () = {
            #[unsafe(export_name = concat!("probe_copy_read_", $size))]
            extern "C" fn read(ptr: *mut u8, private: *mut [u8; $size]) {
                let value = views::memory(ptr.cast::<[u8; $size]>()).copy_read();
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { private.write(value) };
            }

            #[unsafe(export_name = concat!("probe_copy_write_", $size))]
            extern "C" fn write(ptr: *mut u8, private: *const [u8; $size]) {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let value = unsafe { private.read() };
                views::memory(ptr.cast::<[u8; $size]>()).copy_write(value);
            }
        };
    )+};
}

sizes!(1, 3, 7, 8, 16, 24, 31, 64, 256);

/// A copy whose result is not used.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_dead(ptr: *mut u8) {
    let _ = views::memory(ptr.cast::<[u8; 16]>()).copy_read();
}

/// Two copies that are compared, which the compiler must not assume to be equal.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_twice(ptr: *mut u8) -> bool {
    let view = views::memory(ptr.cast::<[u8; 16]>());
    view.copy_read() == view.copy_read()
}

/// Two values, of which the first is overwritten immediately.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_write_twice(
    ptr: *mut u8,
    first: *const [u8; 16],
    second: *const [u8; 16],
) {
    let view = views::memory(ptr.cast::<[u8; 16]>());
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    let first = unsafe { first.read() };
    // SAFETY: as above.
    let second = unsafe { second.read() };
    view.copy_write(first);
    view.copy_write(second);
}

/// Validates the bytes and forwards the same bytes.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_forward(ptr: *mut u8, out: *mut [u8; 16]) -> bool {
    let private = views::memory(ptr.cast::<[u8; 16]>()).copy_read();
    if private[0] > 8 || private[15] != private[1] {
        return false;
    }
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { out.write(private) };
    true
}

/// The same, forwarded to an unknown function.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_sink(ptr: *mut u8) -> bool {
    let private = views::memory(ptr.cast::<[u8; 16]>()).copy_read();
    if private[0] > 8 || private[15] != private[1] {
        return false;
    }
    sink(&private[..usize::from(private[0])]);
    true
}

macro_rules! slices {
    ($($item:ident),+) => {$(
        const _: () = {
            #[unsafe(export_name = concat!("probe_slice_read_", stringify!($item)))]
            extern "C" fn read(ptr: *mut $item, private: *mut $item, len: usize) {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts_mut(private, len) };
                let shared = views::memory(core::ptr::slice_from_raw_parts_mut(ptr, len));
                let _ = shared.try_copy_to_slice(private);
            }

            #[unsafe(export_name = concat!("probe_slice_write_", stringify!($item)))]
            extern "C" fn write(ptr: *mut $item, private: *const $item, len: usize) {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts(private, len) };
                let shared = views::memory(core::ptr::slice_from_raw_parts_mut(ptr, len));
                let _ = shared.try_copy_from_slice(private);
            }

            #[unsafe(export_name = concat!("probe_slice_fill_", stringify!($item)))]
            extern "C" fn fill(ptr: *mut $item, len: usize, byte: u8) {
                views::memory(core::ptr::slice_from_raw_parts_mut(ptr, len)).fill(byte);
            }
        };
    )+};
}

slices!(u8, u32);

/// A copy of raw memory, without a view.
#[unsafe(no_mangle)]
extern "C" fn probe_copy_raw_16(ptr: *mut u8, private: *mut u8) {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { io_core::bytewise::atomic_per_byte_memcpy(private, ptr, 16) };
}

/// A fill of 16 bytes.
#[unsafe(no_mangle)]
extern "C" fn probe_fill_16(ptr: *mut u8, byte: u8) {
    views::memory(ptr.cast::<[u8; 16]>()).fill(byte);
}
