//! The process that cuts and writes: the same program, with the file as its standard input.

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

/// What the other process does with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Cuts it off behind so many records.
    Cut {
        /// How many.
        left: u64,
    },
    /// Cuts it off and rewrites it.
    Rewrite {
        /// How often.
        rounds: u64,
    },
}

impl Task {
    const CUT: &str = "--cut";
    const REWRITE: &str = "--rewrite";

    /// The program's arguments for it.
    pub fn arguments(self) -> [String; 2] {
        let (name, number) = match self {
            Task::Cut { left } => (Self::CUT, left),
            Task::Rewrite { rounds } => (Self::REWRITE, rounds),
        };
        [name.to_string(), number.to_string()]
    }

    /// The task of these arguments.
    pub fn parse(arguments: &[String]) -> Option<Self> {
        let [name, number] = arguments else { return None };
        let number = number.parse().ok()?;
        match name.as_str() {
            Self::CUT => Some(Task::Cut { left: number }),
            Self::REWRITE => Some(Task::Rewrite { rounds: number }),
            _ => None,
        }
    }

    /// Does it, with the standard input.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn perform(self) -> Result<(), Box<dyn Error>> {
        let file = File::from(stdin().as_fd().try_clone_to_owned()?);
        match self {
            Task::Cut { left } => Ok(cut(&file, left)?),
            Task::Rewrite { rounds } => rewrite(&file, rounds),
        }
    }
}

/// The other process did not do as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed(ExitStatus);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the other process: {}", self.0)
    }
}

impl Error for Failed {}

/// The other process; it does not outlive this value.
pub(super) struct Other(Child);

impl Other {
    pub(super) fn start(program: &Path, file: &File, task: Task) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(task.arguments()).stdin(file.try_clone()?);
        Ok(Self(command.spawn()?))
    }

    /// Whether it has ended; an error if not well.
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
        // Both do nothing if it has ended.
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

/// Cuts the file off behind so many records, in the middle of the next.
fn cut(file: &File, left: u64) -> io::Result<()> {
    file.set_len(place(left) + size_of::<Record>() as u64 / 2)
}

/// Cuts the file off and writes what is missing, so many times. It looks at the header by the same
/// door as the reader.
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
