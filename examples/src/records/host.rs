//! The process that reads, and starts the other.

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

/// Records that are never cut off.
const KEPT: u64 = 120;
/// How often the other process rewrites the rest.
const ROUNDS: u64 = 100;

/// What the reader has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records that were found when the other process had cut the file.
    pub left: u64,
    /// Times that all records were looked for while the other process rewrote them.
    pub passes: u64,
    /// Records that were found in these.
    pub found: u64,
    /// Records that were gone in these, all of them such as are cut off.
    pub gone: u64,
    /// Records that were found at the end, each as its last round has written it.
    pub complete: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, passes, found, gone, complete } = self;
        writeln!(f, "cut:       {left} of {LENGTH} records left and found")?;
        writeln!(f, "rewritten: {ROUNDS} times, meanwhile {passes} passes")?;
        writeln!(f, "           {found} records found, {gone} gone, none of the first {KEPT}")?;
        writeln!(f, "complete:  {complete} of {LENGTH} records, each of its last round")
    }
}

/// A record that ought to have been found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Its number.
    pub number: u64,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {} is lost, though nobody has cut it off", self.number)
    }
}

impl Error for Lost {}

/// Reads a file that the other process, `program`, truncates and rewrites.
///
/// # Errors
///
/// [`Lost`] if a record was not found that is there; what the system says.
pub fn run(program: &Path) -> Result<Report, Box<dyn Error>> {
    // Without a name: nothing is left of it.
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

/// The records that are there; an error if one of the first `kept` is not.
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
