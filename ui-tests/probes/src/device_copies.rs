//! Copies to and from device registers: accesses of one width, and FIFOs.

use io_core::prelude::*;

use crate::views;

macro_rules! widths {
    ($($medium:ident $word:ident $count:literal),+) => {$(
        const _: () = {
            type Words = [$word; $count];

            #[unsafe(export_name = concat!(
                "probe_device_", stringify!($medium), "_read_", stringify!($word)
            ))]
            extern "C" fn read(ptr: *mut u8, private: *mut Words) -> bool {
                let view = views::$medium(ptr.cast::<Words>());
                let Ok(value) = view.try_copy_read_as::<$word>() else { return false };
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { private.write(value) };
                true
            }

            #[unsafe(export_name = concat!(
                "probe_device_", stringify!($medium), "_write_", stringify!($word)
            ))]
            extern "C" fn write(ptr: *mut u8, private: *const Words) -> bool {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let value = unsafe { private.read() };
                views::$medium(ptr.cast::<Words>()).try_copy_write_as::<$word>(value).is_ok()
            }

            #[unsafe(export_name = concat!(
                "probe_device_", stringify!($medium), "_slice_read_", stringify!($word)
            ))]
            extern "C" fn slice_read(ptr: *mut $word, private: *mut $word, len: usize) -> bool {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts_mut(private, len) };
                let device = views::$medium(core::ptr::slice_from_raw_parts_mut(ptr, len));
                device.try_copy_to_slice_as::<$word>(private).is_ok()
            }

            #[unsafe(export_name = concat!(
                "probe_device_", stringify!($medium), "_slice_write_", stringify!($word)
            ))]
            extern "C" fn slice_write(ptr: *mut $word, private: *const $word, len: usize) -> bool {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts(private, len) };
                let device = views::$medium(core::ptr::slice_from_raw_parts_mut(ptr, len));
                device.try_copy_from_slice_as::<$word>(private).is_ok()
            }

            #[unsafe(export_name = concat!(
                "probe_fifo_", stringify!($medium), "_read_", stringify!($word)
            ))]
            extern "C" fn read_fifo(ptr: *mut $word, private: *mut $word, len: usize) {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts_mut(private, len) };
                views::$medium(ptr).read_fifo(private);
            }

            #[unsafe(export_name = concat!(
                "probe_fifo_", stringify!($medium), "_write_", stringify!($word)
            ))]
            extern "C" fn write_fifo(ptr: *mut $word, private: *const $word, len: usize) {
                // SAFETY: probes are only compiled, never called; a caller would have to guarantee
                // this.
                let private = unsafe { core::slice::from_raw_parts(private, len) };
                views::$medium(ptr).write_fifo(private);
            }
        };
    )+};
}

widths! {
    mmio u8 8, mmio u16 8, mmio u32 8, mmio u64 8,
    relaxed u8 8, relaxed u16 8, relaxed u32 8, relaxed u64 8
}

/// A copy without a stated width: any width that divides the address, at most 32 bits.
#[unsafe(no_mangle)]
extern "C" fn probe_device_default_read(ptr: *mut u8, private: *mut [u32; 8]) {
    let value = views::mmio(ptr.cast::<[u32; 8]>()).copy_read();
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { private.write(value) };
}

/// The same as a write.
#[unsafe(no_mangle)]
extern "C" fn probe_device_default_write(ptr: *mut u8, private: *const [u32; 8]) {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    views::mmio(ptr.cast::<[u32; 8]>()).copy_write(unsafe { private.read() });
}

/// A fill.
#[unsafe(no_mangle)]
extern "C" fn probe_device_default_fill(ptr: *mut u8, byte: u8) {
    views::mmio(ptr.cast::<[u32; 8]>()).fill(byte);
}
