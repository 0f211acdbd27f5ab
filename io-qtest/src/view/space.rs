//! The two address spaces of a PC.

use io_core::Width;

mod sealed {
    pub trait Sealed {}
}

/// The address space of a view: [`Memory`] or [`Ports`]. Sealed.
pub trait Space: sealed::Sealed + 'static {
    /// The name of the view in its debug output.
    #[doc(hidden)]
    const VIEW: &'static str;

    /// The commands that read 1, 2, 4, ... bytes, as far as they exist.
    #[doc(hidden)]
    const READS: &'static [&'static str];

    /// The commands that write 1, 2, 4, ... bytes, as far as they exist.
    #[doc(hidden)]
    const WRITES: &'static [&'static str];
}

/// Memory addresses: accesses of 8, 16, 32 and 64 bits.
#[derive(Debug)]
pub enum Memory {}

/// I/O ports: accesses of 8, 16 and 32 bits.
#[derive(Debug)]
pub enum Ports {}

impl sealed::Sealed for Memory {}
impl sealed::Sealed for Ports {}

impl Space for Memory {
    const VIEW: &'static str = "QtestMmio";
    const READS: &'static [&'static str] = &["readb", "readw", "readl", "readq"];
    const WRITES: &'static [&'static str] = &["writeb", "writew", "writel", "writeq"];
}

impl Space for Ports {
    const VIEW: &'static str = "QtestPort";
    const READS: &'static [&'static str] = &["inb", "inw", "inl"];
    const WRITES: &'static [&'static str] = &["outb", "outw", "outl"];
}

/// Returns the index of the command for accesses of `width`.
pub(super) const fn index(width: Width) -> usize {
    match width {
        Width::W8 => 0,
        Width::W16 => 1,
        Width::W32 => 2,
        Width::W64 => 3,
    }
}
