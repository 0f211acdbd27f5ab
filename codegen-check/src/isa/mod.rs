//! The instruction sets: the effects of each instruction of a listing, and the registers that a
//! call preserves.
//!
//! Each instruction set has a file; numbers and targets have the same syntax in all of them.

mod aarch64;
mod riscv64;
mod x86_64;

use crate::effect::{Effect, Reg, Source, Target};
use crate::listing::Instruction;

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

    /// Returns the number of bytes that a call pushes on the stack.
    pub(crate) fn return_address(self) -> i64 {
        if self == Arch::X86 { 8 } else { 0 }
    }
}

/// Parses `0x10`, `-0x10`, `16`, `#0x10`.
fn number(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('#');
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest.trim()),
        None => (1, text),
    };
    let magnitude = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok()?,
        None => text.parse().ok()?,
    };
    // Wrapping is intended: numbers are bit patterns.
    Some((magnitude as i64).wrapping_mul(sign))
}

/// Returns the target of a jump or call: from the relocation if there is one, or else from the
/// operand.
fn target(instruction: &Instruction) -> Target {
    if let Some(relocation) = &instruction.relocation {
        return Target::Symbol(relocation.symbol.clone());
    }
    let last = instruction.operands.last().and_then(|text| number(text));
    last.map_or(Target::Unknown, |address| Target::Address(address as u64))
}

/// Returns the address that the linker inserts.
fn program(instruction: &Instruction) -> Source {
    Source::Program(instruction.relocation.as_ref().map(|relocation| relocation.symbol.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parsed_in_decimal_and_hexadecimal() {
        assert_eq!(number("#0x10"), Some(16));
        assert_eq!(number("-0x8"), Some(-8));
        assert_eq!(number("12"), Some(12));
        assert_eq!(number("0xffffffffffffffff"), Some(-1));
        assert_eq!(number("eax"), None);
        assert_eq!(number(""), None);
    }
}
