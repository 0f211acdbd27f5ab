//! A package outside the workspace that uses io-core as users' packages do.
//!
//! It exists as long as its value. Its dependencies are built once for all packages, in a
//! persistent target folder, and nothing is downloaded: the versions are those of the workspace.

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
    /// Creates a library of one file, `lib.rs`, with this text.
    pub(crate) fn new(name: &str, source: &str) -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("ui-tests is a folder of the workspace");
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

    /// Returns the folder of the package.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a command that runs in the package, for cargo or a program that calls cargo.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let mut command = Command::new(program.as_ref());
        command.current_dir(self.root()).env("CARGO_TARGET_DIR", target);
        command.env("CARGO_NET_OFFLINE", "true");
        command
    }
}
