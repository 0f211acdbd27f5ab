//! A running machine and its end.

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
/// It may be shared between threads, and sent to another that outlives the one
/// which started it. QEMU ends with it: when it's finished or dropped, also by
/// a panic, and when this process is killed.
///
/// # Panics
///
/// A `Qemu` should end with [`finish`](Self::finish). Its *drop* is a safety
/// net: unless the thread is panicking already, it panics with the text of what
/// would otherwise be lost:
///
/// * a failure of the channel that neither [`Connection::check`] nor
///   [`check`](Self::check) has told,
/// * guest errors in QEMU's log without a call of
///   [`expect_guest_errors`](Self::expect_guest_errors),
/// * that QEMU ended on its own.
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

    /// The channel that bus accesses are made through.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Guest memory. A clone of the `Arc` keeps it mapped beyond the machine.
    #[must_use]
    pub fn ram(&self) -> &Arc<GuestRam> {
        &self.ram
    }

    pub(crate) fn bars(&self) -> &Mutex<Bars> {
        &self.bars
    }

    /// The first failure of the channel; see [`Connection::check`].
    ///
    /// # Errors
    ///
    /// The failure.
    pub fn check(&self) -> Result<(), Error> {
        self.connection.check()
    }

    /// The accesses to one memory region (like `edu-mmio`) since the start, in
    /// QEMU's order. Those caused by commands that were answered are there.
    ///
    /// # Errors
    ///
    /// [`Error::NotTracing`] if the machine was started without
    /// [`trace(true)`](crate::Machine::trace).
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

    /// The lines in QEMU's log that aren't trace: accesses that the device or
    /// the bus refused, and what QEMU doesn't implement.
    ///
    /// Looking at them changes nothing about the end of the machine.
    #[must_use]
    pub fn guest_errors(&self) -> Vec<String> {
        match Log::read(&self.log) {
            Ok(log) => log.errors,
            // Never an empty list by mistake.
            Err(error) => vec![error.to_string()],
        }
    }

    /// Says that guest errors are no failure on this machine.
    pub fn expect_guest_errors(&self) {
        self.guest_errors_expected.store(true, Ordering::Relaxed);
    }

    /// What QEMU wrote to its standard error (and output) so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        memfd::read_all(&self.stderr).unwrap_or_else(|error| error.to_string())
    }

    /// QEMU's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.pid().as_raw_nonzero().get().unsigned_abs()
    }

    /// Stops QEMU like a machine that hangs; returns when it stands.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the signal can't be sent.
    pub fn stop(&self) -> Result<(), Error> {
        let sent = self.child.signal(Signal::STOP);
        sent.map_err(Error::io("cannot stop QEMU"))?;
        self.child.wait_stopped();
        Ok(())
    }

    /// Lets a stopped QEMU go on.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the signal can't be sent.
    pub fn cont(&self) -> Result<(), Error> {
        let sent = self.child.signal(Signal::CONT);
        sent.map_err(Error::io("cannot continue QEMU"))
    }

    /// Ends QEMU and gives the verdict on the whole run.
    ///
    /// # Errors
    ///
    /// The first of: the failure of the channel ([`check`](Self::check)), that
    /// QEMU ended on its own, guest errors that weren't
    /// [expected](Self::expect_guest_errors).
    pub fn finish(mut self) -> Result<(), Error> {
        self.finished = true;
        let ended = self.end();
        self.check().and(ended)
    }

    /// Kills and reaps QEMU. Tells of an unexpected end and of guest errors; of
    /// the channel only what nobody was told.
    fn end(&mut self) -> Result<(), Error> {
        let failure = self.connection.failure();
        let ended = self.child.has_ended();
        let status = self.child.end();
        let killed = |status: &ExitStatus| status.signal() == Some(Signal::KILL.as_raw());
        // Another end than our kill: it was on its way already.
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
            panic!("a Qemu was dropped without finish(): {error}");
        }
    }
}
