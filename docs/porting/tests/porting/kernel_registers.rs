use io_core::{Region, prelude::*};
use io_porting::{
    kernel,
    kernel_registers::{after, before, located},
};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The registers: two interrupts are pending.
fn memory() -> [u32; 0x40] {
    let mut words = [0; 0x40];
    (words[0x20 / 4], words[0x24 / 4]) = (0x1, 0x101);
    words
}

fn before<'a>(base: *mut u8) -> kernel::Mmio<'a, before::Bar> {
    // SAFETY: the registers are at the start of the memory.
    unsafe { kernel::Mmio::new(base.cast()) }
}

fn region<'a>(base: *mut u8) -> Mmio<'a, located::Bar> {
    let ptr = Region::ptr_try_from_raw_parts_mut(base, 0x100).expect("aligned");
    // SAFETY: the registers are at the start of the memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(ptr)) }
}

fn registers<'a>(base: *mut u8) -> Mmio<'a, after::Registers> {
    region(base).cast()
}

#[test]
fn the_interrupt_is_enabled() {
    let old = |base| before::enable(before(base));
    let ((), words) = same(&memory(), old, |base| located::enable(region(base)));
    assert_eq!(words[0x20 / 4], 0x81);
    let ((), words) = same(&memory(), old, |base| after::enable(registers(base)));
    assert_eq!(words[0x20 / 4], 0x81);
}

#[test]
fn interrupts_are_acknowledged() {
    let old = |base| before::acknowledge(before(base));
    let (pending, words) = same(&memory(), old, |base| located::acknowledge(region(base)));
    assert_eq!((pending, words[0x64 / 4]), (0x101, 0x101));
    let (pending, words) = same(&memory(), old, |base| after::acknowledge(registers(base)));
    assert_eq!((pending, words[0x64 / 4]), (0x101, 0x101));
}

#[test]
fn the_accesses_are_recorded() {
    let mut words = memory();
    let base = words.as_mut_ptr().cast();
    let recorder = Recorder::new();
    after::enable(recorder.record("edu", registers(base)));
    after::acknowledge(recorder.record("edu", registers(base)));
    located::acknowledge(recorder.record_region("bar", region(base)));
    assert_trace!(
        recorder,
        "RD edu.status 32 -> 0x00000001
         WR edu.status 32 <- 0x00000081
         RD edu.irq_status 32 -> 0x00000101
         WR edu.irq_ack 32 <- 0x00000101
         RD bar+0x24 32 -> 0x00000101
         WR bar+0x64 32 <- 0x00000101"
    );
}
