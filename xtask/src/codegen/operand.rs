//! Numbers and targets as the disassembler writes them.

use super::effect::{Source, Target};
use super::listing::Instruction;

/// `0x10`, `-0x10`, `16`, `#0x10`.
pub(crate) fn number(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('#');
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest.trim()),
        None => (1, text),
    };
    let magnitude = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok()?,
        None => text.parse().ok()?,
    };
    // Wraps on purpose: numbers are bit patterns.
    Some((magnitude as i64).wrapping_mul(sign))
}

/// Where a jump or call goes: the relocation knows better than the operand.
pub(crate) fn target(instruction: &Instruction) -> Target {
    if let Some(relocation) = &instruction.relocation {
        return Target::Symbol(relocation.symbol.clone());
    }
    let last = instruction.operands.last().and_then(|text| number(text));
    last.map_or(Target::Unknown, |address| Target::Address(address as u64))
}

/// The address that the linker puts in.
pub(crate) fn program(instruction: &Instruction) -> Source {
    Source::Program(instruction.relocation.as_ref().map(|relocation| relocation.symbol.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(number("#0x10"), Some(16));
        assert_eq!(number("-0x8"), Some(-8));
        assert_eq!(number("12"), Some(12));
        assert_eq!(number("0xffffffffffffffff"), Some(-1));
        assert_eq!(number("eax"), None);
        assert_eq!(number(""), None);
    }
}
