//! A package outside the workspace that uses io-core as users' packages do.
//!
//! It lives as long as its value. What it depends on is built once for all of them, in a target
//! folder that stays, and nothing is downloaded: the versions are those of the workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// The package and its folder.
#[derive(Debug)]
pub(crate) struct Package {
    folder: TempDir,
}

impl Package {
    /// A library of one file, `lib.rs`, with this text.
    pub(crate) fn new(name: &str, source: &str) -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("ui-tests is in it");
        let manifest = format!(
            "[package]\n\
             name = \"{name}\"\n\
             edition = \"2024\"\n\
             [lib]\n\
             path = \"lib.rs\"\n\
             [dependencies]\n\
             io-core = {{ path = '{}' }}\n\
             [workspace]\n",
            workspace.join("io-core").display()
        );
        let prefix = format!("{name}-");
        let folder = tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .expect("the target folder can be written to");
        let package = Self { folder };
        let lock = fs::read(workspace.join("Cargo.lock")).expect("the workspace has a lock file");
        for (file, text) in [
            ("Cargo.toml", manifest.as_bytes()),
            ("Cargo.lock", &lock),
            ("lib.rs", source.as_bytes()),
        ] {
            fs::write(package.root().join(file), text).expect("a new folder can be written to");
        }
        package
    }

    /// The package's folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command in the package, for cargo or something that calls cargo.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let mut command = Command::new(program.as_ref());
        command.current_dir(self.root()).env("CARGO_TARGET_DIR", target);
        command.env("CARGO_NET_OFFLINE", "true");
        command
    }
}
