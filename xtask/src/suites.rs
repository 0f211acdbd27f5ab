//! The list of suites: the commands of each, and their requirements.

use xtask_process::Call;

use crate::docs;
use crate::guests::{AARCH64, ARM, Guest, RISCV64};
use crate::miri;
use crate::project::Project;
use crate::setup::{BARE_METAL, Need};
use crate::suite::{Expect, Speed, Step, Suite};
use crate::tree::{IO_MEM, WITH_DERIVE, WITHOUT_DERIVE};

/// The tests in which instructions and layouts matter, of a machine that may differ from the host. They
/// need no system emulation and no compiler (tests that need one exclude themselves with `cfg`).
const MACHINE: &str = "-p io-mem -p io-core --no-fail-fast --lib --tests \
     --no-default-features --features io-mem/std,io-core/derive,io-core/std";

/// The tests of the crate that contains the instructions.
const INSTRUCTIONS: &str = "-p io-mem --no-fail-fast --lib --tests --all-features";

/// Returns all suites, the quick ones first.
pub(crate) fn all(project: &Project) -> Vec<Suite> {
    vec![
        fmt(),
        clippy(),
        test(),
        doctest(),
        edu(),
        guest(),
        structure(),
        codegen("codegen", Speed::Quick, 2, "3"),
        docs::suite(project),
        features(),
        expand(),
        editor(),
        blocks(),
        benches(),
        release(),
        lto(project),
        msrv(project),
        cross(),
        codegen("codegen-deep", Speed::Deep, 8, "0 1 2 s z fat"),
        matrix(),
        miri::full(project, "miri", "undefined behaviour, on the host", "", 9),
        miri::full(
            project,
            "miri-s390x",
            "undefined behaviour, big-endian",
            "s390x-unknown-linux-gnu",
            7,
        ),
        miri::full(
            project,
            "miri-i686",
            "undefined behaviour, 32-bit",
            "i686-unknown-linux-gnu",
            4,
        ),
        miri::seeds(project),
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
        speed: Speed::Quick,
        minutes: 0,
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
        about: "no warnings with all features",
        speed: Speed::Quick,
        minutes: 2,
        needs: &[Need::Pinned],
        steps: vec![succeeds(
            "clippy --workspace --exclude io-blocks --exclude io-bench --all-targets --all-features \
             -- -D warnings",
        )],
    }
}

fn features() -> Suite {
    Suite {
        name: "features",
        about: "no warnings with no features, `alloc` only and `std` only",
        speed: Speed::Deep,
        minutes: 2,
        needs: &[Need::Pinned],
        steps: vec![
            succeeds("clippy -p io-mem --no-default-features -- -D warnings"),
            succeeds("clippy -p io-core --no-default-features -- -D warnings"),
            succeeds("clippy -p io-core --no-default-features --features alloc -- -D warnings"),
            succeeds("clippy -p io-core --no-default-features --features std -- -D warnings"),
            succeeds("clippy -p io-sim --no-default-features -- -D warnings"),
        ],
    }
}

fn test() -> Suite {
    let line = "test --workspace --exclude ui-expand --exclude io-blocks --exclude io-bench --all-features \
                --no-fail-fast --lib --bins --tests --examples -- --skip rust_analyzer_supports";
    Suite {
        name: "test",
        about: "unit and integration tests, also on QEMU's device models",
        speed: Speed::Quick,
        minutes: 9,
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![step(cargo(line), Expect::Tests)],
    }
}

/// Deep, because compiling cargo-expand takes minutes.
fn expand() -> Suite {
    Suite {
        name: "expand",
        about: "the expansions of macro calls as users write them",
        speed: Speed::Deep,
        minutes: 1,
        needs: &[Need::Pinned, Need::CargoExpand],
        steps: vec![step(cargo("test -p ui-expand --no-fail-fast --tests"), Expect::Tests)],
    }
}

/// Deep, because rust-analyzer takes minutes to load the standard library and the package.
fn editor() -> Suite {
    Suite {
        name: "editor",
        about: "completion, navigation and errors in rust-analyzer",
        speed: Speed::Deep,
        minutes: 3,
        needs: &[Need::Pinned, Need::LibrarySources],
        steps: vec![step(cargo("test -p ui-tests --test editor"), Expect::Tests)],
    }
}

/// Deep, because compiling the blocks takes a minute.
fn blocks() -> Suite {
    Suite {
        name: "blocks",
        about: "random blocks are accessed as a simple model computes",
        speed: Speed::Deep,
        minutes: 1,
        needs: &[Need::Pinned],
        steps: vec![step(cargo("test -p io-blocks --no-fail-fast --tests"), Expect::Tests)],
    }
}

/// Deep, because its peers and its plots take half a minute to compile.
fn benches() -> Suite {
    let line = "test -p io-bench --all-features --no-fail-fast --lib --bins --tests";
    Suite {
        name: "benches",
        about: "the benchmarks measure what they state, without warnings",
        speed: Speed::Deep,
        minutes: 2,
        needs: &[Need::Pinned],
        steps: vec![
            succeeds("clippy -p io-bench --all-targets --all-features -- -D warnings"),
            step(cargo(line), Expect::Tests),
        ],
    }
}

/// Contains the tests of code that the optimiser could break: `stepping`, `double_fetch`, `fault`.
fn release() -> Suite {
    let line = "test --release -p io-mem -p io-core --all-features --no-fail-fast --tests";
    Suite {
        name: "release",
        about: "the tests of accesses and copies, optimised",
        speed: Speed::Deep,
        minutes: 3,
        needs: &[Need::Pinned],
        steps: vec![step(cargo(line), Expect::Tests)],
    }
}

/// With LTO the optimiser sees all crates as one, which is where it could break most.
fn lto(project: &Project) -> Suite {
    let line = "test --release -p io-mem -p io-core --all-features --no-fail-fast \
                --test double_fetch --test stepping --config";
    let call = cargo(line).argument("profile.release.lto=\"fat\"".to_owned());
    let call = call.words("--config profile.release.codegen-units=1 --target-dir");
    let call = call.argument(format!("{}/lto", project.target_dir));
    Suite {
        name: "lto",
        about: "each byte of a copy is accessed once, with link-time optimisation",
        speed: Speed::Deep,
        minutes: 4,
        needs: &[Need::Pinned],
        steps: vec![step(call, Expect::Tests)],
    }
}

fn doctest() -> Suite {
    let line = "test --workspace --exclude io-bench --all-features --no-fail-fast --doc";
    Suite {
        name: "doctest",
        about: "the examples in the documentation",
        speed: Speed::Quick,
        minutes: 1,
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![step(cargo(line), Expect::Doctests)],
    }
}

/// The first two commands are literally those of the README.
fn edu() -> Suite {
    Suite {
        name: "edu",
        about: "the main program prints the same report on the simulated device and on QEMU, and the \
                README shows its trace",
        speed: Speed::Quick,
        minutes: 1,
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![
            step(cargo("run --bin edu"), Expect::Report),
            step(cargo("run --bin edu -- --qemu"), Expect::Report),
            succeeds("xtask picture --check"),
        ],
    }
}

/// The kernel is not a program of the host, so other suites do not build it.
fn guest() -> Suite {
    Suite {
        name: "guest-x86_64",
        about: "fallible copies recover from page faults in a bare-metal kernel",
        speed: Speed::Quick,
        minutes: 1,
        needs: &[Need::Pinned, Need::Qemu],
        steps: vec![
            succeeds("clippy -p io-guest --target x86_64-unknown-none -- -D warnings"),
            step(cargo("xtask guest"), Expect::Tests),
        ],
    }
}

/// Counts two tests for each library (paths and sections), one for the globs of two, one for the
/// lengths of files, one for the prose of each top-level folder, and one for the links.
fn structure() -> Suite {
    Suite {
        name: "structure",
        about: "public items, imports of modules, length of files, writing style, links of Markdown",
        speed: Speed::Quick,
        minutes: 1,
        needs: &[Need::Pinned],
        steps: vec![
            step(cargo("xtask paths"), Expect::Tests),
            step(cargo("xtask layers"), Expect::Tests),
            step(cargo("xtask prose"), Expect::Tests),
            docs::markdown_links(),
        ],
    }
}

/// Only libraries and programs: the tests may need a newer compiler.
fn msrv(project: &Project) -> Suite {
    let call = Call::new("cargo", "").argument(format!("+{}", project.msrv));
    let call = call.words("check --workspace --all-features --target-dir");
    Suite {
        name: "msrv",
        about: "the oldest supported compiler accepts the code",
        speed: Speed::Deep,
        minutes: 1,
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
        for (package, allowed) in [
            ("io-mem", &IO_MEM),
            ("io-core", &WITH_DERIVE),
            ("io-core --no-default-features", &WITHOUT_DERIVE),
        ] {
            let tree = cargo("tree -e normal --prefix depth --no-dedupe --target");
            let tree = tree.words(target).words("-p").words(package);
            steps.push(step(tree, Expect::Tree(allowed)));
        }
    }
    Suite {
        name: "cross",
        about: "builds for bare metal, with the allowed dependencies only",
        speed: Speed::Deep,
        minutes: 3,
        needs: &[Need::Pinned],
        steps,
    }
}

/// Counts one test for each mutation.
fn mutants() -> Suite {
    Suite {
        name: "mutants",
        about: "the checks of instructions, copies and order detect errors in a library",
        speed: Speed::Deep,
        minutes: 8,
        needs: &[Need::Pinned],
        steps: vec![step(cargo("xtask mutants"), Expect::Tests)],
    }
}

/// Counts one test for each target. The result must depend only on the change, so the inputs are
/// the same each time; longer searches are started by hand.
fn fuzz() -> Suite {
    Suite {
        name: "fuzz",
        about: "the macros do not panic on unusual tokens and accept the documented grammar",
        speed: Speed::Deep,
        minutes: 4,
        needs: &[Need::Pinned, Need::Cxx],
        steps: vec![step(cargo("xtask fuzz 30 --same"), Expect::Tests)],
    }
}

/// Counts one test for each probe, machine and level.
fn codegen(name: &'static str, speed: Speed, minutes: u32, levels: &str) -> Suite {
    Suite {
        name,
        about: "the instructions are the stated ones, for every target at these opt-levels",
        speed,
        minutes,
        needs: &[Need::Pinned],
        steps: vec![step(cargo("xtask codegen").words(levels), Expect::Tests)],
    }
}

/// Counts one test for each form.
fn matrix() -> Suite {
    Suite {
        name: "matrix",
        about: "programs of every build form recover from faults",
        speed: Speed::Deep,
        minutes: 3,
        needs: &[Need::Pinned, Need::StaticC, Need::Guest(&AARCH64)],
        steps: vec![step(cargo("xtask matrix"), Expect::Tests)],
    }
}

/// The optimiser decides about registers and inlining, so a wrong operand of an `asm!` may cause
/// failures only in optimised code, or only in unoptimised code. The tests of all accesses are not
/// optimised, because compiling them takes minutes; `codegen` checks their instructions at each level.
fn emulated(guest: &Guest, needs: &'static [Need]) -> Suite {
    let steps = [format!("test {MACHINE}"), format!("test --release {INSTRUCTIONS}")]
        .map(|line| step(guest.call(&line), Expect::Tests))
        .into();
    Suite { name: guest.suite, about: guest.about, speed: Speed::Deep, minutes: 6, needs, steps }
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
    use crate::setup::NIGHTLY;

    #[test]
    fn suites_have_distinct_names_steps_and_needs() {
        let suites = all(&Project::sample());
        for (i, suite) in suites.iter().enumerate() {
            assert!(!suite.steps.is_empty() && !suite.needs.is_empty(), "{}", suite.name);
            assert!(suites[..i].iter().all(|other| other.name != suite.name), "{}", suite.name);
        }
    }

    #[test]
    fn suites_require_the_toolchains_that_they_call() {
        for suite in all(&Project::sample()) {
            for step in &suite.steps {
                let line = step.call.to_string();
                let need = match line.split_whitespace().find(|word| word.starts_with('+')) {
                    Some("+1.88.0") => Need::Msrv,
                    Some(name) if name[1..] == *NIGHTLY => Need::Nightly,
                    Some(other) => panic!("{other} is not a toolchain that setup installs"),
                    None => Need::Pinned,
                };
                assert!(suite.needs.contains(&need), "{line}");
            }
        }
    }
}
