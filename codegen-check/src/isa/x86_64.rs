//! x86-64 instructions, in Intel syntax.

use super::{number, program, target};
use crate::effect::{
    Access, Address, Combine, Effect, Flow, Form, Kind, Reg, Source, Target, VECTOR,
};
use crate::listing::Instruction;

pub(crate) const STACK_POINTER: Reg = 4;
const RAX: Reg = 0;
const RCX: Reg = 1;
const RDX: Reg = 2;
const RSI: Reg = 6;
const RDI: Reg = 7;
/// The argument registers of the System V calling convention.
pub(crate) const ARGUMENTS: [Reg; 6] = [RDI, RSI, RDX, RCX, 8, 9];
/// The registers that a call does not preserve.
pub(crate) const CLOBBERED: [Reg; 9] = [RAX, RCX, RDX, RSI, RDI, 8, 9, 10, 11];

/// The general registers that have individual names, by width.
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

/// Parses a register in any of its names.
fn register(name: &str) -> Option<Reg> {
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

/// Parses a memory operand into its width and address.
fn memory(text: &str) -> Option<(u32, Address)> {
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

/// Returns whether an instruction uses a vector register.
pub(crate) fn uses_vectors(instruction: &Instruction) -> bool {
    instruction.operands.iter().any(|text| register(text).is_some_and(|r| r >= VECTOR))
}

/// Returns every register that an operand names.
fn named(operands: &[String]) -> Vec<Reg> {
    let word = |c: char| !c.is_ascii_alphanumeric();
    operands.iter().flat_map(|text| text.split(word)).filter_map(register).collect()
}

/// Returns the effects of an instruction.
pub(crate) fn effect(instruction: &Instruction) -> Effect {
    let mnemonic = instruction.mnemonic.as_str();
    let operands = &instruction.operands;
    let (prefix, name) = match mnemonic.split_once(' ') {
        Some((prefix, name)) => (prefix, name.trim()),
        None => ("", mnemonic),
    };
    if prefix.starts_with("rep") {
        return repeated(name);
    }
    if prefix == "lock" || name == "lock" {
        return Effect { fence: Some("lock".to_owned()), ..atomic(operands) };
    }
    match name {
        "mfence" | "lfence" | "sfence" => Effect::fence(name.to_owned()),
        "ret" | "retq" => Effect::flow(Flow::Return),
        "ud2" | "int3" | "hlt" | "ud1" => Effect::flow(Flow::Trap),
        "nop" | "endbr64" | "cld" | "std" | "pause" | "cdqe" | "cwde" | "data16" => {
            Effect::nothing()
        }
        "call" => match register(&operands[0]) {
            Some(r) => Effect::flow(Flow::Call(Target::Register(r))),
            None => Effect::flow(Flow::Call(target(instruction))),
        },
        "jmp" if instruction.relocation.is_none() && number(&operands[0]).is_none() => {
            Effect::flow(Flow::Computed)
        }
        "jmp" => Effect::flow(Flow::Jump(target(instruction))),
        "push" => push(&operands[0]),
        "pop" => Effect::access(Access::load(
            64,
            Address::of(STACK_POINTER, 0),
            Form::Plain,
            register(&operands[0]),
        ))
        .and_set(STACK_POINTER, Source::Plus(STACK_POINTER, 8)),
        _ if name.starts_with('j') && instruction.relocation.is_some() => {
            Effect::flow(Flow::BranchOut(target(instruction)))
        }
        _ if name.starts_with('j') => operands
            .first()
            .and_then(|text| number(text))
            .map_or(Effect::flow(Flow::Computed), |to| Effect::flow(Flow::Branch(to as u64))),
        _ => data(name, instruction),
    }
}

fn push(operand: &str) -> Effect {
    let at = Address::of(STACK_POINTER, -8);
    let store = Access::store(64, at, Form::Plain, register(operand));
    let effect = match memory(operand) {
        Some((bits, from)) => {
            Effect::access(Access::load(bits, from, Form::Folded, None)).and_access(store)
        }
        None => Effect::access(store),
    };
    effect.and_set(STACK_POINTER, Source::Plus(STACK_POINTER, -8))
}

/// Returns the effects of `rep movsb` and similar instructions.
fn repeated(name: &str) -> Effect {
    let bits = match name.as_bytes().get(4) {
        Some(b'b') => 8,
        Some(b'w') => 16,
        Some(b'd') => 32,
        _ => 64,
    };
    let load = Access::load(bits, Address::of(RSI, 0), Form::Repeated, None);
    let store = Access::store(bits, Address::of(RDI, 0), Form::Repeated, None);
    let effect = match &name[..4.min(name.len())] {
        "movs" => Effect::access(load).and_access(store),
        "stos" => Effect::access(store),
        _ => Effect::access(Access { form: Form::Unknown, ..load })
            .and_access(Access { form: Form::Unknown, ..store }),
    };
    effect
        .and_set(RSI, Source::Mixed(vec![RSI]))
        .and_set(RDI, Source::Mixed(vec![RDI]))
        .and_set(RCX, Source::Mixed(vec![]))
}

fn atomic(operands: &[String]) -> Effect {
    let mut effect = Effect::nothing();
    for (bits, at) in operands.iter().filter_map(|text| memory(text)) {
        effect = effect
            .and_access(Access::load(bits, at, Form::Atomic, None))
            .and_access(Access::store(bits, at, Form::Atomic, None));
    }
    named(operands).into_iter().fold(effect, |effect, r| effect.and_set(r, Source::Mixed(vec![r])))
}

/// Returns whether it is a pure move: a load or store and nothing else.
fn moves(name: &str) -> bool {
    matches!(name, "mov" | "movabs" | "movzx" | "movsx" | "movsxd")
}

/// Returns whether it only sets flags.
fn compares(name: &str) -> bool {
    matches!(name, "cmp" | "test" | "bt" | "ucomiss" | "ucomisd" | "ptest" | "vptest")
}

fn data(name: &str, instruction: &Instruction) -> Effect {
    let operands = &instruction.operands;
    let vector = uses_vectors(instruction);
    let Some(first) = operands.first() else { return Effect::set(RDX, Source::Mixed(vec![RAX])) };
    if let Some((bits, at)) = memory(first) {
        return to_memory(name, bits, at, operands, vector);
    }
    let Some(to) = register(first) else { return Effect::nothing() };
    let from_memory = operands.iter().skip(1).find_map(|text| memory(text));
    if let (Some((_, at)), "lea") = (from_memory, name) {
        let source = if at.fixed { program(instruction) } else { Source::Place(at) };
        return Effect::set(to, source);
    }
    let linked =
        |part: &str| instruction.relocation.as_ref().is_some_and(|r| r.kind.contains(part));
    if let Some((bits, at)) = from_memory {
        if moves(name) && linked("GOT") {
            return Effect::set(to, program(instruction));
        }
        return from(name, bits, at, to, vector);
    }
    if compares(name) {
        return Effect::nothing();
    }
    if moves(name) && instruction.relocation.is_some() {
        return Effect::set(to, program(instruction));
    }
    computed(name, to, operands)
}

/// Returns the effects of an instruction whose first operand is memory.
fn to_memory(name: &str, bits: u32, at: Address, operands: &[String], vector: bool) -> Effect {
    let from = operands.get(1).and_then(|text| register(text));
    if name == "xchg" || name == "cmpxchg" || name == "xadd" {
        return atomic(operands);
    }
    if compares(name) {
        return Effect::access(Access::load(bits, at, Form::Folded, None));
    }
    if moves(name) {
        return Effect::access(Access::store(bits, at, at.form(), from));
    }
    if vector {
        return Effect::access(Access::store(bits, at, Form::Vector, from));
    }
    if name.starts_with("set") {
        return Effect::access(Access::store(bits, at, Form::Folded, None));
    }
    if name.starts_with("prefetch") {
        return Effect::access(Access::load(bits, at, Form::Unknown, None));
    }
    let effect = Effect::access(Access::load(bits, at, Form::Folded, None));
    if operands.len() == 1 && matches!(name, "mul" | "imul" | "div" | "idiv") {
        return wide(effect, vec![RAX, RDX]);
    }
    let store = Access::store(bits, at, Form::Folded, from);
    effect.and_access(Access { combine: Combine::Mix, ..store })
}

/// Returns the effects of an instruction that loads a register from memory.
fn from(name: &str, bits: u32, at: Address, to: Reg, vector: bool) -> Effect {
    if compares(name) {
        return Effect::access(Access::load(bits, at, Form::Folded, None));
    }
    let (form, combine) = match name {
        _ if moves(name) => (at.form(), Combine::Replace),
        _ if vector => (Form::Vector, Combine::Mix),
        "add" => (Form::Folded, Combine::Add),
        _ if name.starts_with("cmov") => (Form::Folded, Combine::Either),
        "xchg" => (Form::Atomic, Combine::Mix),
        _ => (Form::Folded, Combine::Mix),
    };
    let load = Access { combine, ..Access::load(bits, at, form, Some(to)) };
    let effect = Effect::access(load.clone());
    if name == "xchg" { effect.and_access(Access { kind: Kind::Store, ..load }) } else { effect }
}

fn wide(effect: Effect, from: Vec<Reg>) -> Effect {
    effect.and_set(RAX, Source::Mixed(from.clone())).and_set(RDX, Source::Mixed(from))
}

/// Returns the value that an instruction without memory operand computes.
fn computed(name: &str, to: Reg, operands: &[String]) -> Effect {
    let second = operands.get(1).map(String::as_str);
    let (other, immediate) = (second.and_then(register), second.and_then(number));
    let source = match (name, other, immediate) {
        ("mov", Some(from), _) => Source::Plus(from, 0),
        ("mov" | "movabs", _, Some(value)) => Source::Number(value),
        ("add", Some(from), _) => Source::Sum(to, from),
        ("add", _, Some(value)) => Source::Plus(to, value),
        ("sub", Some(from), _) if from == to => Source::Number(0),
        ("sub", Some(from), _) => Source::Difference(to, from),
        ("sub", _, Some(value)) => Source::Plus(to, value.wrapping_neg()),
        ("shl" | "sal", _, Some(bits)) => Source::Shifted(to, bits as u32),
        ("shl" | "sal", None, None) => Source::Shifted(to, 1),
        ("and", _, Some(mask)) if (0..4096).contains(&mask) => Source::Low(to),
        ("inc", ..) => Source::Plus(to, 1),
        ("dec", ..) => Source::Plus(to, -1),
        ("xor", Some(from), _) if from == to => Source::Number(0),
        _ if name.starts_with("cmov") => Source::Either(to, other.unwrap_or(to)),
        _ if name.starts_with("set") => Source::Mixed(vec![]),
        ("mul" | "imul" | "div" | "idiv", None, None) => {
            return wide(Effect::nothing(), vec![RAX, RDX, to]);
        }
        ("xchg", Some(from), _) => {
            let both = Source::Either(to, from);
            return Effect::set(to, both.clone()).and_set(from, both);
        }
        ("movzx" | "movsx" | "movsxd", Some(from), _) => Source::Mixed(vec![from]),
        _ => Source::Mixed(named(operands)),
    };
    Effect::set(to, source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::Listing;

    /// Returns the effects of the lines of a listing.
    fn effects(lines: &[&str]) -> Vec<Effect> {
        let mut text = "0000000000000000 <f>:\n".to_owned();
        for (i, line) in lines.iter().enumerate() {
            text.push_str(&format!("  {i:x}: \t{line}\n"));
        }
        let listing = Listing::parse(&text).expect("it is well-formed");
        listing.functions[0].code.iter().map(effect).collect()
    }

    fn form(line: &str) -> Vec<(Kind, u32, Form)> {
        let effect = effects(&[line]).remove(0);
        effect.accesses.iter().map(|a| (a.kind, a.bits, a.form)).collect()
    }

    #[test]
    fn moves_have_plain_access_forms() {
        use Kind::{Load, Store};
        assert_eq!(form("mov\teax, dword ptr [rdi]"), [(Load, 32, Form::Plain)]);
        assert_eq!(form("mov\tal, byte ptr [rdi + 0x10]"), [(Load, 8, Form::Displaced)]);
        assert_eq!(form("movzx\teax, word ptr [rdi]"), [(Load, 16, Form::Plain)]);
        assert_eq!(form("mov\tqword ptr [rdi + 8*rsi + 0x20], rdx"), [(Store, 64, Form::Indexed)]);
        assert_eq!(form("mov\tdword ptr [rdi], 0x1"), [(Store, 32, Form::Plain)]);
    }

    #[test]
    fn arithmetic_and_wide_accesses_are_not_plain() {
        use Kind::{Load, Store};
        assert_eq!(form("add\teax, dword ptr [rdi]"), [(Load, 32, Form::Folded)]);
        assert_eq!(form("test\tbyte ptr [rdi + 0x14], 0x8"), [(Load, 8, Form::Folded)]);
        assert_eq!(
            form("or\tdword ptr [rdi], esi"),
            [(Load, 32, Form::Folded), (Store, 32, Form::Folded)]
        );
        assert_eq!(form("movups\txmm0, xmmword ptr [rdi]"), [(Load, 128, Form::Vector)]);
        assert_eq!(form("movups\txmmword ptr [rdi], xmm0"), [(Store, 128, Form::Vector)]);
        assert_eq!(
            form("rep\t\tmovsb\tbyte ptr es:[rdi], byte ptr [rsi]").len(),
            2,
            "loads and stores"
        );
        assert_eq!(
            effects(&["lock\t\tor\tdword ptr [rsp - 0x40], 0x0"])[0].fence.as_deref(),
            Some("lock")
        );
    }

    #[test]
    fn assignments_to_registers_are_tracked() {
        let set = |line: &str| effects(&[line]).remove(0).sets;
        assert_eq!(set("lea\trax, [rdi + 0x8]"), [(0, Source::Place(Address::of(7, 8)))]);
        assert_eq!(set("xor\teax, eax"), [(0, Source::Number(0))]);
        assert_eq!(set("sub\trsp, 0x18"), [(4, Source::Plus(4, -0x18))]);
        assert_eq!(set("cmovb\trax, r9"), [(0, Source::Either(0, 9))]);
        assert_eq!(set("cmp\trax, r9"), []);
    }

    #[test]
    fn kinds_of_jumps_are_recognised() {
        let flow = |line: &str| effects(&[line]).remove(0).flow;
        assert_eq!(flow("jne\t0x13b <f+0x13b>"), Flow::Branch(0x13b));
        assert_eq!(flow("jmp\trax"), Flow::Computed);
        assert_eq!(flow("jmp\t0x10"), Flow::Jump(Target::Address(16)));
        assert_eq!(flow("ud2"), Flow::Trap);
    }
}
