//! The device on a host: simulated, or emulated by QEMU.

use alloc::boxed::Box;
use core::error::Error;

use io_core::DmaAddr;
use io_sim::{Recorder, SimClock, SimRam, Simulated};

use super::{EduModel, Registers, Report, run};

/// The result of a run: the decoded trace of all accesses, and the report.
#[derive(Debug)]
pub struct Run {
    /// The accesses.
    pub trace: Recorder,
    /// The results.
    pub report: Report,
}

/// Runs the driver on QEMU's edu.
///
/// # Errors
///
/// Errors of the driver; errors of QEMU if it is not installed, does not respond, or reports guest
/// errors.
#[cfg(feature = "qtest")]
pub fn qemu() -> Result<Run, Box<dyn Error>> {
    use io_core::StdClock;
    use io_qtest::Machine;

    let qemu = Machine::q35().device("edu,addr=4").start()?;
    let bar = qemu.find(super::VENDOR, super::DEVICE)?.map::<Registers>(0)?;
    // SAFETY: the edu is the only device that is programmed to do DMA. The driver passes it
    // addresses of shared coherent memory only, and leaks the memory if a transfer may still be
    // running. No other code accesses guest RAM.
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
/// Errors of the driver.
pub fn simulated() -> Result<Run, Box<dyn Error>> {
    let (clock, ram) = (SimClock::new(), SimRam::new(DmaAddr::new(0x10_0000), 1 << 16)?);
    let device = Simulated::<Registers, _>::new(EduModel::new(ram.clone(), clock.clone()));
    let trace = Recorder::new();
    let report = run(trace.record("edu", &device), &clock, ram)?;
    Ok(Run { trace, report })
}
