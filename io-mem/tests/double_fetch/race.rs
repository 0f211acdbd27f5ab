//! A message that alternates between valid and invalid, and a loop that forwards it.

use core::{
    cell::UnsafeCell,
    hint::black_box,
    sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed},
    time::Duration,
};
use std::time::Instant;

use io_core::IoStruct;
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes};

/// An array of lengths, of which one is used. It is large, so that copying it takes some time, and
/// it is accessed by an index, so that the compiler does not split it into registers.
#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
pub(crate) struct Message {
    pub(crate) lens: [u8; LENS],
}

const LENS: usize = 256;

/// The largest valid length. Code that trusts a larger length reads out of bounds.
const MAX: u8 = 127;

impl Message {
    #[inline(always)]
    fn is_valid(&self, index: usize) -> bool {
        self.lens[index] <= MAX
    }
}

/// Memory that one thread writes and another one copies.
pub(crate) struct Shared(UnsafeCell<Message>);

// SAFETY: the message is accessed only by byte atomics and by the copies under test.
unsafe impl Sync for Shared {}

impl Shared {
    pub(crate) fn ptr(&self) -> *mut Message {
        self.0.get()
    }

    fn len(&self, index: usize) -> &AtomicU8 {
        assert!(index < LENS);
        let len = self.ptr().cast::<u8>().wrapping_add(index);
        // SAFETY: the byte is inside the message; other threads access it only by byte atomics and
        // by the copies under test.
        unsafe { AtomicU8::from_ptr(len) }
    }
}

/// The results of the rounds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) rounds: u64,
    pub(crate) refused: u64,
    pub(crate) forwarded: u64,
    /// The number of messages that were forwarded but not valid.
    pub(crate) bad: u64,
}

/// The number of rounds. Double fetches are introduced by the optimiser, so there are few rounds
/// without it. Under emulation there are fewer rounds, because they are slow and the compiler is the
/// same on every architecture.
pub(crate) const ROUNDS: u64 = match (cfg!(debug_assertions), cfg!(emulated)) {
    (true, _) => 20_000,
    (false, true) => 200_000,
    (false, false) => 3_000_000,
};

/// The time limit of the rounds, for a machine under load.
const PATIENCE: Duration = Duration::from_secs(100);

/// Takes the message into private memory, validates it, and forwards it if it is valid.
#[inline(always)]
fn forward(take: impl FnOnce() -> Message, sink: &mut Message, index: usize) -> bool {
    let private = take();
    let is_valid = private.is_valid(index);
    if is_valid {
        // SAFETY: the two messages do not overlap.
        unsafe { core::ptr::copy_nonoverlapping(&raw const private, sink, 1) };
    }
    is_valid
}

/// Forwards until `is_enough`, while another thread changes the message.
#[inline(always)]
pub(crate) fn rounds(
    take: impl Fn(&Shared) -> Message,
    is_enough: impl Fn(&Count) -> bool,
) -> Count {
    let shared = Shared(UnsafeCell::new(Message::new_zeroed()));
    let index = black_box(3);
    let len = shared.len(index);
    let (stop, started) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut count = Count::default();
    let mut sink = Message::new_zeroed();
    std::thread::scope(|s| {
        s.spawn(|| {
            while !stop.load(Relaxed) {
                len.store(0xff, Relaxed);
                len.store(MAX, Relaxed);
                started.store(true, Relaxed);
            }
        });
        while !started.load(Relaxed) {
            std::thread::yield_now();
        }
        let start = Instant::now();
        while !is_enough(&count) && start.elapsed() < PATIENCE {
            for _ in 0..if cfg!(miri) { 1 } else { 1000 } {
                count.rounds += 1;
                if forward(|| take(&shared), &mut sink, index) {
                    count.forwarded += 1;
                    count.bad += u64::from(!black_box(&mut sink).is_valid(index));
                } else {
                    count.refused += 1;
                }
            }
        }
        stop.store(true, Relaxed);
    });
    count
}
