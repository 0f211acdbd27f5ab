//! A driver that is ported function by function: `init` is still the one of tock-registers, and
//! `send` is ported.

use io_core::prelude::*;

use crate::tock::{after, before};

pub struct Uart {
    base: *mut u8,
}

impl Uart {
    /// # Safety
    ///
    /// `base` must be the address of a PL011 that no other code uses.
    pub const unsafe fn new(base: *mut u8) -> Self {
        Uart { base }
    }

    /// The registers for functions that are not ported.
    fn old(&mut self) -> before::Uart<'_> {
        // SAFETY: by the contract of `new`, the registers are there. The exclusive borrow ensures
        // that no view exists at the same time.
        before::Uart::new(unsafe { &*self.base.cast::<before::Registers>() })
    }

    /// The registers for functions that are ported.
    fn new_view(&mut self) -> after::Uart<RelaxedMmio<'_, after::Registers>> {
        let raw = MmioRaw::from_ptr(self.base.cast::<after::Registers>());
        // SAFETY: as above; no reference to the registers exists for the duration of the view.
        let registers = unsafe { Mmio::from_raw(raw) };
        after::Uart::new(registers.relaxed())
    }

    pub fn init(&mut self, ibrd: u32, fbrd: u32) {
        self.old().init(ibrd, fbrd);
    }

    pub fn send(&mut self, byte: u8) {
        self.new_view().send(byte);
    }
}
