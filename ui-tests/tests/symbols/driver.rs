//! Nested blocks and a driver that is generic over the backend, instantiated for two backends.

use io_core::{Error, backend::{IoBackend, MmioBackend, SysMemBackend}, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
pub struct Descriptor {
    pub address: Le<u64>,
    pub length: Le<u32>,
    pub flags: Le<u32>,
}

#[derive(IoStruct)]
#[repr(C)]
pub struct Ring<const N: usize> {
    pub head: Ro<Le<u32>>,
    pub tail: Le<u32>,
    pub descriptors: [Descriptor; N],
}

#[derive(IoStruct)]
#[repr(C)]
pub struct Queue<R> {
    pub doorbell: Wo<u32>,
    pub status: W1c<u32>,
    pub ring: R,
}

#[derive(IoStruct)]
#[repr(C)]
pub struct Controller {
    pub control: u32,
    pub interrupt: W1c<u32>,
    pub queues: [Queue<Ring<64>>; 8],
}

/// Contains a view of any backend.
pub struct Driver<'a, B: IoBackend> {
    regs: B::View<'a, Controller>,
}

impl<'a, B: Bus64> Driver<'a, B> {
    pub fn push(&self, queue: usize, slot: usize, address: u64) -> Result<u32, Error> {
        let regs = self.regs;
        let ring = io_project!(regs, .queues[try: queue].ring);
        io_write!(ring, .descriptors[try: slot].address, address);
        io_update!(ring, .descriptors[try: slot].flags, |flags| flags | 1);
        io_write!(regs, .queues[panic: queue].ring.descriptors[63].length, 0x1000);
        io_try_update!(regs, .queues[build: 7].ring.tail, |tail| tail + 1)?;
        io_write!(regs, .queues[panic: queue].doorbell, 1);
        let flags = io_project!(ring, .descriptors[build: 1..]).iter();
        let flags: u32 = flags.map(|descriptor| io_read!(descriptor, .flags)).sum();
        Ok(flags + io_read!(ring, .head))
    }
}

pub fn device(regs: <MmioBackend as IoBackend>::View<'_, Controller>) -> Result<u32, Error> {
    Driver::<MmioBackend> { regs }.push(1, 2, 3)
}

pub fn memory(regs: <SysMemBackend as IoBackend>::View<'_, Controller>) -> Result<u32, Error> {
    Driver::<SysMemBackend> { regs }.push(1, 2, 3)
}
