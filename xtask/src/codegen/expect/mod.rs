//! The probes and what is asked of each.

mod access;
mod copies;
mod mutants;
mod order;

use super::rule::Expectation;
use super::trace::Argument;

pub(crate) use mutants::{Mutant, mutants};

/// A pointer to what the probe is about, alone.
const S: &[Argument] = &[Argument::Shared];
/// That and a number.
const SV: &[Argument] = &[Argument::Shared, Argument::Value];
/// That and two numbers.
const SVV: &[Argument] = &[Argument::Shared, Argument::Value, Argument::Value];
/// That and a private buffer.
const SP: &[Argument] = &[Argument::Shared, Argument::Private];
/// That, a private buffer and a number.
const SPV: &[Argument] = &[Argument::Shared, Argument::Private, Argument::Value];
/// That and two private buffers.
const SPP: &[Argument] = &[Argument::Shared, Argument::Private, Argument::Private];

/// Every probe.
pub(crate) fn all() -> Vec<Expectation> {
    let mut all = access::all();
    all.extend(order::all());
    all.extend(copies::all());
    all
}

/// What a probe is called with.
pub(crate) fn arguments(name: &str) -> &'static [Argument] {
    copies::all().into_iter().find(|probe| probe.name == name).map_or(SP, |probe| probe.arguments)
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_used_once() {
        let names: Vec<String> = all().into_iter().map(|probe| probe.name).collect();
        let mutants = mutants().into_iter().map(|mutant| mutant.judged.name);
        let names: Vec<String> = names.into_iter().chain(mutants).collect();
        let unique: BTreeSet<&String> = names.iter().collect();
        assert_eq!(unique.len(), names.len());
    }
}
