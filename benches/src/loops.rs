//! Plain Rust: a copy that races, and loops of atomics, which do not.

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering::Relaxed};

use crate::contestants::{Contestant, Family, Shared, repeat};

/// The usual copy, which is a data race if others write at the same time.
pub const COPY_NONOVERLAPPING: Contestant =
    Contestant::new("ptr::copy_nonoverlapping", Family::Plain, Shared::Neither, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes two ranges of `size` bytes that do not overlap.
            unsafe { core::ptr::copy_nonoverlapping(source, destination, size) };
        });
    });

/// Relaxed atomics, byte by byte and word by word.
pub const ATOMICS: [Contestant; 2] = [
    Contestant::new("AtomicU8 loop", Family::Loop, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` bytes that only this thread accesses.
            let source = unsafe { core::slice::from_raw_parts(source.cast::<AtomicU8>(), size) };
            // SAFETY: as above.
            let destination =
                unsafe { core::slice::from_raw_parts(destination.cast::<AtomicU8>(), size) };
            for (to, from) in destination.iter().zip(source) {
                to.store(from.load(Relaxed), Relaxed);
            }
        });
    }),
    Contestant {
        words_only: true,
        ..Contestant::new("AtomicUsize loop", Family::Loop, Shared::Either, |place, times| {
            assert!(place.layout.is_word_aligned(), "words need aligned addresses");
            repeat(place, times, |destination, source, size| {
                let words = size / size_of::<usize>();
                // SAFETY: `repeat` passes ranges of at least `words` words, aligned as just
                // asserted, which only this thread accesses.
                let source =
                    unsafe { core::slice::from_raw_parts(source.cast::<AtomicUsize>(), words) };
                // SAFETY: as above.
                let destination = unsafe {
                    core::slice::from_raw_parts(destination.cast::<AtomicUsize>(), words)
                };
                for (to, from) in destination.iter().zip(source) {
                    to.store(from.load(Relaxed), Relaxed);
                }
            });
        })
    },
];
