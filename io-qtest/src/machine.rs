//! The description of a machine, and its start.

use alloc::sync::Arc;
use core::time::Duration;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use crate::child::Child;
use crate::{Connection, Error, GuestRam, Qemu, log, memfd};

/// The maximum time until QEMU's first answer, on a machine under load.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// The description of a machine to be started.
///
/// ```no_run
/// # fn main() -> Result<(), io_qtest::Error> {
/// let qemu = io_qtest::Machine::q35()
///     .device("edu,addr=4")
///     .ram(64 << 20)
///     .trace(true)
///     .start()?;
/// # qemu.finish() }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Machine {
    program: OsString,
    args: Vec<OsString>,
    ram: usize,
    trace: bool,
    timeout: Duration,
}

impl Machine {
    /// A PC with PCI Express, without any default device except those of its chipset.
    pub fn q35() -> Self {
        Self {
            program: "qemu-system-x86_64".into(),
            args: Vec::new(),
            ram: 64 << 20,
            trace: false,
            timeout: Duration::from_secs(5),
        }
    }

    /// Adds a device with a description in the format of QEMU's `-device` option.
    pub fn device(self, description: &str) -> Self {
        self.arg("-device").arg(description)
    }

    /// Adds an unchanged argument to QEMU's command line, such as `-drive` for the disk of a
    /// device. Log lines that result from a trace option count as guest errors.
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Sets the size of guest RAM in bytes, a multiple of 64 KiB up to 2 GiB; 64 MiB by default.
    pub fn ram(mut self, bytes: usize) -> Self {
        self.ram = bytes;
        self
    }

    /// Sets whether QEMU records each access to a register, for [`Qemu::accesses`]; off by default.
    /// The record is kept in memory, about 100 bytes for each access.
    pub fn trace(mut self, on: bool) -> Self {
        self.trace = on;
        self
    }

    /// Sets the time to wait for QEMU's answer to a command; 5 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the program to run instead of the `qemu-system-x86_64` in `PATH`.
    pub fn program(mut self, program: impl Into<OsString>) -> Self {
        self.program = program.into();
        self
    }

    /// Starts QEMU and waits until it answers.
    ///
    /// # Errors
    ///
    /// * [`Error::NotFound`] if QEMU is not installed.
    /// * [`Error::Start`] with QEMU's error messages, if it does not answer.
    /// * [`Error::RamSize`] if the size of the RAM is not supported.
    /// * [`Error::Io`] for an error of the operating system.
    pub fn start(self) -> Result<Qemu, Error> {
        let (ram, ram_file) = GuestRam::new(self.ram)?;
        let log = memfd::create("io-qtest-log")?;
        let stderr = memfd::create("io-qtest-stderr")?;
        let (ours, theirs) =
            UnixStream::pair().map_err(Error::io("cannot create the qtest channel"))?;
        let inherited = Inherited {
            channel: theirs.into(),
            firmware: firmware()?.into(),
            ram: ram_file.into(),
            log: memfd::share(&log)?,
        };
        let command = self.command(&inherited, &stderr)?;
        let mut child = Child::spawn(command, inherited.into())
            .map_err(|e| not_spawned(&self.program.to_string_lossy(), &e))?;
        let stderr = Arc::new(stderr);
        let connection = Connection::new(ours, Arc::clone(&stderr));
        connection.set_timeout(START_TIMEOUT)?;
        if let Err(failure) = connection.greet() {
            return Err(not_started(&failure, &mut child, &stderr));
        }
        connection.set_timeout(self.timeout)?;
        let log = (log, self.trace);
        Ok(Qemu::new(connection, Arc::new(ram), child, log, stderr))
    }

    fn command(&self, inherited: &Inherited, stderr: &File) -> Result<Command, Error> {
        let size = self.ram;
        let ram = memfd::path(&inherited.ram);
        let mut command = Command::new(&self.program);
        command
            .args(["-machine", "q35,memory-backend=ram", "-accel", "tcg"])
            .args(["-bios", &memfd::path(&inherited.firmware)])
            .args(["-m", &format!("{size}B"), "-object"])
            .arg(format!("memory-backend-file,id=ram,size={size},mem-path={ram},share=on"))
            .args(["-display", "none", "-nodefaults", "-no-user-config"])
            .args(["-serial", "none", "-monitor", "none"])
            .args(["-d", "guest_errors,unimp"])
            .args(["-D", &memfd::path(&inherited.log), "-chardev"])
            .arg(format!("socket,id=qtest,fd={}", inherited.channel.as_raw_fd()))
            // Without a separate log, qtest writes each command to stderr.
            .args(["-qtest", "chardev:qtest", "-qtest-log", "/dev/null"]);
        if self.trace {
            command.args(log::EVENTS.iter().flat_map(|event| ["-trace", event]));
        }
        let stdio = || memfd::share(stderr).map(Stdio::from);
        command.args(&self.args).stdin(Stdio::null()).stdout(stdio()?).stderr(stdio()?);
        Ok(command)
    }
}

/// The descriptors that QEMU inherits, whose numbers are on its command line.
struct Inherited {
    channel: OwnedFd,
    firmware: OwnedFd,
    ram: OwnedFd,
    log: OwnedFd,
}

impl From<Inherited> for Vec<OwnedFd> {
    fn from(fds: Inherited) -> Self {
        vec![fds.channel, fds.firmware, fds.ram, fds.log]
    }
}

/// Returns 64 KiB of `hlt`, with `cli; hlt` and a jump back to the `hlt` at the reset vector. The
/// CPU is thus halted permanently while the virtual clock runs.
fn firmware() -> Result<File, Error> {
    let mut image = vec![0xF4; 0x1_0000];
    image[0xFFF0..0xFFF4].copy_from_slice(&[0xFA, 0xF4, 0xEB, 0xFD]);
    let mut file = memfd::create("io-qtest-firmware")?;
    file.write_all(&image).map_err(Error::io("cannot write the firmware image"))?;
    Ok(file)
}

fn not_spawned(program: &str, error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::NotFound { program: program.to_owned() },
        kind => Error::Io { context: format!("cannot run {program}"), kind },
    }
}

/// Returns the reason why the first command was not answered.
fn not_started(failure: &Error, child: &mut Child, stderr: &File) -> Error {
    let status = child.end();
    let reason = match (failure, status) {
        (Error::Closed { .. }, Some(status)) => status.to_string(),
        _ => failure.to_string(),
    };
    Error::Start { reason, stderr: memfd::read_all(stderr).unwrap_or_default() }
}
