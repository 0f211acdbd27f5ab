//! The cost of one run of the compiler: cargo runs this program as a wrapper of rustc, and the
//! program queries the resource usage of its child.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use super::generated;

/// The environment variable with the file that the cost is written to. If it is set, this program
/// is the wrapper.
pub const FILE: &str = "IO_BENCH_USAGE";

/// The resource usage of rustc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Processor time, user and system, in microseconds.
    pub micros: u64,
    /// The maximum resident memory, in KiB.
    pub peak_kib: u64,
}

impl Usage {
    fn to_text(self) -> String {
        format!("{} {}\n", self.micros, self.peak_kib)
    }

    fn of_text(text: &str) -> Option<Self> {
        let (micros, peak) = text.trim().split_once(' ')?;
        Some(Self { micros: micros.parse().ok()?, peak_kib: peak.parse().ok()? })
    }

    /// Reads the file that the wrapper wrote, and removes it.
    ///
    /// # Errors
    ///
    /// Returns an error if the file does not exist, which means that the compiler did not run.
    pub fn take(file: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(file)
            .map_err(|error| format!("rustc did not run: no {}: {error}", file.display()))?;
        let _ = fs::remove_file(file);
        Self::of_text(&text).ok_or_else(|| format!("{} holds `{text}`", file.display()))
    }
}

/// Runs the compiler with cargo's arguments, and writes its resource usage.
pub fn wrap(file: &OsStr) -> ExitCode {
    let mut words = env::args_os().skip(1);
    let Some(rustc) = words.next() else {
        eprintln!("error: {FILE} is set, but the compiler is missing");
        return ExitCode::from(2);
    };
    let arguments: Vec<_> = words.collect();
    // Cargo also queries the compiler's capabilities, with another crate name.
    let measured =
        arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == generated::NAME);
    let ended = match Command::new(&rustc).args(&arguments).status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: cannot run {}: {error}", rustc.display());
            return ExitCode::from(2);
        }
    };
    if measured && let Err(error) = fs::write(file, of_children().to_text()) {
        eprintln!("error: cannot write {}: {error}", file.display());
        return ExitCode::from(2);
    }
    ended.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Returns the resource usage of the children that have ended. `rustix` has no `getrusage`.
fn of_children() -> Usage {
    // SAFETY: all-zero bytes are a valid `rusage`: zero times and counts.
    let mut usage: libc::rusage = unsafe { core::mem::zeroed() };
    // SAFETY: `usage` is valid for the write of a `rusage`, which is the only requirement.
    unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage) };
    let micros = |time: libc::timeval| {
        u64::try_from(time.tv_sec * 1_000_000 + time.tv_usec).unwrap_or_default()
    };
    Usage {
        micros: micros(usage.ru_utime) + micros(usage.ru_stime),
        peak_kib: u64::try_from(usage.ru_maxrss).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_usage_is_parsed_back() {
        let usage = Usage { micros: 1_234_567, peak_kib: 89 };
        assert_eq!(Usage::of_text(&usage.to_text()), Some(usage));
        for odd in ["", "1", "1 x", "1 2 3"] {
            assert_eq!(Usage::of_text(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_compiler_that_cannot_be_started_is_an_error() {
        let error = Usage::take(Path::new("no/such/file")).expect_err("there is no such file");
        assert!(error.contains("rustc did not run"), "{error}");
    }
}
