use io_core::prelude::*;
use io_porting::tock::{after, before};
use io_sim::{Recorder, assert_trace};

use crate::run::same;

/// The registers, with these flags. Some bits of the control register belong to other code.
fn memory(flags: u32) -> [u32; 18] {
    let mut words = [0; 18];
    (words[0], words[6], words[12]) = (0xa5, flags, 0xc001);
    words
}

fn before<'a>(base: *mut u8) -> before::Uart<'a> {
    // SAFETY: the registers are at the start of the memory.
    before::Uart::new(unsafe { &*base.cast() })
}

fn registers<'a>(base: *mut u8) -> Mmio<'a, after::Registers> {
    // SAFETY: the registers are at the start of the memory.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(base.cast())) }
}

fn after<'a>(base: *mut u8) -> after::Uart<RelaxedMmio<'a, after::Registers>> {
    after::Uart::new(registers(base).relaxed())
}

#[test]
fn the_uart_is_initialised() {
    let ((), words) =
        same(&memory(0), |base| before(base).init(13, 1), |base| after(base).init(13, 1));
    assert_eq!(words[9..13], [13, 1, 0x70, 0x301]);
    assert_eq!(words[17], 0x7ff);
}

#[test]
fn a_byte_is_sent() {
    let ((), words) =
        same(&memory(0), |base| before(base).send(b'x'), |base| after(base).send(b'x'));
    assert_eq!(words[0], b'x'.into());
}

#[test]
fn a_byte_is_received_if_there_is_one() {
    for (flags, expected) in [(0, Some(0xa5)), (1 << 4, None)] {
        let (byte, _) =
            same(&memory(flags), |base| before(base).receive(), |base| after(base).receive());
        assert_eq!(byte, expected);
    }
}

#[test]
fn ordered_accesses_are_the_same_on_this_machine() {
    let ((), words) = same(
        &memory(0),
        |base| before(base).init(13, 1),
        |base| after::Uart::new(registers(base)).init(13, 1),
    );
    assert_eq!(words[12], 0x301);
}

#[test]
fn bits_of_others_are_kept() {
    let mut words = memory(0);
    let recorder = Recorder::new();
    let uart = registers(words.as_mut_ptr().cast());
    let uart = after::Uart::new(recorder.record("uart", uart));
    uart.init(13, 1);
    uart.send(b'x');
    assert_trace!(
        recorder,
        "RD uart.cr 32 -> 0x0000c001
         WR uart.cr 32 <- 0x0000c000
         RD uart.fr 32 -> 0x00000000
         WR uart.icr 32 <- 0x000007ff
         WR uart.ibrd 32 <- 0x0000000d
         WR uart.fbrd 32 <- 0x00000001
         WR uart.lcr_h 32 <- 0x00000070
         WR uart.cr 32 <- 0x00000301
         RD uart.fr 32 -> 0x00000000
         WR uart.dr 32 <- 0x00000078"
    );
}
