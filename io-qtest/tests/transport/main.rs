//! The transport against real QEMU: every test starts its own machine.

use core::time::Duration;
use std::time::Instant;

use io_qtest::{Bar, Error, Machine, PciDevice, Qemu};

mod edu;
mod failure;
mod log;
mod ownership;
mod pci;

const EDU: (u16, u16) = (0x1234, 0x11E8);

/// Describes a machine with QEMU's educational device.
fn machine() -> Machine {
    Machine::q35().device("edu,addr=4")
}

/// Returns the edu device of a machine, ready for use.
fn edu(qemu: &Qemu) -> Result<(PciDevice<'_>, Bar), Error> {
    let edu = qemu.find(EDU.0, EDU.1)?;
    let bar = edu.bar(0)?;
    edu.enable()?;
    Ok((edu, bar))
}

/// Waits for `done`, which soon becomes true on a working system.
fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < deadline, "timed out waiting for: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Returns whether a process exists, possibly as a zombie.
fn exists(pid: u32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}
