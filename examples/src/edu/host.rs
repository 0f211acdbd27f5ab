//! The device on a host: simulated, or QEMU's own.

use std::{boxed::Box, error::Error};

use io_core::{
    DmaAddr,
    sim::{Recorder, SimClock, SimRam, Simulated},
};

use super::{EduModel, Registers, Report, run};

/// What a run gives: every access, decoded, and what came out.
#[derive(Debug)]
pub struct Run {
    /// The accesses.
    pub trace: Recorder,
    /// What came out.
    pub report: Report,
}

/// Runs the driver on a simulated edu.
///
/// # Errors
///
/// The driver's.
pub fn simulated() -> Result<Run, Box<dyn Error>> {
    let (clock, ram) = (SimClock::new(), unsafe { SimRam::new(DmaAddr::new(0x10_0000), 1 << 16) }?);
    let device = Simulated::<Registers, _>::new(EduModel::new(ram.clone(), clock.clone()));
    let trace = Recorder::new();
    let report = run(trace.record("edu", &device), &clock, ram)?;
    Ok(Run { trace, report })
}
