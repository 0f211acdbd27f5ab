//! Copies access memory in ascending order: another thread observes them. Loads and stores of
//! x86-64 stay in program order, so the observations show the order of the copy's accesses. The
//! same is true of a machine that is emulated on x86-64.

use core::sync::atomic::{AtomicBool, Ordering};

use io_core::prelude::*;

use crate::support::raw::Raw;

const WORDS: usize = 64;

type Words<'a> = Mmio<'a, [u32; WORDS]>;

fn words(memory: &Raw) -> Words<'_> {
    // SAFETY: the test owns the memory, which is valid and aligned.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(memory.ptr().cast())) }
}

/// Runs `write` with increasing numbers. `read` returns two numbers, and the second must not be
/// less than the first.
fn watch(numbers: u32, write: impl Fn(u32) + Send, read: impl Fn() -> (u32, u32)) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|s| {
        s.spawn(|| {
            (1..=numbers).for_each(write);
            stop.store(true, Ordering::Release);
        });
        while !stop.load(Ordering::Acquire) {
            let (early, late) = read();
            assert!(early <= late, "{early} was seen, then {late}");
        }
    });
}

/// The copy stores the first word before the last, so a thread that reads the new last word reads
/// the new first word as well.
#[test]
fn copies_into_a_device_store_in_ascending_order() {
    let memory = Raw::new(4 * WORDS);
    memory.put(0, &[0; 4 * WORDS]);
    let words = words(&memory);
    let (first, last) = (io_project!(words, [0]), io_project!(words, [build: WORDS - 1]));
    let look = || {
        let last = last.read_val();
        (last, first.read_val())
    };
    watch(20_000, |n| words.copy_from_slice(&[n; WORDS]), look);
    assert_eq!(words.copy_read(), [20_000; WORDS]);
}

/// The copy loads the first word before the last, so a number in the first word was in the last
/// word before.
#[test]
fn copies_out_of_a_device_load_in_ascending_order() {
    let memory = Raw::new(4 * WORDS);
    memory.put(0, &[0; 4 * WORDS]);
    let words = words(&memory);
    let (first, last) = (io_project!(words, [0]), io_project!(words, [build: WORDS - 1]));
    let write = |n| {
        last.write_val(n);
        first.write_val(n);
    };
    let look = || {
        let copy = words.copy_read();
        (copy[0], copy[WORDS - 1])
    };
    watch(200_000, write, look);
}

#[test]
fn fills_of_a_device_store_in_ascending_order() {
    for _ in 0..20 {
        let memory = Raw::new(4 * WORDS);
        memory.put(0, &[0; 4 * WORDS]);
        let words = words(&memory);
        let (first, last) = (io_project!(words, [0]), io_project!(words, [build: WORDS - 1]));
        let look = || {
            let last = last.read_val();
            (last, first.read_val())
        };
        watch(255, |n| words.fill(n as u8), look);
    }
}
