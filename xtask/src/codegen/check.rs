//! Whether a probe keeps its rule.

use std::collections::BTreeSet;

use super::effect::{Flow, Form, Kind};
use super::event::{Event, Sequence, Side};
use super::listing::{Function, Listing};
use super::paths::Paths;
use super::rule::{Device, Expectation, Medium, Rule, Step, after_read, before_write};
use super::target::{Arch, Level, Machine};
use super::trace::{Summary, Tracer};

/// Constant sizes up to this are copied without a call.
const INLINE: i64 = 64;

/// The compiled probes of one machine and level.
#[derive(Debug)]
pub(crate) struct Build<'a> {
    pub(crate) machine: &'static Machine,
    pub(crate) level: &'static Level,
    pub(crate) listing: &'a Listing,
}

impl Build<'_> {
    /// The function of this name, or why there is none.
    pub(crate) fn function(&self, name: &str) -> Result<usize, String> {
        self.listing.find(name, "").ok_or_else(|| format!("there is no function `{name}`"))
    }

    /// What is wrong with a probe.
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

    /// Exactly the expected steps, on each way that returns.
    fn exact(&self, summary: &Summary, medium: Medium, ways: &[Vec<Step>]) -> Vec<String> {
        let expected: BTreeSet<Vec<Event>> =
            ways.iter().map(|way| expand(way, self.machine.arch)).collect();
        let paths = match &summary.paths {
            Ok(paths) => paths,
            Err(problem) => return vec![problem.clone()],
        };
        let found: BTreeSet<Vec<Event>> = paths
            .iter()
            .map(|path| path.iter().map(|event| self.plain(event, medium)).collect())
            .collect();
        let shown = |ways: &BTreeSet<Vec<Event>>| {
            let ways: Vec<String> = ways.iter().map(|w| format!("[{}]", Sequence(w))).collect();
            ways.join(" or ")
        };
        let mut problems = vec![];
        if found != expected {
            problems.push(format!("expected {}, found {}", shown(&expected), shown(&found)));
        }
        let known: BTreeSet<&Event> = expected.iter().flatten().collect();
        let unknown =
            summary.all.iter().filter(|(event, _)| !known.contains(&self.plain(event, medium)));
        problems
            .extend(unknown.map(|(event, at)| format!("`{event}` is not in the stated set: {at}")));
        problems
    }

    /// The event with a form that is allowed written as the plain one.
    fn plain(&self, event: &Event, medium: Medium) -> Event {
        match event {
            Event::Access { side, kind, bits, offset, form }
                if allowed(self.machine.arch, medium, *side, *kind, *form) =>
            {
                let (side, kind, bits, offset) = (*side, *kind, *bits, *offset);
                Event::Access { side, kind, bits, offset, form: Form::Plain }
            }
            Event::Loop(events) => {
                Event::Loop(events.iter().map(|event| self.plain(event, medium)).collect())
            }
            other => other.clone(),
        }
    }

    /// What every copy keeps, on whatever way.
    fn copy(&self, summary: &Summary, copy: Kind) -> Vec<String> {
        // The sink of private bytes, and the question what the processor has.
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
            // What the processor has is asked once and kept.
            Event::Access { side: Side::Program, .. } => is_userspace,
            _ => false,
        };
        complaints(summary, is_good)
    }

    /// Each byte of the range once and in ascending order, where no loop hides it.
    fn covers(&self, summary: &Summary, range: Option<(i64, i64)>) -> Option<String> {
        let Some((start, size)) = range else {
            let any = summary.all.iter().any(|(event, _)| event.is_shared());
            return (!any).then(|| "nothing is accessed".to_owned());
        };
        let traces = match self.shared(&summary.paths) {
            Ok(traces) => traces,
            Err(problem) => return self.hidden(problem),
        };
        let is_loop = |event: &Event| matches!(event, Event::Loop(_));
        if traces.iter().flatten().any(is_loop) {
            // How often a loop runs is not known, so a way around it counts as one.
            return None;
        }
        traces.iter().find_map(|trace| {
            if trace.is_empty() {
                return Some("a way returns without any access".to_owned());
            }
            (!covered(trace, start, size)).then(|| {
                let end = start + size;
                format!(
                    "bytes {start:#x}..{end:#x} are not accessed once each, ascending: {}",
                    Sequence(trace)
                )
            })
        })
    }

    /// What another probe does to shared memory, so many times.
    fn repeats(&self, summary: &Summary, of: &str, times: usize) -> Result<Option<String>, String> {
        let arguments = super::expect::arguments(of);
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
        // The longest way, which leaves no loop out, must be there.
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
                "not {times} times `{}`, as `{of}` does, but `{}`",
                once.join("` or `"),
                Sequence(trace)
            )
        }))
    }

    /// Accesses to registers: width, form, order.
    fn device(&self, summary: &Summary, device: &Device) -> Vec<String> {
        let arch = self.machine.arch;
        let ordered = device.medium == Medium::Ordered;
        let fence = match device.kind {
            Kind::Load => after_read(arch),
            Kind::Store => before_write(arch),
        };
        let is_good = |event: &Event| match event {
            Event::Access { side: Side::Shared, kind, bits, offset, form } => {
                *kind == device.kind
                    && (device.bits.contains(bits) || !self.level.is_optimised())
                    && allowed(arch, device.medium, Side::Shared, *kind, *form)
                    && (!device.is_fifo || *offset == Some(0))
            }
            Event::Access { side: Side::Private, kind, .. } => *kind != device.kind,
            Event::Fence(text) => ordered && fence == Some(text),
            Event::Dependency(_) => ordered && device.kind == Kind::Load && arch == Arch::Arm,
            _ => false,
        };
        let mut problems = complaints(summary, is_good);
        if !summary.all.iter().any(|(event, _)| event.is_shared()) {
            problems.push("nothing is accessed".to_owned());
        }
        let is_fence = |event: &Event| matches!(event, Event::Fence(text) if fence == Some(text));
        match fence.filter(|_| ordered) {
            Some(fence) if self.level.is_optimised() => {
                problems.extend(self.fenced(&summary.paths, device.kind, fence));
            }
            Some(fence) if !summary.all.iter().any(|(event, _)| is_fence(event)) => {
                problems.push(format!("`{fence}` is missing"));
            }
            _ => {}
        }
        if !self.level.is_optimised() {
            // The width is looked at when the code runs: the others are there, too.
            return problems;
        }
        let (Some((start, size)), Ok(traces)) = (device.range, self.shared(&summary.paths)) else {
            return problems;
        };
        let is_whole = |trace: &Vec<Event>| {
            trace.is_empty()
                || trace.iter().any(|event| matches!(event, Event::Loop(_)))
                || covered(trace, start, size)
        };
        let wrong = traces.iter().filter(|trace| !is_whole(trace));
        problems.extend(wrong.map(|trace| format!("not in ascending order: {}", Sequence(trace))));
        problems
    }

    /// A fence behind the last load, or before the first store, of every way.
    fn fenced(&self, paths: &Paths, kind: Kind, fence: &str) -> Option<String> {
        let paths = match paths {
            Ok(paths) => paths,
            Err(problem) => return Some(problem.clone()),
        };
        let is_fence = |event: &Event| match event {
            Event::Fence(text) => text == fence,
            Event::Loop(events) => events.iter().any(|e| *e == Event::Fence(fence.to_owned())),
            _ => false,
        };
        let wrong = paths.iter().find(|path| match kind {
            Kind::Load => {
                let last = path.iter().rposition(Event::is_shared);
                last.is_some_and(|last| !path[last..].iter().any(is_fence))
            }
            Kind::Store => {
                let first = path.iter().position(Event::is_shared);
                first.is_some_and(|first| !path[..=first].iter().any(is_fence))
            }
        })?;
        Some(format!("`{fence}` is missing: {}", Sequence(wrong)))
    }

    /// What is done to shared memory, by way.
    fn shared(&self, paths: &Paths) -> Paths {
        let of = |path: &Vec<Event>| -> Vec<Event> {
            let events = path.iter().filter(|event| event.is_shared());
            events.map(|event| only_shared(event)).collect()
        };
        paths.as_ref().map(|paths| paths.iter().map(of).collect()).map_err(String::clone)
    }

    /// Without optimisation, a jump table may hide the ways; the rules for
    /// single instructions hold there, too, and those for ways are left out.
    fn hidden(&self, problem: String) -> Option<String> {
        self.level.is_optimised().then_some(problem)
    }

    /// A call where there should be none.
    fn calls(&self, index: usize) -> Option<String> {
        let function = &self.listing.functions[index];
        let arch = self.machine.arch;
        // Where the address of `memcpy` is kept in a register.
        let through_register = function.code.iter().any(|instruction| {
            let relocation = instruction.relocation.as_ref();
            relocation.is_some_and(|r| r.kind.contains("GOT") && r.symbol == "memcpy")
        });
        let call = function.code.iter().find(|instruction| {
            let name = instruction.relocation.as_ref().map_or("", |r| r.symbol.as_str());
            // That `memcpy` moves private bytes alone has been checked. Outlined
            // code is this function's own, shared with others to save space.
            let is_harmless = name == "memcpy"
                || name.contains("OUTLINED_FUNCTION")
                || name.is_empty() && through_register;
            matches!(arch.effect(instruction).flow, Flow::Call(_)) && !is_harmless
        })?;
        Some(format!("a copy of a small constant size has a call: {}", call.show()))
    }

    fn vectors(&self, function: &Function) -> Option<String> {
        let arch = self.machine.arch;
        let instruction = function.code.iter().find(|i| arch.uses_vectors(i))?;
        Some(format!("a vector register in a kernel: {}", instruction.show()))
    }

    /// As many instructions as by hand, and the same ones.
    fn twin(&self, probe: usize, twin: usize) -> Option<String> {
        let [probe, twin] = [probe, twin].map(|i| self.body(i));
        let (mine, theirs) = (self.kinds(probe), self.kinds(twin));
        if mine == theirs {
            return None;
        }
        let what = match (mine.len(), theirs.len()) {
            (mine, theirs) if mine == theirs => "other instructions than by hand".to_owned(),
            (mine, theirs) => format!("{mine} instructions, {theirs} by hand"),
        };
        Some(format!("{what}:\n{}", twin.show()))
    }

    /// What the instructions are, with outlined code put back.
    ///
    /// Not told apart: x86's two loads of small integers, and branches, since
    /// `< 8` may be asked as `<= 7`.
    fn kinds<'b>(&'b self, function: &'b Function) -> Vec<&'b str> {
        let mut kinds = vec![];
        for instruction in &function.code {
            let outlined = instruction.relocation.as_ref().map(|r| &r.symbol);
            let outlined = outlined.filter(|name| name.contains("OUTLINED_FUNCTION"));
            let flow = self.machine.arch.effect(instruction).flow;
            match outlined.and_then(|name| self.listing.find(name, &function.member)) {
                Some(index) => {
                    let mut inner = self.kinds(&self.listing.functions[index]);
                    if matches!(flow, Flow::Call(_)) {
                        inner.pop();
                    }
                    kinds.extend(inner);
                }
                None if matches!(flow, Flow::Branch(_)) => kinds.push("branch"),
                None if instruction.mnemonic == "movzx" => kinds.push("mov"),
                None => kinds.push(&instruction.mnemonic),
            }
        }
        kinds
    }

    /// The function, or the one that it consists of a jump to.
    fn body(&self, index: usize) -> &Function {
        let function = &self.listing.functions[index];
        let [only] = function.code.as_slice() else { return function };
        let target = only.relocation.as_ref().map(|relocation| &relocation.symbol);
        let target = target.and_then(|name| self.listing.find(name, &function.member));
        target.map_or(function, |index| &self.listing.functions[index])
    }
}

/// Everything that is done and is not good, with its instruction.
fn complaints(summary: &Summary, is_good: impl Fn(&Event) -> bool) -> Vec<String> {
    let bad = summary.all.iter().filter(|(event, _)| !is_good(event));
    bad.map(|(event, at)| format!("`{event}` is not in the stated set: {at}")).collect()
}

/// Whether an access of this form may be made.
fn allowed(arch: Arch, medium: Medium, side: Side, kind: Kind, form: Form) -> bool {
    if side == Side::Private {
        return true;
    }
    match (form, arch) {
        (Form::Plain, _) | (Form::Displaced, Arch::X86 | Arch::Riscv) => true,
        (Form::Indexed, Arch::X86) => true,
        // A hypervisor gets no syndrome for some of these; Linux' reads use
        // the base register alone.
        (Form::Displaced, Arch::Arm) => medium == Medium::Memory || kind == Kind::Store,
        (Form::Indexed, Arch::Arm) => medium == Medium::Memory,
        _ => false,
    }
}

fn expand(way: &[Step], arch: Arch) -> Vec<Event> {
    let fence = |text: Option<&str>| text.map(|text| Event::Fence(text.to_owned()));
    let mut events = vec![];
    for step in way {
        match step {
            Step::Shared(kind, bits, offset) => events.push(Event::Access {
                side: Side::Shared,
                kind: *kind,
                bits: *bits,
                offset: *offset,
                form: Form::Plain,
            }),
            Step::Private(kind, bits) => events.push(Event::Access {
                side: Side::Private,
                kind: *kind,
                bits: *bits,
                offset: Some(0),
                form: Form::Plain,
            }),
            Step::AfterRead => {
                events.extend(fence(after_read(arch)));
                events.extend((arch == Arch::Arm).then_some(Event::Dependency(true)));
            }
            Step::BeforeWrite => events.extend(fence(before_write(arch))),
            Step::Barrier(barrier) => events.extend(fence(barrier.text(arch))),
        }
    }
    events
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

/// Whether accesses touch each byte of a range once, one after the other.
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
