//! The text of a failure: both sequences side by side, with names.

use io_core::{RoSideEffect, Width, prelude::*};
use io_sim::{Diagnosis, Expect, Operation, field};

use crate::{Dma, failure, first_line, start};

#[test]
fn an_additional_access_is_marked() {
    let report = failure(&start(), |dev| {
        io_read!(dev, .id);
        io_write!(dev, .ctrl, 0x1);
        dev.wmb();
        io_write!(dev, .bell, 0x2);
        io_write!(dev, .bell, 0x2);
    });
    assert_eq!(
        report,
        "\
Dma: nothing more is expected, but there is the write of 0x0002 to bell
    expected                 | happened
    RD id 32 -> 0x00000011   | RD id 32 -> 0x00000011
    WR ctrl 32 <- 0x00000001 | WR ctrl 32 <- 0x00000001
    BARRIER wmb              | BARRIER wmb
    WR bell 16 <- 0x0002     | WR bell 16 <- 0x0002
-->                          | WR bell 16 <- 0x0002"
    );
}

#[test]
fn a_missing_access_is_marked() {
    let report = failure(&start(), |dev| {
        io_read!(dev, .id);
        dev.wmb();
        io_write!(dev, .bell, 0x2);
    });
    assert_eq!(
        report,
        "\
Dma: missing: the write of 0x00000001 to ctrl; instead there is the barrier wmb
    expected                 | happened
    RD id 32 -> 0x00000011   | RD id 32 -> 0x00000011
--> WR ctrl 32 <- 0x00000001 |
    BARRIER wmb              | BARRIER wmb
    WR bell 16 <- 0x0002     | WR bell 16 <- 0x0002"
    );
}

/// Planned accesses are answered out of order, so that the remaining operations can be shown.
#[test]
fn operations_after_the_difference_are_shown() {
    let report = failure(&start(), |dev| {
        io_write!(dev, .ctrl, 0x1);
        assert_eq!(io_read!(dev, .id), 0x11);
        io_write!(dev, .bell, 0x2);
    });
    assert_eq!(
        report,
        "\
Dma: wrong order: the write of 0x00000001 to ctrl comes before the read of id
    expected                 | happened
--> RD id 32 -> 0x00000011   |
    WR ctrl 32 <- 0x00000001 | WR ctrl 32 <- 0x00000001
    BARRIER wmb              | RD id 32 -> 0x00000011
    WR bell 16 <- 0x0002     | WR bell 16 <- 0x0002"
    );
}

#[test]
fn long_lists_are_truncated_and_folded() {
    let mut dma = Expect::<Dma>::new();
    dma.poll(field!(.stat), 40, 0, 1);
    (0..40).for_each(|i| _ = dma.write(field!(.byte), i));
    let report = failure(&dma, |dev| {
        while io_read!(dev, .stat) == 0 {}
        (0..20).for_each(|i| io_write!(dev, .byte, i));
        io_write!(dev, .byte, 0xff);
        (21..39).for_each(|i| io_write!(dev, .byte, i));
    });
    assert_eq!(
        report,
        "\
Dma: byte: 0xff was written where 0x14 is expected
    expected          | happened
    … 10 more
    WR byte 8 <- 0x08 | WR byte 8 <- 0x08
    WR byte 8 <- 0x09 | WR byte 8 <- 0x09
    WR byte 8 <- 0x0a | WR byte 8 <- 0x0a
    WR byte 8 <- 0x0b | WR byte 8 <- 0x0b
    WR byte 8 <- 0x0c | WR byte 8 <- 0x0c
    WR byte 8 <- 0x0d | WR byte 8 <- 0x0d
    WR byte 8 <- 0x0e | WR byte 8 <- 0x0e
    WR byte 8 <- 0x0f | WR byte 8 <- 0x0f
    WR byte 8 <- 0x10 | WR byte 8 <- 0x10
    WR byte 8 <- 0x11 | WR byte 8 <- 0x11
    WR byte 8 <- 0x12 | WR byte 8 <- 0x12
    WR byte 8 <- 0x13 | WR byte 8 <- 0x13
--> WR byte 8 <- 0x14 | WR byte 8 <- 0xff
    WR byte 8 <- 0x15 | WR byte 8 <- 0x15
    WR byte 8 <- 0x16 | WR byte 8 <- 0x16
    WR byte 8 <- 0x17 | WR byte 8 <- 0x17
    WR byte 8 <- 0x18 | WR byte 8 <- 0x18
    WR byte 8 <- 0x19 | WR byte 8 <- 0x19
    WR byte 8 <- 0x1a | WR byte 8 <- 0x1a
    WR byte 8 <- 0x1b | WR byte 8 <- 0x1b
    WR byte 8 <- 0x1c | WR byte 8 <- 0x1c
    WR byte 8 <- 0x1d | WR byte 8 <- 0x1d
    WR byte 8 <- 0x1e | WR byte 8 <- 0x1e
    WR byte 8 <- 0x1f | WR byte 8 <- 0x1f
    … 8 more"
    );
    let report = failure(&dma, |dev| while io_read!(dev, .stat) == 0 {});
    assert_eq!(
        report,
        "\
Dma: the driver ended 40 steps too early: the next is the write of 0x00 to byte
    expected                       | happened
    RD stat 32 -> 0x00000000 (x40) | RD stat 32 -> 0x00000000 (x40)
    RD stat 32 -> 0x00000001       | RD stat 32 -> 0x00000001
--> WR byte 8 <- 0x00              |
    WR byte 8 <- 0x01              |
    WR byte 8 <- 0x02              |
    WR byte 8 <- 0x03              |
    WR byte 8 <- 0x04              |
    WR byte 8 <- 0x05              |
    WR byte 8 <- 0x06              |
    WR byte 8 <- 0x07              |
    WR byte 8 <- 0x08              |
    WR byte 8 <- 0x09              |
    WR byte 8 <- 0x0a              |
    WR byte 8 <- 0x0b              |
    … 28 more"
    );
}

#[derive(Clone, Copy, PartialEq, Eq, IoValue)]
#[repr(transparent)]
struct Flags(u8);

bitflags::bitflags! {
    impl Flags: u8 {
        const ENABLE = 0x1;
        const LOOP = 0x2;
        const IRQ = 0x4;
    }
}

impl core::fmt::Debug for Flags {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        bitflags::parser::to_writer(self, f)
    }
}

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    flags: Flags,
}

#[test]
fn flags_are_printed_by_name() {
    let mut uart = Expect::<Uart>::seeded(6);
    uart.modify(field!(.flags), Flags::ENABLE, Flags::ENABLE);
    uart.verify(|dev| io_update!(dev, .flags, |flags| flags | Flags::ENABLE));
    let report = failure(&uart, |dev| io_update!(dev, .flags, |_| Flags::ENABLE));
    assert_eq!(
        report,
        "\
Uart: flags: bits 0xfe LOOP | IRQ | 0xf8 were 0xec and were written as 0x00: they must be preserved
(to reproduce the random bits: Expect::seeded(6))
    expected                                            | happened
    RD flags 8 -> 0xed ENABLE | IRQ | 0xe8 (random)     | RD flags 8 -> 0xed ENABLE | IRQ | 0xe8
--> WR flags 8 <- 0xed ENABLE | IRQ | 0xe8 (keeps 0xfe) | WR flags 8 <- 0x01 ENABLE"
    );
}

/// Two registers at one offset.
#[io_struct]
struct Fifo {
    #[io(at = 0x0)]
    rbr: RoSideEffect<u8>,
    #[io(at = 0x0, overlay)]
    thr: Wo<u8>,
    #[io(at = 0x1)]
    lcr: u8,
}

#[test]
fn registers_at_one_offset_have_their_own_names() {
    let mut fifo = Expect::<Fifo>::new();
    fifo.read(field!(.rbr), 1).write(field!(.thr), 2).write(field!(.lcr), 3);
    fifo.verify(|dev| {
        let byte = io_read!(dev, .rbr);
        io_write!(dev, .thr, byte + 1);
        io_write!(dev, .lcr, 3);
    });
    assert_eq!(fifo.to_string(), "RD rbr 8 -> 0x01\nWR thr 8 <- 0x02\nWR lcr 8 <- 0x03");
    let mut line_first = Expect::<Fifo>::new();
    line_first.write(field!(.lcr), 3);
    let mismatch = line_first.check(|dev| io_write!(dev, .thr, 2)).unwrap_err();
    let line = "Fifo: thr (0x0) is written where lcr (0x1) must be written: 0x1 bytes before it";
    assert_eq!(first_line(&mismatch), line);
}

#[test]
fn a_mismatch_contains_both_operations() {
    let mismatch = start().check(|dev| io_write!(dev, .ctrl, 0x1)).unwrap_err();
    let (Some(Operation::Access(expected)), Some(Operation::Access(happened))) =
        (mismatch.expected(), mismatch.happened())
    else {
        panic!("{mismatch}")
    };
    assert_eq!((expected.addr.offset, expected.width, expected.write), (0, Width::W32, false));
    assert_eq!(expected.addr.to_string(), ".id");
    assert_eq!(format!("{happened:?}"), "AccessEvent(WR ctrl 32 <- 0x00000001)");
    assert_eq!((mismatch.diagnosis(), mismatch.seed()), (Diagnosis::Missing, None));
    // `unwrap` shows the whole report.
    assert_eq!(format!("{mismatch:?}"), mismatch.to_string());
    let error: &dyn core::error::Error = &mismatch;
    assert!(error.source().is_none());
}
