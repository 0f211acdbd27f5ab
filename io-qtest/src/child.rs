//! The QEMU process: it never outlives its owner, whichever way that one ends.

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

/// A child process with a keeper thread of its own.
///
/// The kernel's parent-death signal fires when the *thread* that spawned the
/// child ends. So each child is spawned by a thread that waits until the owner
/// hangs up, then kills and reaps; and when the process is killed, the keeper
/// dies as well and the kernel does the rest. Nobody else reaps, so `pid` names
/// our child for as long as this value lives.
#[derive(Debug)]
pub(crate) struct Child {
    pid: Pid,
    /// Dropping both is how the owner hangs up, and waits for the end.
    keeper: Option<(Sender<Infallible>, JoinHandle<io::Result<ExitStatus>>)>,
}

impl Child {
    /// Runs `command`, which inherits the descriptors `inherit` under their
    /// numbers; no copy of them stays open here.
    pub(crate) fn spawn(mut command: Command, inherit: Vec<OwnedFd>) -> io::Result<Self> {
        let owner = getpid();
        // SAFETY: between fork and exec the hook makes plain system calls only:
        // it neither allocates nor locks.
        unsafe { command.pre_exec(move || prepare(owner, &inherit)) };
        let (started, start) = channel();
        let (hang_up, owner_gone) = channel();
        let thread = thread::Builder::new()
            .name("qemu-keeper".to_owned())
            .spawn(move || keep(command, &started, &owner_gone))?;
        let pid = match start.recv() {
            Ok(pid) => pid,
            // The keeper ended without a child: it returns why.
            Err(_) => return Err(join(thread).err().unwrap_or(Errno::CHILD.into())),
        };
        Ok(Self { pid, keeper: Some((hang_up, thread)) })
    }

    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Sends a signal; the process is there, at worst dead and not yet reaped.
    pub(crate) fn signal(&self, signal: Signal) -> io::Result<()> {
        Ok(kill_process(self.pid, signal)?)
    }

    /// Returns whether it has ended on its own. It isn't reaped by that.
    pub(crate) fn has_ended(&self) -> bool {
        self.wait(WaitIdOptions::EXITED | WaitIdOptions::NOHANG)
    }

    /// Waits until it has stopped, or ended.
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

    /// Kills it (unless it has ended on its own) and reaps it. Only the first
    /// call has a status.
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

/// In the child, before exec.
fn prepare(owner: Pid, inherit: &[OwnedFd]) -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != Some(owner) {
        // The owner died before the line above: nobody is left to kill us.
        return Err(Errno::SRCH.into());
    }
    for fd in inherit {
        fcntl_setfd(fd, FdFlags::empty())?;
    }
    Ok(())
}

/// The life of the keeper thread.
fn keep(
    mut command: Command,
    started: &Sender<Pid>,
    owner_gone: &Receiver<Infallible>,
) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    // Closes our copies of what the child inherited.
    drop(command);
    // An owner that no longer listens has hung up, too.
    let _ = started.send(Pid::from_child(&child));
    let Err(_hung_up) = owner_gone.recv();
    // Fails only when the child has ended already.
    let _ = child.kill();
    child.wait()
}

fn join<T>(thread: JoinHandle<io::Result<T>>) -> io::Result<T> {
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the keeper thread panicked")))
}
