//! Multiple accesses to registers: width, form, order.

use super::{Build, allowed, complaints, covered};
use crate::effect::Kind;
use crate::event::{Event, Sequence, Side};
use crate::isa::Arch;
use crate::paths::Paths;
use crate::rule::{Device, Medium, after_read, before_write};
use crate::trace::Summary;

impl Build<'_> {
    /// Checks accesses to registers: width, form, order.
    pub(super) fn device(&self, summary: &Summary, device: &Device) -> Vec<String> {
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
            problems.push("no byte is accessed".to_owned());
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
            // The width is chosen at run time, so code for other widths is present too.
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

    /// Checks that every path has a fence after its last load, or before its first store.
    pub(super) fn fenced(&self, paths: &Paths, kind: Kind, fence: &str) -> Option<String> {
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
}
