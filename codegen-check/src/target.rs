//! The machines that the probes are compiled for, and the optimisation levels.

use crate::isa::Arch;

/// A machine that the probes are compiled for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Machine {
    /// The target triple of rustc.
    pub(crate) triple: &'static str,
    /// The title of its column in the table.
    pub(crate) short: &'static str,
    pub(crate) arch: Arch,
    /// `true` if the code is a kernel, in which vector registers belong to the interrupted program.
    pub(crate) is_kernel: bool,
}

/// All machines: userspace first, then those without an operating system.
pub(crate) static MACHINES: [Machine; 4] = [
    Machine {
        triple: "x86_64-unknown-linux-gnu",
        short: "x86-64",
        arch: Arch::X86,
        is_kernel: false,
    },
    Machine {
        triple: "x86_64-unknown-none",
        short: "x86-64 kernel",
        arch: Arch::X86,
        is_kernel: true,
    },
    Machine { triple: "aarch64-unknown-none", short: "aarch64", arch: Arch::Arm, is_kernel: false },
    Machine {
        triple: "riscv64gc-unknown-none-elf",
        short: "riscv64",
        arch: Arch::Riscv,
        is_kernel: false,
    },
];

/// Returns the machines with these triples; all machines if no triple is given.
pub(crate) fn chosen(triples: &[&str]) -> Result<Vec<&'static Machine>, String> {
    let find = |triple: &&str| {
        let found = MACHINES.iter().find(|machine| machine.triple == *triple);
        found.ok_or_else(|| format!("the probes are not checked for the target `{triple}`"))
    };
    match triples {
        [] => Ok(MACHINES.iter().collect()),
        triples => triples.iter().map(find).collect(),
    }
}

/// The settings with which the probes are compiled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// The name of cargo's profile.
    pub(crate) profile: &'static str,
    /// The value in TOML.
    pub(crate) opt_level: &'static str,
    /// The value in TOML.
    pub(crate) lto: &'static str,
    /// The name in tables.
    pub(crate) short: &'static str,
}

impl Level {
    /// Returns whether the code is optimised.
    pub(crate) fn is_optimised(&self) -> bool {
        self.opt_level != "0"
    }

    const fn release(profile: &'static str, opt_level: &'static str, short: &'static str) -> Self {
        Self { profile, opt_level, lto: "false", short }
    }
}

/// All levels, the unoptimised one first.
pub(crate) const LEVELS: [Level; 8] = [
    Level::release("codegen-0", "0", "0"),
    Level::release("codegen-1", "1", "1"),
    Level::release("codegen-2", "2", "2"),
    Level::release("codegen-3", "3", "3"),
    Level::release("codegen-s", "\"s\"", "s"),
    Level::release("codegen-z", "\"z\"", "z"),
    Level { lto: "\"thin\"", ..Level::release("codegen-thin", "3", "thin") },
    Level { lto: "\"fat\"", ..Level::release("codegen-fat", "3", "fat") },
];
