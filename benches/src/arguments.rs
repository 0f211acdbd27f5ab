//! The arguments of the programs that measure copies, and the processor that they measure on.

use std::{path::PathBuf, process::ExitCode, thread};

use crate::{
    bars::{Line, Verdict},
    contest::Plan,
    machine::Machine,
};

/// The number of measurements, and the destination of the results.
#[derive(Clone, Debug)]
pub struct Arguments {
    /// The number of measurements.
    pub plan: Plan,
    /// The folder for the book's figures.
    pub book: Option<PathBuf>,
}

impl Arguments {
    /// Parses the arguments of this process. Prints an error and returns `None` if they are
    /// invalid.
    pub fn of_process(program: &str) -> Option<Self> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] => Some(Self { plan: Plan::FULL, book: None }),
            ["--quick"] => Some(Self { plan: Plan::QUICK, book: None }),
            ["--book", folder] => Some(Self { plan: Plan::FULL, book: Some(folder.into()) }),
            _ => {
                eprintln!("usage: {program} [--quick | --book FOLDER]");
                None
            }
        }
    }

    /// Calls `measure` in a thread that is bound to one processor. Prints an error if it fails.
    ///
    /// # Panics
    ///
    /// Panics if `measure` panics.
    pub fn measured<T: Send + 'static>(
        &self,
        measure: impl FnOnce(Plan) -> T + Send + 'static,
    ) -> Option<(Machine, T)> {
        let plan = self.plan;
        // `atomic-memcpy` passes a value of 1 MiB on the stack.
        let thread = thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(move || (Machine::pin_and_describe(), measure(plan)));
        match thread.map(thread::JoinHandle::join) {
            Ok(Ok(measured)) => Some(measured),
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => {
                eprintln!("error: cannot start the measuring thread: {error}");
                None
            }
        }
    }

    /// Returns the exit status of the process, which is 1 if a required bar is missed.
    pub fn judged(&self, lines: &[Line]) -> ExitCode {
        if self.plan.rounds == Plan::QUICK.rounds {
            println!("too few rounds to judge: run without --quick");
            return ExitCode::SUCCESS;
        }
        let mut cells = lines.iter().flat_map(|line| &line.cells);
        if cells.any(|cell| cell.verdict() == Verdict::Missed) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}
