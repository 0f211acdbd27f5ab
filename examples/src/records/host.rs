//! The process that reads the file and starts the other process.

use alloc::{boxed::Box, vec::Vec};
use core::{error::Error, fmt};
use std::path::Path;

use super::{
    Header, LENGTH, Record, find, place, round,
    writer::{Other, Task, write},
};
use io_core::{
    FaultMem,
    prelude::*,
    vm::{Mapping, VmIo},
};

/// The number of records that are never truncated.
const KEPT: u64 = 120;
/// The number of times that the other process rewrites the remaining records.
const ROUNDS: u64 = 100;

/// The observations of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records that were found after the other process had truncated the file.
    pub left: u64,
    /// Passes over all records while the other process rewrote them.
    pub passes: u64,
    /// Records that were found in these passes.
    pub found: u64,
    /// Records that were missing in these passes; all of them may be truncated.
    pub gone: u64,
    /// Records that were found at the end with the contents of the last round that wrote them.
    pub complete: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, passes, found, gone, complete } = self;
        writeln!(f, "truncated: {left} of {LENGTH} records remained and were found")?;
        writeln!(f, "rewritten: {ROUNDS} times, meanwhile {passes} passes")?;
        writeln!(f, "           {found} records found, {gone} missing, none of the first {KEPT}")?;
        writeln!(
            f,
            "complete:  {complete} of {LENGTH} records, with the contents of their last round"
        )
    }
}

/// A missing record that should have been found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Its number.
    pub number: u64,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "record {} is missing, although the file was not truncated before it",
            self.number
        )
    }
}

impl Error for Lost {}

/// Reads a file while the other process, `program`, truncates and rewrites it.
///
/// # Errors
///
/// [`Lost`] if an existing record was not found; errors of the operating system.
pub fn run(program: &Path) -> Result<Report, Box<dyn Error>> {
    // The file has no name and is deleted when it is closed.
    let file = tempfile::tempfile()?;
    write(&file, 0, 0)?;
    let memory = Mapping::shared(&file, 0, usize::try_from(place(LENGTH))?)?;
    let header = FaultMem::of(&memory).try_cast::<Header>()?;
    io_write!(header, .kept, KEPT as u32)?;
    let mut report = Report::default();

    let left = LENGTH / 3;
    Other::start(program, &file, Task::Cut { left })?.wait()?;
    report.left = look(&memory, left)?.len() as u64;
    write(&file, left, 0)?;

    let mut other = Other::start(program, &file, Task::Rewrite { rounds: ROUNDS })?;
    while !other.has_ended()? {
        let found = look(&memory, KEPT)?.len() as u64;
        report.passes += 1;
        report.found += found;
        report.gone += LENGTH - found;
    }
    let rounds = io_read!(header, .round)?.into();
    for record in look(&memory, LENGTH)? {
        if record.round() == round(KEPT, rounds, record.number()) {
            report.complete += 1;
        }
    }
    Ok(report)
}

/// Returns the records that were found; an error if one of the first `kept` is missing.
fn look(memory: &impl VmIo, kept: u64) -> Result<Vec<Record>, Lost> {
    let mut found = Vec::new();
    for number in 0..LENGTH {
        match find(memory, number) {
            Some(record) => found.push(record),
            None if number < kept => return Err(Lost { number }),
            None => {}
        }
    }
    Ok(found)
}
