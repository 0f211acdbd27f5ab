//! The library's copies fetch each byte once.

use io_core::{bytewise::atomic_per_byte_memcpy, prelude::*};
use zerocopy::FromZeros;

use crate::race::{Count, Message, ROUNDS, Shared, rounds};

/// Returns whether there were enough rounds, and enough of both messages.
fn is_enough(count: &Count) -> bool {
    let (all, each) = if cfg!(miri) { (5, 1) } else { (ROUNDS, 100) };
    count.rounds >= all && count.forwarded >= each && count.refused >= each
}

#[track_caller]
fn check(count: Count) {
    assert!(is_enough(&count), "the message did not flip: {count:?}");
    assert_eq!(count.bad, 0, "{count:?}");
}

#[inline(always)]
fn memory(shared: &Shared) -> SysMem<'_, Message> {
    // SAFETY: the other thread uses byte atomics.
    unsafe { SysMem::new(shared.ptr()) }
}

#[inline(always)]
fn device(shared: &Shared) -> Mmio<'_, Message> {
    // SAFETY: as above; in tests, a view of a device may be over memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(shared.ptr())) }
}

#[test]
fn atomic_per_byte_memcpy_fetches_once() {
    let take = |shared: &Shared| {
        let mut private = Message::new_zeroed();
        // SAFETY: both are messages, and the other thread uses byte atomics.
        unsafe {
            atomic_per_byte_memcpy(
                (&raw mut private).cast(),
                shared.ptr().cast(),
                size_of::<Message>(),
            );
        }
        private
    };
    check(rounds(take, is_enough));
}

#[test]
fn copy_read_fetches_once() {
    check(rounds(|shared| memory(shared).copy_read(), is_enough));
}

#[test]
fn copy_to_slice_fetches_once() {
    let take = |shared: &Shared| {
        let mut private = Message::new_zeroed();
        io_project!(memory(shared), .lens).copy_to_slice(&mut private.lens);
        private
    };
    check(rounds(take, is_enough));
}

#[test]
fn copy_read_as_bytes_fetches_once() {
    check(rounds(|shared| device(shared).copy_read_as::<u8>(), is_enough));
    check(rounds(|shared| device(shared).relaxed().copy_read_as::<u8>(), is_enough));
}

/// Words that race with bytes: defined for the hardware, but not in Miri's model.
#[cfg(not(miri))]
#[test]
fn copy_read_of_a_device_fetches_once() {
    check(rounds(|shared| device(shared).copy_read(), is_enough));
    check(rounds(|shared| device(shared).relaxed().copy_read(), is_enough));
}

/// Each element is read once, even if it is used several times.
#[test]
fn reads_of_elements_fetch_once() {
    macro_rules! take {
        ($view:ident) => {
            |shared: &Shared| {
                let mut private = Message::new_zeroed();
                let lens = io_project!($view(shared), .lens);
                for (private, len) in private.lens.iter_mut().zip(lens.iter()) {
                    *private = len.read_val();
                }
                private
            }
        };
    }
    check(rounds(take!(memory), is_enough));
    check(rounds(take!(device), is_enough));
}
