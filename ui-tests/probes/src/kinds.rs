//! Byte orders, access kinds and updates of one register.

use io_core::prelude::*;

use crate::{twin, views};

/// A register of each kind.
#[derive(IoStruct)]
#[repr(C)]
struct Kinds {
    little: Le<u32>,
    big: Be<u32>,
    read_only: Ro<u32>,
    write_only: Wo<u32>,
    clearing: W1c<u32>,
    plain: u32,
}

macro_rules! read {
    ($name:literal $words:literal ($($steps:tt)+) $decode:expr) => {
        const _: () = {
            #[unsafe(export_name = concat!("probe_", $name))]
            extern "C" fn probe(ptr: *mut u8) -> u32 {
                io_read!(views::mmio(ptr.cast::<Kinds>()), $($steps)+)
            }

            #[unsafe(export_name = concat!("twin_", $name))]
            extern "C" fn twin(ptr: *mut u8) -> u32 {
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                let value = unsafe { twin::mmio::w32::read(ptr.cast::<u32>().wrapping_add($words)) };
                $decode(value)
            }
        };
    };
}

macro_rules! write {
    ($name:literal $words:literal $encode:expr, |$view:ident, $value:ident| $write:expr) => {
        const _: () = {
            #[unsafe(export_name = concat!("probe_", $name))]
            extern "C" fn probe(ptr: *mut u8, $value: u32) {
                let $view = views::mmio(ptr.cast::<Kinds>());
                $write;
            }

            #[unsafe(export_name = concat!("twin_", $name))]
            extern "C" fn twin(ptr: *mut u8, value: u32) {
                let place = ptr.cast::<u32>().wrapping_add($words);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::mmio::w32::write(place, $encode(value)) };
            }
        };
    };
}

read!("kind_read_little" 0 (.little) u32::from_le);
read!("kind_read_big" 1 (.big) u32::from_be);
read!("kind_read_only" 2 (.read_only) u32::from);
read!("kind_read_clearing" 4 (.clearing) u32::from);
write!("kind_write_little" 0 u32::to_le, |view, value| io_write!(view, .little, value));
write!("kind_write_big" 1 u32::to_be, |view, value| io_write!(view, .big, value));
write!("kind_write_only" 3 u32::from, |view, value| io_write!(view, .write_only, value));
write!("kind_clear" 4 u32::from, |view, value| io_project!(view, .clearing).clear_bits(value));

/// 64-bit values on a 32-bit bus: low half first, high half first.
#[derive(IoStruct)]
#[repr(C)]
struct Halves {
    low_first: LoHi<Le<u64>>,
    high_first: HiLo<Le<u64>>,
}

#[unsafe(no_mangle)]
extern "C" fn probe_kind_read_low_first(ptr: *mut u8) -> u64 {
    io_read!(views::mmio(ptr.cast::<Halves>()), .low_first)
}

#[unsafe(no_mangle)]
extern "C" fn probe_kind_read_high_first(ptr: *mut u8) -> u64 {
    io_read!(views::mmio(ptr.cast::<Halves>()), .high_first)
}

#[unsafe(no_mangle)]
extern "C" fn probe_kind_write_low_first(ptr: *mut u8, value: u64) {
    io_write!(views::mmio(ptr.cast::<Halves>()), .low_first, value);
}

#[unsafe(no_mangle)]
extern "C" fn probe_kind_write_high_first(ptr: *mut u8, value: u64) {
    io_write!(views::mmio(ptr.cast::<Halves>()), .high_first, value);
}

macro_rules! update {
    ($medium:ident $probe:literal $twin:literal) => {
        const _: () = {
            #[unsafe(export_name = $probe)]
            extern "C" fn probe(ptr: *mut u8, bits: u32) {
        io_update!(views::$medium(ptr.cast::<Kinds>()), .plain, |value| value | bits);
            }

            #[unsafe(export_name = $twin)]
            extern "C" fn twin(ptr: *mut u8, bits: u32) {
                let place = ptr.cast::<u32>().wrapping_add(5);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                let value = unsafe { twin::$medium::w32::read(place) };
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::$medium::w32::write(place, value | bits) };
            }
        };
    };
}

update!(mmio "probe_update_mmio" "twin_update_mmio");
update!(relaxed "probe_update_relaxed" "twin_update_relaxed");
update!(memory "probe_update_memory" "twin_update_memory");

/// Tests a bit: on x86-64 the load must not be folded into the test.
#[unsafe(no_mangle)]
extern "C" fn probe_kind_test_bit(ptr: *mut u8) -> bool {
    io_read!(views::mmio(ptr.cast::<Kinds>()), .plain) & 8 != 0
}

#[unsafe(no_mangle)]
extern "C" fn twin_kind_test_bit(ptr: *mut u8) -> bool {
    // SAFETY: twins are only compiled, never called; a caller would have to guarantee this.
    let value = unsafe { twin::mmio::w32::read(ptr.cast::<u32>().wrapping_add(5)) };
    value & 8 != 0
}

/// Computes a sum: the load must not be folded into the addition.
#[unsafe(no_mangle)]
extern "C" fn probe_kind_add_memory(ptr: *mut u8, to: u32) -> u32 {
    to.wrapping_add(io_read!(views::memory(ptr.cast::<Kinds>()), .plain))
}

#[unsafe(no_mangle)]
extern "C" fn twin_kind_add_memory(ptr: *mut u8, to: u32) -> u32 {
    // SAFETY: twins are only compiled, never called; a caller would have to guarantee this.
    let value = unsafe { twin::memory::w32::read(ptr.cast::<u32>().wrapping_add(5)) };
    to.wrapping_add(value)
}
