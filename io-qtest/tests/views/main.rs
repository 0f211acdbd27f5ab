//! The typed views against real QEMU: every test starts its own machine.

extern crate alloc;

use io_core::prelude::*;
use io_qtest::{Error, Machine, MappedBar, Qemu};

mod copy;
mod dma;
mod driver;
mod failure;
mod mapping;
mod memory;
mod ports;

const EDU: (u16, u16) = (0x1234, 0x11E8);

/// Describes a machine with QEMU's educational device and a trace.
fn machine() -> Machine {
    Machine::q35().device("edu,addr=4").trace(true)
}

/// BAR 0 of the educational device.
#[derive(IoStruct)]
#[io(size = 0xa0)]
#[repr(C)]
struct Edu {
    /// `0xRRrr00ED`
    id: Ro<Le<u32>>,
    /// Reads as the complement of the value that was written.
    liveness: Le<u32>,
    _rest: [u8; 0x78],
    /// From this register on, accesses may be 64 bits wide.
    #[io(at = 0x80)]
    dma: [Le<u64>; 3],
    command: Le<u64>,
}

/// Returns the educational device of a machine.
fn edu(qemu: &Qemu) -> Result<MappedBar<'_, Edu>, Error> {
    qemu.find(EDU.0, EDU.1)?.map(0)
}

/// `true` if it is a write, offset, value, size.
type Seen = (bool, u64, u64, u8);

const READ: bool = false;
const WRITE: bool = true;

/// Returns the accesses to a region that QEMU observed.
fn seen(qemu: &Qemu, region: &str) -> Result<Vec<Seen>, Error> {
    let accesses = qemu.accesses(region)?;
    Ok(accesses.iter().map(|a| (a.write, a.offset, a.value, a.size)).collect())
}

/// Reads bytes of guest RAM.
fn peek<const N: usize>(qemu: &Qemu, at: usize) -> [u8; N] {
    assert!(at + N <= qemu.ram().len());
    core::array::from_fn(|i| {
        let byte = qemu.ram().base().as_ptr().wrapping_add(at + i);
        // SAFETY: the pointer is inside guest RAM, to which no references exist.
        unsafe { byte.read_volatile() }
    })
}
