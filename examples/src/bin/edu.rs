//! Runs the edu driver on a simulated device, or with `--qemu` on QEMU's device.

use core::error::Error;
use std::{env, process::ExitCode};

use io_examples::edu::host;

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("edu: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error>> {
    let run = match env::args().nth(1).as_deref() {
        None => host::simulated()?,
        #[cfg(feature = "qtest")]
        Some("--qemu") => host::qemu()?,
        Some(other) => return Err(format!("unknown argument `{other}`: expected `--qemu`").into()),
    };
    println!("{}", run.trace);
    println!("== report ==");
    print!("{}", run.report);
    Ok(())
}
