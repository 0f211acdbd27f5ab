//! The error type of all operations.

use core::fmt;
use core::time::Duration;
use std::io;

use crate::BarKind;

/// The reason why an operation on a machine failed.
///
/// It is `Clone` because every later command returns the first failure of the qtest channel.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The QEMU program was not found.
    NotFound {
        /// The program that was requested.
        program: String,
    },
    /// QEMU was started but did not answer.
    Start {
        /// QEMU's exit status, or the statement that it did not answer.
        reason: String,
        /// The output of QEMU on its standard error.
        stderr: String,
    },
    /// QEMU ended unexpectedly while no command was active.
    Exited {
        /// Its exit status.
        status: String,
        /// The output of QEMU on its standard error.
        stderr: String,
    },
    /// QEMU did not answer in time.
    Timeout {
        /// The command without an answer.
        command: String,
        /// The timeout.
        after: Duration,
    },
    /// QEMU closed the channel (it exits when a device model aborts).
    Closed {
        /// The command that was active.
        command: String,
        /// The output of QEMU on its standard error.
        stderr: String,
    },
    /// QEMU rejected a command, or its answer is invalid.
    Protocol {
        /// The command.
        command: String,
        /// The answer.
        line: String,
    },
    /// QEMU logged guest errors or accesses to unimplemented functions.
    GuestErrors {
        /// The lines of the log.
        log: Vec<String>,
    },
    /// The trace was requested, but the machine was started without it.
    NotTracing,
    /// PCI bus 0 has no such device.
    DeviceNotFound {
        /// The requested vendor id.
        vendor: u16,
        /// The requested device id.
        device: u16,
    },
    /// The device does not have this BAR.
    BarMissing {
        /// Slot of the device.
        slot: u8,
        /// Function of the device.
        function: u8,
        /// Index of the BAR.
        index: u8,
    },
    /// The BAR is in the other address space.
    BarKind {
        /// Slot of the device.
        slot: u8,
        /// Function of the device.
        function: u8,
        /// Index of the BAR.
        index: u8,
        /// The address space that the BAR decodes.
        kind: BarKind,
    },
    /// Registers of this type cannot be at this location.
    Mapping {
        /// The address or port of the location.
        address: u64,
        /// The error of the size or the alignment, with numbers.
        error: io_core::Error,
    },
    /// A BAR does not fit into the remaining address window.
    WindowFull {
        /// Size of the BAR.
        size: u64,
    },
    /// A configuration access outside 0..0x100, or not naturally aligned.
    ConfigAccess {
        /// Offset of the access.
        offset: u16,
        /// Width of the access in bytes.
        size: u8,
    },
    /// The size of guest RAM is not a multiple of 64 KiB in 64 KiB ..= 2 GiB.
    RamSize {
        /// The requested size.
        size: usize,
    },
    /// The operating system returned an error.
    Io {
        /// The operation that failed.
        context: String,
        /// The kind of its error.
        kind: io::ErrorKind,
    },
}

impl Error {
    /// For `map_err`: returns an [`Error::Io`] that contains the operation that failed.
    pub(crate) fn io<E: Into<io::Error>>(context: &str) -> impl FnOnce(E) -> Self {
        move |error| Self::Io { context: context.to_owned(), kind: error.into().kind() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { program } => {
                write!(f, "{program} not found; install it with: apt-get install qemu-system-x86")
            }
            Self::Start { reason, stderr } => {
                write!(f, "QEMU did not start ({reason}){}", Said(stderr))
            }
            Self::Exited { status, stderr } => {
                write!(f, "QEMU exited unexpectedly ({status}){}", Said(stderr))
            }
            Self::Timeout { command, after } => {
                write!(f, "QEMU did not answer `{command}` within {after:?}")
            }
            Self::Closed { command, stderr } => {
                write!(f, "QEMU closed the channel during `{command}`{}", Said(stderr))
            }
            Self::Protocol { command, line } => {
                write!(f, "unexpected answer of QEMU to `{command}`: `{line}`")
            }
            Self::GuestErrors { log } => {
                write!(f, "QEMU logged {} guest error(s):", log.len())?;
                log.iter().try_for_each(|line| write!(f, "\n  {line}"))
            }
            Self::NotTracing => f.write_str("the machine was started without `trace(true)`"),
            Self::DeviceNotFound { vendor, device } => {
                write!(f, "no device {vendor:04x}:{device:04x} on PCI bus 0")
            }
            Self::BarMissing { slot, function, index } => {
                write!(f, "PCI device 00:{slot:02x}.{function} has no BAR {index}")
            }
            Self::BarKind { slot, function, index, kind } => {
                let kind = match kind {
                    BarKind::Memory => "memory",
                    BarKind::Io => "I/O ports",
                };
                write!(f, "BAR {index} of PCI device 00:{slot:02x}.{function} refers to {kind}")
            }
            Self::Mapping { address, error } => {
                write!(f, "cannot map registers at {address:#x}: {error}")
            }
            Self::WindowFull { size } => {
                write!(f, "no space for a BAR of {size:#x} bytes in the PCI window")
            }
            Self::ConfigAccess { offset, size } => write!(
                f,
                "no {size}-byte configuration access at offset {offset:#x}: \
                 it must be naturally aligned and below 0x100"
            ),
            Self::RamSize { size } => write!(
                f,
                "guest RAM of {size:#x} bytes: the size must be a multiple of 64 KiB, at most 2 GiB"
            ),
            Self::Io { context, kind } => write!(f, "{context}: {kind}"),
        }
    }
}

impl core::error::Error for Error {}

/// QEMU's own error messages, if there are any.
struct Said<'a>(&'a str);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.trim() {
            "" => Ok(()),
            words => write!(f, "; stderr: {words}"),
        }
    }
}
