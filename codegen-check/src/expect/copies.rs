//! Copies of memory and of registers.

use super::{S, SP, SPP, SPV, SV, SVV};
use crate::effect::Kind::{self, Load, Store};
use crate::rule::{Device, Expectation, Medium, Rule};
use crate::trace::Argument;

fn probe(name: String, arguments: &'static [Argument], rule: Rule) -> Expectation {
    Expectation { name, arguments, rule, twin: None }
}

pub(super) fn all() -> Vec<Expectation> {
    let mut all = vec![];
    for size in [1, 3, 7, 8, 16, 24, 31, 64, 256] {
        for (what, kind) in [("read", Load), ("write", Store)] {
            let rule = Rule::Copy { kind, size: Some(size) };
            all.push(probe(format!("probe_copy_{what}_{size}"), SP, rule));
        }
    }
    let repeat = |of, times, kind| Rule::Repeat { of, times, kind };
    let (read, write) = ("probe_copy_read_16", "probe_copy_write_16");
    all.push(probe("probe_copy_dead".into(), S, repeat(read, 1, Load)));
    all.push(probe("probe_copy_twice".into(), S, repeat(read, 2, Load)));
    all.push(probe("probe_copy_forward".into(), SP, repeat(read, 1, Load)));
    all.push(probe("probe_copy_sink".into(), S, repeat(read, 1, Load)));
    all.push(probe("probe_copy_raw_16".into(), SP, Rule::Copy { kind: Load, size: Some(16) }));
    all.push(probe("probe_copy_write_twice".into(), SPP, repeat(write, 2, Store)));
    for item in ["u8", "u32"] {
        for (what, kind, arguments) in
            [("read", Load, SPV), ("write", Store, SPV), ("fill", Store, SVV)]
        {
            let rule = Rule::Copy { kind, size: None };
            all.push(probe(format!("probe_slice_{what}_{item}"), arguments, rule));
        }
    }
    let rule = Rule::Copy { kind: Store, size: Some(16) };
    all.push(probe("probe_fill_16".into(), SV, rule));
    all.extend(devices());
    all
}

/// The probes that copy registers in one width, and those of FIFOs.
fn devices() -> Vec<Expectation> {
    const WIDTHS: [(&[u32], i64); 4] = [(&[8], 8), (&[16], 16), (&[32], 32), (&[64], 64)];
    let mut all = vec![];
    for (name, medium) in [("mmio", Medium::Ordered), ("relaxed", Medium::Relaxed)] {
        for (bits, width) in WIDTHS {
            for (what, kind) in [("read", Load), ("write", Store)] {
                let rule =
                    |range, is_fifo| Rule::Device(Device { medium, kind, bits, range, is_fifo });
                let whole = Some((0, width));
                let block = format!("probe_device_{name}_{what}_u{width}");
                all.push(probe(block, SP, rule(whole, false)));
                let slice = format!("probe_device_{name}_slice_{what}_u{width}");
                all.push(probe(slice, SPV, rule(None, false)));
                let fifo = format!("probe_fifo_{name}_{what}_u{width}");
                all.push(probe(fifo, SPV, rule(None, true)));
            }
        }
    }
    for (what, kind, arguments) in [("read", Load, SP), ("write", Store, SP), ("fill", Store, SV)] {
        all.push(probe(format!("probe_device_default_{what}"), arguments, default(kind)));
    }
    all
}

/// The rule for copies without a stated width: any width that divides the address, at most 32 bits.
fn default(kind: Kind) -> Rule {
    let (medium, range) = (Medium::Ordered, Some((0, 32)));
    Rule::Device(Device { medium, kind, bits: &[8, 16, 32], range, is_fifo: false })
}
