//! One instruction: its events, and where execution continues.

use super::{Callee, Done, Tracer};
use crate::effect::{Effect, Flow, Target};
use crate::event::Event;
use crate::listing::Function;
use crate::value::{State, origin};

impl Tracer<'_> {
    pub(super) fn step(
        &mut self,
        function: &Function,
        at: usize,
        effect: &Effect,
        mut state: State,
    ) -> Result<Done, String> {
        let mut events = vec![];
        self.accesses(effect, &mut state, &mut events);
        events.extend(effect.fence.clone().map(Event::Fence));
        if let Flow::Dependency(register) = effect.flow {
            let origins = state.get(register).origins;
            events.push(Event::Dependency(origins & origin::DATA != 0));
        }
        let instruction = &function.code[at];
        let (target, is_jump) = match &effect.flow {
            Flow::Call(target) => (target, false),
            Flow::Jump(target) if leaves(function, target) => (target, true),
            Flow::Trap => return Ok(Done { events, ..Done::default() }),
            Flow::BranchOut(target) => (target, true),
            _ => return Ok(Done { events, next: Some(state), ..Done::default() }),
        };
        match self.callee(function, target, &state) {
            Callee::Here(index) => {
                let stack = self.arch.stack_pointer();
                let pushed = if is_jump { 0 } else { self.arch.return_address() };
                state.set(stack, state.get(stack).plus(-pushed));
                if matches!(effect.flow, Flow::BranchOut(_)) {
                    let tail = self.follow(index, state.clone())?;
                    return Ok(Done { events, callee: None, tail: Some(tail), next: Some(state) });
                }
                let summary = self.follow(index, state)?;
                let next = match is_jump {
                    true => summary.exit.as_ref().map(|exit| self.unpopped(exit)),
                    false => summary.exit.clone(),
                };
                Ok(Done { events, callee: Some(summary), tail: None, next })
            }
            Callee::Panic if matches!(effect.flow, Flow::BranchOut(_)) => {
                Ok(Done { events, next: Some(state), ..Done::default() })
            }
            Callee::Panic => Ok(Done { events, ..Done::default() }),
            Callee::Library(name) => {
                events.extend(self.library(name, &mut state));
                self.lose(&mut state);
                Ok(Done { events, next: Some(state), ..Done::default() })
            }
            Callee::Elsewhere(name) if name.is_empty() => {
                events.push(Event::Call(format!("through `{}`", instruction.show())));
                self.lose(&mut state);
                Ok(Done { events, next: Some(state), ..Done::default() })
            }
            Callee::Elsewhere(name) => {
                events.push(Event::Call(name));
                self.lose(&mut state);
                Ok(Done { events, next: Some(state), ..Done::default() })
            }
        }
    }

    pub(super) fn callee(&self, function: &Function, target: &Target, state: &State) -> Callee {
        let name = match target {
            Target::Symbol(name) => name,
            Target::Register(register) => {
                let known = state.get(*register).symbol.and_then(|s| self.symbols.get(&s));
                match known {
                    Some(name) => name,
                    None => return Callee::Elsewhere(String::new()),
                }
            }
            Target::Address(address) => {
                let found = self.listing.at(&function.member, &function.section, *address);
                return found.map_or(Callee::Elsewhere(String::new()), Callee::Here);
            }
            Target::Unknown => return Callee::Elsewhere(String::new()),
        };
        for library in ["memcpy", "memmove", "memset", "memcmp", "bcmp"] {
            if name == library {
                return Callee::Library(library);
            }
        }
        // Formatting of a panic message.
        if name.contains("4core3fmt") {
            return Callee::Library("fmt");
        }
        if is_panic(name) {
            return Callee::Panic;
        }
        match self.listing.find(name, &function.member) {
            Some(index) => Callee::Here(index),
            None => Callee::Elsewhere(name.clone()),
        }
    }

    /// Returns the state after a jump to another function, whose return is that of the caller.
    pub(super) fn unpopped(&self, exit: &State) -> State {
        let (mut state, stack) = (exit.clone(), self.arch.stack_pointer());
        state.set(stack, state.get(stack).plus(-self.arch.return_address()));
        state
    }
}

/// Returns whether a jump leads to another function.
fn leaves(function: &Function, target: &Target) -> bool {
    match target {
        Target::Address(address) => function.position(*address).is_none(),
        Target::Symbol(_) | Target::Register(_) | Target::Unknown => true,
    }
}

/// Returns whether it is a function of the standard library that does not return.
fn is_panic(name: &str) -> bool {
    ["panic", "unwrap_failed", "expect_failed", "slice_index_fail", "rust_begin_unwind", "abort"]
        .iter()
        .any(|part| name.contains(part))
        && !name.contains("io_core")
        && !name.contains("io_probes")
}
