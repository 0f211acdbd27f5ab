//! Sequences of accesses, and barriers.

use super::access::{MEDIA, load, store};
use super::{S, SP, SPV, SV, SVV};
use crate::effect::Kind::{self, Load, Store};
use crate::rule::{Barrier, Device, Expectation, Medium, Rule, Step};
use crate::trace::Argument;

fn probe(
    name: String,
    arguments: &'static [Argument],
    medium: Medium,
    way: Vec<Step>,
) -> Expectation {
    Expectation { name, arguments, rule: Rule::Exact { medium, ways: vec![way] }, twin: None }
}

pub(super) fn all() -> Vec<Expectation> {
    let mut all = vec![];
    for (medium_name, medium) in MEDIA {
        let name = |what: &str| format!("probe_order_{what}_{medium_name}");
        let write = |at| store(medium, 32, Some(at));
        let read = |at| load(medium, 32, Some(at));
        all.push(probe(name("two_stores"), S, medium, [write(0), write(0)].concat()));
        all.push(probe(name("same_store"), SV, medium, [write(4), write(0), write(4)].concat()));
        all.push(probe(name("two_loads"), S, medium, [read(4), read(4)].concat()));
        all.push(probe(name("dead_load"), S, medium, read(4)));
        all.push(probe(name("neighbours"), SVV, medium, [write(0), write(4)].concat()));
        all.push(bank(format!("probe_loop_read_{medium_name}"), S, medium, Load));
        all.push(bank(format!("probe_loop_write_{medium_name}"), SV, medium, Store));
    }
    all.extend(with_memory());
    all.extend(barriers());
    all
}

/// 64 registers after two others.
fn bank(name: String, arguments: &'static [Argument], medium: Medium, kind: Kind) -> Expectation {
    let rule = Device { medium, kind, bits: &[32], range: Some((8, 256)), is_fifo: false };
    Expectation { name, arguments, rule: Rule::Device(rule), twin: None }
}

/// Accesses to registers or memory that are ordered relative to other memory.
fn with_memory() -> Vec<Expectation> {
    let name = |what: &str| format!("probe_order_{what}");
    let doorbell = [vec![Step::Private(Store, 32)], store(Medium::Ordered, 32, Some(0))].concat();
    let status = [load(Medium::Ordered, 32, Some(4)), vec![Step::Private(Load, 32)]].concat();
    let memory = Medium::Memory;
    let barrier = |kind| vec![Step::Barrier(kind)];
    let publish =
        [store(memory, 32, Some(4)), barrier(Barrier::DmaWmb), store(memory, 32, Some(0))].concat();
    let offer = [store(memory, 16, Some(10)), barrier(Barrier::DmaWmb), store(memory, 16, Some(2))]
        .concat();
    let consume =
        [load(memory, 32, Some(0)), barrier(Barrier::DmaRmb), load(memory, 32, Some(4))].concat();
    vec![
        probe(name("doorbell"), SPV, Medium::Ordered, doorbell),
        probe(name("status"), SP, Medium::Ordered, status),
        probe(name("publish"), SV, memory, publish),
        probe(name("consume"), S, memory, consume),
        probe(name("offer"), SVV, memory, offer),
    ]
}

/// The six barriers, as functions and as methods of each view.
fn barriers() -> Vec<Expectation> {
    let kinds = [
        ("mb", Barrier::Mb),
        ("rmb", Barrier::Rmb),
        ("wmb", Barrier::Wmb),
        ("dma_mb", Barrier::DmaMb),
        ("dma_rmb", Barrier::DmaRmb),
        ("dma_wmb", Barrier::DmaWmb),
    ];
    let mut all = vec![];
    for (name, kind) in kinds {
        for from in ["", "_mmio", "_relaxed", "_memory"] {
            let way = vec![Step::Barrier(kind)];
            all.push(Expectation {
                twin: Some(format!("twin_barrier_{name}")),
                ..probe(format!("probe_barrier_{name}{from}"), S, Medium::Memory, way)
            });
        }
    }
    all
}
