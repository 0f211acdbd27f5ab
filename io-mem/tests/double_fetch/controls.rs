//! Copies that the compiler recognises are fetched twice, and the loop detects this.
//!
//! They are undefined behaviour, as a race of plain accesses: the result depends on the optimiser.
//! Without optimisation, only successful completion is checked.

use core::{ffi::c_void, mem::MaybeUninit};

use crate::race::{Count, Message, ROUNDS, Shared, rounds};

unsafe extern "C" {
    /// The C library's function, which the compiler recognises by its name.
    fn memcpy(dst: *mut c_void, src: *const c_void, len: usize) -> *mut c_void;
}

/// Returns whether a bad message was found. The number of rounds until then is random.
fn is_enough(count: &Count) -> bool {
    count.bad > 0 || cfg!(debug_assertions) && count.rounds >= ROUNDS
}

#[track_caller]
fn check(count: Count) {
    assert!(count.bad > 0 || cfg!(debug_assertions), "no double fetch was caught: {count:?}");
}

#[test]
fn a_double_fetch_by_a_plain_copy_is_detected() {
    let take = |shared: &Shared| {
        let mut private = MaybeUninit::<Message>::uninit();
        // SAFETY: both are messages. The race of this copy is what the test demonstrates.
        unsafe { private.as_mut_ptr().copy_from_nonoverlapping(shared.ptr(), 1) };
        // SAFETY: the message was just written.
        unsafe { private.assume_init() }
    };
    check(rounds(take, is_enough));
}

#[test]
fn a_double_fetch_by_memcpy_is_detected() {
    let take = |shared: &Shared| {
        let mut private = MaybeUninit::<Message>::uninit();
        let (dst, src) = (private.as_mut_ptr().cast(), shared.ptr().cast());
        // SAFETY: both are messages. The race of this copy is what the test demonstrates.
        unsafe { memcpy(dst, src, size_of::<Message>()) };
        // SAFETY: the message was just written.
        unsafe { private.assume_init() }
    };
    check(rounds(take, is_enough));
}
