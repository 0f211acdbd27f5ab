//! A command to run, as a value that can be printed and pasted into a shell.

use core::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Variables that describe the cargo that started this program. A child that runs another
/// toolchain, or the pinned one, must not inherit them.
const NOT_INHERITED: [&str; 7] = [
    "RUSTUP_TOOLCHAIN",
    "CARGO",
    "RUSTC",
    "RUSTDOC",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "OUT_DIR",
];

/// A program, its arguments, and the variables that are set only for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    variables: Vec<(String, String)>,
    program: String,
    arguments: Vec<String>,
}

impl Call {
    /// Creates a call of a program; each word of `arguments` is one argument.
    pub fn new(program: &str, arguments: &str) -> Self {
        Self { variables: vec![], program: program.to_owned(), arguments: vec![] }.words(arguments)
    }

    /// Adds arguments, one for each word.
    pub fn words(mut self, words: &str) -> Self {
        self.arguments.extend(words.split_whitespace().map(str::to_owned));
        self
    }

    /// Adds one argument, which may contain spaces.
    pub fn argument(mut self, argument: String) -> Self {
        self.arguments.push(argument);
        self
    }

    /// Sets a variable for the call.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Returns a `std::process::Command` with piped outputs and no input, which runs in the folder.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for name in NOT_INHERITED {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_")) {
                command.env_remove(name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.variables {
            write!(f, "{name}={} ", quoted(value))?;
        }
        f.write_str(&quoted(&self.program))?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {}", quoted(argument)))
    }
}

/// Quotes a word for a POSIX shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./,:@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_printed_in_shell_syntax() {
        let call = Call::new("cargo", "+1.88.0 check --features a/b,c")
            .variable("FLAGS", "-D warnings")
            .argument("it's".to_owned())
            .argument(String::new());
        let line = r"FLAGS='-D warnings' cargo +1.88.0 check --features a/b,c 'it'\''s' ''";
        assert_eq!(call.to_string(), line);
    }

    #[test]
    fn the_outer_cargo_is_not_inherited() {
        let command = Call::new("cargo", "check").variable("SET", "1").command(Path::new("."));
        let is = |name: &str| command.get_envs().find(|(known, _)| *known == name);
        assert_eq!(is("RUSTUP_TOOLCHAIN").map(|(_, value)| value), Some(None));
        assert_eq!(is("CARGO_PKG_NAME").map(|(_, value)| value), Some(None));
        assert_eq!(is("SET").and_then(|(_, value)| value), Some("1".as_ref()));
        assert!(is("CARGO_TARGET_DIR").is_none());
    }
}
