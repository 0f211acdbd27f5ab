//! The model that the tests of simulated devices share.
#![allow(dead_code, reason = "each test uses a part of it")]

use io_core::{Width, barrier::Barrier};
use io_sim::{Device, Simulated};

use Access::{R, W};

/// One call of a model: offset, width and number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Access {
    R(usize, Width, u64),
    W(usize, Width, u64),
}

impl Access {
    pub(crate) fn place(&self) -> (usize, Width) {
        match self {
            R(offset, width, _) | W(offset, width, _) => (*offset, *width),
        }
    }
}

/// Little-endian memory that logs each access.
#[derive(Default)]
pub(crate) struct Logger {
    pub(crate) memory: Vec<u8>,
    pub(crate) log: Vec<Access>,
    pub(crate) barriers: Vec<Barrier>,
}

impl Logger {
    pub(crate) fn new(memory: impl Into<Vec<u8>>) -> Self {
        Self { memory: memory.into(), ..Self::default() }
    }
}

impl Device for Logger {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let mut bytes = [0xff; 8];
        bytes[..width.bytes()].copy_from_slice(&self.memory[offset..][..width.bytes()]);
        let value = u64::from_le_bytes(bytes);
        self.log.push(R(offset, width, value & width.all_ones()));
        value
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        let bytes = value.to_le_bytes();
        self.memory[offset..][..width.bytes()].copy_from_slice(&bytes[..width.bytes()]);
        self.log.push(W(offset, width, value));
    }

    fn barrier(&mut self, kind: Barrier) {
        self.barriers.push(kind);
    }
}

/// Returns the accesses since the last call.
pub(crate) fn log<T: ?Sized>(device: &Simulated<T, Logger>) -> Vec<Access> {
    device.with(|d| core::mem::take(&mut d.log))
}
