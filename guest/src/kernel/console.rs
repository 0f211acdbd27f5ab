//! What the kernel says, by the first serial port, and how it ends.

use core::fmt::{self, Write};

use x86_64::instructions::{hlt, port::Port};

/// The first serial port.
#[derive(Debug)]
pub(super) struct Serial;

impl Write for Serial {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (mut data, mut status) = (Port::<u8>::new(0x3f8), Port::<u8>::new(0x3fd));
        for byte in text.bytes() {
            // SAFETY: reads the port's status, which changes nothing here.
            while unsafe { status.read() } & 0x20 == 0 {}
            // SAFETY: gives the port a byte to send.
            unsafe { data.write(byte) };
        }
        Ok(())
    }
}

macro_rules! say {
    ($($text:tt)*) => {{
        // It has no errors.
        let _ = core::fmt::Write::write_fmt(&mut $crate::kernel::console::Serial, format_args!($($text)*));
    }};
}

pub(super) use say;

/// The end of the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum End {
    /// QEMU ends with 33, as it does for no other reason.
    Good = 0x10,
    /// QEMU ends with 35.
    Bad = 0x11,
}

/// Ends QEMU, by its device `isa-debug-exit`: the status is twice the number, and one.
pub(super) fn exit(end: End) -> ! {
    // SAFETY: the port is that device's.
    unsafe { Port::new(0xf4).write(end as u32) };
    loop {
        hlt();
    }
}
