//! The qtest line protocol: one answer for each command.

mod text;

use alloc::sync::Arc;
use core::time::Duration;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use rustix::net::{SendFlags, send};

use crate::{Error, lock, memfd};
use text::{hex, nothing, shorten, unhex};

pub(crate) use text::number;

/// The maximum number of bytes of memory that one command transfers.
const CHUNK: usize = 4096;

/// The channel to QEMU. Each method makes one access as the guest's CPU would, and returns after
/// QEMU has made it. All threads may call it.
///
/// The first failure is permanent: it is stored with its command and returned by every later call,
/// and nothing more is sent to QEMU. A late answer is therefore never taken for the answer to
/// another command, and [`check`](Self::check) at the end reports failures that were ignored
/// earlier.
///
/// If QEMU does not answer, a call fails after the timeout (at most twice the timeout, if a part of
/// the answer was received).
///
/// Source: QEMU `docs/devel/testing/qtest.rst`.
///
/// ```
/// # fn main() -> Result<(), io_qtest::Error> {
/// let qemu = io_qtest::Machine::q35().start()?;
/// // RAM at 1 MiB.
/// qemu.connection().writel(0x10_0000, 0x1234_5678)?;
/// assert_eq!(qemu.connection().readw(0x10_0000)?, 0x5678);
/// qemu.finish()
/// # }
/// ```
#[derive(Debug)]
pub struct Connection {
    wire: Mutex<Wire>,
}

/// The locked channel, which excludes commands of other threads.
#[derive(Debug)]
pub(crate) struct Held<'a>(MutexGuard<'a, Wire>);

#[derive(Debug)]
struct Wire {
    stream: UnixStream,
    /// Bytes received and not yet processed.
    unread: Vec<u8>,
    timeout: Duration,
    failure: Option<Error>,
    /// `true` if `check` has returned the failure.
    told: bool,
    stderr: Arc<File>,
}

impl Connection {
    /// `stderr` contains QEMU's error messages if the channel closes.
    pub(crate) fn new(stream: UnixStream, stderr: Arc<File>) -> Self {
        let wire = Wire {
            stream,
            unread: Vec::new(),
            timeout: Duration::ZERO,
            failure: None,
            told: false,
            stderr,
        };
        Self { wire: Mutex::new(wire) }
    }

    /// Sets the time to wait for answers from now on.
    pub(crate) fn set_timeout(&self, timeout: Duration) -> Result<(), Error> {
        let mut wire = lock(&self.wire);
        wire.timeout = timeout.max(Duration::from_millis(1));
        let limit = Some(wire.timeout);
        wire.stream
            .set_read_timeout(limit)
            .and_then(|()| wire.stream.set_write_timeout(limit))
            .map_err(Error::io("cannot set the timeout of the qtest channel"))
    }

    /// Waits until QEMU answers a command that does not access a device.
    pub(crate) fn greet(&self) -> Result<(), Error> {
        self.hold().exchange("endianness", |answer| (answer == " little").then_some(()))
    }

    /// Locks the channel for a sequence of commands.
    pub(crate) fn hold(&self) -> Held<'_> {
        Held(lock(&self.wire))
    }

    /// Returns the first failure of this channel, if there was one. After this call, the failure
    /// counts as reported: the drop of the machine does not report it again.
    ///
    /// # Errors
    ///
    /// * The first failure of this channel.
    pub fn check(&self) -> Result<(), Error> {
        let mut wire = lock(&self.wire);
        wire.told = true;
        wire.failure.clone().map_or(Ok(()), Err)
    }

    /// Returns the failure, and whether it was reported.
    pub(crate) fn failure(&self) -> Option<(Error, bool)> {
        let wire = lock(&self.wire);
        wire.failure.clone().map(|error| (error, wire.told))
    }
}

/// Memory accesses at a guest-physical address.
///
/// An access that no device claims is not a failure; it reads as 0, and QEMU logs a guest error.
impl Connection {
    /// Reads 1 byte.
    ///
    /// # Errors
    ///
    /// The first failure of the channel, which is permanent:
    ///
    /// * [`Error::Timeout`] if QEMU does not answer.
    /// * [`Error::Closed`] if QEMU has closed the channel.
    /// * [`Error::Protocol`] if QEMU rejects the command or sends an invalid answer.
    /// * [`Error::Io`] for another error of the operating system.
    pub fn readb(&self, address: u64) -> Result<u8, Error> {
        self.hold().load("readb", address)
    }

    /// Reads 2 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn readw(&self, address: u64) -> Result<u16, Error> {
        self.hold().load("readw", address)
    }

    /// Reads 4 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn readl(&self, address: u64) -> Result<u32, Error> {
        self.hold().load("readl", address)
    }

    /// Reads 8 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn readq(&self, address: u64) -> Result<u64, Error> {
        self.hold().load("readq", address)
    }

    /// Writes 1 byte.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn writeb(&self, address: u64, value: u8) -> Result<(), Error> {
        self.hold().store("writeb", address, value.into())
    }

    /// Writes 2 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn writew(&self, address: u64, value: u16) -> Result<(), Error> {
        self.hold().store("writew", address, value.into())
    }

    /// Writes 4 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn writel(&self, address: u64, value: u32) -> Result<(), Error> {
        self.hold().store("writel", address, value.into())
    }

    /// Writes 8 bytes.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn writeq(&self, address: u64, value: u64) -> Result<(), Error> {
        self.hold().store("writeq", address, value)
    }

    /// Reads bytes of memory. QEMU chooses the access widths, so this method is for RAM, not for
    /// registers. A long range takes several commands.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn read(&self, address: u64, into: &mut [u8]) -> Result<(), Error> {
        let mut held = self.hold();
        for (i, chunk) in into.chunks_mut(CHUNK).enumerate() {
            let start = address.wrapping_add((i * CHUNK) as u64);
            let command = format!("read {start:#x} {:#x}", chunk.len());
            held.exchange(&command, |answer| unhex(answer, chunk))?;
        }
        Ok(())
    }

    /// Writes bytes of memory, under the same conditions as [`read`](Self::read).
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn write(&self, address: u64, from: &[u8]) -> Result<(), Error> {
        let mut held = self.hold();
        for (i, chunk) in from.chunks(CHUNK).enumerate() {
            let start = address.wrapping_add((i * CHUNK) as u64);
            let command = format!("write {start:#x} {:#x} {}", chunk.len(), hex(chunk));
            held.exchange(&command, nothing)?;
        }
        Ok(())
    }
}

/// Port I/O.
impl Connection {
    /// Reads 1 byte from a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn inb(&self, port: u16) -> Result<u8, Error> {
        self.hold().load("inb", port.into())
    }

    /// Reads 2 bytes from a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn inw(&self, port: u16) -> Result<u16, Error> {
        self.hold().load("inw", port.into())
    }

    /// Reads 4 bytes from a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn inl(&self, port: u16) -> Result<u32, Error> {
        self.hold().load("inl", port.into())
    }

    /// Writes 1 byte to a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn outb(&self, port: u16, value: u8) -> Result<(), Error> {
        self.hold().store("outb", port.into(), value.into())
    }

    /// Writes 2 bytes to a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn outw(&self, port: u16, value: u16) -> Result<(), Error> {
        self.hold().store("outw", port.into(), value.into())
    }

    /// Writes 4 bytes to a port.
    ///
    /// # Errors
    ///
    /// * The errors of [`readb`](Self::readb).
    pub fn outl(&self, port: u16, value: u32) -> Result<(), Error> {
        self.hold().store("outl", port.into(), value.into())
    }
}

impl Held<'_> {
    /// Sends a command whose answer is a value that fits `T`.
    pub(crate) fn load<T: TryFrom<u64>>(&mut self, op: &str, address: u64) -> Result<T, Error> {
        self.exchange(&format!("{op} {address:#x}"), number)
    }

    /// Sends a command whose answer contains no value.
    pub(crate) fn store(&mut self, op: &str, address: u64, value: u64) -> Result<(), Error> {
        self.exchange(&format!("{op} {address:#x} {value:#x}"), nothing)
    }

    /// Sends a command and parses the part of its answer after `OK` by `parse`.
    pub(crate) fn exchange<T>(
        &mut self,
        command: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        let wire = &mut *self.0;
        if let Some(failure) = &wire.failure {
            return Err(failure.clone());
        }
        let answer = wire.ask(command).and_then(|line| {
            let rest = line.strip_prefix("OK");
            rest.and_then(parse)
                .ok_or_else(|| Error::Protocol { command: shorten(command), line: shorten(&line) })
        });
        wire.failure = answer.as_ref().err().cloned();
        answer
    }
}

impl Wire {
    /// Sends a command; returns the line that answers it.
    fn ask(&mut self, command: &str) -> Result<String, Error> {
        let start = Instant::now();
        let mut line = command.to_owned();
        line.push('\n');
        self.send(line.as_bytes(), start)
            .and_then(|()| self.receive(start))
            .map_err(|kind| self.explain(kind, command))
    }

    fn send(&self, mut bytes: &[u8], start: Instant) -> Result<(), ErrorKind> {
        while !bytes.is_empty() {
            match send(&self.stream, bytes, SendFlags::NOSIGNAL) {
                Ok(n) => bytes = &bytes[n..],
                Err(rustix::io::Errno::INTR) => {}
                Err(e) => return Err(e.kind()),
            }
            self.in_time(start)?;
        }
        Ok(())
    }

    fn receive(&mut self, start: Instant) -> Result<String, ErrorKind> {
        let mut chunk = [0; 1024];
        loop {
            while let Some(end) = self.unread.iter().position(|&byte| byte == b'\n') {
                let line = String::from_utf8_lossy(&self.unread[..end]).into_owned();
                self.unread.drain(..=end);
                if !line.starts_with("IRQ ") {
                    return self.nothing_more(line);
                }
            }
            self.in_time(start)?;
            match (&self.stream).read(&mut chunk) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof),
                Ok(n) => self.unread.extend_from_slice(&chunk[..n]),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e.kind()),
            }
        }
    }

    /// Checks that the answer is followed only by IRQ lines, which are sent without a command (the
    /// last of them may be incomplete).
    fn nothing_more(&self, line: String) -> Result<String, ErrorKind> {
        let mut more = self.unread.split(|&byte| byte == b'\n');
        if more.all(|line| b"IRQ ".starts_with(&line[..line.len().min(4)])) {
            return Ok(line);
        }
        Ok(format!("{line}; {}", String::from_utf8_lossy(&self.unread)))
    }

    fn in_time(&self, start: Instant) -> Result<(), ErrorKind> {
        if start.elapsed() < self.timeout { Ok(()) } else { Err(ErrorKind::TimedOut) }
    }

    fn explain(&self, kind: ErrorKind, command: &str) -> Error {
        let command = shorten(command);
        match kind {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                Error::Timeout { command, after: self.timeout }
            }
            ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => {
                let stderr = memfd::read_all(&self.stderr).unwrap_or_default();
                Error::Closed { command, stderr }
            }
            _ => Error::Io { context: format!("qtest channel, `{command}`"), kind },
        }
    }
}

#[cfg(test)]
pub(crate) mod peer;
#[cfg(test)]
mod tests;
