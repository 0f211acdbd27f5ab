//! Accesses of a view when QEMU does not answer or has ended.

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;
use std::time::Instant;

use io_core::{CopyError, IoSlice, PollError, StdClock, prelude::*};
use io_qtest::{Error, Qemu, QtestFallible, QtestMmio};

use crate::{Edu, edu, machine};

const LIMIT: Duration = Duration::from_millis(500);

/// Returns a machine that has stopped.
fn stopped() -> Result<Qemu, Error> {
    let qemu = machine().timeout(LIMIT).start()?;
    edu(&qemu)?;
    qemu.stop()?;
    Ok(qemu)
}

/// Returns a view of a device that was mapped before.
fn view(qemu: &Qemu) -> QtestMmio<'_, Edu> {
    qemu.mmio(0xE000_0000).unwrap()
}

/// Returns the error of the first access, the read of `liveness`.
fn timeout() -> Error {
    Error::Timeout { command: "readl 0xe0000004".to_owned(), after: LIMIT }
}

#[test]
fn a_fallible_view_of_a_running_machine_returns_ok() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu: QtestFallible<'_, Edu> = edu(&qemu)?.view().fallible();
    assert_eq!(io_read!(edu, .id)?, 0x0100_00ED);
    io_write!(edu, .liveness, 5)?;
    io_update!(edu, .liveness, |answer| answer)?;
    assert_eq!(io_read!(edu, .liveness)?, 5);
    io_write!(edu, .dma[2], u64::MAX)?;
    assert_eq!(io_read!(edu, .dma[2])?, u64::MAX);
    qemu.finish()
}

#[test]
fn fallible_views_return_the_first_failure() -> Result<(), Error> {
    let qemu = stopped()?;
    let edu = view(&qemu).fallible();
    let start = Instant::now();
    assert_eq!(io_read!(edu, .liveness), Err(timeout()));
    assert!(start.elapsed() >= LIMIT && start.elapsed() < 20 * LIMIT);
    let start = Instant::now();
    for _ in 0..50 {
        assert_eq!(io_read!(edu, .id), Err(timeout()));
        assert_eq!(io_write!(edu, .liveness, 1), Err(timeout()));
        assert_eq!(io_try_read!(edu, .dma[0]), Err(timeout()));
        let dma = io_project!(edu, .dma);
        let error = CopyError::Io { error: timeout(), done: 0 };
        assert_eq!(dma.copy_to_slice(&mut [Le::<u64>::new(0); 3]), Err(error));
    }
    assert!(start.elapsed() < 20 * LIMIT, "failed accesses don't wait");
    let polled = io_project!(edu, .id).poll(&StdClock::new(), Poll::within(LIMIT), |_| false);
    assert_eq!(polled, Err(PollError::Io(timeout())));
    assert_eq!(qemu.finish(), Err(timeout()));
    Ok(())
}

#[test]
fn infallible_views_return_all_ones_after_a_failure() -> Result<(), Error> {
    let qemu = stopped()?;
    let edu = view(&qemu);
    let start = Instant::now();
    assert_eq!(io_read!(edu, .liveness), u32::MAX);
    assert!(start.elapsed() >= LIMIT && start.elapsed() < 20 * LIMIT);
    let start = Instant::now();
    io_write!(edu, .liveness, 1);
    assert_eq!(io_read!(edu, .dma[0]), u64::MAX);
    assert_eq!(qemu.mmio::<u8>(0xE000_0000)?.read_val(), u8::MAX);
    assert_eq!(qemu.mmio::<Be<i16>>(0xE000_0000)?.read_val(), -1);
    assert_eq!(qemu.ports::<Le<u32>>(0xCF8)?.read_val(), u32::MAX);
    let mut copy = [Le::<u64>::new(0); 3];
    io_project!(edu, .dma).copy_to_slice(&mut copy);
    assert_eq!(copy, [Le::<u64>::new(u64::MAX); 3]);
    assert!(io_project!(edu, .id).is_gone());
    assert!(start.elapsed() < 5 * LIMIT, "failed accesses don't wait");
    // A late answer has no effect.
    qemu.cont()?;
    std::thread::sleep(LIMIT / 4);
    assert!(io_project!(edu, .id).is_gone());
    assert_eq!(qemu.check(), Err(timeout()));
    assert_eq!(qemu.finish(), Err(timeout()));
    Ok(())
}

#[test]
fn dropping_an_unreported_failure_panics() -> Result<(), Error> {
    let qemu = stopped()?;
    assert_eq!(io_read!(view(&qemu), .liveness), u32::MAX);
    let panic = catch_unwind(AssertUnwindSafe(|| drop(qemu))).unwrap_err();
    let text: &String = panic.downcast_ref().unwrap();
    assert!(text.contains("did not answer `readl 0xe0000004` within 500ms"), "{text}");
    Ok(())
}
