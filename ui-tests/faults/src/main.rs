//! Causes real faults and prints how many were recovered; `cargo xtask matrix` builds it in every
//! form.
//!
//! It is a plain main function without a test harness.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod backend;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    match run() {
        Ok(faults) => {
            println!("faults: {faults} recovered, counts exact");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("faults: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all checks, each with rows of the library and of this program.
#[cfg(target_os = "linux")]
fn run() -> Result<usize, Box<dyn core::error::Error>> {
    use backend::Here;
    use io_core::fault::{self, RecoveryTable};
    use io_faults::{copies, files::Mapped, restored, threads, words};

    fault::install()?;
    let mut faults = copies::check_here()? + copies::check::<Here>()?;
    faults += words::check::<RecoveryTable>()? + words::check::<Here>()?;
    faults += Mapped::new()?.check()?;
    faults += restored::go_on::<Here>()?;
    restored::meanwhile::<Here>()?;
    Ok(faults + threads::check::<Here>()?)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("faults: this program recovers from faults on Linux only");
    ExitCode::FAILURE
}

/// A function that nothing calls: a linker that collects sections removes it.
#[unsafe(no_mangle)]
extern "C" fn io_faults_uncalled() -> u32 {
    0x1234_5678
}
