use io_core::prelude::*;
use io_porting::volatile_cell::{after, before};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The registers: two interrupts are pending, and the counter is 0x5_0000_0007.
fn memory() -> [u32; 20] {
    let mut words = [0; 20];
    words[1..4].copy_from_slice(&[0b101, 7, 5]);
    words
}

fn before<'a>(base: *mut u8) -> before::Timer<'a> {
    // SAFETY: the registers are at the start of the memory.
    before::Timer::new(unsafe { &*base.cast() })
}

fn registers<'a>(base: *mut u8) -> Mmio<'a, after::Registers> {
    // SAFETY: the registers are at the start of the memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(base.cast())) }
}

#[test]
fn a_channel_is_armed() {
    let ((), words) = same(
        &memory(),
        |base| before(base).arm(2, 0x9_0000_0001),
        |base| after::Timer::new(registers(base)).arm(2, 0x9_0000_0001),
    );
    assert_eq!(words[0], 1);
    assert_eq!(words[12..16], [1, 9, 1, 0]);
}

#[test]
fn the_counter_is_read_in_halves() {
    let now = same(
        &memory(),
        |base| before(base).now(),
        |base| after::Timer::new(registers(base).relaxed()).now(),
    );
    assert_eq!(now.0, 0x5_0000_0007);
}

#[test]
fn interrupts_are_acknowledged() {
    let (pending, words) = same(
        &memory(),
        |base| before(base).acknowledge(),
        |base| after::Timer::new(registers(base)).acknowledge(),
    );
    assert_eq!((pending, words[1]), (0b101, 0b101));
}

#[test]
fn the_accesses_are_recorded_by_name() {
    let mut words = memory();
    let recorder = Recorder::new();
    let timer = registers(words.as_mut_ptr().cast());
    let timer = after::Timer::new(recorder.record("timer", timer));
    timer.now();
    timer.arm(3, 0x9_0000_0001);
    timer.acknowledge();
    assert_trace!(
        recorder,
        "WR timer.control 32 <- 0x00000001
         RD timer.count_hi 32 -> 0x00000005
         RD timer.count_lo 32 -> 0x00000007
         RD timer.count_hi 32 -> 0x00000005
         WR timer.channels[3].compare.lo 32 <- 0x00000001
         WR timer.channels[3].compare.hi 32 <- 0x00000009
         RD timer.channels[3].control 32 -> 0x00000000
         WR timer.channels[3].control 32 <- 0x00000001
         RD timer.irq 32 -> 0x00000005
         WR timer.irq 32 <- 0x00000005"
    );
}

#[test]
#[should_panic = "index out of bounds: the len is 4 but the index is 4"]
fn an_absent_channel_panics() {
    let mut words = memory();
    after::Timer::new(registers(words.as_mut_ptr().cast())).arm(4, 0);
}
