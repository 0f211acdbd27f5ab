//! Reads records of a file while another process truncates and rewrites it.

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    match start() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("records: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn start() -> Result<(), Box<dyn core::error::Error>> {
    use io_examples::records::{Task, host};

    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match Task::parse(&arguments) {
        // This is the process that changes the file.
        Some(task) => task.perform()?,
        None if arguments.is_empty() => print!("{}", host::run(&std::env::current_exe()?)?),
        None => {
            return Err(format!("unexpected arguments: {}", arguments.join(" ")).into());
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("records: recovery from faults is supported on Linux only");
}
