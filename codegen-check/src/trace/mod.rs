//! Follows a probe through its calls and records its events on every path to its end.
//!
//! This is an abstract interpretation. Every register and stack slot carries the set of pointers
//! that it may be derived from; calls are followed into the functions of io-core and of the probes.
//! So each access is attributed to the memory that it touches, at any level of optimisation. An
//! access that cannot be attributed is not guessed: it is an event with `Side::Unknown` or
//! `Side::Several`.

mod memory;
mod step;

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use std::collections::HashMap;

use crate::effect::{Effect, Flow, Target};
use crate::event::Event;
use crate::isa::Arch;
use crate::listing::{Function, Listing};
use crate::paths::{self, Paths};
use crate::value::{self, State, Value, origin};

/// The maximum nesting depth of calls.
const DEPTH: usize = 48;

/// An argument of a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Argument {
    /// A pointer to the memory or registers under test.
    Shared,
    /// A pointer to a buffer of the caller.
    Private,
    /// A number.
    Value,
}

/// The effects of a function when called in one state.
#[derive(Debug)]
pub(crate) struct Summary {
    /// The state when it returns; `None` if it never returns.
    exit: Option<State>,
    /// The events of each path to its end.
    pub(crate) paths: Paths,
    /// All events of all paths, each with its instruction.
    pub(crate) all: Vec<(Event, String)>,
}

/// Follows functions of one listing.
#[derive(Debug)]
pub(crate) struct Tracer<'a> {
    listing: &'a Listing,
    arch: Arch,
    known: HashMap<(usize, State), Rc<Summary>>,
    /// The names of symbols, by the hash in [`Value::symbol`].
    symbols: HashMap<u64, String>,
    /// The indices of the functions that have been entered.
    pub(crate) entered: BTreeSet<usize>,
    depth: usize,
}

/// The target of a call.
enum Callee {
    Here(usize),
    Library(&'static str),
    Panic,
    Elsewhere(String),
}

/// The result of one step: its events, and how execution continues.
#[derive(Default)]
struct Done {
    events: Vec<Event>,
    callee: Option<Rc<Summary>>,
    /// The summary of the function that a tail call jumps to, if the step is one.
    tail: Option<Rc<Summary>>,
    /// The state after the step; `None` when execution ends there.
    next: Option<State>,
}

impl<'a> Tracer<'a> {
    pub(crate) fn new(listing: &'a Listing, arch: Arch) -> Self {
        let entered = BTreeSet::new();
        let (known, symbols) = (HashMap::new(), HashMap::new());
        Self { listing, arch, known, symbols, entered, depth: 0 }
    }

    /// Follows a function from its first instruction.
    pub(crate) fn probe(
        &mut self,
        function: usize,
        arguments: &[Argument],
    ) -> Result<Rc<Summary>, String> {
        let mut state = State::new(self.arch.stack_pointer());
        for (register, argument) in self.arch.arguments().into_iter().zip(arguments) {
            state.set(
                register,
                match argument {
                    Argument::Shared => Value::pointer(origin::SHARED),
                    Argument::Private => Value::pointer(origin::PRIVATE),
                    Argument::Value => Value::default(),
                },
            );
        }
        self.entered.clear();
        self.known.clear();
        self.follow(function, state)
    }

    fn follow(&mut self, index: usize, entry: State) -> Result<Rc<Summary>, String> {
        self.entered.insert(index);
        let key = (index, entry);
        if let Some(summary) = self.known.get(&key) {
            return Ok(Rc::clone(summary));
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("calls are nested more than {DEPTH} deep"));
        }
        let listing = self.listing;
        let summary = self.run(&listing.functions[index], key.1.clone());
        self.depth -= 1;
        let summary = Rc::new(summary?);
        self.known.insert(key, Rc::clone(&summary));
        Ok(summary)
    }

    /// Computes the state before each instruction, then the events of each.
    fn run(&mut self, function: &Function, entry: State) -> Result<Summary, String> {
        for relocation in function.code.iter().filter_map(|i| i.relocation.as_ref()) {
            self.symbols.insert(value::symbol(&relocation.symbol), relocation.symbol.clone());
        }
        let effects: Vec<Effect> = function.code.iter().map(|i| self.arch.effect(i)).collect();
        let mut before: Vec<Option<State>> = vec![None; effects.len()];
        before[0] = Some(entry);
        let mut exit: Option<State> = None;
        let mut work = vec![0];
        while let Some(at) = work.pop() {
            let Some(state) = before[at].clone() else { continue };
            let done = self.step(function, at, &effects[at], state)?;
            if let Some(state) = done.tail.as_ref().and_then(|tail| tail.exit.as_ref()) {
                join(&mut exit, &self.unpopped(state));
            }
            let Some(state) = done.next else { continue };
            for next in successors(function, &effects, at) {
                match next {
                    None => join(&mut exit, &state),
                    Some(next) if next >= effects.len() => {}
                    Some(next) => {
                        if merge(&mut before[next], &state) && !work.contains(&next) {
                            work.push(next);
                        }
                    }
                }
            }
        }
        let mut all = vec![];
        let mut steps = Vec::with_capacity(effects.len());
        for (at, state) in before.into_iter().enumerate() {
            let Some(state) = state else {
                steps.push(None);
                continue;
            };
            let done = self.step(function, at, &effects[at], state)?;
            let here = || format!("{:x}: {}", function.code[at].address, function.code[at].show());
            all.extend(done.events.iter().map(|event| (event.clone(), here())));
            for summary in done.callee.iter().chain(&done.tail) {
                all.extend(summary.all.iter().cloned());
            }
            let next = match done.next {
                Some(_) => successors(function, &effects, at),
                None => vec![],
            };
            let Done { events, callee, tail, .. } = done;
            steps.push(Some(paths::Step { events, callee, tail, next }));
        }
        let hidden =
            effects.iter().zip(&steps).any(|(e, s)| s.is_some() && e.flow == Flow::Computed);
        let paths = if hidden {
            Err("the target of a computed jump is unknown".to_owned())
        } else {
            paths::find(&steps)
        };
        if let Some(exit) = &mut exit {
            let top = exit.get(self.arch.stack_pointer()).plus(self.arch.return_address());
            exit.set(self.arch.stack_pointer(), top);
            exit.pop_frame(self.arch.stack_pointer());
        }
        Ok(Summary { exit, paths, all })
    }
}

/// Returns the instructions that may follow; `None` is the return.
fn successors(function: &Function, effects: &[Effect], at: usize) -> Vec<Option<usize>> {
    let next = Some(at + 1);
    match &effects[at].flow {
        Flow::Next | Flow::Dependency(_) | Flow::Call(_) | Flow::BranchOut(_) => vec![next],
        Flow::Branch(to) => match function.position(*to) {
            Some(to) => vec![next, Some(to)],
            None => vec![next, None],
        },
        Flow::Jump(Target::Address(to)) => vec![function.position(*to)],
        Flow::Jump(_) | Flow::Return => vec![None],
        // The targets are in a table, which is not read: any instruction without fall-through into
        // it may be a target.
        Flow::Computed => (1..effects.len())
            .filter(|i| {
                let before = &effects[i - 1].flow;
                matches!(before, Flow::Jump(_) | Flow::Return | Flow::Computed | Flow::Trap)
            })
            .map(Some)
            .collect(),
        Flow::Trap => vec![],
    }
}

fn join(into: &mut Option<State>, state: &State) {
    merge(into, state);
}

/// Merges two states; returns whether `into` changed.
fn merge(into: &mut Option<State>, state: &State) -> bool {
    match into {
        Some(known) => known.join(state),
        None => {
            *into = Some(state.clone());
            true
        }
    }
}
