//! For which machines the probes are compiled, and how.

use super::effect::{Effect, Reg};
use super::listing::Instruction;
use super::{aarch64, riscv64, x86_64};

/// An instruction set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arch {
    X86,
    Arm,
    Riscv,
}

impl Arch {
    pub(crate) fn effect(self, instruction: &Instruction) -> Effect {
        match self {
            Arch::X86 => x86_64::effect(instruction),
            Arch::Arm => aarch64::effect(instruction),
            Arch::Riscv => riscv64::effect(instruction),
        }
    }

    pub(crate) fn uses_vectors(self, instruction: &Instruction) -> bool {
        match self {
            Arch::X86 => x86_64::uses_vectors(instruction),
            Arch::Arm => aarch64::uses_vectors(instruction),
            Arch::Riscv => riscv64::uses_vectors(instruction),
        }
    }

    pub(crate) fn stack_pointer(self) -> Reg {
        match self {
            Arch::X86 => x86_64::STACK_POINTER,
            Arch::Arm => aarch64::STACK_POINTER,
            Arch::Riscv => riscv64::STACK_POINTER,
        }
    }

    pub(crate) fn arguments(self) -> [Reg; 6] {
        match self {
            Arch::X86 => x86_64::ARGUMENTS,
            Arch::Arm => aarch64::ARGUMENTS,
            Arch::Riscv => riscv64::ARGUMENTS,
        }
    }

    pub(crate) fn clobbered(self) -> &'static [Reg] {
        match self {
            Arch::X86 => &x86_64::CLOBBERED,
            Arch::Arm => &aarch64::CLOBBERED,
            Arch::Riscv => &riscv64::CLOBBERED,
        }
    }

    /// What a call puts on the stack.
    pub(crate) fn return_address(self) -> i64 {
        if self == Arch::X86 { 8 } else { 0 }
    }
}

/// A machine that the probes are compiled for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Machine {
    /// rustc's name.
    pub(crate) triple: &'static str,
    /// The column of the table.
    pub(crate) short: &'static str,
    pub(crate) arch: Arch,
    /// Whether vector registers are somebody else's: those of the program that
    /// the kernel interrupted.
    pub(crate) is_kernel: bool,
}

/// All machines: userspace first, then those without an operating system.
pub(crate) const MACHINES: [Machine; 4] = [
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

/// How the probes are compiled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// The name of cargo's profile.
    pub(crate) profile: &'static str,
    /// As TOML.
    pub(crate) opt_level: &'static str,
    /// As TOML.
    pub(crate) lto: &'static str,
    /// The name in tables.
    pub(crate) short: &'static str,
}

impl Level {
    /// Whether the code is optimised.
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

#[cfg(test)]
mod tests {
    use super::MACHINES;
    use crate::setup::BARE_METAL;

    #[test]
    fn setup_gets_every_target() {
        for machine in MACHINES.iter().filter(|machine| machine.triple.contains("-none")) {
            assert!(BARE_METAL.contains(&machine.triple), "{}", machine.triple);
        }
    }
}
