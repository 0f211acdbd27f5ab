//! Prints the walks of all accesses, or performs the named access and prints the backtrace at its
//! end.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod accesses;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod capture;

use std::process::ExitCode;

use io_walks::{Access, Walk};

fn main() -> ExitCode {
    match std::env::args().nth(1) {
        None => print_all(),
        Some(name) => match Access::named(&name) {
            Some(access) => perform(access),
            None => fail(&format!("unknown access `{name}`")),
        },
    }
}

/// Records every walk and prints it.
fn print_all() -> ExitCode {
    let walk = |access| {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        Walk::take(&program, access)
    };
    for access in Access::ALL {
        match walk(access) {
            Ok(walk) => println!("{walk}"),
            Err(problem) => return fail(&problem),
        }
    }
    ExitCode::SUCCESS
}

/// Performs one access, which ends the process.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn perform(access: Access) -> ExitCode {
    let page = match capture::install().and_then(|()| capture::inaccessible_page()) {
        Ok(page) => page,
        Err(error) => return fail(&error.to_string()),
    };
    match access {
        Access::IoWrite => accesses::io_write(accesses::uart(page)),
        Access::CopyRead => accesses::copy_read(accesses::block(page)),
        Access::ReadFallible => accesses::read_fallible(accesses::reader(page)),
        Access::Simulated => accesses::simulated(&accesses::device()),
    }
    fail("the access neither faulted nor reached a model")
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn perform(_: Access) -> ExitCode {
    fail("call walks require x86-64 Linux")
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("walks: {problem}");
    ExitCode::FAILURE
}
