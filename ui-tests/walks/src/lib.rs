//! Walks: the functions from an access in a driver down to its instruction, from real backtraces.
//!
//! Each walk is recorded in a separate process: the address of the access is in an inaccessible
//! page, and the handler of `SIGSEGV` captures the backtrace at the instruction. A read of a
//! simulated device ends in the model, which captures the backtrace directly. Inlined functions are
//! frames too. Walks are recorded from unoptimised code: they are what a reader of the source
//! follows and what a debugger shows.
//!
//! A walk ends with the last function outside the standard library, since `write_volatile` of
//! `core` is the instruction.
//!
//! # Counts
//!
//! * Frames: the functions of the walk, the user's function included.
//! * Files: the source files of these functions, the user's file included.
//! * Traits are counted by hand, since a backtrace does not contain them. For each function of the
//!   walk, these are the traits that its signature names (bounds, `where` clauses, `impl Trait`
//!   arguments) or projects from (`T::Repr`, also in a type alias), and those that the header of
//!   the surrounding `impl` or `trait` names, with the supertraits in it. Each trait counts once.
//!   Traits of `core` do not count.

extern crate alloc;

use alloc::collections::BTreeSet;
use core::fmt;
use std::path::Path;
use std::process::Command;

/// An access whose walk is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `io_write!` of a field on `Mmio`.
    IoWrite,
    /// `copy_read` of a small block on `Mmio`.
    CopyRead,
    /// `VmReader::read_fallible`.
    ReadFallible,
    /// `io_read!` of a field of a simulated device.
    Simulated,
}

impl Access {
    /// Every access.
    pub const ALL: [Self; 4] = [Self::IoWrite, Self::CopyRead, Self::ReadFallible, Self::Simulated];

    /// The access as the user writes it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::IoWrite => "io_write!(uart, .cr, 5) on Mmio",
            Self::CopyRead => "block.copy_read() on Mmio",
            Self::ReadFallible => "reader.read_fallible(&mut writer)",
            Self::Simulated => "io_read!(device, .fr) on Simulated",
        }
    }

    /// The name of the user's function, and of the access on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IoWrite => "io_write",
            Self::CopyRead => "copy_read",
            Self::ReadFallible => "read_fallible",
            Self::Simulated => "simulated",
        }
    }

    /// The access with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.name() == name)
    }
}

/// A function of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its path.
    pub function: String,
    /// Its source file, relative to the workspace if it is inside.
    pub file: String,
    /// The line of the call in it, or of the instruction.
    pub line: String,
}

/// The functions of an access, the user's first.
#[derive(Debug)]
pub struct Walk {
    /// The access.
    pub access: Access,
    /// The functions.
    pub frames: Vec<Frame>,
}

impl Walk {
    /// Runs `program`, the main program of this package, to record the walk of an access.
    ///
    /// # Errors
    ///
    /// Returns a message if the program does not run or prints anything other than a backtrace with
    /// the user's function.
    pub fn take(program: &Path, access: Access) -> Result<Self, String> {
        let output = Command::new(program).arg(access.name()).current_dir(WORKSPACE).output();
        let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
        let trace = String::from_utf8_lossy(&output.stdout);
        let user = format!("::accesses::{}", access.name());
        let mut frames = frames_below(&trace);
        let end =
            frames.iter().position(|frame| frame.function.ends_with(&user)).ok_or_else(|| {
                let errors = String::from_utf8_lossy(&output.stderr);
                format!("no function {user} in the backtrace ({}):\n{trace}{errors}", output.status)
            })?;
        frames.truncate(end + 1);
        frames.reverse();
        Ok(Self { access, frames })
    }

    /// The number of source files.
    pub fn files(&self) -> usize {
        self.frames.iter().map(|frame| &frame.file).collect::<BTreeSet<_>>().len()
    }
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (frames, files) = (self.frames.len(), self.files());
        writeln!(f, "{}: {frames} frames in {files} files", self.access.text())?;
        for (number, frame) in self.frames.iter().enumerate() {
            writeln!(f, "{:4} {}", number + 1, frame.function)?;
            writeln!(f, "       {}:{}", frame.file, frame.line)?;
        }
        Ok(())
    }
}

/// The frames in the text of a `std::backtrace::Backtrace`, the innermost first, without those that
/// captured it.
fn frames_below(trace: &str) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for line in trace.lines().map(str::trim) {
        if let Some(place) = line.strip_prefix("at ") {
            if let Some(frame) = frames.last_mut() {
                (frame.file, frame.line) = file_and_line(place);
            }
        } else {
            // An inlined function has no number.
            let named = line.split_once(": ").filter(|(number, _)| number.parse::<u32>().is_ok());
            let function = named.map_or(line, |(_, function)| function).to_owned();
            frames.push(Frame { function, file: String::new(), line: String::new() });
        }
    }
    let is_capture = |frame: &Frame| frame.function.contains(CAPTURE);
    let start = frames.iter().rposition(is_capture).map_or(0, |last| last + 1);
    frames.into_iter().skip(start).skip_while(is_outside).collect()
}

/// Returns whether a frame belongs to the kernel's call of a handler or to the standard library.
fn is_outside(frame: &Frame) -> bool {
    let is_ours = |file: &str| !file.is_empty() && !file.contains("/library/core/");
    frame.function.starts_with("core::") || !is_ours(&frame.file)
}

/// The module of the main program whose functions capture the backtrace.
const CAPTURE: &str = "::capture::";

/// The folder that backtraces show paths relative to.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Splits `file:line:column`.
fn file_and_line(place: &str) -> (String, String) {
    let mut parts = place.rsplitn(3, ':');
    let (_column, line, file) = (parts.next(), parts.next(), parts.next());
    let file = file.unwrap_or(place);
    (file.strip_prefix("./").unwrap_or(file).to_owned(), line.unwrap_or_default().to_owned())
}
