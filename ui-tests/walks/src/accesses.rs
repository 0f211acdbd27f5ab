//! The accesses, each in a separate function, which is the first of its walk.

use core::hint::black_box;

use io_core::{Width, prelude::*};
use io_mem::vm::{VmReader, VmWriter};
use io_sim::{Device, Simulated};

use crate::capture;

/// Some registers of a PL011.
#[derive(IoStruct)]
#[repr(C)]
pub(crate) struct Uart {
    fr: Ro<Le<u32>>,
    cr: Rw<Le<u32>>,
}

/// A block of two values.
#[derive(IoStruct, zerocopy::FromBytes)]
#[repr(C)]
pub(crate) struct Block {
    address: Le<u32>,
    length: Le<u32>,
}

#[inline(never)]
pub(crate) fn io_write(uart: Mmio<'_, Uart>) {
    io_write!(uart, .cr, 5);
}

#[inline(never)]
pub(crate) fn copy_read(block: Mmio<'_, Block>) {
    black_box(block.copy_read());
}

#[inline(never)]
pub(crate) fn read_fallible(mut reader: VmReader<'_>) {
    let mut buffer = [0; 64];
    let mut writer = VmWriter::from(&mut buffer[..]);
    black_box(reader.read_fallible(&mut writer)).ok();
}

#[inline(never)]
pub(crate) fn simulated(device: &Simulated<Uart, Model>) {
    io_read!(device, .fr);
}

/// Returns a view of registers in the page.
pub(crate) fn uart(page: *mut u8) -> Mmio<'static, Uart> {
    // SAFETY: the page stays mapped and nothing else uses it; it is aligned, and larger than the
    // registers. Every access faults, and the process ends there.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(page.cast())) }
}

/// Returns a view of a block in the page.
pub(crate) fn block(page: *mut u8) -> Mmio<'static, Block> {
    // SAFETY: as for `uart`.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(page.cast())) }
}

/// Returns a cursor over the page.
pub(crate) fn reader(page: *mut u8) -> VmReader<'static> {
    // SAFETY: every load of the page faults, and the process ends there; nothing stores to the
    // page. The range does not wrap around.
    unsafe { VmReader::fallible(page, capture::SIZE) }
}

/// A simulated device.
pub(crate) fn device() -> Simulated<Uart, Model> {
    Simulated::new(Model)
}

/// A model that prints the backtrace of a read.
#[derive(Debug)]
pub(crate) struct Model;

impl Device for Model {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        capture::print_and_exit()
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}
}
