//! The six barriers, as functions and as methods of a view.

use io_core::{Io, barrier};

use crate::{twin, views};

macro_rules! barriers {
    ($($name:ident),+) => {$(
        const _: () = {
            #[unsafe(export_name = concat!("probe_barrier_", stringify!($name)))]
            extern "C" fn free() {
                barrier::$name();
            }

            #[unsafe(export_name = concat!("probe_barrier_", stringify!($name), "_mmio"))]
            extern "C" fn mmio(ptr: *mut u32) {
                views::mmio(ptr).$name();
            }

            #[unsafe(export_name = concat!("probe_barrier_", stringify!($name), "_relaxed"))]
            extern "C" fn relaxed(ptr: *mut u32) {
                views::relaxed(ptr).$name();
            }

            #[unsafe(export_name = concat!("probe_barrier_", stringify!($name), "_memory"))]
            extern "C" fn memory(ptr: *mut u32) {
                views::memory(ptr).$name();
            }

            #[unsafe(export_name = concat!("twin_barrier_", stringify!($name)))]
            extern "C" fn twin() {
                twin::barrier::$name();
            }
        };
    )+};
}

barriers!(mb, rmb, wmb, dma_mb, dma_rmb, dma_wmb);
