//! Copies of memory: each byte is accessed once, in ascending order, and no access is dropped or
//! repeated.

use alloc::collections::BTreeSet;

use super::{Build, complaints, covered};
use crate::effect::{Flow, Form, Kind};
use crate::event::{Event, Sequence, Side};
use crate::isa::Arch;
use crate::listing::Function;
use crate::trace::{Summary, Tracer};

impl Build<'_> {
    /// Checks the rules that every path of every copy must keep.
    pub(super) fn copy(&self, summary: &Summary, copy: Kind) -> Vec<String> {
        // The consumer of private bytes, and the detection of processor features.
        let is_sink = |name: &str| name == "io_probes_sink" || name.contains("std_detect");
        let is_userspace = self.machine.arch == Arch::X86 && !self.machine.is_kernel;
        let is_good = |event: &Event| match event {
            Event::Access { side: Side::Shared, kind, form, .. } => {
                *kind == copy
                    && match form {
                        Form::Plain | Form::Displaced | Form::Indexed => true,
                        Form::Writeback | Form::Pair => self.machine.arch == Arch::Arm,
                        Form::Repeated => self.machine.arch == Arch::X86,
                        Form::Vector => is_userspace,
                        Form::Folded | Form::Atomic | Form::Unknown => false,
                    }
            }
            Event::Access { side: Side::Private, kind, .. } => *kind != copy,
            Event::Call(name) => is_sink(name),
            // Processor features are detected once and cached in the program's memory.
            Event::Access { side: Side::Program, .. } => is_userspace,
            _ => false,
        };
        complaints(summary, is_good)
    }

    /// Checks that each byte of the range is accessed once and in ascending order, unless a loop
    /// hides it.
    pub(super) fn covers(&self, summary: &Summary, range: Option<(i64, i64)>) -> Option<String> {
        let Some((start, size)) = range else {
            let any = summary.all.iter().any(|(event, _)| event.is_shared());
            return (!any).then(|| "no byte is accessed".to_owned());
        };
        let traces = match self.shared(&summary.paths) {
            Ok(traces) => traces,
            Err(problem) => return self.hidden(problem),
        };
        let is_loop = |event: &Event| matches!(event, Event::Loop(_));
        if traces.iter().flatten().any(is_loop) {
            // The number of iterations is unknown, so the accesses of a loop cannot be counted.
            return None;
        }
        traces.iter().find_map(|trace| {
            if trace.is_empty() {
                return Some("a path returns without an access".to_owned());
            }
            (!covered(trace, start, size)).then(|| {
                let end = start + size;
                format!(
                    "bytes {start:#x}..{end:#x} are not accessed once each in ascending order: {}",
                    Sequence(trace)
                )
            })
        })
    }

    /// Checks that the accesses to shared memory are those of another probe, repeated `times`
    /// times.
    pub(super) fn repeats(
        &self,
        summary: &Summary,
        of: &str,
        times: usize,
    ) -> Result<Option<String>, String> {
        let arguments = crate::expect::arguments(of);
        let mut tracer = Tracer::new(self.listing, self.machine.arch);
        let once = tracer.probe(self.function(of)?, arguments)?;
        let (once, found) = match (self.shared(&once.paths), self.shared(&summary.paths)) {
            (Ok(once), Ok(found)) => (once, found),
            (Err(problem), _) | (_, Err(problem)) => return Ok(self.hidden(problem)),
        };
        let mut allowed: BTreeSet<Vec<Event>> = BTreeSet::from([vec![]]);
        for _ in 0..times {
            allowed = allowed
                .iter()
                .flat_map(|first| {
                    once.iter().map(|then| first.iter().chain(then).cloned().collect::<Vec<_>>())
                })
                .collect();
        }
        // The longest path, which skips no loop, must exist.
        let whole = allowed.iter().max_by_key(|trace| trace.len());
        let empty = vec![];
        let wrong = found.iter().find(|trace| !allowed.contains(*trace));
        let wrong = wrong.or(match whole {
            Some(whole) if !found.contains(whole) => Some(found.first().unwrap_or(&empty)),
            _ => None,
        });
        let once: Vec<String> = once.iter().map(|trace| Sequence(trace).to_string()).collect();
        Ok(wrong.map(|trace| {
            format!(
                "expected {times} times `{}`, as in `{of}`, found `{}`",
                once.join("` or `"),
                Sequence(trace)
            )
        }))
    }

    /// Returns an error if a function that must not call others contains a call.
    pub(super) fn calls(&self, index: usize) -> Option<String> {
        let function = &self.listing.functions[index];
        let arch = self.machine.arch;
        // `memcpy` is called through a register that contains its address.
        let through_register = function.code.iter().any(|instruction| {
            let relocation = instruction.relocation.as_ref();
            relocation.is_some_and(|r| r.kind.contains("GOT") && r.symbol == "memcpy")
        });
        let call = function.code.iter().find(|instruction| {
            let name = instruction.relocation.as_ref().map_or("", |r| r.symbol.as_str());
            // Another check ensures that `memcpy` moves only private bytes. Outlined code is part
            // of this function, shared with others to save space.
            let is_harmless = name == "memcpy"
                || name.contains("OUTLINED_FUNCTION")
                || name.is_empty() && through_register;
            matches!(arch.effect(instruction).flow, Flow::Call(_)) && !is_harmless
        })?;
        Some(format!("a copy of a small constant size contains a call: {}", call.show()))
    }

    pub(super) fn vectors(&self, function: &Function) -> Option<String> {
        let arch = self.machine.arch;
        let instruction = function.code.iter().find(|i| arch.uses_vectors(i))?;
        Some(format!("a vector register is used in a kernel: {}", instruction.show()))
    }
}
