//! What the rules must refuse: each mutant is judged as a probe that it is not.

use super::{S, SP, SPP, SPV, SV, SVV};
use crate::codegen::rule::{Expectation, Rule};
use crate::codegen::target::{Arch, Level, Machine};
use crate::codegen::trace::Argument;

/// A function that must break a rule.
#[derive(Debug)]
pub(crate) struct Mutant {
    /// It and the rule that it is judged by.
    pub(crate) judged: Expectation,
    /// Where it must be refused: elsewhere the compiler happens to do no harm.
    pub(crate) refused: fn(&Machine, &Level) -> bool,
    /// Part of what must be said against it.
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
    let probes = super::all();
    let mutant = |name: &str,
                  arguments: &'static [Argument],
                  judged_as: &str,
                  refused: fn(&Machine, &Level) -> bool,
                  because: &'static str| {
        let probe = probes.iter().find(|probe| probe.name == judged_as);
        let rule = probe
            .map_or(Rule::Copy { kind: crate::codegen::effect::Kind::Load, size: None }, |p| {
                p.rule.clone()
            });
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
