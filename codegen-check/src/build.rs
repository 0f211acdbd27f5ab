//! Compiles the probes and disassembles them.

use std::path::{Path, PathBuf};

use xtask_process::{Call, run};

use crate::Workspace;
use crate::listing::Listing;
use crate::target::{Level, Machine};

/// The package of the probes.
const PACKAGE: &str = "io-probes";

/// The number of codegen units of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Units {
    /// The default number, as in users' builds.
    Default,
    /// One, so that inlining does not depend on the division into units, which depends on the size
    /// of all functions.
    One,
}

/// Compiles the probes at one level, for these machines.
pub(crate) fn compile(
    workspace: &Workspace<'_>,
    level: &Level,
    units: Units,
    machines: &[&'static Machine],
) -> Result<(), String> {
    for call in calls(level, units, machines) {
        let output = run::streamed(&call, workspace.root);
        if let Some(failure) = output.failure {
            return Err(format!(
                "the probes cannot be compiled: `{call}` {failure}\n{}",
                output.all
            ));
        }
    }
    Ok(())
}

/// Compiles the functions of the table of instructions for a target on which no rule is checked.
pub(crate) fn compile_for(
    workspace: &Workspace<'_>,
    level: &Level,
    triple: &str,
) -> Result<(), String> {
    let call = cargo_build(level, Units::Default).words("--target").words(triple);
    run::answer(&call, workspace.root).map(drop)
}

/// Returns the commands that compile the probes at a level.
///
/// There can be two, because cargo gives all targets of one command the same features: the host's
/// io-core has the feature `std`.
fn calls(level: &Level, units: Units, machines: &[&'static Machine]) -> Vec<Call> {
    let (hosted, bare): (Vec<&Machine>, Vec<&Machine>) =
        machines.iter().partition(|machine| !machine.triple.contains("-none"));
    let groups = [hosted, bare].into_iter().filter(|machines| !machines.is_empty());
    let call = |machines: Vec<&Machine>| {
        let call = cargo_build(level, units);
        machines.iter().fold(call, |call, machine| call.words("--target").words(machine.triple))
    };
    groups.map(call).collect()
}

/// Returns the command that compiles the probes at a level, without targets.
fn cargo_build(level: &Level, units: Units) -> Call {
    let profile = level.profile;
    let mut call = Call::new("cargo", "build --quiet --package").words(PACKAGE);
    call = call.words("--profile").words(profile);
    for (key, value) in [
        ("inherits", "\"release\"".to_owned()),
        ("opt-level", level.opt_level.to_owned()),
        ("lto", level.lto.to_owned()),
        ("panic", "\"abort\"".to_owned()),
        ("incremental", "false".to_owned()),
    ] {
        call = call.words("--config").argument(format!("profile.{profile}.{key}={value}"));
    }
    if units == Units::One {
        call = call.words("--config").argument(format!("profile.{profile}.codegen-units=1"));
    }
    call
}

/// The programs of the component `llvm-tools` of the pinned toolchain.
#[derive(Debug)]
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// Finds the programs; returns an error with instructions if they are not installed.
    pub(crate) fn find(workspace: &Workspace<'_>) -> Result<Self, String> {
        let ask = |what: &str| {
            let call = Call::new("rustc", "").argument(format!("+{}", workspace.channel));
            let answer = run::answer(&call.words("--print").words(what), workspace.root)?;
            Ok::<String, String>(answer.trim().to_owned())
        };
        let host = ask("host-tuple")?;
        let folder = Path::new(&ask("sysroot")?).join("lib/rustlib").join(host).join("bin");
        for name in ["llvm-objdump", "llvm-ar"] {
            if !folder.join(name).is_file() {
                return Err(format!(
                    "{} has no {name}: install it with \
                     `rustup component add --toolchain {} llvm-tools` or `cargo xtask setup`",
                    folder.display(),
                    workspace.channel
                ));
            }
        }
        Ok(Self { folder })
    }

    fn call(&self, name: &str) -> Call {
        Call::new(&self.folder.join(name).display().to_string(), "")
    }

    /// Returns the functions of the libraries and of the probes, as compiled.
    ///
    /// Without optimisation, the small functions of `core` that they call are included.
    pub(crate) fn disassemble(
        &self,
        workspace: &Workspace<'_>,
        machine: &Machine,
        level: &Level,
    ) -> Result<Listing, String> {
        let objects = self.extract(workspace, machine.triple, level)?;
        let dump = |names: &[String], symbols: Option<String>| {
            self.dump(workspace, &objects, names, symbols).map_err(|error| {
                format!("{} at opt-level {}: {error}", machine.triple, level.short)
            })
        };
        let mut listing = dump(&objects.ours, None)?;
        for _ in 0..ROUNDS {
            let missing: Vec<&str> =
                listing.missing().into_iter().filter(|name| name.contains("core")).collect();
            if level.is_optimised() || missing.is_empty() || objects.others.is_empty() {
                break;
            }
            let symbols = format!("--disassemble-symbols={}", missing.join(","));
            let more = dump(&objects.others, Some(symbols))?;
            if more.functions.is_empty() {
                break;
            }
            listing.extend(more);
        }
        Ok(listing)
    }

    /// Returns the named functions of the probes, as compiled for any target.
    pub(crate) fn functions(
        &self,
        workspace: &Workspace<'_>,
        triple: &str,
        level: &Level,
        names: &[&str],
    ) -> Result<Listing, String> {
        let objects = self.extract(workspace, triple, level)?;
        let symbols = format!("--disassemble-symbols={}", names.join(","));
        self.dump(workspace, &objects, &objects.ours, Some(symbols))
            .map_err(|error| format!("{triple} at opt-level {}: {error}", level.short))
    }

    /// Extracts the object files that may contain code of the libraries or of the probes.
    fn extract(
        &self,
        workspace: &Workspace<'_>,
        triple: &str,
        level: &Level,
    ) -> Result<Objects, String> {
        let folder = workspace.root.join(workspace.target_dir).join(triple).join(level.profile);
        let archive = folder.join(format!("lib{}.a", PACKAGE.replace('-', "_")));
        let archive = archive.display().to_string();
        let list = self.call("llvm-ar").words("t").argument(archive.clone());
        let names = run::answer(&list, workspace.root)?;
        let chosen = |is_chosen: fn(&str) -> bool| -> Vec<String> {
            names.lines().filter(|name| is_chosen(name)).map(str::to_owned).collect()
        };
        let (ours, others) = (chosen(is_ours), chosen(is_foreign));
        let folder = folder.join("probes");
        make_empty(&folder)?;
        let to = format!("--output={}", folder.display());
        let extract = self.call("llvm-ar").words("x").argument(to).argument(archive);
        let extract = ours.iter().chain(&others).cloned().fold(extract, Call::argument);
        run::answer(&extract, workspace.root)?;
        Ok(Objects { folder, is_x86: triple.starts_with("x86_64"), ours, others })
    }

    /// Disassembles the named object files: all functions, or those that the option `symbols`
    /// selects.
    fn dump(
        &self,
        workspace: &Workspace<'_>,
        objects: &Objects,
        names: &[String],
        symbols: Option<String>,
    ) -> Result<Listing, String> {
        let mut call = self.call("llvm-objdump").words("-d -r --no-show-raw-insn");
        call = call.words("--show-all-symbols");
        if objects.is_x86 {
            call = call.words("-M intel");
        }
        call = symbols.into_iter().fold(call, Call::argument);
        let paths = names.iter().map(|name| objects.folder.join(name).display().to_string());
        Listing::parse(&run::answer(&paths.fold(call, Call::argument), workspace.root)?)
            .map_err(|error| format!("cannot read {error}"))
    }
}

/// Object files of the probes' archive, extracted into a folder.
#[derive(Debug)]
struct Objects {
    folder: PathBuf,
    is_x86: bool,
    /// Names of the files of the libraries and of the probes.
    ours: Vec<String>,
    /// Names of the files of other Rust crates.
    others: Vec<String>,
}

/// The number of rounds in which functions of `core` that are called by functions of `core` are
/// added.
const ROUNDS: usize = 3;

fn make_empty(folder: &Path) -> Result<(), String> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("cannot remove {}: {error}", folder.display()));
        }
        _ => {}
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create {}: {error}", folder.display()))
}

/// Returns whether a file contains Rust code of other crates; generic functions of `core` may be in
/// any of them.
fn is_foreign(file: &str) -> bool {
    file.ends_with(".rcgu.o") && !is_ours(file)
}

/// Returns whether a file of the archive contains code of the libraries or the probes. Names are
/// `CRATE-HASH.CRATE.…`, and `io_probes-HASH.OTHER-HASH.…` after thin LTO.
pub(crate) fn is_ours(file: &str) -> bool {
    let of = file.split('.').nth(1).and_then(|part| part.split('-').next());
    matches!(of, Some("io_probes" | "io_core" | "io_mem"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{LEVELS, MACHINES};

    #[test]
    fn object_files_of_our_crates_are_recognised() {
        for name in [
            "io_probes-0ee.io_probes.dd4-cgu.0.rcgu.o",
            "io_core-78e.io_core.c8d-cgu.0.rcgu.o",
            "io_mem-78e.io_mem.c8d-cgu.0.rcgu.o",
            "io_probes-b9e.io_core-97c.io_core.bdb-cgu.0.rcgu.o.rcgu.o",
        ] {
            assert!(is_ours(name), "{name}");
        }
        for name in [
            "io_probes-b9e.std-d12.std.e28-cgu.0.rcgu.o.rcgu.o",
            "45c91108d938afe8-ucmpti2.o",
            "std-d12.std.e28-cgu.0.rcgu.o",
        ] {
            assert!(!is_ours(name), "{name}");
        }
    }

    #[test]
    fn the_host_is_built_by_a_separate_command() {
        let lines = |machines: &[&'static Machine]| -> Vec<String> {
            let calls = calls(&LEVELS[4], Units::Default, machines);
            calls.iter().map(ToString::to_string).collect()
        };
        let both = lines(&MACHINES.each_ref());
        let [hosted, bare] = &both[..] else { panic!("{both:?}") };
        assert!(hosted.ends_with("--target x86_64-unknown-linux-gnu"), "{hosted}");
        assert!(hosted.contains("'profile.codegen-s.opt-level=\"s\"'"), "{hosted}");
        assert_eq!(bare.matches("--target").count(), 3, "{bare}");
        assert_eq!(lines(&[&MACHINES[0]]), both[..1]);
    }
}
