//! The process that truncates and writes: the same program, with the file as its standard input.

use alloc::{
    boxed::Box,
    string::{String, ToString},
};
use core::{error::Error, fmt};
use std::{
    fs::File,
    io::{self, stdin},
    os::{fd::AsFd, unix::fs::FileExt},
    path::Path,
    process::{Child, Command, ExitStatus},
};

use io_core::{FaultMem, prelude::*, vm::Mapping};
use zerocopy::IntoBytes;

use super::{Header, LENGTH, Record, end, place};

/// The task of the other process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Truncates the file after this number of records.
    Cut {
        /// The number of complete records that are left.
        left: u64,
    },
    /// Truncates and rewrites the file.
    Rewrite {
        /// The number of rounds.
        rounds: u64,
    },
}

impl Task {
    const CUT: &str = "--cut";
    const REWRITE: &str = "--rewrite";

    /// Returns the program's arguments for this task.
    pub fn arguments(self) -> [String; 2] {
        let (name, number) = match self {
            Task::Cut { left } => (Self::CUT, left),
            Task::Rewrite { rounds } => (Self::REWRITE, rounds),
        };
        [name.to_string(), number.to_string()]
    }

    /// Returns the task for these arguments.
    pub fn parse(arguments: &[String]) -> Option<Self> {
        let [name, number] = arguments else { return None };
        let number = number.parse().ok()?;
        match name.as_str() {
            Self::CUT => Some(Task::Cut { left: number }),
            Self::REWRITE => Some(Task::Rewrite { rounds: number }),
            _ => None,
        }
    }

    /// Performs the task on the standard input.
    ///
    /// # Errors
    ///
    /// Errors of the operating system.
    pub fn perform(self) -> Result<(), Box<dyn Error>> {
        let file = File::from(stdin().as_fd().try_clone_to_owned()?);
        match self {
            Task::Cut { left } => Ok(cut(&file, left)?),
            Task::Rewrite { rounds } => rewrite(&file, rounds),
        }
    }
}

/// The other process has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed(ExitStatus);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the other process failed: {}", self.0)
    }
}

impl Error for Failed {}

/// The other process, which is killed when this value is dropped.
pub(super) struct Other(Child);

impl Other {
    pub(super) fn start(program: &Path, file: &File, task: Task) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(task.arguments()).stdin(file.try_clone()?);
        Ok(Self(command.spawn()?))
    }

    /// Returns whether it has ended; an error if its exit status is not success.
    pub(super) fn has_ended(&mut self) -> Result<bool, Box<dyn Error>> {
        check(self.0.try_wait()?)
    }

    pub(super) fn wait(mut self) -> Result<(), Box<dyn Error>> {
        check(Some(self.0.wait()?)).map(|_| ())
    }
}

fn check(status: Option<ExitStatus>) -> Result<bool, Box<dyn Error>> {
    match status {
        Some(status) if !status.success() => Err(Failed(status).into()),
        status => Ok(status.is_some()),
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // Both have no effect if the process has already been reaped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Writes the records from `first` on.
pub(super) fn write(file: &File, first: u64, round: u64) -> io::Result<()> {
    (first..LENGTH).try_for_each(|number| {
        file.write_all_at(Record::new(number, round).as_bytes(), place(number))
    })
}

/// Truncates the file after `left` records, in the middle of the next one.
fn cut(file: &File, left: u64) -> io::Result<()> {
    file.set_len(place(left) + size_of::<Record>() as u64 / 2)
}

/// Truncates the file and rewrites the missing records, `rounds` times. The header is accessed by a
/// mapping, as in the reader.
fn rewrite(file: &File, rounds: u64) -> Result<(), Box<dyn Error>> {
    let memory = Mapping::shared(file, 0, size_of::<Header>())?;
    let header = FaultMem::of(&memory).try_cast::<Header>()?;
    let kept = io_read!(header, .kept)?.into();
    for round in 1..=rounds {
        let first = end(kept, round);
        cut(file, first)?;
        write(file, first, round)?;
        io_write!(header, .round, u32::try_from(round)?)?;
    }
    Ok(())
}
