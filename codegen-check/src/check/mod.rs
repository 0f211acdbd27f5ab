//! Checks whether a probe keeps its rule.

mod copy;
mod device;
mod exact;

use crate::effect::{Form, Kind};
use crate::event::{Event, Side};
use crate::isa::Arch;
use crate::listing::Listing;
use crate::paths::Paths;
use crate::rule::{Expectation, Medium, Rule};
use crate::target::{Level, Machine};
use crate::trace::{Summary, Tracer};

/// Copies of a constant size up to this are checked for calls.
const INLINE: i64 = 64;

/// The compiled probes of one machine and level.
#[derive(Debug)]
pub(crate) struct Build<'a> {
    pub(crate) machine: &'static Machine,
    pub(crate) level: &'static Level,
    pub(crate) listing: &'a Listing,
}

impl Build<'_> {
    /// Returns the function of this name, or an error if it does not exist.
    pub(crate) fn function(&self, name: &str) -> Result<usize, String> {
        self.listing.find(name, "").ok_or_else(|| format!("there is no function `{name}`"))
    }

    /// Returns the problems of a probe.
    pub(crate) fn check(&self, probe: &Expectation) -> Vec<String> {
        match self.problems(probe) {
            Ok(problems) => problems,
            Err(problem) => vec![problem],
        }
    }

    fn problems(&self, probe: &Expectation) -> Result<Vec<String>, String> {
        let index = self.function(&probe.name)?;
        let mut tracer = Tracer::new(self.listing, self.machine.arch);
        let summary = tracer.probe(index, probe.arguments)?;
        let mut problems = match &probe.rule {
            Rule::Exact { medium, ways } => self.exact(&summary, *medium, ways),
            Rule::Copy { kind, size } => {
                let mut problems = self.copy(&summary, *kind);
                let told = size.filter(|size| *size <= INLINE && self.level.is_optimised());
                problems.extend(self.covers(&summary, told.map(|size| (0, size))));
                if self.level.is_optimised() && size.is_some_and(|size| size <= INLINE) {
                    problems.extend(self.calls(index));
                }
                problems
            }
            Rule::Repeat { of, times, kind } => {
                let mut problems = self.copy(&summary, *kind);
                if self.level.is_optimised() {
                    problems.extend(self.repeats(&summary, of, *times)?);
                } else {
                    problems.extend(self.covers(&summary, None));
                }
                problems
            }
            Rule::Device(device) => self.device(&summary, device),
        };
        if self.machine.is_kernel {
            let entered = tracer.entered.iter().map(|i| &self.listing.functions[*i]);
            problems.extend(entered.filter_map(|function| self.vectors(function)));
        }
        if let (Some(twin), true) = (&probe.twin, self.level.is_optimised()) {
            problems.extend(self.twin(index, self.function(twin)?));
        }
        Ok(problems)
    }

    /// Returns the events on shared memory, for each path.
    fn shared(&self, paths: &Paths) -> Paths {
        let of = |path: &Vec<Event>| -> Vec<Event> {
            let events = path.iter().filter(|event| event.is_shared());
            events.map(only_shared).collect()
        };
        paths.as_ref().map(|paths| paths.iter().map(of).collect()).map_err(String::clone)
    }

    /// Without optimisation, a jump table may hide paths. The rules for single instructions still
    /// apply at that level, but those for paths are left out.
    fn hidden(&self, problem: String) -> Option<String> {
        self.level.is_optimised().then_some(problem)
    }
}

/// Returns every event for which `is_good` is false, with its instruction.
fn complaints(summary: &Summary, is_good: impl Fn(&Event) -> bool) -> Vec<String> {
    let bad = summary.all.iter().filter(|(event, _)| !is_good(event));
    bad.map(|(event, at)| format!("`{event}` is not allowed: {at}")).collect()
}

/// Returns whether an access of this form is allowed.
fn allowed(arch: Arch, medium: Medium, side: Side, kind: Kind, form: Form) -> bool {
    if side == Side::Private {
        return true;
    }
    match (form, arch) {
        (Form::Plain, _) | (Form::Displaced, Arch::X86 | Arch::Riscv) => true,
        (Form::Indexed, Arch::X86) => true,
        // Some of these forms give a hypervisor no syndrome; Linux's reads use only the base
        // register.
        (Form::Displaced, Arch::Arm) => medium == Medium::Memory || kind == Kind::Store,
        (Form::Indexed, Arch::Arm) => medium == Medium::Memory,
        _ => false,
    }
}

fn only_shared(event: &Event) -> Event {
    match event {
        Event::Loop(events) => {
            let events = events.iter().filter(|event| event.is_shared());
            Event::Loop(events.map(only_shared).collect())
        }
        other => other.clone(),
    }
}

/// Returns whether the accesses touch each byte of a range once, in ascending order.
fn covered(trace: &[Event], start: i64, size: i64) -> bool {
    let mut at = start;
    for event in trace {
        match event {
            Event::Access { bits, offset, .. } if *offset == Some(at) => {
                at += i64::from(bits / 8);
            }
            _ => return false,
        }
    }
    at == start + size
}
