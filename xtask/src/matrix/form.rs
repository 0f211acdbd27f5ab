//! The build forms: how each is built, and the required properties of its image.

use xtask_process::Call;

use super::image::{Linker, Linking, Position, Shape, Symbols, Uncalled};
use crate::guests::{AARCH64, Guest};

/// A way to build the program.
#[derive(Debug)]
pub(crate) struct Form {
    pub(super) name: &'static str,
    profile: Profile,
    /// Settings of the profile, which apply to every crate.
    settings: &'static [(&'static str, &'static str)],
    /// The compiler's flags for every crate.
    flags: &'static str,
    /// The compiler's flags for the program only.
    program_flags: &'static str,
    /// The guest whose instructions it uses; `None` is the host.
    pub(super) guest: Option<&'static Guest>,
    pub(super) shape: Shape,
}

#[derive(Debug, Clone, Copy)]
enum Profile {
    Dev,
    Release,
}

/// The name of the package and of its program.
pub(super) const PROGRAM: &str = "io-faults";

/// The default output of the pinned compiler.
const USUAL: Form = Form {
    name: "release",
    profile: Profile::Release,
    settings: &[],
    flags: "",
    program_flags: "",
    guest: None,
    shape: Shape {
        position: Position::Independent,
        linking: Linking::Dynamic,
        symbols: Symbols::Kept,
        uncalled: Uncalled::Removed,
        linker: if cfg!(target_arch = "x86_64") { Linker::Lld } else { Linker::Other },
    },
};

const STATIC: Shape = Shape { linking: Linking::Static, ..USUAL.shape };
const STRIPPED: Shape = Shape { symbols: Symbols::Stripped, ..USUAL.shape };

const FAT_LTO: &[(&str, &str)] =
    &[("lto", "\"fat\""), ("codegen-units", "1"), ("panic", "\"abort\"")];

/// The forms that every Linux supports. Forms with the same settings and flags share their
/// dependencies, so they are adjacent.
const EVERYWHERE: [Form; 12] = [
    Form { name: "dev", profile: Profile::Dev, ..USUAL },
    USUAL,
    // Symbols of a section's start and end do not keep the section. This is LLD's default, but not
    // that of other linkers.
    Form {
        name: "gc-sections",
        program_flags: "-Clink-dead-code=no -Clink-arg=-Wl,--gc-sections \
                        -Clink-arg=-Wl,-z,start-stop-gc",
        ..USUAL
    },
    Form {
        name: "dead-code",
        program_flags: "-Clink-dead-code=yes",
        shape: Shape { uncalled: Uncalled::Kept, ..USUAL.shape },
        ..USUAL
    },
    Form { name: "stripped", program_flags: "-Cstrip=symbols", shape: STRIPPED, ..USUAL },
    // The libraries that it is linked with are those of the usual form.
    Form {
        name: "non-pie",
        program_flags: "-Crelocation-model=static",
        shape: Shape { position: Position::Fixed, ..USUAL.shape },
        ..USUAL
    },
    Form {
        name: "static-pie",
        program_flags: "-Ctarget-feature=+crt-static",
        shape: STATIC,
        ..USUAL
    },
    // The libraries are built like the program.
    Form {
        name: "static",
        flags: "-Ctarget-feature=+crt-static -Crelocation-model=static",
        shape: Shape { position: Position::Fixed, ..STATIC },
        ..USUAL
    },
    Form { name: "opt-z", settings: &[("opt-level", "\"z\"")], ..USUAL },
    Form {
        name: "opt-s-thin-lto",
        settings: &[("opt-level", "\"s\""), ("lto", "\"thin\"")],
        ..USUAL
    },
    Form { name: "fat-lto", settings: FAT_LTO, ..USUAL },
    Form {
        name: "musl",
        guest: Some(&AARCH64),
        shape: Shape { position: Position::Fixed, linker: Linker::Lld, ..STATIC },
        ..USUAL
    },
];

/// The forms of a host whose default linker is LLD; on other hosts the other forms do not use LLD.
const OF_LLD: [Form; 4] = [
    Form { name: "icf", program_flags: "-Clink-arg=-Wl,--icf=all", ..USUAL },
    Form { name: "bfd", program_flags: "-Clinker-features=-lld", shape: OTHER_LINKER, ..USUAL },
    Form {
        name: "bfd-gc-sections",
        program_flags: "-Clinker-features=-lld -Clink-arg=-Wl,--gc-sections \
                        -Clink-arg=-Wl,-z,start-stop-gc",
        shape: OTHER_LINKER,
        ..USUAL
    },
    // A combination of several options.
    Form {
        name: "bfd-fat-lto",
        settings: FAT_LTO,
        program_flags: "-Clinker-features=-lld -Crelocation-model=static -Cstrip=symbols",
        shape: Shape { linker: Linker::Other, position: Position::Fixed, ..STRIPPED },
        ..USUAL
    },
];

const OTHER_LINKER: Shape = Shape { linker: Linker::Other, ..USUAL.shape };

/// Returns all forms that this host supports.
pub(super) fn all() -> impl Iterator<Item = &'static Form> {
    let of_lld: &[Form] = if cfg!(target_arch = "x86_64") { &OF_LLD } else { &[] };
    EVERYWHERE.iter().chain(of_lld)
}

impl Form {
    /// Returns the command that builds the form below a folder.
    pub(super) fn build(&self, host: &str, folder: &str) -> Call {
        let line = format!("rustc --package {PROGRAM} --bin {PROGRAM}");
        let call = match self.guest {
            Some(guest) => guest.call(&line),
            // Set even when it is empty: flags from the user's environment must not change the
            // form.
            None => Call::new("cargo", &line)
                .words("--target")
                .words(host)
                .variable("RUSTFLAGS", self.flags),
        };
        let (option, profile) = match self.profile {
            Profile::Dev => ("", "dev"),
            Profile::Release => ("--release", "release"),
        };
        let call = self.settings.iter().fold(call.words(option), |call, (key, value)| {
            call.words("--config").argument(format!("profile.{profile}.{key}={value}"))
        });
        let call = call.words("--target-dir").argument(folder.to_owned());
        if self.program_flags.is_empty() {
            call
        } else {
            call.words("--").words(self.program_flags)
        }
    }

    /// Returns the path of the program that `build` produced, below the same folder.
    pub(super) fn program(&self, host: &str) -> String {
        let target = self.guest.map_or(host, |guest| guest.target);
        let profile = match self.profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        };
        format!("{target}/{profile}/{PROGRAM}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str) -> &'static Form {
        all().find(|form| form.name == name).expect("a form of this name exists")
    }

    #[test]
    fn forms_have_distinct_names_and_commands() {
        let lines: Vec<String> = all().map(|form| form.build("host", "t").to_string()).collect();
        for (i, form) in all().enumerate() {
            assert!(all().skip(i + 1).all(|other| other.name != form.name), "{}", form.name);
            assert!(!lines[i + 1..].contains(&lines[i]), "{}: {}", form.name, lines[i]);
        }
    }

    #[test]
    fn each_form_is_built_by_one_command() {
        assert_eq!(
            form("static").build("host", "t").to_string(),
            "RUSTFLAGS='-Ctarget-feature=+crt-static -Crelocation-model=static' cargo rustc \
             --package io-faults --bin io-faults --target host --release --target-dir t"
        );
        let line = form("fat-lto").build("host", "t").to_string();
        assert!(line.starts_with("RUSTFLAGS='' cargo"), "{line}");
        assert!(line.contains(" --config 'profile.release.lto=\"fat\"' "), "{line}");
        let line = form("stripped").build("host", "t").to_string();
        assert!(line.ends_with(" --target-dir t -- -Cstrip=symbols"), "{line}");
        assert_eq!(form("dev").program("host"), "host/debug/io-faults");
        assert_eq!(form("musl").program("host"), "aarch64-unknown-linux-musl/release/io-faults");
    }
}
