//! Pointers through arithmetic and the stack.

use super::*;

#[test]
fn pointers_keep_their_origin_through_arithmetic() {
    let shared = Value::pointer(origin::SHARED).plus(8);
    assert_eq!(shared.sum(Value::number(4)).offset, Some(12));
    assert_eq!(shared.sum(Value::data()).origins, origin::SHARED | origin::DATA);
    assert_eq!(shared.difference(Value::pointer(origin::SHARED)), Value::number(8));
    let mixed = shared.difference(Value::pointer(origin::PRIVATE));
    assert_eq!(mixed.origins, origin::SHARED | origin::PRIVATE);
    assert_eq!(mixed.offset, None);
    assert_eq!(shared.join(shared.plus(4)).offset, None);
}

#[test]
fn the_stack_remembers_what_was_put_there() {
    let mut state = State::new(4);
    let shared = Value::pointer(origin::SHARED);
    state.set_slot(Some(-8), 8, shared);
    assert_eq!(state.slot(Some(-8), 8), shared);
    assert_eq!(state.slot(Some(-8), 4), shared.blurred());
    assert_eq!(state.slot(Some(-6), 1), shared.blurred());
    assert_eq!(state.slot(Some(-16), 8).origins, 0);
    assert_eq!(state.slot(None, 8).origins, origin::SHARED);
    state.move_slots(Some(-32), Some(-16), Some(16));
    assert_eq!(state.slot(Some(-24), 8), shared);
    state.set_slot(Some(-8), 4, Value::number(1));
    assert_eq!(state.slot(Some(-8), 8).origins, origin::SHARED, "half of it may be left");
    state.set_slot(None, 8, Value::pointer(origin::PRIVATE));
    assert_eq!(state.slot(Some(-24), 8).origins, origin::SHARED | origin::PRIVATE);
}
