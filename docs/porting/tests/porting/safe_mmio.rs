use core::ptr::NonNull;

use ::safe_mmio::UniqueMmioPointer;
use io_core::prelude::*;
use io_porting::safe_mmio::{Transfer, after, before};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

const TRANSFER: Transfer = Transfer { source: 0x1000, destination: 0x2000, control: 0x40 };

/// The registers: transfers of two channels are finished, and a channel has a configuration.
fn memory() -> [u32; 0x80] {
    let mut words = [0; 0x80];
    (words[1], words[0x100 / 4 + 3 * 8 + 4]) = (0b1010, 0x8000);
    words
}

fn before<'a>(base: *mut u8) -> before::Dma<'a> {
    let registers = NonNull::new(base.cast()).expect("not null");
    // SAFETY: the registers are at the start of the memory.
    before::Dma::new(unsafe { UniqueMmioPointer::new(registers) })
}

fn registers<'a>(base: *mut u8) -> Mmio<'a, after::Registers> {
    // SAFETY: the registers are at the start of the memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(base.cast())) }
}

#[test]
fn a_transfer_is_started() {
    let (result, words) = same(
        &memory(),
        |base| before(base).start(3, TRANSFER),
        |base| after::Dma::new(registers(base).relaxed()).start(3, TRANSFER).ok(),
    );
    assert_eq!(result, Some(()));
    assert_eq!(words[0x58..0x60], [0x1000, 0x2000, 0, 0x40, 0x8001, 0, 0, 0]);
}

#[test]
fn interrupts_are_acknowledged() {
    let (done, words) = same(
        &memory(),
        |base| before(base).acknowledge(),
        |base| after::Dma::new(registers(base).relaxed()).acknowledge(),
    );
    assert_eq!((done, words[2]), (0b1010, 0b1010));
}

#[test]
fn an_absent_channel_is_an_error() {
    let mut words = memory();
    let base = words.as_mut_ptr().cast();
    assert_eq!(before(base).start(8, TRANSFER), None);
    let error = after::Dma::new(registers(base)).start(8, TRANSFER).unwrap_err();
    assert_eq!((error.start, error.len), (8, 8));
    assert_eq!(words, memory());
}

#[test]
fn the_accesses_are_recorded_by_name() {
    let mut words = memory();
    let recorder = Recorder::new();
    let registers = registers(words.as_mut_ptr().cast());
    let mut dma = after::Dma::new(recorder.record("dma", registers));
    dma.start(3, TRANSFER).unwrap();
    dma.acknowledge();
    assert_trace!(
        recorder,
        "WR dma.channels[3].source 32 <- 0x00001000
         WR dma.channels[3].destination 32 <- 0x00002000
         WR dma.channels[3].next 32 <- 0x00000000
         WR dma.channels[3].control 32 <- 0x00000040
         RD dma.channels[3].configuration 32 -> 0x00008000
         WR dma.channels[3].configuration 32 <- 0x00008001
         RD dma.int_tc_status 32 -> 0x0000000a
         WR dma.int_tc_clear 32 <- 0x0000000a"
    );
}
