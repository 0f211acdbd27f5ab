//! The kernel's output, on the first serial port, and its exit.

use core::fmt::{self, Write};

use x86_64::instructions::{hlt, port::Port};

/// The first serial port.
#[derive(Debug)]
pub(super) struct Serial;

impl Write for Serial {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (mut data, mut status) = (Port::<u8>::new(0x3f8), Port::<u8>::new(0x3fd));
        for byte in text.bytes() {
            // SAFETY: reads the status of the port, which has no side effect here.
            while unsafe { status.read() } & 0x20 == 0 {}
            // SAFETY: sends a byte on the port, which has no effect on memory.
            unsafe { data.write(byte) };
        }
        Ok(())
    }
}

macro_rules! print {
    ($($text:tt)*) => {{
        // The serial port returns no errors.
        let _ = core::fmt::Write::write_fmt(&mut $crate::kernel::console::Serial, format_args!($($text)*));
    }};
}

pub(super) use print;

/// The result with which the kernel ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum End {
    /// QEMU exits with status 33, which has no other cause.
    Good = 0x10,
    /// QEMU exits with status 35.
    Bad = 0x11,
}

/// Ends QEMU through its device `isa-debug-exit`: the exit status is twice the number plus one.
pub(super) fn exit(end: End) -> ! {
    // SAFETY: the port belongs to that device.
    unsafe { Port::new(0xf4).write(end as u32) };
    loop {
        hlt();
    }
}
