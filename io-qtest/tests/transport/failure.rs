//! Failures are reported precisely, and reported again by later calls.

use core::error::Error as _;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;
use std::time::Instant;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use io_qtest::{Error, Machine, Qemu};

use crate::{edu, exists, machine, wait_until};

#[test]
fn a_missing_qemu_is_an_error_with_the_package() {
    let program = "/nonexistent/qemu-system-x86_64";
    let error = machine().program(program).start().unwrap_err();
    let words = "not found; install it with: apt-get install qemu-system-x86";
    assert_eq!(error.to_string(), format!("{program} {words}"));
    assert!(error.source().is_none());
    let program = "qemu-system-x86_64".to_owned();
    let error = Error::NotFound { program };
    assert_eq!(error.to_string(), format!("qemu-system-x86_64 {words}"));
}

#[test]
fn a_program_that_cannot_run_is_an_error() {
    let error = machine().program("/dev/null").start().unwrap_err();
    assert_eq!(error.to_string(), "cannot run /dev/null: permission denied");
}

#[test]
fn an_unknown_device_is_reported_with_the_text_of_qemu() {
    let error = Machine::q35().device("no-such-device").start().unwrap_err();
    let Error::Start { reason, stderr } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(reason, "exit status: 1");
    let words = "'no-such-device' is not a valid device model name";
    assert!(stderr.contains(words), "{stderr}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn invalid_ram_sizes_are_rejected() {
    for size in [0, 4096, (64 << 20) + 1, 4 << 30] {
        let error = machine().ram(size).start().unwrap_err();
        assert_eq!(error, Error::RamSize { size });
    }
}

#[test]
fn ram_of_valid_sizes_is_accessible() -> Result<(), Error> {
    for size in [64 << 10, 1 << 20, 100 << 20, 2 << 30] {
        let qemu = Machine::q35().ram(size).start()?;
        assert_eq!(qemu.ram().len(), size);
        let mut last = [0; 2];
        let at = if size > 64 << 10 { size as u64 } else { 4096 } - 2;
        if size != 1 << 20 {
            qemu.connection().write(at, &[0xAB, 0xCD])?;
            qemu.connection().read(at, &mut last)?;
            assert_eq!(last, [0xAB, 0xCD], "{size:#x}");
        }
        qemu.finish()?;
    }
    Ok(())
}

#[test]
fn a_stopped_qemu_times_out_once() -> Result<(), Error> {
    let limit = Duration::from_millis(200);
    let qemu = machine().timeout(limit).start()?;
    let (edu, bar) = edu(&qemu)?;
    let pid = qemu.pid();
    qemu.stop()?;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    assert!(stat.contains(") T "), "{stat}");
    let start = Instant::now();
    let error = qemu.connection().readl(bar.address).unwrap_err();
    assert!(start.elapsed() >= limit && start.elapsed() < 20 * limit);
    let expected = Error::Timeout { command: format!("readl {:#x}", bar.address), after: limit };
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        format!("QEMU did not answer `readl {:#x}` within 200ms", bar.address)
    );
    // The answer arrives now, and must not be taken for the answer to a later command.
    qemu.cont()?;
    std::thread::sleep(limit);
    let start = Instant::now();
    for _ in 0..100 {
        let write = qemu.connection().writel(bar.address + 4, 1);
        assert_eq!(write, Err(expected.clone()));
        assert_eq!(edu.read32(0), Err(expected.clone()));
    }
    assert!(start.elapsed() < 20 * limit, "failed commands don't wait");
    qemu.stop()?;
    assert_eq!(qemu.check(), Err(expected));
    drop(qemu);
    assert!(!exists(pid));
    Ok(())
}

#[test]
fn the_abort_message_of_qemu_is_reported() -> Result<(), Error> {
    let qemu = machine().start()?;
    let (_, bar) = edu(&qemu)?;
    let bus = qemu.connection();
    // QEMU 7.2's edu aborts on a DMA of zero bytes; later versions ignore it.
    for (offset, value) in [(0x80, 0x10_0000), (0x88, 0x5_0000), (0x90, 8), (0x98, 1)] {
        bus.writeq(bar.address + offset, value)?;
    }
    wait_until("abort", || bus.readl(bar.address).is_err());
    let error = qemu.check().unwrap_err();
    let Error::Closed { command, stderr } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(*command, format!("readl {:#x}", bar.address));
    assert!(stderr.contains("EDU: DMA range"), "{stderr}");
    assert_eq!(qemu.finish(), Err(error));
    Ok(())
}

#[test]
fn an_exit_between_commands_is_detected() -> Result<(), Error> {
    let qemu = machine().start()?;
    kill(&qemu);
    let error = qemu.finish().unwrap_err();
    assert_eq!(error.to_string(), "QEMU exited unexpectedly (signal: 9 (SIGKILL))");
    Ok(())
}

#[test]
fn dropping_an_unreported_failure_panics() -> Result<(), Error> {
    let silent = || {
        let qemu = machine().start().unwrap();
        kill(&qemu);
        // This caller ignores the failure.
        let _ = qemu.connection().inb(0x80);
        qemu
    };
    assert!(drop_text(silent()).contains("closed the channel during `inb 0x80`"));
    let told = silent();
    assert!(told.check().is_err());
    assert_eq!(drop_text(told), "");

    let refused = || {
        let qemu = machine().start().unwrap();
        qemu.connection().readb(0xD000_0000).unwrap();
        qemu
    };
    assert!(drop_text(refused()).contains("Invalid read at addr 0xD0000000"));
    let expected = refused();
    expected.expect_guest_errors();
    assert_eq!(drop_text(expected), "");

    assert_eq!(drop_text(machine().start()?), "");
    let gone = machine().start()?;
    kill(&gone);
    assert!(drop_text(gone).contains("exited unexpectedly"));
    Ok(())
}

#[test]
fn dropping_in_a_panic_kills_without_a_second_panic() {
    let mut pid = 0;
    let panic = catch_unwind(AssertUnwindSafe(|| {
        let qemu = machine().start().unwrap();
        pid = qemu.pid();
        qemu.connection().readb(0xD000_0000).unwrap();
        panic!("the test's own");
    }));
    assert_eq!(panic.unwrap_err().downcast_ref(), Some(&"the test's own"));
    assert!(pid != 0 && !exists(pid));
}

/// Sends SIGKILL from outside; returns when QEMU has ended.
fn kill(qemu: &Qemu) {
    let pid = i32::try_from(qemu.pid()).unwrap();
    let pid = Pid::from_raw(pid).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    // The process is not reaped here, because the library must reap it.
    waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).unwrap();
}

/// Returns the message of the panic of the drop; empty if it does not panic.
fn drop_text(qemu: Qemu) -> String {
    let pid = qemu.pid();
    let panic = catch_unwind(AssertUnwindSafe(|| drop(qemu)));
    assert!(!exists(pid));
    panic.map_or_else(|text| *text.downcast().unwrap(), |()| String::new())
}
