//! A device that is plain memory and logs every access: the reference for the accesses that reach
//! the bus.

use core::mem;

use io_core::{Width, barrier::Barrier};
use io_sim::{Device, Simulated};

/// One access on the bus: offset, width in bits, value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// A read and the returned value.
    R(usize, u32, u64),
    /// A write.
    W(usize, u32, u64),
    /// A barrier.
    B(Barrier),
}

use Access::{B, R, W};

/// Little-endian memory with a log.
pub(crate) struct Logger {
    pub(crate) memory: Vec<u8>,
    log: Vec<Access>,
}

impl Device for Logger {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let value = number(&self.memory[offset..][..width.bytes()]);
        self.log.push(R(offset, width.bits(), value));
        value
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        let bytes = value.to_le_bytes();
        self.memory[offset..][..width.bytes()].copy_from_slice(&bytes[..width.bytes()]);
        self.log.push(W(offset, width.bits(), value));
    }

    fn barrier(&mut self, kind: Barrier) {
        self.log.push(B(kind));
    }
}

/// Returns the number that these bytes represent on a little-endian bus.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A simulated device with registers `T` that logs accesses.
pub(crate) type Bench<T> = Simulated<T, Logger>;

/// Creates a device whose byte at offset `i` is `i`.
pub(crate) fn bench<T>() -> Bench<T> {
    Simulated::new(logger(size_of::<T>()))
}

/// Creates memory whose byte at offset `i` is `i`.
pub(crate) fn logger(size: usize) -> Logger {
    Logger { memory: (0..size).map(|i| i as u8).collect(), log: Vec::new() }
}

/// The number that a fresh [`bench`] contains at `offset`.
pub(crate) fn at(offset: usize, bits: u32) -> u64 {
    let bytes: Vec<u8> = (offset..offset + bits as usize / 8).map(|i| i as u8).collect();
    number(&bytes)
}

/// The read of that number.
pub(crate) fn fresh(offset: usize, bits: u32) -> Access {
    R(offset, bits, at(offset, bits))
}

/// Returns the accesses that have reached the device since the last call.
pub(crate) fn log<T: ?Sized>(bench: &Bench<T>) -> Vec<Access> {
    bench.with(|device| mem::take(&mut device.log))
}

/// Stores `bytes` at `offset` of the device, without an access.
pub(crate) fn store<T: ?Sized>(bench: &Bench<T>, offset: usize, bytes: &[u8]) {
    bench.with(|device| device.memory[offset..][..bytes.len()].copy_from_slice(bytes));
}

/// Returns the device's bytes.
pub(crate) fn memory<T: ?Sized>(bench: &Bench<T>) -> Vec<u8> {
    bench.with(|device| device.memory.clone())
}
