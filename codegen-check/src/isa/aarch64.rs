//! AArch64 instructions.

use super::{number, program, target};
use crate::effect::{
    Access, Address, Combine, Effect, Flow, Form, Kind, Reg, Source, Target, VECTOR,
};
use crate::listing::Instruction;

pub(crate) const STACK_POINTER: Reg = 31;
/// The argument registers of the procedure call standard.
pub(crate) const ARGUMENTS: [Reg; 6] = [0, 1, 2, 3, 4, 5];
/// The registers that a call does not preserve.
pub(crate) const CLOBBERED: [Reg; 20] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30];

/// Parses a register and its width; the inner `None` is the zero register.
fn parse(name: &str) -> Option<(Option<Reg>, u32)> {
    match name {
        "sp" | "wsp" => return Some((Some(STACK_POINTER), 64)),
        "xzr" => return Some((None, 64)),
        "wzr" => return Some((None, 32)),
        "lr" => return Some((Some(30), 64)),
        _ => {}
    }
    let (class, rest) = name.split_at_checked(1)?;
    let digits = rest.split('.').next()?;
    let n: Reg = digits.parse().ok().filter(|n| *n < 32)?;
    let bits = match class {
        "x" => 64,
        "w" => 32,
        "b" => 8,
        "h" => 16,
        "s" => 32,
        "d" => 64,
        "q" | "v" => 128,
        _ => return None,
    };
    Some((Some(if "xw".contains(class) { n } else { VECTOR + n }), bits))
}

fn register(name: &str) -> Option<Reg> {
    parse(name)?.0
}

/// Returns whether an instruction uses a vector register.
pub(crate) fn uses_vectors(instruction: &Instruction) -> bool {
    named(&instruction.operands).iter().any(|r| *r >= VECTOR)
}

/// Returns every register that the operands name.
fn named(operands: &[String]) -> Vec<Reg> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '#' || c == '.');
    operands.iter().flat_map(|text| text.split(word)).filter_map(register).collect()
}

/// Parses `[x0]`, `[x0, #8]`, `[x0, x1, lsl #3]`; the `bool` is `true` for pre-indexed addressing
/// (`!`).
fn memory(text: &str) -> Option<(Address, bool)> {
    let inner = text.strip_prefix('[')?;
    let (inner, pre) = match inner.strip_suffix("]!") {
        Some(inner) => (inner, true),
        None => (inner.strip_suffix(']')?, false),
    };
    let mut parts = inner.split(',').map(str::trim);
    let mut at = Address::of(register(parts.next()?)?, 0);
    if let Some(second) = parts.next() {
        match number(second) {
            Some(offset) => at.offset = offset,
            None => {
                at.index = Some(register(second).unwrap_or(STACK_POINTER - 1));
                let shift = parts.next().and_then(|text| number(text.split('#').nth(1)?));
                at.scale = 1 << shift.unwrap_or(0);
            }
        }
    }
    Some((at, pre))
}

/// Returns the width of a load or store: from its name, or that of the register.
fn bits(name: &str, register: u32) -> u32 {
    match () {
        _ if name.ends_with("sb") || name.ends_with("rb") => 8,
        _ if name.ends_with("sh") || name.ends_with("rh") => 16,
        _ if name.ends_with("sw") => 32,
        _ => register,
    }
}

/// Returns the effects of an instruction.
pub(crate) fn effect(instruction: &Instruction) -> Effect {
    let name = instruction.mnemonic.as_str();
    let operands = &instruction.operands;
    match name {
        "dmb" | "dsb" | "isb" | "dgh" => {
            let domain = operands.first().map_or("", String::as_str);
            Effect::fence(format!("{name} {domain}").trim_end().to_owned())
        }
        "nop" | "bti" | "paciasp" | "autiasp" | "hint" | "yield" => Effect::nothing(),
        "ret" => Effect::flow(Flow::Return),
        "brk" | "udf" | "hlt" => Effect::flow(Flow::Trap),
        "bl" => Effect::flow(Flow::Call(target(instruction))),
        "blr" => Effect::flow(Flow::Call(through(operands))),
        "b" => Effect::flow(Flow::Jump(target(instruction))),
        "br" => Effect::flow(Flow::Computed),
        "cbz" | "cbnz" | "tbz" | "tbnz" => branch(instruction),
        "cmp" | "cmn" | "tst" | "ccmp" | "ccmn" | "fcmp" => Effect::nothing(),
        _ if name.starts_with("b.") => branch(instruction),
        _ => data(name, instruction),
    }
}

/// Returns the target of a call through a register.
fn through(operands: &[String]) -> Target {
    operands.first().and_then(|text| register(text)).map_or(Target::Unknown, Target::Register)
}

fn branch(instruction: &Instruction) -> Effect {
    let to = instruction.operands.last().and_then(|text| number(text));
    let Some(to) = to.map(|to| to as u64) else { return Effect::flow(Flow::Computed) };
    match instruction.operands.first().and_then(|text| register(text)) {
        Some(r) if to == instruction.address && instruction.mnemonic == "cbnz" => {
            Effect::flow(Flow::Dependency(r))
        }
        _ => Effect::flow(Flow::Branch(to)),
    }
}

fn data(name: &str, instruction: &Instruction) -> Effect {
    let operands = &instruction.operands;
    let place = operands.iter().position(|text| text.starts_with('['));
    if let Some(place) = place
        && let Some((at, pre)) = memory(&operands[place])
    {
        return access(name, instruction, place, at, pre);
    }
    let Some((to, _)) = operands.first().and_then(|text| parse(text)) else {
        return Effect::nothing();
    };
    let Some(to) = to else { return Effect::nothing() };
    if name.starts_with("ldr") {
        return Effect::access(Access::load(
            64,
            Address { fixed: true, ..Address::default() },
            Form::Displaced,
            Some(to),
        ));
    }
    Effect::set(to, computed(name, to, operands))
}

/// Returns the effects of an instruction with a memory operand.
fn access(name: &str, instruction: &Instruction, place: usize, at: Address, pre: bool) -> Effect {
    let operands = &instruction.operands;
    let linked =
        |part: &str| instruction.relocation.as_ref().is_some_and(|r| r.kind.contains(part));
    let first = operands.first().and_then(|text| parse(text));
    if let (true, Some((Some(to), _))) = (linked("GOT"), first) {
        return Effect::set(to, program(instruction));
    }
    let post = operands.get(place + 1).map(|text| number(text));
    let kind = if name.starts_with("st") { Kind::Store } else { Kind::Load };
    let vector = operands[..place].iter().filter_map(|text| register(text)).any(|r| r >= VECTOR);
    let form = match form(name) {
        _ if vector => Form::Vector,
        Form::Plain if pre || post.is_some() => Form::Writeback,
        Form::Plain => at.form(),
        other => other,
    };
    let mut effect = Effect::nothing();
    if form == Form::Atomic || form == Form::Unknown {
        let registers = named(&operands[..place]);
        for kind in [Kind::Load, Kind::Store] {
            let load = Access::load(first.map_or(64, |(_, bits)| bits), at, form, None);
            effect = effect.and_access(Access { kind, ..load });
        }
        return registers
            .into_iter()
            .fold(effect, |effect, r| effect.and_set(r, Source::Mixed(vec![])));
    }
    let mut at_now = if post.is_some() { Address { offset: 0, ..at } } else { at };
    for text in &operands[..place] {
        let Some((r, width)) = parse(text) else { continue };
        let bits = bits(name, width);
        effect = effect.and_access(Access {
            kind,
            bits,
            at: at_now,
            form,
            register: r,
            combine: Combine::Replace,
        });
        at_now.offset += i64::from(bits / 8);
    }
    let base = at.base.unwrap_or(STACK_POINTER);
    match post {
        Some(Some(step)) => effect.and_set(base, Source::Plus(base, step)),
        Some(None) => effect.and_set(base, Source::Mixed(vec![base])),
        None if pre => effect.and_set(base, Source::Plus(base, at.offset)),
        None => effect,
    }
}

/// Returns the access form that the mnemonic implies.
fn form(name: &str) -> Form {
    match name {
        "ldp" | "stp" | "ldpsw" | "ldnp" | "stnp" => Form::Pair,
        _ if name.starts_with("ldr") || name.starts_with("str") => Form::Plain,
        _ if name.starts_with("ldur") || name.starts_with("stur") => Form::Plain,
        _ if name.starts_with("ld") || name.starts_with("st") => Form::Atomic,
        _ if name.starts_with("cas") || name.starts_with("swp") => Form::Atomic,
        _ => Form::Unknown,
    }
}

/// Returns the value that an instruction without memory operand computes.
fn computed(name: &str, to: Reg, operands: &[String]) -> Source {
    let operand = |i: usize| operands.get(i).map_or("", String::as_str);
    let (a, b) = (register(operand(1)), register(operand(2)));
    let shift = operand(3).strip_prefix("lsl #").and_then(number).unwrap_or(0);
    let shifted = operands.len() > 3;
    match name {
        "adrp" | "adr" => Source::Program(None),
        "mov" => match (a, number(operand(1))) {
            (Some(from), _) => Source::Plus(from, 0),
            (None, Some(value)) => Source::Number(value),
            _ => Source::Number(0),
        },
        "add" | "adds" => match (a, b, number(operand(2))) {
            (Some(a), Some(b), _) if !shifted => Source::Sum(a, b),
            (Some(a), Some(b), _) if shift != 0 => Source::SumShifted(a, b, shift as u32),
            (Some(a), _, Some(value)) => Source::Plus(a, value << shift),
            _ => Source::Mixed(named(&operands[1..])),
        },
        "sub" | "subs" => match (a, b, number(operand(2))) {
            (Some(a), Some(b), _) if !shifted => Source::Difference(a, b),
            (Some(a), _, Some(value)) => Source::Plus(a, -(value << shift)),
            _ => Source::Mixed(named(&operands[1..])),
        },
        "lsl" => match (a, number(operand(2))) {
            (Some(a), Some(bits)) => Source::Shifted(a, bits as u32),
            _ => Source::Mixed(named(&operands[1..])),
        },
        "csel" => match (a, b) {
            (Some(a), Some(b)) => Source::Either(a, b),
            _ => Source::Mixed(named(&operands[1..])),
        },
        "and" | "ands" => match (a, number(operand(2))) {
            (Some(a), Some(mask)) if (0..4096).contains(&mask) => Source::Low(a),
            _ => Source::Mixed(named(&operands[1..])),
        },
        "movk" | "bfi" | "bfxil" => Source::Mixed(vec![to]),
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

    fn form_of(line: &str) -> Vec<(Kind, u32, Form)> {
        let effect = effects(&[line]).remove(0);
        effect.accesses.iter().map(|a| (a.kind, a.bits, a.form)).collect()
    }

    #[test]
    fn addressing_forms_are_recognised() {
        use Kind::{Load, Store};
        assert_eq!(form_of("ldr\tw0, [x0]"), [(Load, 32, Form::Plain)]);
        assert_eq!(form_of("ldrb\tw0, [x0, #0x11]"), [(Load, 8, Form::Displaced)]);
        assert_eq!(form_of("strh\tw0, [x0, x1, lsl #1]"), [(Store, 16, Form::Indexed)]);
        assert_eq!(form_of("str\tw2, [x0], #0x4"), [(Store, 32, Form::Writeback)]);
        assert_eq!(form_of("str\tx2, [x0, #0x8]!"), [(Store, 64, Form::Writeback)]);
        assert_eq!(form_of("stp\tx2, x3, [x0]"), [(Store, 64, Form::Pair); 2]);
        assert_eq!(form_of("ldr\tq0, [x0]"), [(Load, 128, Form::Vector)]);
        assert_eq!(form_of("stlr\tw0, [x1]")[1], (Store, 32, Form::Atomic));
        assert_eq!(form_of("str\txzr, [x1]"), [(Store, 64, Form::Plain)]);
    }

    #[test]
    fn the_second_access_of_a_pair_is_one_word_further() {
        let effect = effects(&["ldp\tx29, x30, [sp], #0x10"]).remove(0);
        let offsets: Vec<i64> = effect.accesses.iter().map(|a| a.at.offset).collect();
        assert_eq!(offsets, [0, 8]);
        assert_eq!(effect.sets, [(STACK_POINTER, Source::Plus(STACK_POINTER, 16))]);
    }

    #[test]
    fn fences_and_dependency_branches_are_recognised() {
        let found = effects(&["dmb\toshld", "eor\tx8, x0, x0", "cbnz\tx8, 0x8 <f+0x8>"]);
        assert_eq!(found[0].fence.as_deref(), Some("dmb oshld"));
        assert_eq!(found[1].sets, [(8, Source::Mixed(vec![0, 0]))]);
        assert_eq!(found[2].flow, Flow::Dependency(8));
        assert_eq!(effects(&["cbnz\tx8, 0x4"])[0].flow, Flow::Branch(4));
        assert_eq!(effects(&["b.ne\t0x10 <f>"])[0].flow, Flow::Branch(16));
    }

    #[test]
    fn address_computations_are_tracked() {
        let set = |line: &str| effects(&[line]).remove(0).sets;
        assert_eq!(set("add\tx8, x0, #0x1, lsl #12"), [(8, Source::Plus(0, 0x1000))]);
        assert_eq!(set("add\tx8, x0, x1"), [(8, Source::Sum(0, 1))]);
        assert_eq!(set("add\tx8, x0, x1, lsl #2"), [(8, Source::SumShifted(0, 1, 2))]);
        assert_eq!(set("mov\tw0, wzr"), [(0, Source::Number(0))]);
    }
}
