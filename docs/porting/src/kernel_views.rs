//! From the kernel's views (7.2): a queue of messages in coherent memory, and the register with the
//! driver's read pointer.

/// The kernel's interface, over the [stand-in](crate::kernel).
pub mod before {
    use crate::kernel::{
        CoherentView, Io, Mmio, Read, Region, Result, dma_mb, io_project, io_read,
    };

    pub const ENTRIES: usize = 4;
    const READ_POINTER: usize = 0x10;

    #[repr(C)]
    pub struct Entry {
        command: u32,
        _reserved: u32,
        argument: u64,
    }

    #[repr(C)]
    pub struct Queue {
        write_pointer: u32,
        _reserved: u32,
        entries: [Entry; ENTRIES],
    }

    pub fn pop(
        queue: CoherentView<'_, Queue>,
        bar: Mmio<'_, Region<0x20>>,
        position: u32,
    ) -> Result<Option<(u32, u64)>> {
        if u32::from_le(io_read!(queue, .write_pointer)) == position {
            return Ok(None);
        }
        dma_mb(Read);
        let entry = io_project!(queue, .entries[try: position as usize]);
        let command = u32::from_le(io_read!(entry, .command));
        let argument = u64::from_le(io_read!(entry, .argument));
        bar.write32((position + 1) % ENTRIES as u32, READ_POINTER);
        Ok(Some((command, argument)))
    }
}

/// The same steps; byte order, access kinds and offsets are in the types.
pub mod after {
    use io_core::{OutOfBound, prelude::*};

    pub const ENTRIES: usize = 4;

    #[derive(IoStruct)]
    #[repr(C)]
    pub struct Entry {
        command: Ro<Le<u32>>,
        _reserved: Reserved<4>,
        argument: Ro<Le<u64>>,
    }

    #[derive(IoStruct)]
    #[repr(C)]
    pub struct Queue {
        write_pointer: Ro<Le<u32>>,
        _reserved: Reserved<4>,
        entries: [Entry; ENTRIES],
    }

    #[io_struct(size = 0x20)]
    pub struct Registers {
        #[io(at = 0x10)]
        read_pointer: Le<u32>,
    }

    pub fn pop<'a>(
        queue: impl Io<'a, Target = Queue, Backend: Bus64>,
        bar: impl Io<'a, Target = Registers, Backend: Bus32>,
        position: u32,
    ) -> Result<Option<(u32, u64)>, OutOfBound> {
        if io_read!(queue, .write_pointer) == position {
            return Ok(None);
        }
        queue.dma_rmb();
        let entry = io_project!(queue, .entries[try: position as usize]);
        let command = io_read!(entry, .command);
        let argument = io_read!(entry, .argument);
        io_write!(bar, .read_pointer, (position + 1) % ENTRIES as u32);
        Ok(Some((command, argument)))
    }
}
