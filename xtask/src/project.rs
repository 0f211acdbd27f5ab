//! The settings in the workspace's files: its folder and its toolchains.

use std::path::{Path, PathBuf};

/// The workspace as its files describe it.
#[derive(Debug)]
pub(crate) struct Project {
    /// The folder of the workspace; every command runs there.
    pub(crate) root: PathBuf,
    /// The pinned toolchain (`rust-toolchain.toml`).
    pub(crate) channel: String,
    /// The oldest supported toolchain, with three numbers (`Cargo.toml`).
    pub(crate) msrv: String,
    /// The target folder that the commands share.
    pub(crate) target_dir: String,
}

impl Project {
    /// Reads the workspace that this program was built in.
    pub(crate) fn read() -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or("xtask is not in a workspace")?
            .to_owned();
        let wanted = |file: &str, section: &str, key: &str| {
            let text = std::fs::read_to_string(root.join(file))
                .map_err(|error| format!("cannot read {file}: {error}"))?;
            string_in(&text, section, key)
                .map(str::to_owned)
                .ok_or_else(|| format!("{file} has no string `{key}` in [{section}]"))
        };
        Ok(Self {
            channel: wanted("rust-toolchain.toml", "toolchain", "channel")?,
            msrv: with_three_numbers(&wanted("Cargo.toml", "workspace.package", "rust-version")?),
            target_dir: std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned()),
            root,
        })
    }

    /// An invented workspace for tests.
    #[cfg(test)]
    pub(crate) fn sample() -> Self {
        Self {
            root: PathBuf::from("."),
            channel: "1.95.0".to_owned(),
            msrv: "1.88.0".to_owned(),
            target_dir: "target".to_owned(),
        }
    }
}

/// Returns the string `key = "…"` of a section of a TOML file.
///
/// Supports only the syntax that these files use: one plain string in a line, optionally followed
/// by a comment.
fn string_in<'a>(toml: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let mut inside = false;
    for line in toml.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            inside = name.split(']').next() == Some(section);
        } else if inside
            && let Some((name, value)) = line.split_once('=')
            && name.trim() == key
        {
            return value.trim().strip_prefix('"')?.split_once('"').map(|(text, _)| text);
        }
    }
    None
}

/// Returns `1.88` as `1.88.0`: rustup interprets the former as "the newest 1.88".
fn with_three_numbers(version: &str) -> String {
    match version.matches('.').count() {
        0 => format!("{version}.0.0"),
        1 => format!("{version}.0"),
        _ => version.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_from_their_section_only() {
        let toml = "# key = \"comment\"\n[other]\nkey = \"no\"\n\n[wanted.one] # here\n\
                    keys = \"no\"\n key=\"yes\" # \"no\"\n[third]\nkey = \"no\"\nlast = 1\n";
        assert_eq!(string_in(toml, "wanted.one", "key"), Some("yes"));
        assert_eq!(string_in(toml, "other", "key"), Some("no"));
        assert_eq!(string_in(toml, "wanted", "key"), None);
        assert_eq!(string_in(toml, "third", "last"), None);
        assert_eq!(string_in(toml, "third", "keys"), None);
    }

    #[test]
    fn versions_are_extended_to_three_numbers() {
        assert_eq!(with_three_numbers("1.88"), "1.88.0");
        assert_eq!(with_three_numbers("1.88.1"), "1.88.1");
        assert_eq!(with_three_numbers("2"), "2.0.0");
    }

    #[test]
    fn the_files_of_this_workspace_are_valid() {
        let project = Project::read().expect("the files of the workspace are valid");
        assert!(project.root.join("xtask").is_dir());
        for version in [&project.channel, &project.msrv] {
            assert_eq!(version.matches('.').count(), 2, "{version} is one exact version");
        }
    }
}
