//! Copies that the compiler knows are fetched twice: the loop catches them.
//!
//! Undefined, as a race of plain accesses: what happens is what the optimiser
//! makes of it. Without optimisation nothing is asserted but that it runs.

use core::{ffi::c_void, mem::MaybeUninit};

use crate::race::{Count, Message, ROUNDS, Shared, rounds};

unsafe extern "C" {
    /// The C library's; the compiler knows it by its name.
    fn memcpy(dst: *mut c_void, src: *const c_void, len: usize) -> *mut c_void;
}

/// Until the first bad message; how long is chance.
fn is_enough(count: &Count) -> bool {
    count.bad > 0 || cfg!(debug_assertions) && count.rounds >= ROUNDS
}

#[track_caller]
fn check(count: Count) {
    assert!(count.bad > 0 || cfg!(debug_assertions), "no double fetch was caught: {count:?}");
}

#[test]
fn a_plain_copy_is_caught() {
    let take = |shared: &Shared| {
        let mut private = MaybeUninit::<Message>::uninit();
        // SAFETY: two messages. That this one races is what is to be shown.
        unsafe { private.as_mut_ptr().copy_from_nonoverlapping(shared.ptr(), 1) };
        // SAFETY: just written.
        unsafe { private.assume_init() }
    };
    check(rounds(take, is_enough));
}

#[test]
fn a_call_of_memcpy_is_caught() {
    let take = |shared: &Shared| {
        let mut private = MaybeUninit::<Message>::uninit();
        let (dst, src) = (private.as_mut_ptr().cast(), shared.ptr().cast());
        // SAFETY: two messages. That this one races is what is to be shown.
        unsafe { memcpy(dst, src, size_of::<Message>()) };
        // SAFETY: just written.
        unsafe { private.assume_init() }
    };
    check(rounds(take, is_enough));
}
