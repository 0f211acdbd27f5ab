//! A running machine and its termination.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::Mutex;

use rustix::process::Signal;

use crate::bars::Bars;
use crate::child::Child;
use crate::log::{Access, Log};
use crate::{Connection, Error, GuestRam, lock, memfd};

/// A running QEMU, from [`Machine::start`](crate::Machine::start).
///
/// It may be shared between threads, and moved to another thread that outlives the one that started
/// it. QEMU ends when this value is finished or dropped, including by a panic, and when this
/// process is killed.
///
/// ```
/// # fn main() -> Result<(), io_qtest::Error> {
/// let qemu = io_qtest::Machine::q35().device("edu,addr=4").start()?;
/// assert!(qemu.pci_devices()?.iter().any(|device| device.vendor() == 0x1234));
/// qemu.finish()
/// # }
/// ```
///
/// # Panics
///
/// A `Qemu` should end with [`finish`](Self::finish). Its *drop* panics, unless the thread is
/// already panicking, with information that would otherwise be lost:
///
/// * A failure of the channel that neither [`Connection::check`] nor [`check`](Self::check) has
///   returned.
/// * Guest errors in QEMU's log without a call of
///   [`expect_guest_errors`](Self::expect_guest_errors).
/// * An unexpected end of QEMU.
#[derive(Debug)]
pub struct Qemu {
    connection: Connection,
    ram: Arc<GuestRam>,
    bars: Mutex<Bars>,
    child: Child,
    log: File,
    tracing: bool,
    stderr: Arc<File>,
    guest_errors_expected: AtomicBool,
    finished: bool,
}

impl Qemu {
    pub(crate) fn new(
        connection: Connection,
        ram: Arc<GuestRam>,
        child: Child,
        (log, tracing): (File, bool),
        stderr: Arc<File>,
    ) -> Self {
        Self {
            connection,
            ram,
            bars: Mutex::new(Bars::new()),
            child,
            log,
            tracing,
            stderr,
            guest_errors_expected: AtomicBool::new(false),
            finished: false,
        }
    }

    /// Returns the channel for bus accesses.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Returns the guest memory. A clone of the `Arc` keeps it mapped after the machine has ended.
    #[must_use]
    pub fn ram(&self) -> &Arc<GuestRam> {
        &self.ram
    }

    pub(crate) fn bars(&self) -> &Mutex<Bars> {
        &self.bars
    }

    /// Returns the first failure of the channel; see [`Connection::check`].
    ///
    /// # Errors
    ///
    /// * The first failure of the channel.
    pub fn check(&self) -> Result<(), Error> {
        self.connection.check()
    }

    /// Returns the accesses to one memory region (such as `edu-mmio`) since the start, in QEMU's
    /// order. Accesses of all commands that were answered are included.
    ///
    /// # Errors
    ///
    /// * [`Error::NotTracing`] if the machine was started without
    ///   [`trace(true)`](crate::Machine::trace).
    pub fn accesses(&self, region: &str) -> Result<Vec<Access>, Error> {
        if !self.tracing {
            return Err(Error::NotTracing);
        }
        let mut accesses = Log::read(&self.log)?.accesses;
        accesses.retain(|access| access.region == region);
        let bars = lock(&self.bars);
        for access in &mut accesses {
            access.offset = bars.offset_of(access.address).unwrap_or(access.address);
        }
        Ok(accesses)
    }

    /// Returns the lines in QEMU's log that are not trace events: accesses that the device or the
    /// bus rejected, and unimplemented functions of QEMU.
    ///
    /// Calling this does not affect the checks at the end of the machine.
    #[must_use]
    pub fn guest_errors(&self) -> Vec<String> {
        match Log::read(&self.log) {
            Ok(log) => log.errors,
            // An error must not look like an empty list.
            Err(error) => vec![error.to_string()],
        }
    }

    /// Declares that guest errors are not a failure on this machine.
    pub fn expect_guest_errors(&self) {
        self.guest_errors_expected.store(true, Ordering::Relaxed);
    }

    /// Returns the contents of QEMU's standard error (and output) so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        memfd::read_all(&self.stderr).unwrap_or_else(|error| error.to_string())
    }

    /// Returns QEMU's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.pid().as_raw_nonzero().get().unsigned_abs()
    }

    /// Stops QEMU, to simulate a machine that hangs; returns when the process has stopped.
    ///
    /// # Errors
    ///
    /// * [`Error::Io`] if the signal cannot be sent.
    pub fn stop(&self) -> Result<(), Error> {
        let sent = self.child.signal(Signal::STOP);
        sent.map_err(Error::io("cannot stop QEMU"))?;
        self.child.wait_stopped();
        Ok(())
    }

    /// Continues a stopped QEMU.
    ///
    /// # Errors
    ///
    /// * [`Error::Io`] if the signal cannot be sent.
    pub fn cont(&self) -> Result<(), Error> {
        let sent = self.child.signal(Signal::CONT);
        sent.map_err(Error::io("cannot continue QEMU"))
    }

    /// Ends QEMU and returns the result of the whole run.
    ///
    /// # Errors
    ///
    /// The first of:
    ///
    /// * The failure of the channel ([`check`](Self::check)).
    /// * An unexpected end of QEMU.
    /// * Guest errors that were not [expected](Self::expect_guest_errors).
    pub fn finish(mut self) -> Result<(), Error> {
        self.finished = true;
        let ended = self.end();
        self.check().and(ended)
    }

    /// Kills and reaps QEMU. Returns an unexpected end and guest errors, and a failure of the
    /// channel only if it has not been returned before.
    fn end(&mut self) -> Result<(), Error> {
        let failure = self.connection.failure();
        let ended = self.child.has_ended();
        let status = self.child.end();
        let killed = |status: &ExitStatus| status.signal() == Some(Signal::KILL.as_raw());
        // If the process did not end by our kill, it was already ending.
        let ended_on_its_own = ended || !status.as_ref().is_some_and(killed);
        match failure {
            Some((failure, told)) if !told => return Err(failure),
            None if ended_on_its_own => {
                return Err(Error::Exited {
                    status: status.map_or_else(String::new, |status| status.to_string()),
                    stderr: self.stderr(),
                });
            }
            _ => {}
        }
        let log = self.guest_errors();
        if log.is_empty() || *self.guest_errors_expected.get_mut() {
            Ok(())
        } else {
            Err(Error::GuestErrors { log })
        }
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        let ended = self.end();
        if let (Err(error), false) = (ended, std::thread::panicking()) {
            panic!("a `Qemu` was dropped without `finish()`: {error}");
        }
    }
}
