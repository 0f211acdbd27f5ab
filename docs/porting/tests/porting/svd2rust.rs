use std::panic::catch_unwind;

use io_core::prelude::*;
use io_porting::{
    pac,
    svd2rust::{after, before},
};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The registers: line 1 is enabled, and lines 3 and 5 are pending.
const MEMORY: [u32; 6] = [0b10, 0, 0b10, 0, 0, 0b10_1000];

fn before<'a>(base: *mut u8) -> before::Exti<'a> {
    // SAFETY: the registers are at the start of the memory.
    before::Exti::new(unsafe { &*base.cast() })
}

fn registers<'a>(base: *mut u8) -> Mmio<'a, after::Registers> {
    // SAFETY: the registers are at the start of the memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(base.cast())) }
}

#[test]
fn a_line_is_enabled() {
    let ((), words) = same(
        &MEMORY,
        |base| before(base).enable(3),
        |base| after::Exti::new(registers(base).relaxed()).enable(3),
    );
    assert_eq!(words, [0b1010, 0, 0b1010, 0, 0, 0b10_1000]);
}

#[test]
fn a_pending_line_is_acknowledged() {
    for (line, expected, written) in [(3, true, 0b1000), (4, false, 0b10_1000)] {
        let (pending, words) = same(
            &MEMORY,
            |base| before(base).acknowledge(line),
            |base| after::Exti::new(registers(base).relaxed()).acknowledge(line),
        );
        assert_eq!((pending, words[5]), (expected, written));
    }
}

#[test]
fn the_registers_are_those_of_the_singleton() {
    // SAFETY: the registers are not accessed.
    let exti = unsafe { pac::Exti::steal() };
    let view = format!("{:?}", after::registers(exti));
    assert!(view.contains("0x40010400"), "{view}");
}

#[test]
fn other_pending_lines_are_not_written() {
    let mut words = MEMORY;
    let recorder = Recorder::new();
    let registers = registers(words.as_mut_ptr().cast());
    let mut exti = after::Exti::new(recorder.record("exti", registers));
    exti.enable(3);
    exti.acknowledge(3);
    assert_trace!(
        recorder,
        "RD exti.rtsr 32 -> 0x00000002
         WR exti.rtsr 32 <- 0x0000000a
         RD exti.imr 32 -> 0x00000002
         WR exti.imr 32 <- 0x0000000a
         RD exti.pr 32 -> 0x00000028
         WR exti.pr 32 <- 0x00000008"
    );
}

#[test]
fn neither_driver_accesses_an_absent_line() {
    let mut words = MEMORY;
    let base = words.as_mut_ptr().cast::<u8>();
    let old = catch_unwind(|| before(base).acknowledge(19));
    let new = catch_unwind(|| after::Exti::new(registers(base)).acknowledge(19));
    assert!(old.is_err() && new.is_err());
    assert_eq!(words, MEMORY);
}
