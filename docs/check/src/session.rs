//! A reader at work: writes the files and runs the commands of a page, in a temporary folder.
//!
//! The repository is the folder `io` in it. Packages that the reader creates are outside the
//! workspace.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xtask_process::Call;

use crate::listings::{Action, Step};
use crate::report::Report;
use crate::transcript;

/// Starts of commands that are not run: the tests run this program, and the repository is already
/// there.
const NOT_RUN: [&str; 2] = ["cargo xtask test", "git clone "];

/// The start of a line of output of commands that must fail.
const ERROR: &str = "error";

/// The start of a line of output that a page must show.
const WARNING: &str = "warning";

/// The file that contains the current folder after each command.
const CURRENT: &str = ".current";

/// Returns whether a step is a command that is run.
pub(crate) fn is_run(step: &Step) -> bool {
    match &step.action {
        Action::Write { .. } => false,
        Action::Run { command, .. } => !NOT_RUN.iter().any(|start| command.starts_with(start)),
    }
}

/// The folders of a reader, who follows one page after the other.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    /// The repository.
    root: &'a Path,
    folder: TempDir,
    /// The target folder of the reader's packages, which is large.
    target: TempDir,
    /// The current folder of the reader's shell.
    current: PathBuf,
}

impl<'a> Session<'a> {
    /// Creates the folders; the reader's packages are built in a folder in `target`.
    pub(crate) fn new(root: &'a Path, target: &Path) -> Result<Self, String> {
        let create = || {
            let folder = tempfile::tempdir()?;
            std::os::unix::fs::symlink(root, folder.path().join("io"))?;
            fs::create_dir_all(target)?;
            let target = tempfile::tempdir_in(target)?;
            Ok(Self { root, target, current: PathBuf::new(), folder })
        };
        create().map_err(|error: std::io::Error| format!("cannot create a folder: {error}"))
    }

    /// Follows the steps of a page up to the first failure; each command is one result.
    pub(crate) fn follow(
        &mut self,
        page: &Path,
        steps: &[Step],
        report: &mut Report,
    ) -> Result<(), String> {
        self.current = self.folder.path().to_owned();
        for step in steps {
            let place = format!("{}:{}", page.display(), step.line);
            match &step.action {
                Action::Write { path, text, append } => self
                    .write(path, text, *append)
                    .map_err(|error| format!("{place}: cannot write {path}: {error}"))?,
                Action::Run { command, output } if is_run(step) => {
                    let problem = self.run(command, output).err();
                    report.add(&format!("{place}: {command}"), problem.as_slice());
                    if problem.is_some() {
                        break;
                    }
                }
                Action::Run { .. } => {}
            }
        }
        Ok(())
    }

    /// Writes a file, or appends to it after a blank line.
    fn write(&self, path: &str, text: &str, append: bool) -> std::io::Result<()> {
        let path = self.current.join(path);
        if append {
            let mut file = fs::OpenOptions::new().append(true).open(path)?;
            return write!(file, "\n{text}");
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)
    }

    /// Runs a command with a shell. It must succeed, unless the page shows an error, and print no
    /// warning, unless the page shows one. If the page shows output, that of the command must match.
    fn run(&mut self, command: &str, expected: &[String]) -> Result<(), String> {
        self.prepare().map_err(|error| format!("cannot copy Cargo.lock: {error}"))?;
        let output = self
            .call(command)
            .command(&self.current)
            .output()
            .map_err(|error| format!("cannot start a shell: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let shows = |start: &str| expected.iter().any(|line| line.starts_with(start));
        if output.status.success() == shows(ERROR) {
            return Err(format!("ended with {}; its output:\n{text}", output.status));
        }
        if !shows(WARNING) && text.lines().any(|line| line.starts_with(WARNING)) {
            return Err(format!("printed a warning; its output:\n{text}"));
        }
        if !expected.is_empty() && !transcript::matches(expected, &text) {
            let expected = expected.join("\n");
            return Err(format!("the page shows:\n{expected}\n\nthe output is:\n{text}"));
        }
        let current = fs::read_to_string(self.folder.path().join(CURRENT))
            .map_err(|error| format!("the shell has ended early: {error}"))?;
        self.current = PathBuf::from(current.trim_end_matches('\n'));
        Ok(())
    }

    /// Gives a new package the workspace's lock file, so that cargo needs no network.
    fn prepare(&self) -> std::io::Result<()> {
        let lock = self.current.join("Cargo.lock");
        if self.current.join("Cargo.toml").exists() && !lock.exists() {
            fs::copy(self.root.join("Cargo.lock"), lock)?;
        }
        Ok(())
    }

    /// Returns the call of a command, with the toolchain of the workspace.
    fn call(&self, command: &str) -> Call {
        let file = self.folder.path().join(CURRENT);
        let script =
            format!("exec 2>&1\n{command}\nstatus=$?\npwd -P >'{}'\nexit $status", file.display());
        let mut call = Call::new("sh", "-c").argument(script).variable("CARGO_TERM_COLOR", "never");
        if let Ok(toolchain) = std::env::var("RUSTUP_TOOLCHAIN") {
            call = call.variable("RUSTUP_TOOLCHAIN", toolchain);
        }
        if !self.current.starts_with(self.root) {
            call = call.variable("CARGO_TARGET_DIR", self.target.path().to_string_lossy());
        }
        call
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listings;

    /// Follows a page, with a folder that contains the file `Cargo.lock` as the repository; returns
    /// the last result.
    fn result(page: &str) -> Result<(), String> {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("Cargo.lock"), "locked").unwrap();
        let mut session = Session::new(root.path(), root.path()).unwrap();
        session.current = session.folder.path().to_owned();
        for step in listings::of(page).unwrap() {
            match &step.action {
                Action::Write { path, text, append } => {
                    session.write(path, text, *append).unwrap();
                }
                Action::Run { command, output } => session.run(command, output)?,
            }
        }
        Ok(())
    }

    #[test]
    fn commands_share_a_folder_with_the_files() {
        let page = "\
`a/b.txt`:
```text
one
```
```console
$ cd a && ls ..
a
io
$ cat b.txt
one
```
`b.txt`:
```text
two
```
Add to `b.txt`:
```text
three
```
```console
$ cat b.txt
two

three
$ cat ../io/Cargo.lock
locked
```
";
        assert_eq!(result(page), Ok(()));
    }

    #[test]
    fn a_new_package_gets_the_lock_file() {
        let page = "```console\n$ mkdir a; cd a; touch Cargo.toml\n$ cat Cargo.lock\nlocked\n```";
        assert_eq!(result(page), Ok(()));
    }

    #[test]
    fn failures_and_other_output_are_errors() {
        let error = |text| result(&format!("```console\n{text}\n```\n")).unwrap_err();
        assert!(error("$ echo x; false").contains("exit status: 1; its output:\nx\n"));
        assert!(error("$ echo x\ny").contains("the page shows:\ny\n\nthe output is:\nx\n"));
        assert!(error("$ echo error: x\nerror: x").contains("exit status: 0"));
        assert!(error("$ echo warning: x").contains("printed a warning"));
        assert!(error("$ exit 0").contains("the shell has ended early"));
        assert_eq!(result("```console\n$ echo error: x >&2; false\nerror: ...\n```\n"), Ok(()));
    }

    #[test]
    fn tests_of_the_repository_are_not_run() {
        let steps = listings::of("```console\n$ git clone x io\n$ cargo xtask test\n$ ls\n```\n");
        assert_eq!(steps.unwrap().iter().map(is_run).collect::<Vec<_>>(), [false, false, true]);
    }
}
