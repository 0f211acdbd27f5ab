//! The QEMU process, which never outlives its owner.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use core::convert::Infallible;

use rustix::io::{Errno, FdFlags, fcntl_setfd};
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, getpid, getppid, kill_process,
    set_parent_process_death_signal, waitid,
};

/// A child process with a dedicated keeper thread.
///
/// The kernel sends the parent-death signal when the *thread* that spawned the child ends.
/// Therefore each child is spawned by a thread that waits until the owner hangs up, and then kills
/// and reaps the child. If the process is killed, the keeper thread ends as well, and the kernel
/// kills the child. No other code reaps the child, so `pid` identifies it while this value lives.
#[derive(Debug)]
pub(crate) struct Child {
    pid: Pid,
    /// Dropping the sender hangs up; joining the thread waits until the child has ended.
    keeper: Option<(Sender<Infallible>, JoinHandle<io::Result<ExitStatus>>)>,
}

impl Child {
    /// Runs `command`. It inherits the descriptors `inherit` with the same numbers; no copies of
    /// them stay open in this process.
    pub(crate) fn spawn(mut command: Command, inherit: Vec<OwnedFd>) -> io::Result<Self> {
        let owner = getpid();
        // SAFETY: between fork and exec, the hook only makes plain system calls. It does not
        // allocate or lock.
        unsafe { command.pre_exec(move || prepare(owner, &inherit)) };
        let (started, start) = channel();
        let (hang_up, owner_gone) = channel();
        let thread = thread::Builder::new()
            .name("qemu-keeper".to_owned())
            .spawn(move || keep(command, &started, &owner_gone))?;
        let pid = match start.recv() {
            Ok(pid) => pid,
            // The keeper ended without a child and returns the reason.
            Err(_) => return Err(join(thread).err().unwrap_or(Errno::CHILD.into())),
        };
        Ok(Self { pid, keeper: Some((hang_up, thread)) })
    }

    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Sends a signal. The process exists, possibly as a zombie, because it has not been reaped.
    pub(crate) fn signal(&self, signal: Signal) -> io::Result<()> {
        Ok(kill_process(self.pid, signal)?)
    }

    /// Returns whether the process has ended without being killed by `end`. Does not reap it.
    pub(crate) fn has_ended(&self) -> bool {
        self.wait(WaitIdOptions::EXITED | WaitIdOptions::NOHANG)
    }

    /// Waits until the process has stopped or ended.
    pub(crate) fn wait_stopped(&self) {
        self.wait(WaitIdOptions::EXITED | WaitIdOptions::STOPPED);
    }

    fn wait(&self, what: WaitIdOptions) -> bool {
        loop {
            match waitid(WaitId::Pid(self.pid), what | WaitIdOptions::NOWAIT) {
                Err(Errno::INTR) => {}
                result => return matches!(result, Ok(Some(_))),
            }
        }
    }

    /// Kills the process, unless it has already ended, and reaps it. Only the first call returns a
    /// status.
    pub(crate) fn end(&mut self) -> Option<ExitStatus> {
        let (hang_up, thread) = self.keeper.take()?;
        drop(hang_up);
        join(thread).ok()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs in the child, before exec.
fn prepare(owner: Pid, inherit: &[OwnedFd]) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != Some(owner) {
        // The owner died before the signal was set, so the kernel will not kill this process.
        return Err(Errno::SRCH.into());
    }
    for fd in inherit {
        fcntl_setfd(fd, FdFlags::empty())?;
    }
    Ok(())
}

/// The main function of the keeper thread.
fn keep(
    mut command: Command,
    started: &Sender<Pid>,
    owner_gone: &Receiver<Infallible>,
) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    // Closes this process's copies of the inherited descriptors.
    drop(command);
    // If the owner no longer receives, it has hung up, too.
    let _ = started.send(Pid::from_child(&child));
    let Err(_hung_up) = owner_gone.recv();
    // Fails only if the child has already ended.
    let _ = child.kill();
    child.wait()
}

fn join<T>(thread: JoinHandle<io::Result<T>>) -> io::Result<T> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the keeper thread panicked")))
}
