//! Exact sequences of steps, and no more instructions than in handwritten code.

use alloc::collections::BTreeSet;

use super::{Build, allowed};
use crate::effect::{Flow, Form};
use crate::event::{Event, Sequence, Side};
use crate::isa::Arch;
use crate::listing::Function;
use crate::rule::{Medium, Step, after_read, before_write};
use crate::trace::Summary;

impl Build<'_> {
    /// Checks that each returning path has exactly the expected steps.
    pub(super) fn exact(
        &self,
        summary: &Summary,
        medium: Medium,
        ways: &[Vec<Step>],
    ) -> Vec<String> {
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
        problems.extend(unknown.map(|(event, at)| format!("`{event}` is not allowed: {at}")));
        problems
    }

    /// Returns the event with an allowed addressing form replaced by the plain form.
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

    /// Checks that the probe has the same number and kinds of instructions as its handwritten twin.
    /// Their order may differ, as that of a constant and a load does: the order of the accesses and
    /// barriers is checked separately.
    pub(super) fn twin(&self, probe: usize, twin: usize) -> Option<String> {
        let [probe, twin] = [probe, twin].map(|i| self.body(i));
        let (mut mine, mut theirs) = (self.kinds(probe), self.kinds(twin));
        mine.sort_unstable();
        theirs.sort_unstable();
        if mine == theirs {
            return None;
        }
        let what = match (mine.len(), theirs.len()) {
            (mine, theirs) if mine == theirs => {
                "the instructions differ from those of the hand-written function".to_owned()
            }
            (mine, theirs) => format!("{mine} instructions, {theirs} in the hand-written function"),
        };
        Some(format!("{what}:\n{}", twin.show()))
    }

    /// Returns the kinds of the instructions, with outlined code put back.
    ///
    /// Two differences are ignored: x86's two ways to load small integers, and the conditions of
    /// branches, since `< 8` may be compiled as `<= 7`.
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

    /// Returns the function, or the target if the function consists of one jump.
    fn body(&self, index: usize) -> &Function {
        let function = &self.listing.functions[index];
        let [only] = function.code.as_slice() else { return function };
        let target = only.relocation.as_ref().map(|relocation| &relocation.symbol);
        let target = target.and_then(|name| self.listing.find(name, &function.member));
        target.map_or(function, |index| &self.listing.functions[index])
    }
}

/// Returns the events of an expected path.
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
