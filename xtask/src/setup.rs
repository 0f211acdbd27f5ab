//! The tools that the suites need, and their installation.
//!
//! Each need is checked first, and installed only if something is missing: on a machine that is set
//! up, nothing is downloaded. If an installation fails, the error names the dependency, the command
//! and its output.

use core::fmt;
use std::path::Path;

use xtask_process::{Call, run};

use crate::fetched;
use crate::guests::{AARCH64, ARM, Guest, RISCV64, links_statically};
use crate::packages::{Wanted, on_path};
use crate::project::Project;

/// The nightly with Miri: a fixed date, so that every machine uses the same version.
pub(crate) const NIGHTLY: &str = "nightly-2026-10-29";

/// The program that runs the real device models.
const QEMU: Wanted<'_> = Wanted { thing: "qemu-system-x86_64", packages: &["qemu-system-x86"] };

/// The compiler of libFuzzer, which the fuzz targets include as source.
const CXX: Wanted<'_> = Wanted { thing: "c++", packages: &["g++"] };

/// The host's static C library, and a linker for it.
const STATIC_C: Wanted<'_> =
    Wanted { thing: "cc with a static C library", packages: &["gcc", "libc6-dev"] };

/// The targets without an operating system that io-core is built for.
pub(crate) const BARE_METAL: [&str; 5] = [
    "thumbv7em-none-eabihf",
    "riscv64gc-unknown-none-elf",
    "aarch64-unknown-none",
    // For kernels: floating-point and vector registers are not used.
    "aarch64-unknown-none-softfloat",
    "x86_64-unknown-none",
];

/// A dependency of suites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// QEMU for x86.
    Qemu,
    /// A C++ compiler.
    Cxx,
    /// The host's static C library.
    StaticC,
    /// The pinned toolchain with its tools and bare-metal targets.
    Pinned,
    /// The oldest supported toolchain.
    Msrv,
    /// A nightly toolchain with Miri.
    Nightly,
    /// `cargo expand`.
    CargoExpand,
    /// `mdbook`, which renders the book.
    MdBook,
    /// The sources of the standard library's dependencies.
    LibrarySources,
    /// The tools that build and run programs for another architecture.
    Guest(&'static Guest),
}

impl Need {
    /// All needs, in the order of installation.
    pub(crate) const ALL: [Self; 12] = [
        Self::Qemu,
        Self::Cxx,
        Self::StaticC,
        Self::Pinned,
        Self::Msrv,
        Self::Nightly,
        Self::CargoExpand,
        Self::MdBook,
        Self::LibrarySources,
        Self::Guest(&AARCH64),
        Self::Guest(&RISCV64),
        Self::Guest(&ARM),
    ];
}

/// A rustup toolchain and its required components and targets.
#[derive(Debug)]
struct Toolchain<'a> {
    name: &'a str,
    components: &'a [&'a str],
    targets: &'a [&'a str],
}

/// Installs everything that can be installed; returns an error for each need that cannot be met.
pub(crate) fn meet_all(needs: &[Need], project: &Project) -> Vec<String> {
    println!("\n# setup");
    needs.iter().filter_map(|need| meet(*need, project).err()).collect()
}

fn meet(need: Need, project: &Project) -> Result<(), String> {
    let toolchain = match need {
        Need::Qemu => return QEMU.get(|| on_path(QEMU.thing), &project.root),
        Need::Cxx => return CXX.get(|| on_path(CXX.thing), &project.root),
        Need::StaticC => {
            return STATIC_C.get(|| links_statically("cc", &project.root), &project.root);
        }
        Need::Pinned => Toolchain {
            name: &project.channel,
            // `llvm-tools` for its disassembler, `rust-analyzer` for the editor tests, and
            // `rust-src` because compiler messages quote the standard library if it is installed.
            components: &["rustfmt", "clippy", "llvm-tools", "rust-analyzer", "rust-src"],
            targets: &BARE_METAL,
        },
        Need::CargoExpand => return fetched::cargo_expand(&project.channel, &project.root),
        Need::MdBook => return fetched::mdbook(&project.channel, &project.root),
        Need::LibrarySources => return fetched::library_sources(&project.channel, &project.root),
        Need::Msrv => Toolchain { name: &project.msrv, components: &[], targets: &[] },
        Need::Nightly => {
            Toolchain { name: NIGHTLY, components: &["miri", "rust-src"], targets: &[] }
        }
        Need::Guest(guest) => {
            guest.get_programs(&project.root)?;
            let targets = core::slice::from_ref(&guest.target);
            Toolchain { name: &project.channel, components: &[], targets }
        }
    };
    toolchain.get(&project.root)?;
    println!("{toolchain}: ready");
    Ok(())
}

impl fmt::Display for Toolchain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "toolchain {}", self.name)?;
        let parts = [self.components, self.targets].concat();
        if parts.is_empty() { Ok(()) } else { write!(f, " with {}", parts.join(", ")) }
    }
}

impl Toolchain<'_> {
    /// Installs the missing parts of this toolchain.
    fn get(&self, root: &Path) -> Result<(), String> {
        let name = self.name;
        if is_listed(&ask("toolchain list", root)?, name) {
            for (part, kind) in [(self.components, "component"), (self.targets, "target")] {
                let missing = missing(kind, name, part, root)?;
                if !missing.is_empty() {
                    let add = Call::new("rustup", kind).words("add --toolchain").words(name);
                    let missing = missing.join(" ");
                    run::get(&format!("{missing} for {name}"), &add.words(&missing), root)?;
                }
            }
        } else {
            run::get(&format!("the toolchain {name}"), &self.install(), root)?;
        }
        for (part, kind) in [(self.components, "component"), (self.targets, "target")] {
            let missing = missing(kind, name, part, root)?;
            if !missing.is_empty() {
                let missing = missing.join(", ");
                return Err(format!("rustup reports success, but {name} still lacks {missing}"));
            }
        }
        Ok(())
    }

    /// Returns the command that installs a missing toolchain, with its parts.
    fn install(&self) -> Call {
        let call = Call::new("rustup", "toolchain install").words(self.name);
        let call = call.words("--profile minimal --no-self-update");
        let call = self.components.iter().fold(call, |c, part| c.words("--component").words(part));
        self.targets.iter().fold(call, |call, part| call.words("--target").words(part))
    }
}

/// Returns those of the given components or targets that the toolchain lacks.
fn missing<'a>(
    kind: &str,
    toolchain: &str,
    wanted: &[&'a str],
    root: &Path,
) -> Result<Vec<&'a str>, String> {
    if wanted.is_empty() {
        return Ok(vec![]);
    }
    let list = ask(&format!("{kind} list --installed --toolchain {toolchain}"), root)?;
    Ok(wanted.iter().copied().filter(|name| !is_listed(&list, name)).collect())
}

/// Queries rustup.
fn ask(arguments: &str, root: &Path) -> Result<String, String> {
    run::answer(&Call::new("rustup", arguments), root)
        .map_err(|error| format!("rustup, which installs the toolchains, does not work: {error}"))
}

/// Returns whether one of rustup's lists contains a name, alone or followed by `-` and a host.
///
/// `nightly-2026-01-01-…` is not `nightly`, and `clippy-x86_64-…` is `clippy`.
fn is_listed(list: &str, name: &str) -> bool {
    list.lines().filter_map(|line| line.split_whitespace().next()).any(|word| {
        word.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix('-')
                    .is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_entries_match_with_or_without_the_host() {
        let list = "\
stable-x86_64-unknown-linux-gnu (default)
nightly-2026-01-01-x86_64-unknown-linux-gnu
1.88.0-x86_64-unknown-linux-gnu
rust-src
clippy-x86_64-unknown-linux-gnu
riscv64gc-unknown-none-elf
";
        for name in ["stable", "1.88.0", "rust-src", "clippy", "riscv64gc-unknown-none-elf"] {
            assert!(is_listed(list, name), "{name}");
        }
        for name in ["nightly", "1.88", "miri", "clip", "default", "gnu"] {
            assert!(!is_listed(list, name), "{name}");
        }
        assert!(!is_listed("no installed toolchains\n", "1.88.0"));
        assert!(!is_listed("", "rustfmt"));
    }

    #[test]
    fn toolchains_are_installed_with_components_and_targets() {
        let toolchain = Toolchain { name: "1.2.3", components: &["a", "b"], targets: &["t"] };
        assert_eq!(
            toolchain.install().to_string(),
            "rustup toolchain install 1.2.3 --profile minimal --no-self-update \
             --component a --component b --target t"
        );
    }
}
