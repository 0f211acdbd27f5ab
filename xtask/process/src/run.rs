//! Runs a command: shows its output as it arrives, and returns it.

use core::time::Duration;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Instant;

use crate::Call;

/// The maximum time that the outputs may stay open without data after the command itself has ended.
const GRACE: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 5 });

/// The conditions under which a command counts as successful.
#[derive(Debug, Clone, Copy)]
struct Terms {
    /// The exit status that means success.
    status: i32,
    /// The maximum duration, if there is one.
    limit: Option<Duration>,
}

/// The conditions for cargo and most programs.
const USUAL: Terms = Terms { status: 0, limit: None };

/// The result and the output of a command.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// The reason why the command itself failed; `None` when it succeeded.
    pub failure: Option<String>,
    /// Its standard output.
    pub stdout: String,
    /// Both outputs, with lines in the order in which they arrived.
    pub all: String,
}

/// The output that a line came from.
#[derive(Debug, Clone, Copy)]
enum Source {
    Stdout,
    Stderr,
}

/// Runs a command in a folder, printing its output line by line.
pub fn streamed(call: &Call, folder: &Path) -> Output {
    println!("{call}");
    run(call, folder, true, USUAL)
}

/// Runs a command in a folder without printing its output.
pub fn quiet(call: &Call, folder: &Path) -> Output {
    println!("{call}");
    run(call, folder, false, USUAL)
}

/// Runs a command with a time limit, after which it is ended, and with the given exit status for
/// success.
pub fn within(call: &Call, folder: &Path, limit: Duration, status: i32, show: bool) -> Output {
    println!("{call}");
    run(call, folder, show, Terms { status, limit: Some(limit) })
}

/// Runs a command that only queries something; returns its standard output, or an error.
pub fn answer(call: &Call, folder: &Path) -> Result<String, String> {
    let output = run(call, folder, false, USUAL);
    match output.failure {
        None => Ok(output.stdout),
        Some(failure) => Err(format!("`{call}` {failure}\n{}", output.all)),
    }
}

/// Runs a command that installs `thing`; an error contains its output.
pub fn get(thing: &str, call: &Call, folder: &Path) -> Result<(), String> {
    let output = streamed(call, folder);
    match output.failure {
        None => Ok(()),
        Some(failure) => {
            Err(format!("cannot install {thing}: `{call}` {failure}; output:\n{}", output.all))
        }
    }
}

fn run(call: &Call, folder: &Path, show: bool, terms: Terms) -> Output {
    let mut output = Output::default();
    let mut child = match call.command(folder).spawn() {
        Ok(child) => child,
        Err(error) => {
            output.failure = Some(format!("could not be started: {error}"));
            return output;
        }
    };
    let (sender, lines) = mpsc::channel();
    forward(child.stdout.take(), Source::Stdout, sender.clone());
    forward(child.stderr.take(), Source::Stderr, sender);
    output.failure = match collect(&mut child, &lines, show, terms.limit, &mut output) {
        Ok(status) if status.code() == Some(terms.status) => None,
        Ok(status) => Some(format!("ended with {status}")),
        Err(failure) => Some(failure),
    };
    output
}

/// Starts a thread that sends the lines of a pipe.
fn forward(
    pipe: Option<impl Read + Send + 'static>,
    source: Source,
    to: Sender<(Source, Vec<u8>)>,
) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            if to.send((source, core::mem::take(&mut line))).is_err() {
                break;
            }
        }
    });
}

/// Receives lines until both pipes are closed and the command has ended.
///
/// A process that outlives the command may keep the pipes open forever; that is reported as an
/// error instead of hanging.
fn collect(
    child: &mut Child,
    lines: &Receiver<(Source, Vec<u8>)>,
    show: bool,
    limit: Option<Duration>,
    output: &mut Output,
) -> Result<ExitStatus, String> {
    let broken = |error: io::Error| format!("could not be waited for: {error}");
    let start = Instant::now();
    let mut quiet_since: Option<Instant> = None;
    loop {
        if let Some(limit) = limit.filter(|limit| start.elapsed() > *limit) {
            child.kill().and_then(|()| child.wait()).map_err(broken)?;
            return Err(format!("did not end within {} s", limit.as_secs()));
        }
        match lines.recv_timeout(Duration::from_millis(200)) {
            Ok((source, line)) => {
                quiet_since = None;
                keep(output, source, &line, show);
            }
            Err(RecvTimeoutError::Disconnected) => return child.wait().map_err(broken),
            Err(RecvTimeoutError::Timeout) if child.try_wait().map_err(broken)?.is_some() => {
                if quiet_since.get_or_insert_with(Instant::now).elapsed() > GRACE {
                    let text = "ended, but a process that it started still holds its output open";
                    return Err(text.to_owned());
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn keep(output: &mut Output, source: Source, line: &[u8], show: bool) {
    let text = String::from_utf8_lossy(line);
    output.all.push_str(&text);
    // A closed standard output is not a reason to stop.
    let _ = match source {
        Source::Stdout => {
            output.stdout.push_str(&text);
            if show { io::stdout().write_all(line) } else { Ok(()) }
        }
        Source::Stderr if show => io::stderr().write_all(line),
        Source::Stderr => Ok(()),
    };
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Output {
        run(&Call::new("sh", "-c").argument(script.to_owned()), Path::new("."), false, USUAL)
    }

    #[test]
    fn both_outputs_are_captured_and_stdout_is_separate() {
        let output = shell("echo a; sleep 0.2; echo b >&2; sleep 0.2; printf c");
        assert_eq!(output.failure, None);
        assert_eq!(output.stdout, "a\nc");
        assert_eq!(output.all, "a\nb\nc");
    }

    #[test]
    fn exit_statuses_and_signals_are_failures() {
        let failure = |script| shell(script).failure.expect("a failure");
        assert!(failure("exit 3").contains("exit status: 3"));
        assert!(failure("kill -9 $$").contains("signal: 9"));
        let nothing = run(&Call::new("no-such-program", ""), Path::new("."), false, USUAL);
        assert!(nothing.failure.is_some_and(|text| text.contains("could not be started")));
    }

    #[test]
    fn a_remaining_background_process_is_a_failure() {
        let start = Instant::now();
        let output = shell("sleep 20 & echo done");
        assert!(output.failure.is_some_and(|text| text.contains("still holds its output")));
        assert_eq!(output.stdout, "done\n");
        assert!(start.elapsed() < Duration::from_secs(15), "waited for the remaining process");
    }

    #[test]
    fn only_the_expected_status_is_a_success() {
        let end = |script: &str, limit: u64| {
            let call = Call::new("sh", "-c").argument(script.to_owned());
            within(&call, Path::new("."), Duration::from_secs(limit), 33, false)
        };
        assert_eq!(end("exit 33", 60).failure, None);
        for status in ["0", "35"] {
            let failure = end(&format!("exit {status}"), 60).failure.expect("a failure");
            assert!(failure.contains(&format!("exit status: {status}")), "{failure}");
        }
        let hung = end("echo said; exec sleep 20", 0);
        assert_eq!(hung.failure.as_deref(), Some("did not end within 0 s"));
    }

    #[test]
    fn errors_contain_the_command_and_its_output() {
        let call = Call::new("sh", "-c").argument("echo said; exit 1".to_owned());
        let error = answer(&call, Path::new(".")).expect_err("it fails");
        assert!(error.contains("sh -c 'echo said; exit 1'") && error.contains("said\n"), "{error}");
        let call = Call::new("sh", "-c").argument("echo said".to_owned());
        assert_eq!(answer(&call, Path::new(".")), Ok("said\n".to_owned()));
    }
}
