//! Single accesses: every medium, width and kind of field, each with a handwritten twin.

use io_core::prelude::*;

use crate::{block, twin, views};

/// The error of a probe whose index is out of bounds.
struct OutOfBounds;

impl From<io_core::OutOfBound> for OutOfBounds {
    fn from(_: io_core::OutOfBound) -> Self {
        OutOfBounds
    }
}

/// A probe and its twin: a path, and the address of the same field computed by hand.
macro_rules! place {
    ($medium:ident $module:ident $word:ident $name:literal ($($steps:tt)+) $words:literal) => {
        const _: () = {
            #[unsafe(export_name = concat!(
                "probe_", stringify!($medium), "_read_", stringify!($word), "_", $name
            ))]
            extern "C" fn read(ptr: *mut u8) -> $word {
                io_read!(views::$medium(ptr.cast::<block::$module::Block>()), $($steps)+)
            }

            #[unsafe(export_name = concat!(
                "probe_", stringify!($medium), "_write_", stringify!($word), "_", $name
            ))]
            extern "C" fn write(ptr: *mut u8, value: $word) {
                io_write!(views::$medium(ptr.cast::<block::$module::Block>()), $($steps)+, value);
            }

            #[unsafe(export_name = concat!(
                "twin_", stringify!($medium), "_read_", stringify!($word), "_", $name
            ))]
            extern "C" fn twin_read(ptr: *mut u8) -> $word {
                let place = ptr.cast::<$word>().wrapping_add($words);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::$medium::$module::read(place) }
            }

            #[unsafe(export_name = concat!(
                "twin_", stringify!($medium), "_write_", stringify!($word), "_", $name
            ))]
            extern "C" fn twin_write(ptr: *mut u8, value: $word) {
                let place = ptr.cast::<$word>().wrapping_add($words);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::$medium::$module::write(place, value) };
            }
        };
    };
}

/// Elements with a run-time index: one form panics, one returns an error.
macro_rules! indexed {
    ($medium:ident $module:ident $word:ident) => {
        const _: () = {
            type Block = block::$module::Block;

            #[unsafe(export_name = concat!(
                        "probe_", stringify!($medium), "_read_", stringify!($word), "_checked"
                    ))]
            extern "C" fn read_checked(ptr: *mut u8, index: usize) -> $word {
        io_read!(views::$medium(ptr.cast::<Block>()), .array[panic: index])
            }

            #[unsafe(export_name = concat!(
                        "twin_", stringify!($medium), "_read_", stringify!($word), "_checked"
                    ))]
            extern "C" fn twin_read_checked(ptr: *mut u8, index: usize) -> $word {
                let () = [(); 8][index];
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::$medium::$module::read(ptr.cast::<$word>().wrapping_add(4 + index)) }
            }

            #[unsafe(export_name = concat!(
                        "probe_", stringify!($medium), "_write_", stringify!($word), "_tried"
                    ))]
            extern "C" fn write_tried(ptr: *mut u8, index: usize, value: $word) -> bool {
                let write = || {
                    let view = views::$medium(ptr.cast::<Block>());
            io_write!(view, .array[try: index], value);
                    Ok::<(), OutOfBounds>(())
                };
                write().is_ok()
            }

            #[unsafe(export_name = concat!(
                        "twin_", stringify!($medium), "_write_", stringify!($word), "_tried"
                    ))]
            extern "C" fn twin_write_tried(ptr: *mut u8, index: usize, value: $word) -> bool {
                if index >= 8 {
                    return false;
                }
                let place = ptr.cast::<$word>().wrapping_add(4 + index);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::$medium::$module::write(place, value) };
                true
            }
        };
    };
}

macro_rules! family {
    ($($medium:ident: $($module:ident $word:ident),+;)+) => {$($(
        place!($medium $module $word "first" (.first) 0);
        place!($medium $module $word "field" (.second) 1);
        place!($medium $module $word "nested" (.inner.b) 3);
        place!($medium $module $word "element" (.array[3]) 7);
        place!($medium $module $word "block" (.blocks[build: 1 + 1].b) 17);
        indexed!($medium $module $word);
    )+)+};
}

family! {
    mmio: w8 u8, w16 u16, w32 u32, w64 u64;
    relaxed: w8 u8, w16 u16, w32 u32, w64 u64;
    combining: w8 u8, w16 u16, w32 u32, w64 u64;
    memory: w8 u8, w16 u16, w32 u32, w64 u64;
}
