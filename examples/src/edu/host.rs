//! The device on a host: simulated, or QEMU's own.

use alloc::boxed::Box;
use core::error::Error;

use io_core::DmaAddr;
use io_sim::{Recorder, SimClock, SimRam, Simulated};

use super::{EduModel, Registers, Report, run};

/// What a run gives: every access, decoded, and what came out.
#[derive(Debug)]
pub struct Run {
    /// The accesses.
    pub trace: Recorder,
    /// What came out.
    pub report: Report,
}

/// Runs the driver on QEMU's own edu.
///
/// # Errors
///
/// The driver's; QEMU's, if it is not installed, does not answer, or complains
/// about an access.
#[cfg(feature = "qtest")]
pub fn qemu() -> Result<Run, Box<dyn Error>> {
    use io_core::StdClock;
    use io_qtest::Machine;

    let qemu = Machine::q35().device("edu,addr=4").start()?;
    let bar = qemu.find(super::VENDOR, super::DEVICE)?.map::<Registers>(0)?;
    // SAFETY: the machine's only device is the edu, which the driver makes write
    // to shared coherent memory and nowhere else.
    let memory = unsafe { qemu.dma() };
    let trace = Recorder::new();
    let report = run(trace.record("edu", &bar), StdClock::new(), memory)?;
    qemu.finish()?;
    Ok(Run { trace, report })
}

/// Runs the driver on a simulated edu.
///
/// # Errors
///
/// The driver's.
pub fn simulated() -> Result<Run, Box<dyn Error>> {
    let (clock, ram) = (SimClock::new(), SimRam::new(DmaAddr::new(0x10_0000), 1 << 16)?);
    let device = Simulated::<Registers, _>::new(EduModel::new(ram.clone(), clock.clone()));
    let trace = Recorder::new();
    let report = run(trace.record("edu", &device), &clock, ram)?;
    Ok(Run { trace, report })
}
