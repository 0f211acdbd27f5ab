//! From raw pointers: descriptors in DMA memory, and a doorbell.

/// Raw pointers, volatile accesses and fences.
pub mod before {
    use core::sync::atomic::{Ordering, fence};

    pub const RING: usize = 4;
    const OWN: u16 = 1 << 15;
    const DOORBELL: usize = 0x10;

    #[repr(C)]
    pub struct Descriptor {
        address: u64,
        len: u16,
        flags: u16,
        status: u32,
    }

    pub struct Tx {
        ring: *mut Descriptor,
        registers: *mut u8,
        head: usize,
        tail: usize,
    }

    #[expect(clippy::multiple_unsafe_ops_per_block, reason = "every access is unsafe")]
    impl Tx {
        /// # Safety
        ///
        /// `ring` must point to `RING` descriptors, and `registers` to 0x20 bytes of registers.
        pub unsafe fn new(ring: *mut Descriptor, registers: *mut u8) -> Self {
            Tx { ring, registers, head: 0, tail: 0 }
        }

        pub fn send(&mut self, address: u64, len: u16) -> bool {
            if self.head - self.tail == RING {
                return false;
            }
            // SAFETY: `new` requires valid pointers, and the index is less than `RING`.
            unsafe {
                let slot = self.ring.add(self.head % RING);
                (&raw mut (*slot).address).write_volatile(address.to_le());
                (&raw mut (*slot).len).write_volatile(len.to_le());
                fence(Ordering::Release);
                (&raw mut (*slot).flags).write_volatile(OWN.to_le());
                fence(Ordering::SeqCst);
                let doorbell = self.registers.add(DOORBELL).cast::<u32>();
                doorbell.write_volatile((self.head as u32).to_le());
            }
            self.head += 1;
            true
        }

        pub fn reap(&mut self) -> Option<u32> {
            if self.tail == self.head {
                return None;
            }
            // SAFETY: as above.
            let status = unsafe {
                let slot = self.ring.add(self.tail % RING);
                if u16::from_le((&raw const (*slot).flags).read_volatile()) & OWN != 0 {
                    return None;
                }
                fence(Ordering::Acquire);
                u32::from_le((&raw const (*slot).status).read_volatile())
            };
            self.tail += 1;
            Some(status)
        }
    }
}

/// Views of the ring and of the registers.
pub mod after {
    use io_core::prelude::*;

    pub const RING: usize = 4;
    const OWN: u16 = 1 << 15;

    #[derive(IoStruct)]
    #[io(size = 0x10)]
    #[repr(C)]
    pub struct Descriptor {
        address: Le<DmaAddr>,
        len: Le<u16>,
        #[io(own_bit)]
        flags: OwnBit<Le<u16>>,
        status: Ro<Le<u32>>,
    }

    #[derive(IoStruct)]
    #[repr(C)]
    pub struct Ring {
        slots: [Descriptor; RING],
    }

    #[io_struct(size = 0x20)]
    pub struct Registers {
        #[io(at = 0x10)]
        doorbell: Wo<Le<u32>>,
    }

    pub struct Tx<M, R> {
        ring: M,
        registers: R,
        head: usize,
        tail: usize,
    }

    impl<'a, M, R> Tx<M, R>
    where
        M: Io<'a, Target = Ring, Backend: Bus64>,
        R: Io<'a, Target = Registers, Backend: Bus32>,
    {
        pub fn new(ring: M, registers: R) -> Self {
            Tx { ring, registers, head: 0, tail: 0 }
        }

        pub fn send(&mut self, address: DmaAddr, len: u16) -> bool {
            if self.head - self.tail == RING {
                return false;
            }
            let slot = io_project!(self.ring, .slots[panic: self.head % RING]);
            slot.publish_with(OWN, |slot| {
                io_write!(slot, .address, address);
                io_write!(slot, .len, len);
            });
            io_write!(self.registers, .doorbell, self.head as u32);
            self.head += 1;
            true
        }

        pub fn reap(&mut self) -> Option<u32> {
            if self.tail == self.head {
                return None;
            }
            let slot = io_project!(self.ring, .slots[panic: self.tail % RING]);
            let status =
                slot.consume_with(|flags| flags & OWN == 0, |slot, _| io_read!(slot, .status))?;
            self.tail += 1;
            Some(status)
        }
    }
}
