//! Compiles a generated crate once, as its user would.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    generated::Generated,
    usage::{self, Usage},
};

/// The cargo command that compiles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `cargo build`: generates code, in the dev profile.
    Build,
    /// `cargo check`: generates only metadata.
    Check,
}

impl Mode {
    /// Both modes.
    pub const ALL: [Self; 2] = [Self::Build, Self::Check];

    /// Returns the name for cargo and for reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Check => "check",
        }
    }
}

/// Environment variables that affect compilation and must not be inherited: all crates use the
/// defaults.
const NOT_INHERITED: [&str; 6] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "RUSTC",
    "RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
];

/// Cargo, this program as its wrapper of rustc, and the target folder of all generated crates.
#[derive(Debug)]
pub struct Cargo {
    program: OsString,
    wrapper: PathBuf,
    target: PathBuf,
    usage: PathBuf,
}

impl Cargo {
    /// Returns the cargo that runs this program, building below `root`.
    ///
    /// # Errors
    ///
    /// Returns an error if this program cannot find its own path.
    pub fn below(root: &Path) -> Result<Self, String> {
        Ok(Self {
            program: env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            wrapper: env::current_exe()
                .map_err(|error| format!("cannot find the path of this program: {error}"))?,
            target: root.join("target"),
            usage: root.join("usage"),
        })
    }

    /// Compiles a crate and its dependencies; returns the cost of the crate alone.
    ///
    /// # Errors
    ///
    /// Returns the errors of cargo or rustc, or an error if the crate was not compiled.
    pub fn compile(&self, generated: &Generated, mode: Mode) -> Result<Usage, String> {
        generated.touch()?;
        let mut command = Command::new(&self.program);
        for name in NOT_INHERITED {
            command.env_remove(name);
        }
        command
            .args([mode.name(), "--quiet"])
            .current_dir(&generated.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WORKSPACE_WRAPPER", &self.wrapper)
            .env(usage::FILE, &self.usage);
        let here = generated.folder.display();
        let output = command.output().map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            let said: String =
                String::from_utf8_lossy(&output.stderr).chars().take(4_000).collect();
            return Err(format!(
                "`cargo {}` in {here} ended with {}; output:\n{said}",
                mode.name(),
                output.status
            ));
        }
        Usage::take(&self.usage)
            .map_err(|error| format!("`cargo {}` in {here}: {error}", mode.name()))
    }
}
