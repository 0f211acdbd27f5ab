//! Registers and memory operands of x86-64, in Intel's notation.

use crate::codegen::effect::{Address, Reg, VECTOR};
use crate::codegen::operand::number;

/// The general registers that have names of their own, by width.
const NAMES: [[&str; 5]; 8] = [
    ["rax", "eax", "ax", "al", "ah"],
    ["rcx", "ecx", "cx", "cl", "ch"],
    ["rdx", "edx", "dx", "dl", "dh"],
    ["rbx", "ebx", "bx", "bl", "bh"],
    ["rsp", "esp", "sp", "spl", ""],
    ["rbp", "ebp", "bp", "bpl", ""],
    ["rsi", "esi", "si", "sil", ""],
    ["rdi", "edi", "di", "dil", ""],
];

/// A register by any of its names.
pub(super) fn register(name: &str) -> Option<Reg> {
    if let Some(i) = NAMES.iter().position(|names| names.contains(&name)) {
        return (!name.is_empty()).then_some(i as Reg);
    }
    for prefix in ["xmm", "ymm", "zmm"] {
        if let Some(n) = name.strip_prefix(prefix).and_then(|n| n.parse::<Reg>().ok()) {
            return (n < 32).then_some(VECTOR + n);
        }
    }
    let n: Reg = name.strip_prefix('r')?.trim_end_matches(['b', 'w', 'd']).parse().ok()?;
    (8..16).contains(&n).then_some(n)
}

/// A memory operand: its width and address.
pub(super) fn memory(text: &str) -> Option<(u32, Address)> {
    let (size, inner) = text.split_once('[')?;
    let inner = inner.strip_suffix(']')?;
    let bits = match size.trim().trim_end_matches(" ptr").trim_end_matches(" fs:") {
        "byte" => 8,
        "word" => 16,
        "dword" => 32,
        "xmmword" => 128,
        "ymmword" => 256,
        "zmmword" => 512,
        _ => 64,
    };
    let mut address = Address { fixed: size.contains("fs:"), ..Address::default() };
    for part in inner.replace("- ", "+ -").split('+').map(str::trim) {
        if part == "rip" {
            address.fixed = true;
        } else if let Some((scale, index)) = part.split_once('*') {
            address.index = Some(register(index)?);
            address.scale = number(scale)?;
        } else if let Some(name) = register(part) {
            if address.base.is_none() {
                address.base = Some(name);
            } else {
                address.index = Some(name);
                address.scale = 1;
            }
        } else {
            address.offset = address.offset.wrapping_add(number(part)?);
        }
    }
    Some((bits, address))
}
