//! RISC-V instructions (RV64GC).

use super::{number, program, target};
use crate::effect::{Access, Address, Effect, Flow, Form, Kind, Reg, Source, Target, VECTOR};
use crate::listing::Instruction;

pub(crate) const STACK_POINTER: Reg = 2;
/// The argument registers `a0` to `a5`.
pub(crate) const ARGUMENTS: [Reg; 6] = [10, 11, 12, 13, 14, 15];
/// The registers that a call does not preserve: `ra`, `t0`–`t6`, `a0`–`a7`.
pub(crate) const CLOBBERED: [Reg; 16] =
    [1, 5, 6, 7, 28, 29, 30, 31, 10, 11, 12, 13, 14, 15, 16, 17];

const NAMES: [&str; 32] = [
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4",
    "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4",
    "t5", "t6",
];

/// Parses a register. Register 0 is always zero.
fn register(name: &str) -> Option<Reg> {
    if let Some(i) = NAMES.iter().position(|known| *known == name) {
        return Some(i as Reg);
    }
    let rest = name.strip_prefix('f')?;
    let (class, n) = rest.split_at(rest.find(|c: char| c.is_ascii_digit())?);
    let n: Reg = n.parse().ok().filter(|n| *n < 32)?;
    matches!(class, "a" | "t" | "s").then_some(VECTOR + n)
}

/// Returns whether an instruction uses a vector register.
pub(crate) fn uses_vectors(instruction: &Instruction) -> bool {
    named(&instruction.operands).iter().any(|r| *r >= VECTOR)
}

fn named(operands: &[String]) -> Vec<Reg> {
    let word = |c: char| !c.is_ascii_alphanumeric();
    let all = operands.iter().flat_map(|text| text.split(word)).filter_map(register);
    all.filter(|r| *r != 0).collect()
}

/// Parses `0x8(a0)` or `(a0)`.
fn memory(text: &str) -> Option<Address> {
    let (offset, base) = text.strip_suffix(')')?.split_once('(')?;
    let offset = if offset.is_empty() { 0 } else { number(offset)? };
    Some(Address::of(register(base)?, offset))
}

/// Returns kind, width and form of a plain load or store.
fn plain(name: &str) -> Option<(Kind, u32, Form)> {
    Some(match name {
        "lb" | "lbu" => (Kind::Load, 8, Form::Plain),
        "lh" | "lhu" => (Kind::Load, 16, Form::Plain),
        "lw" | "lwu" => (Kind::Load, 32, Form::Plain),
        "ld" => (Kind::Load, 64, Form::Plain),
        "sb" => (Kind::Store, 8, Form::Plain),
        "sh" => (Kind::Store, 16, Form::Plain),
        "sw" => (Kind::Store, 32, Form::Plain),
        "sd" => (Kind::Store, 64, Form::Plain),
        "flw" => (Kind::Load, 32, Form::Vector),
        "fld" => (Kind::Load, 64, Form::Vector),
        "fsw" => (Kind::Store, 32, Form::Vector),
        "fsd" => (Kind::Store, 64, Form::Vector),
        _ => return None,
    })
}

/// Returns the effects of an instruction.
pub(crate) fn effect(instruction: &Instruction) -> Effect {
    let name = instruction.mnemonic.as_str();
    let operands = &instruction.operands;
    let first = operands.first().map_or("", String::as_str);
    match name {
        "fence" | "fence.i" | "fence.tso" => {
            let sets =
                if operands.is_empty() { "iorw, iorw".to_owned() } else { operands.join(", ") };
            Effect::fence(format!("{name} {sets}"))
        }
        "nop" | "pause" => Effect::nothing(),
        "ret" => Effect::flow(Flow::Return),
        "unimp" | "ebreak" => Effect::flow(Flow::Trap),
        "j" => Effect::flow(Flow::Jump(target(instruction))),
        "jal" | "call" => Effect::flow(Flow::Call(target(instruction))),
        "tail" => Effect::flow(Flow::Jump(target(instruction))),
        "jr" | "jalr" => through(name, instruction),
        _ if name.starts_with('b')
            && operands.last().is_some_and(|t| number(t).is_some())
            && register(first).is_some()
            && !matches!(name, "bseti" | "bclri" | "bexti") =>
        {
            let to = operands.last().and_then(|text| number(text)).unwrap_or(0);
            Effect::flow(Flow::Branch(to as u64))
        }
        _ => data(name, instruction),
    }
}

/// Returns the effects of a jump or call through a register; the target is in the relocation.
fn through(name: &str, instruction: &Instruction) -> Effect {
    let known = instruction.relocation.is_some();
    let operand = |i: usize| instruction.operands.get(i).map_or("", String::as_str);
    match (name, known) {
        ("jr", true) => Effect::flow(Flow::Jump(target(instruction))),
        // The alternate link register: outlined code returns through it.
        ("jr", false) if operand(0) == "t0" => Effect::flow(Flow::Return),
        ("jr", false) => Effect::flow(Flow::Computed),
        (_, true) => Effect::flow(Flow::Call(target(instruction))),
        (_, false) => {
            let at = instruction.operands.last().map_or("", String::as_str);
            let base = memory(at).and_then(|at| at.base).or(register(at));
            Effect::flow(Flow::Call(base.map_or(Target::Unknown, Target::Register)))
        }
    }
}

fn data(name: &str, instruction: &Instruction) -> Effect {
    let operands = &instruction.operands;
    let Some(to) = operands.first().and_then(|text| register(text)) else {
        return Effect::nothing();
    };
    if let Some(at) = operands.iter().find_map(|text| memory(text)) {
        let register = (to != 0).then_some(to);
        return match plain(name) {
            Some((kind, bits, form)) => {
                let form = if form == Form::Plain { at.form() } else { form };
                Effect::access(Access { kind, ..Access::load(bits, at, form, register) })
            }
            None => Effect::access(Access::load(64, at, Form::Atomic, None))
                .and_access(Access::store(64, at, Form::Atomic, None))
                .and_set(to, Source::Mixed(vec![])),
        };
    }
    if to == 0 {
        return Effect::nothing();
    }
    if instruction.relocation.is_some() {
        return Effect::set(to, program(instruction));
    }
    Effect::set(to, computed(name, operands))
}

fn computed(name: &str, operands: &[String]) -> Source {
    let operand = |i: usize| operands.get(i).map_or("", String::as_str);
    let (a, b) = (register(operand(1)), register(operand(2)));
    match (name, a, b, number(operand(2))) {
        ("mv", Some(0), ..) => Source::Number(0),
        ("mv", Some(from), ..) => Source::Plus(from, 0),
        ("li", ..) => number(operand(1)).map_or(Source::Mixed(vec![]), Source::Number),
        ("auipc", ..) => Source::Program(None),
        ("andi", Some(a), _, Some(mask)) if (0..4096).contains(&mask) => Source::Low(a),
        ("sltu" | "slt" | "seqz" | "snez" | "sltiu" | "slti", ..) => Source::Mixed(vec![]),
        ("addi", Some(from), _, Some(value)) => Source::Plus(from, value),
        ("slli", Some(a), _, Some(bits)) => Source::Shifted(a, bits as u32),
        ("add", Some(a), Some(b), _) => Source::Sum(a, b),
        ("sub", Some(a), Some(b), _) => Source::Difference(a, b),
        _ => Source::Mixed(named(&operands[1..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::Listing;

    fn effects(lines: &[&str]) -> Vec<Effect> {
        let mut text = "0000000000000000 <f>:\n".to_owned();
        for (i, line) in lines.iter().enumerate() {
            text.push_str(&format!("  {:x}: \t{line}\n", 4 * i));
        }
        let listing = Listing::parse(&text).expect("it is well-formed");
        listing.functions[0].code.iter().map(effect).collect()
    }

    #[test]
    fn accesses_and_fences_are_recognised() {
        let found = effects(&[
            "fence\tw, o",
            "sw\ta1, 0x0(a0)",
            "lbu\ta0, 0x11(a0)",
            "amoadd.w\ta0, a1, (a2)",
            "fld\tfa0, 0x0(a0)",
        ]);
        assert_eq!(found[0].fence.as_deref(), Some("fence w, o"));
        let form = |i: usize| {
            let access = &found[i].accesses[0];
            (access.kind, access.bits, access.form)
        };
        assert_eq!(form(1), (Kind::Store, 32, Form::Plain));
        assert_eq!(form(2), (Kind::Load, 8, Form::Displaced));
        assert_eq!(form(3).2, Form::Atomic);
        assert_eq!(form(4).2, Form::Vector);
    }

    #[test]
    fn jumps_and_assignments_are_recognised() {
        let found =
            effects(&["beqz\ta0, 0x8 <f+0x8>", "jr\ta0", "addi\ta0, a1, 0x44", "li\ta1, 0x8"]);
        assert_eq!(found[0].flow, Flow::Branch(8));
        assert_eq!(found[1].flow, Flow::Computed);
        assert_eq!(found[2].sets, [(10, Source::Plus(11, 0x44))]);
        assert_eq!(found[3].sets, [(11, Source::Number(8))]);
    }
}
