//! The list of suites: what each runs, and what it takes for that to be right.

use crate::call::Call;
use crate::guests::{AARCH64, ARM, Guest, RISCV64};
use crate::project::Project;
use crate::setup::{BARE_METAL, NIGHTLY, Need};
use crate::tree::{Allowed, WITH_DERIVE, WITHOUT_DERIVE};

/// Commands that stand or fall together.
#[derive(Debug)]
pub(crate) struct Suite {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// What it shows, in a line.
    pub(crate) about: &'static str,
    /// What the machine must have.
    pub(crate) needs: &'static [Need],
    /// The commands, in their order; each is run whatever the others did.
    pub(crate) steps: Vec<Step>,
}

/// A command and what is asked of it.
#[derive(Debug)]
pub(crate) struct Step {
    /// The command.
    pub(crate) call: Call,
    /// What is asked besides a good end.
    pub(crate) expect: Expect,
}

/// What is asked of a command besides a good end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// Nothing.
    Success,
    /// Tests ran, and each test that there is ran.
    Tests,
    /// Tests ran; blocks marked `ignore` are no tests.
    Doctests,
    /// Tests ran so many times, at once: their outputs are mixed up.
    Repeated(usize),
    /// A report that is the same for every step of the suite that has one.
    Report,
    /// A dependency tree of these crates alone.
    Tree(&'static Allowed),
}

impl Suite {
    /// Whether it runs on one processor, most of the time: others may run beside it.
    pub(crate) fn is_interpreted(&self) -> bool {
        self.needs.contains(&Need::Nightly)
    }

    /// Whether its tests are counted; if not, the suite is one check.
    pub(crate) fn is_counted(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.expect, Expect::Tests | Expect::Doctests))
    }
}

/// The tests that can run on a machine that is not the host: no system emulation, and no compiler
/// (the tests that need one leave themselves out, with `cfg`).
const PORTABLE: &str = "-p io-mem -p io-core -p io-sim -p io-examples --no-fail-fast --lib --tests \
     --no-default-features --features io-core/derive,io-core/std,io-mem/std,io-sim/std,io-examples/std";

/// Every suite, the quick ones first.
pub(crate) fn all(project: &Project) -> Vec<Suite> {
    vec![
        fmt(),
        clippy(),
        doc(),
        test(),
        release(),
        lto(project),
        doctest(),
        edu(),
        guest(),
        msrv(project),
        cross(),
        codegen(),
        matrix(),
        miri(project, "miri", "undefined behaviour, on the host", None),
        miri(project, "miri-s390x", "the same, big-endian", Some("s390x-unknown-linux-gnu")),
        miri(project, "miri-i686", "the same, 32-bit", Some("i686-unknown-linux-gnu")),
        seeds(project),
        mutants(),
        fuzz(),
        emulated(&AARCH64, &[Need::Pinned, Need::Guest(&AARCH64)]),
        emulated(&RISCV64, &[Need::Pinned, Need::Guest(&RISCV64)]),
        emulated(&ARM, &[Need::Pinned, Need::Guest(&ARM)]),
    ]
}

fn fmt() -> Suite {
    Suite {
        name: "fmt",
        about: "the code is formatted",
        needs: &[Need::Pinned],
        steps: vec![
            succeeds("fmt --all --check"),
            succeeds("fmt --manifest-path io-macros/fuzz/Cargo.toml --check"),
        ],
    }
}

fn clippy() -> Suite {
    Suite {
        name: "clippy",
        about: "no warning, with all features and with none",
        needs: &[Need::Pinned],
        steps: vec![
            succeeds("clippy --workspace --all-targets --all-features -- -D warnings"),
            succeeds("clippy -p io-mem --no-default-features -- -D warnings"),
            succeeds("clippy -p io-core --no-default-features -- -D warnings"),
            succeeds("clippy -p io-sim --no-default-features -- -D warnings"),
        ],
    }
}

fn doc() -> Suite {
    let call = cargo("doc --workspace --no-deps --all-features");
    Suite {
        name: "doc",
        about: "the documentation builds without a warning",
        needs: &[Need::Pinned],
        steps: vec![step(call.variable("RUSTDOCFLAGS", "-Dwarnings"), Expect::Success)],
    }
}

fn test() -> Suite {
    let line = "test --workspace --all-features --no-fail-fast --lib --bins --tests --examples";
    Suite {
        name: "test",
        about: "unit and integration tests, also in rust-analyzer and on QEMU's device models",
        needs: &[Need::Pinned, Need::Qemu, Need::CargoExpand, Need::LibrarySources],
        steps: vec![step(cargo(line), Expect::Tests)],
    }
}

/// Nothing depends on the optimiser; the tests of what it could break run with it as well.
fn release() -> Suite {
    let line = "test --release -p io-mem -p io-core -p io-sim -p io-examples --all-features \
                --no-fail-fast --tests";
    Suite {
        name: "release",
        about: "the library's and the drivers' tests, optimised",
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![step(cargo(line), Expect::Tests)],
    }
}

/// All crates are one to the optimiser: what it can break at all, it breaks here.
fn lto(project: &Project) -> Suite {
    let line = "test --release -p io-mem -p io-core --all-features --no-fail-fast --test double_fetch \
                --test stepping --config";
    let call = cargo(line).argument("profile.release.lto=\"fat\"".to_owned());
    let call = call.words("--config profile.release.codegen-units=1 --target-dir");
    let call = call.argument(format!("{}/lto", project.target_dir));
    Suite {
        name: "lto",
        about: "each byte of a copy is accessed once, with link-time optimisation",
        needs: &[Need::Pinned],
        steps: vec![step(call, Expect::Tests)],
    }
}

fn doctest() -> Suite {
    let line = "test --workspace --all-features --no-fail-fast --doc";
    Suite {
        name: "doctest",
        about: "the examples in the documentation",
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![step(cargo(line), Expect::Doctests)],
    }
}

/// The commands are those of the README, word for word.
fn edu() -> Suite {
    Suite {
        name: "edu",
        about: "the main program reports the same on the simulated device and on QEMU's",
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![
            step(cargo("run --bin edu"), Expect::Report),
            step(cargo("run --bin edu -- --qemu"), Expect::Report),
        ],
    }
}

/// The kernel is no program of the host, so that other suites do not see its code.
fn guest() -> Suite {
    Suite {
        name: "guest-x86_64",
        about: "fallible copies survive page faults in a kernel of its own",
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![
            succeeds("clippy -p io-guest --target x86_64-unknown-none -- -D warnings"),
            step(cargo("xtask guest"), Expect::Tests),
        ],
    }
}

/// Libraries and programs alone: what the tests need may be newer.
fn msrv(project: &Project) -> Suite {
    let call = Call::new("cargo", "").argument(format!("+{}", project.msrv));
    let call = call.words("check --workspace --all-features --target-dir");
    Suite {
        name: "msrv",
        about: "the oldest supported compiler takes the code",
        needs: &[Need::Msrv],
        steps: vec![step(call.argument(format!("{}/msrv", project.target_dir)), Expect::Success)],
    }
}

fn cross() -> Suite {
    let mut steps = Vec::new();
    for target in BARE_METAL {
        for what in [
            "io-mem",
            "io-core",
            "io-core --no-default-features",
            "io-sim --no-default-features",
            "io-examples --no-default-features --lib",
        ] {
            steps.push(succeeds(&format!("build -p {what} --target {target}")));
        }
        for (features, allowed) in [("", &WITH_DERIVE), ("--no-default-features", &WITHOUT_DERIVE)]
        {
            let tree = cargo("tree -p io-core -e normal --prefix depth --no-dedupe --target");
            steps.push(step(tree.words(target).words(features), Expect::Tree(allowed)));
        }
    }
    Suite {
        name: "cross",
        about: "builds for bare metal, with no dependency that is not meant to be there",
        needs: &[Need::Pinned],
        steps,
    }
}

/// A call of Miri.
///
/// It keeps its own target folder, `miri` in the shared one, without being told. Its standard
/// library goes there as well: the user's cache is shared by all versions of Miri.
fn interpreted(project: &Project, line: &str, flags: &str) -> Call {
    let cache = project.root.join(&project.target_dir).join("miri-cache");
    let call = cargo(line).variable("MIRIFLAGS", flags);
    call.variable("XDG_CACHE_HOME", cache.display().to_string())
}

/// The tests of threads that meet, in many interleavings, on each machine that Miri plays.
fn seeds(project: &Project) -> Suite {
    let line = format!(
        "+{NIGHTLY} miri test -p io-core --no-default-features --features derive,std \
         --test behaviour"
    );
    let flags = format!("-Zmiri-strict-provenance -Zmiri-many-seeds=0..{SEEDS}");
    let tests = "-- races::one_value races::memory page::what";
    let step_for = |target: &str| {
        let call = interpreted(project, &line, &format!("{flags} -Zmiri-tree-borrows"));
        step(call.words(target).words(tests), Expect::Repeated(SEEDS))
    };
    Suite {
        name: "miri-seeds",
        about: "races, in many interleavings",
        needs: &[Need::Nightly],
        steps: ["", "--target s390x-unknown-linux-gnu", "--target i686-unknown-linux-gnu"]
            .map(step_for)
            .into(),
    }
}

/// How many interleavings of one test Miri tries.
const SEEDS: usize = 8;

/// Counts one test for each mutation.
fn mutants() -> Suite {
    Suite {
        name: "mutants",
        about: "the proofs of instructions, copies and order fail where a library is broken",
        needs: &[Need::Pinned],
        steps: vec![step(cargo("xtask mutants"), Expect::Tests)],
    }
}

/// Counts one test for each target. A change is judged by what it does, not by luck: the inputs are
/// the same each time, and who looks for more runs it by hand.
fn fuzz() -> Suite {
    Suite {
        name: "fuzz",
        about: "the macros take odd tokens without a panic, and accept what they should",
        needs: &[Need::Pinned, Need::Cxx],
        steps: vec![step(cargo("xtask fuzz 30 --same"), Expect::Tests)],
    }
}

fn miri(project: &Project, name: &'static str, about: &'static str, target: Option<&str>) -> Suite {
    let line = format!("+{NIGHTLY} miri test -p ui-tests {PORTABLE}");
    let call = interpreted(project, &line, "-Zmiri-strict-provenance -Zmiri-tree-borrows");
    let call = target.map_or(call.clone(), |target| call.words("--target").words(target));
    Suite { name, about, needs: &[Need::Nightly], steps: vec![step(call, Expect::Tests)] }
}

/// Counts one test for each probe, machine and level.
fn codegen() -> Suite {
    Suite {
        name: "codegen",
        about: "the instructions are the stated ones, for every target at every opt-level",
        needs: &[Need::Pinned],
        steps: vec![step(cargo("xtask codegen"), Expect::Tests)],
    }
}

/// Counts one test for each form.
fn matrix() -> Suite {
    Suite {
        name: "matrix",
        about: "faults are recovered from in a program of every build form",
        needs: &[Need::Pinned, Need::StaticC, Need::Guest(&AARCH64)],
        steps: vec![step(cargo("xtask matrix"), Expect::Tests)],
    }
}

/// The optimiser decides about registers and inlining, so that a wrong operand of an `asm!` may
/// show only in optimised code, or only without.
fn emulated(guest: &Guest, needs: &'static [Need]) -> Suite {
    let debug = format!("test -p ui-tests {PORTABLE}");
    let release = format!("test --release {PORTABLE}");
    let steps = [debug, release].map(|line| step(guest.call(&line), Expect::Tests)).into();
    Suite { name: guest.suite, about: guest.about, needs, steps }
}

fn cargo(arguments: &str) -> Call {
    Call::new("cargo", arguments)
}

fn step(call: Call, expect: Expect) -> Step {
    Step { call, expect }
}

fn succeeds(arguments: &str) -> Step {
    step(cargo(arguments), Expect::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suite_has_its_own_name_and_something_to_do() {
        let suites = all(&Project::sample());
        for (i, suite) in suites.iter().enumerate() {
            assert!(!suite.steps.is_empty() && !suite.needs.is_empty(), "{}", suite.name);
            assert!(suites[..i].iter().all(|other| other.name != suite.name), "{}", suite.name);
        }
    }

    #[test]
    fn other_toolchains_are_called_by_name_and_are_needed() {
        for suite in all(&Project::sample()) {
            for step in &suite.steps {
                let line = step.call.to_string();
                let need = match line.split_whitespace().find(|word| word.starts_with('+')) {
                    Some("+1.88.0") => Need::Msrv,
                    Some(name) if name[1..] == *NIGHTLY => Need::Nightly,
                    Some(other) => panic!("{other} is no toolchain that setup gets"),
                    None => Need::Pinned,
                };
                assert!(suite.needs.contains(&need), "{line}");
            }
        }
    }
}
