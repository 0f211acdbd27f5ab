//! The effects of an instruction on memory and registers.

use super::Tracer;
use crate::effect::{Access, Combine, Effect, Form, Kind};
use crate::event::{Event, Side};
use crate::value::{State, Value, origin};

impl Tracer<'_> {
    /// Returns the event for `memcpy` or a similar function, distinguished by the memory that it
    /// accesses.
    pub(super) fn library(&self, name: &str, state: &mut State) -> Option<Event> {
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

    /// Forgets the values that a call does not preserve.
    pub(super) fn lose(&self, state: &mut State) {
        for register in self.arch.clobbered() {
            state.set(*register, Value::default());
        }
    }

    /// Applies loads, stores, and new values of registers.
    pub(super) fn accesses(&self, effect: &Effect, state: &mut State, events: &mut Vec<Event>) {
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

/// Returns the value that a load puts into its register.
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

/// Applies a store to the stack.
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
