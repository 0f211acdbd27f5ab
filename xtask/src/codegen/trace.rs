//! Follows a probe through its calls: what it does on every way to its end.
//!
//! An abstract interpretation. Every register and stack slot carries the set of
//! pointers that it may be derived from; calls are followed into the functions
//! of io-core and of the probes. So an access is told apart by whose memory it
//! touches, at any level of optimisation, and what cannot be told is no guess
//! but an event of its own ([`Side::Unknown`], [`Side::Several`]).

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::effect::{Access, Combine, Effect, Flow, Form, Kind, Target};
use super::event::{Event, Side};
use super::listing::{Function, Listing};
use super::paths::{self, Paths};
use super::target::Arch;
use super::value::{self, State, Value, origin};

/// How deep calls may be nested.
const DEPTH: usize = 48;

/// What a probe is called with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Argument {
    /// Pointer to what the probe is about.
    Shared,
    /// Pointer to a buffer of the caller's.
    Private,
    /// A number.
    Value,
}

/// What a function does, called in one state.
#[derive(Debug)]
pub(crate) struct Summary {
    /// What is known when it returns; nothing if it never does.
    exit: Option<State>,
    /// What it does, by way to its end.
    pub(crate) paths: Paths,
    /// Everything that it does on any way, each with its instruction.
    pub(crate) all: Vec<(Event, String)>,
}

/// Follows functions of one listing.
#[derive(Debug)]
pub(crate) struct Tracer<'a> {
    listing: &'a Listing,
    arch: Arch,
    known: HashMap<(usize, State), Rc<Summary>>,
    /// Names of symbols, by what [`Value::symbol`] carries.
    symbols: HashMap<u64, String>,
    /// The functions that have been entered.
    pub(crate) entered: BTreeSet<usize>,
    depth: usize,
}

/// Where a call goes.
enum Callee {
    Here(usize),
    Library(&'static str),
    Panic,
    Elsewhere(String),
}

/// One step: what happens, and whether and how it goes on.
#[derive(Default)]
struct Done {
    events: Vec<Event>,
    callee: Option<Rc<Summary>>,
    /// What is done instead, and then returned from.
    tail: Option<Rc<Summary>>,
    /// Nothing when the instruction is the last.
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

    /// Finds what is known before each instruction, then what each does.
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
            Err("a computed jump hides which way goes where".to_owned())
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

    fn step(
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

    fn callee(&self, function: &Function, target: &Target, state: &State) -> Callee {
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
        // Texts for a panic.
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

    /// What a jump to another function leaves: its return is the caller's own.
    fn unpopped(&self, exit: &State) -> State {
        let (mut state, stack) = (exit.clone(), self.arch.stack_pointer());
        state.set(stack, state.get(stack).plus(-self.arch.return_address()));
        state
    }

    /// `memcpy` and kin, told apart by whose memory they touch.
    fn library(&self, name: &str, state: &mut State) -> Option<Event> {
        let [to, from, len, ..] = self.arch.arguments().map(|register| state.get(register));
        if name == "fmt" {
            return None;
        }
        let reads_both = matches!(name, "memcmp" | "bcmp");
        let copies = matches!(name, "memcpy" | "memmove");
        let other = if copies || reads_both { Side::of(from) } else { Side::Stack };
        if copies && Side::of(to) == Side::Stack {
            let bytes = len.offset.filter(|_| len.origins & origin::POINTERS == 0);
            if Side::of(from) == Side::Stack {
                state.move_slots(to.stack(), from.stack(), bytes);
            }
        }
        let harmless = |side: Side| matches!(side, Side::Stack | Side::Private | Side::Program);
        let silent = harmless(Side::of(to)) && harmless(other);
        (!silent).then(|| Event::Library(name.to_owned(), Side::of(to), other))
    }

    /// Forgets what a call does not keep.
    fn lose(&self, state: &mut State) {
        for register in self.arch.clobbered() {
            state.set(*register, Value::default());
        }
    }

    /// Loads, stores, and what registers get.
    fn accesses(&self, effect: &Effect, state: &mut State, events: &mut Vec<Event>) {
        let sets: Vec<_> =
            effect.sets.iter().map(|(r, source)| (*r, state.source(source))).collect();
        let mut loaded = vec![];
        for access in &effect.accesses {
            let address = state.place(access.at);
            let side = if access.at.fixed { Side::Program } else { Side::of(address) };
            let found = match access.kind {
                Kind::Load => load(access, side, address, state),
                Kind::Store => {
                    store(access, side, address, state);
                    None
                }
            };
            loaded.extend(access.register.filter(|_| access.kind == Kind::Load).zip(found));
            let constant = side == Side::Program && access.kind == Kind::Load;
            if side != Side::Stack && !constant {
                let Access { kind, bits, form, .. } = *access;
                events.push(Event::Access { side, kind, bits, offset: address.offset, form });
            }
        }
        for (register, value) in loaded.into_iter().chain(sets) {
            state.set(register, value);
        }
    }
}

/// The value that a load gives its register.
fn load(access: &Access, side: Side, address: Value, state: &State) -> Option<Value> {
    let value = match side {
        Side::Stack => state.slot(address.stack(), i64::from(access.bits / 8)),
        Side::Program => Value::program(None),
        Side::Private => Value::default(),
        Side::Shared | Side::Several | Side::Unknown => Value::data(),
    };
    let old = state.get(access.register?);
    Some(match access.combine {
        Combine::Replace => value,
        Combine::Add => old.sum(value),
        Combine::Either => old.join(value),
        Combine::Mix => old.join(value).blurred(),
    })
}

/// What a store leaves on the stack.
fn store(access: &Access, side: Side, address: Value, state: &mut State) {
    let bytes = i64::from(access.bits / 8);
    let value = access.register.map_or(Value::default(), |register| state.get(register));
    match (side, access.form) {
        (Side::Stack, Form::Folded) if access.combine == Combine::Mix => {
            let old = state.slot(address.stack(), bytes);
            state.set_slot(address.stack(), bytes, old.join(value).blurred());
        }
        (Side::Stack, _) => state.set_slot(address.stack(), bytes, value),
        _ => {}
    }
}

/// Whether a jump goes to another function.
fn leaves(function: &Function, target: &Target) -> bool {
    match target {
        Target::Address(address) => function.position(*address).is_none(),
        Target::Symbol(_) | Target::Register(_) | Target::Unknown => true,
    }
}

/// The instructions that may come next; `None` is the return.
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
        // A table says where, and is not read: every place that nothing falls into.
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

/// Whether something new is known.
fn merge(into: &mut Option<State>, state: &State) -> bool {
    match into {
        Some(known) => known.join(state),
        None => {
            *into = Some(state.clone());
            true
        }
    }
}

/// Functions of the standard library that do not return.
fn is_panic(name: &str) -> bool {
    ["panic", "unwrap_failed", "expect_failed", "slice_index_fail", "rust_begin_unwind", "abort"]
        .iter()
        .any(|part| name.contains(part))
        && !name.contains("io_core")
        && !name.contains("io_probes")
}
