//! Sequences of accesses: no access is dropped, merged or reordered.

use io_core::prelude::*;

use crate::views;

/// A command register followed by a bank of registers.
#[derive(IoStruct)]
#[repr(C)]
struct Bank {
    command: u32,
    status: u32,
    bank: [u32; 64],
}

macro_rules! sequences {
    ($($medium:ident),+) => {$(
        const _: () = {
            #[unsafe(export_name = concat!("probe_order_two_stores_", stringify!($medium)))]
            extern "C" fn two_stores(ptr: *mut u8) {
                let view = views::$medium(ptr.cast::<Bank>());
                io_write!(view, .command, 1);
                io_write!(view, .command, 2);
            }

            #[unsafe(export_name = concat!("probe_order_same_store_", stringify!($medium)))]
            extern "C" fn same_store(ptr: *mut u8, value: u32) {
                let view = views::$medium(ptr.cast::<Bank>());
                io_write!(view, .status, value);
                io_write!(view, .command, value);
                io_write!(view, .status, value);
            }

            #[unsafe(export_name = concat!("probe_order_two_loads_", stringify!($medium)))]
            extern "C" fn two_loads(ptr: *mut u8) -> bool {
                let view = views::$medium(ptr.cast::<Bank>());
                io_read!(view, .status) == io_read!(view, .status)
            }

            #[unsafe(export_name = concat!("probe_order_dead_load_", stringify!($medium)))]
            extern "C" fn dead_load(ptr: *mut u8) {
                let _ = io_read!(views::$medium(ptr.cast::<Bank>()), .status);
            }

            #[unsafe(export_name = concat!("probe_order_neighbours_", stringify!($medium)))]
            extern "C" fn neighbours(ptr: *mut u8, first: u32, second: u32) {
                let view = views::$medium(ptr.cast::<Bank>());
                io_write!(view, .command, first);
                io_write!(view, .status, second);
            }

            #[unsafe(export_name = concat!("probe_loop_read_", stringify!($medium)))]
            extern "C" fn loop_read(ptr: *mut u8) -> u32 {
                let view = views::$medium(ptr.cast::<Bank>());
                io_project!(view, .bank).iter().fold(0, |sum: u32, each| {
                    sum.wrapping_add(each.read_val())
                })
            }

            #[unsafe(export_name = concat!("probe_loop_write_", stringify!($medium)))]
            extern "C" fn loop_write(ptr: *mut u8, value: u32) {
                let view = views::$medium(ptr.cast::<Bank>());
                for each in io_project!(view, .bank).iter() {
                    each.write_val(value);
                }
            }
        };
    )+};
}

sequences!(mmio, relaxed, combining, memory);

/// Memory that is written before a doorbell is stored before the doorbell.
#[unsafe(no_mangle)]
extern "C" fn probe_order_doorbell(ptr: *mut u8, descriptor: *mut u32, value: u32) {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { descriptor.write(value) };
    io_write!(views::mmio(ptr.cast::<Bank>()), .command, 1);
}

/// Memory that is read after a status register is loaded after the status register.
#[unsafe(no_mangle)]
extern "C" fn probe_order_status(ptr: *mut u8, descriptor: *const u32) -> u32 {
    let status = io_read!(views::mmio(ptr.cast::<Bank>()), .status);
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    status.wrapping_add(unsafe { descriptor.read() })
}

/// A ring whose index hands over its elements.
#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    flags: u16,
    #[io(own_bit)]
    index: OwnBit<u16>,
    ring: [u16; 8],
}

/// An element of the ring, the barrier, then the index.
#[unsafe(no_mangle)]
extern "C" fn probe_order_offer(ptr: *mut u8, head: u16, index: u16) {
    views::memory(ptr.cast::<Avail>()).publish_with(index, |ring| {
        io_write!(ring, .ring[3], head);
    });
}

/// The body of a descriptor, the barrier, then its ownership bit.
#[unsafe(no_mangle)]
extern "C" fn probe_order_publish(ptr: *mut u8, value: u32) {
    let view = views::memory(ptr.cast::<Bank>());
    io_write!(view, .status, value);
    view.dma_wmb();
    io_write!(view, .command, 1);
}

/// The ownership bit of a descriptor, the barrier, then its body.
#[unsafe(no_mangle)]
extern "C" fn probe_order_consume(ptr: *mut u8) -> u32 {
    let view = views::memory(ptr.cast::<Bank>());
    let owner = io_read!(view, .command);
    view.dma_rmb();
    owner ^ io_read!(view, .status)
}
