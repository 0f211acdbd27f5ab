//! The expectation for each probe, and the mutants, which the rules must refuse. A mutant is
//! checked against the rule of another probe.

mod access;
mod copies;
mod order;

use crate::effect::Kind;
use crate::isa::Arch;
use crate::rule::{Expectation, Rule};
use crate::target::{Level, Machine};
use crate::trace::Argument;

/// One argument: a pointer to the memory or registers under test.
const S: &[Argument] = &[Argument::Shared];
/// The pointer and a number.
const SV: &[Argument] = &[Argument::Shared, Argument::Value];
/// The pointer and two numbers.
const SVV: &[Argument] = &[Argument::Shared, Argument::Value, Argument::Value];
/// The pointer and a private buffer.
const SP: &[Argument] = &[Argument::Shared, Argument::Private];
/// The pointer, a private buffer and a number.
const SPV: &[Argument] = &[Argument::Shared, Argument::Private, Argument::Value];
/// The pointer and two private buffers.
const SPP: &[Argument] = &[Argument::Shared, Argument::Private, Argument::Private];

/// The expectations of all probes.
pub(crate) fn all() -> Vec<Expectation> {
    let mut all = access::all();
    all.extend(order::all());
    all.extend(copies::all());
    all
}

/// Returns the arguments of a probe.
pub(crate) fn arguments(name: &str) -> &'static [Argument] {
    copies::all().into_iter().find(|probe| probe.name == name).map_or(SP, |probe| probe.arguments)
}

/// A function that must break a rule.
#[derive(Debug)]
pub(crate) struct Mutant {
    /// The mutant and the rule that it is checked against.
    pub(crate) judged: Expectation,
    /// The builds in which it must be refused: in others, the compiler's code happens to be
    /// correct.
    pub(crate) refused: fn(&Machine, &Level) -> bool,
    /// A part of the message that refuses it.
    pub(crate) because: &'static str,
}

fn everywhere(_: &Machine, _: &Level) -> bool {
    true
}

fn optimised(_: &Machine, level: &Level) -> bool {
    level.is_optimised()
}

/// All mutants.
pub(crate) fn mutants() -> Vec<Mutant> {
    let probes = all();
    let mutant = |name: &str,
                  arguments: &'static [Argument],
                  judged_as: &str,
                  refused: fn(&Machine, &Level) -> bool,
                  because: &'static str| {
        let probe = probes.iter().find(|probe| probe.name == judged_as);
        let rule = probe.map_or(Rule::Copy { kind: Kind::Load, size: None }, |p| p.rule.clone());
        let name = format!("mutant_{name}");
        Mutant { judged: Expectation { name, arguments, rule, twin: None }, refused, because }
    };
    let weak = |machine: &Machine, _: &Level| machine.arch != Arch::X86;
    let folding =
        |machine: &Machine, level: &Level| machine.arch == Arch::X86 && level.is_optimised();
    let scrambled =
        |machine: &Machine, level: &Level| machine.arch != Arch::Riscv && level.is_optimised();
    let merging = |_: &Machine, level: &Level| level.is_optimised() && level.short != "1";
    let post_index =
        |machine: &Machine, level: &Level| machine.arch == Arch::Arm && level.is_optimised();
    vec![
        mutant("copy_dead", S, "probe_copy_dead", optimised, ""),
        mutant("copy_twice", S, "probe_copy_twice", optimised, ""),
        mutant("memcpy_twice", S, "probe_copy_twice", everywhere, ""),
        mutant("copy_forward", SP, "probe_copy_forward", everywhere, ""),
        mutant("copy_write_twice", SPP, "probe_copy_write_twice", merging, ""),
        mutant("slice_read", SPV, "probe_slice_read_u8", everywhere, "memcpy"),
        mutant("volatile_struct", SP, "probe_copy_write_64", scrambled, ""),
        mutant("fence", S, "probe_barrier_dma_mb", optimised, "expected"),
        mutant("unordered_write", SV, "probe_mmio_write_u32_first", weak, "expected"),
        mutant("doorbell", SPV, "probe_order_doorbell", everywhere, "expected"),
        mutant("folded_add", SV, "probe_kind_add_memory", folding, "folded"),
        mutant("folded_test", S, "probe_kind_test_bit", folding, "folded"),
        mutant("loop_write", SVV, "probe_loop_write_relaxed", post_index, "writeback"),
        mutant("wide_write", SVV, "probe_relaxed_write_u64_first", everywhere, "expected"),
        mutant("split_write", SV, "probe_relaxed_write_u16_first", everywhere, "expected"),
        mutant("two_loads", S, "probe_order_two_loads_memory", optimised, "expected"),
        mutant("wrong_place", SV, "probe_relaxed_write_u32_first", everywhere, "expected"),
        mutant("device_read", SP, "probe_device_default_read", optimised, ""),
    ]
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_of_probes_and_mutants_are_unique() {
        let names: Vec<String> = all().into_iter().map(|probe| probe.name).collect();
        let mutants = mutants().into_iter().map(|mutant| mutant.judged.name);
        let names: Vec<String> = names.into_iter().chain(mutants).collect();
        let unique: BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len());
    }
}
