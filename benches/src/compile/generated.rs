//! A generated crate on disk: a separate workspace, so that settings of this one do not apply.

use core::fmt::Write as _;
use std::{
    fs,
    path::{Path, PathBuf},
};

use super::peer::{Need, Peer, Variant};

/// The name of every generated package, which is also the crate name.
pub const NAME: &str = "generated";

/// Returns the folder of this workspace.
fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// A crate that can be built.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The folder of the crate.
    pub folder: PathBuf,
    source: String,
}

impl Generated {
    /// Writes a crate below `root`, with the dependency versions of the peer's empty crate.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written.
    pub fn write(
        root: &Path,
        peer: &Peer,
        registers: usize,
        variant: Variant,
    ) -> Result<Self, String> {
        let folder = folder_of(root, peer, registers, variant);
        let made = Self { source: peer.source(registers, variant), folder };
        fs::create_dir_all(made.folder.join("src"))
            .map_err(|error| format!("cannot create {}: {error}", made.folder.display()))?;
        write(&made.folder.join("Cargo.toml"), &manifest(peer))?;
        // The empty crate starts with the versions of this workspace, the others with those of the
        // empty one.
        let known = match registers {
            0 => workspace().to_owned(),
            _ => folder_of(root, peer, 0, Variant::Definitions),
        };
        if let Ok(lock) = fs::read_to_string(known.join("Cargo.lock")) {
            write(&made.folder.join("Cargo.lock"), &lock)?;
        }
        made.touch()?;
        Ok(made)
    }

    /// Rewrites the source, so that cargo recompiles it.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written.
    pub fn touch(&self) -> Result<(), String> {
        write(&self.folder.join("src/lib.rs"), &self.source)
    }
}

fn folder_of(root: &Path, peer: &Peer, registers: usize, variant: Variant) -> PathBuf {
    let name: String =
        peer.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    root.join(name).join(format!("{registers}-{}", variant.name()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn manifest(peer: &Peer) -> String {
    let mut text = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n[workspace]\n\n[dependencies]\n"
    );
    for need in peer.needs {
        let _ = match need {
            Need::Registry { name, version, features } => {
                writeln!(text, "{name} = {{ version = \"={version}\", features = {features:?} }}")
            }
            Need::IoCore => {
                writeln!(text, "io-core = {{ path = {:?} }}", workspace().join("io-core"))
            }
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::peers;

    #[test]
    fn a_manifest_pins_versions_and_is_a_separate_workspace() {
        for peer in peers::ALL {
            let text = manifest(&peer);
            assert!(text.contains("[workspace]\n"), "{text}");
            let dependencies = text.split("[dependencies]\n").nth(1).unwrap_or_default();
            assert_eq!(dependencies.lines().count(), peer.needs.len(), "{text}");
            for line in dependencies.lines() {
                assert!(
                    line.contains("version = \"=") || line.contains("io-core = { path"),
                    "{line}"
                );
            }
        }
    }
}
