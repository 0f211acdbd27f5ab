//! The edu driver of the examples, over the views.

use core::error::Error;

use io_core::StdClock;
use io_examples::edu::{self, Registers};

use crate::{EDU, machine, seen};

#[test]
fn the_edu_driver_works_over_the_views() -> Result<(), Box<dyn Error>> {
    let qemu = machine().start()?;
    let registers = qemu.find(EDU.0, EDU.1)?.map::<Registers>(0)?;
    // SAFETY: the driver passes the device addresses of shared memory only, and waits for the end
    // of each transfer. No other code accesses guest RAM.
    let dma = unsafe { qemu.dma() };
    let report = edu::run(&registers, StdClock::new(), dma)?;
    assert_eq!(report.id, 0x0100_00ED);
    assert_eq!(report.factorials[12], 479_001_600);
    assert_eq!(report.round_trips.map(|trip| trip.size), [1, 64, 4095, 4080]);
    // Every access had a width that the device supports.
    let accesses = seen(&qemu, "edu-mmio")?;
    assert!(accesses.iter().all(|&(_, offset, _, size)| size == if offset < 0x80 { 4 } else { 8 }));
    Ok(qemu.finish()?)
}

#[test]
fn a_stopped_device_is_gone() -> Result<(), Box<dyn Error>> {
    let limit = core::time::Duration::from_millis(500);
    let qemu = machine().timeout(limit).start()?;
    let registers = qemu.find(EDU.0, EDU.1)?.map::<Registers>(0)?;
    qemu.stop()?;
    let gone = edu::Edu::probe(&registers, StdClock::new()).unwrap_err();
    assert_eq!(gone, edu::EduError::Io(io_core::Error::Gone));
    assert!(qemu.finish().is_err());
    Ok(())
}
