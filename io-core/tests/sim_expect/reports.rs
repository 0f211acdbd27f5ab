//! What a failure says, kind by kind.

use io_core::{
    Region, Width,
    barrier::Barrier,
    prelude::*,
    sim::{Act, Cause, Expect, Mismatch, SimView, field},
};

use crate::{Dma, failure, message};

/// `id` is read, `ctrl` and `bell` are written, with a barrier between.
fn start() -> Expect<Dma> {
    let mut dma = Expect::<Dma>::new();
    dma.read(field!(.id), 0x11).write(field!(.ctrl), 0x1);
    dma.barrier(Barrier::Wmb).write(field!(.bell), 0x2);
    dma
}

fn first_line(mismatch: &Mismatch) -> String {
    mismatch.to_string().lines().next().unwrap_or_default().into()
}

fn says(driver: impl FnMut(SimView<'_, Dma>)) -> (Cause, String) {
    let mismatch = start().check(driver).unwrap_err();
    (mismatch.cause(), first_line(&mismatch))
}

#[test]
fn wrong_value() {
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .ctrl, 0x3);
    });
    assert_eq!(cause, Cause::WrongValue);
    assert_eq!(line, "Dma: ctrl: 0x00000003 was written where 0x00000001 is expected");
}

#[test]
fn wrong_field() {
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .byte, 0x1);
    });
    assert_eq!(cause, Cause::WrongField);
    assert_eq!(
        line,
        "Dma: byte (0x13) is written where ctrl (0x4) must be written: 0xf bytes behind it"
    );
}

#[test]
fn wrong_direction() {
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
        io_read!(dev, .ctrl);
    });
    assert_eq!(cause, Cause::WrongDirection);
    assert_eq!(line, "Dma: ctrl is read where it must be written");
}

#[test]
fn wrong_width() {
    let bytes = |bar: SimView<'_, Region<0x60>>| _ = bar.read8(0);
    assert_eq!(
        message(|| start().verify_region(bytes).unwrap()),
        "\
Dma: id: an access of 8 bits where one of 32 is expected
    expected                 | happened
--> RD id 32 -> 0x00000011   | RD id 8 -> 0xff
    WR ctrl 32 <- 0x00000001 |
    BARRIER wmb              |
    WR bell 16 <- 0x0002     |"
    );
    let mut wide = Expect::<Dma>::new();
    wide.write(field!(.chan[0].addr), 1);
    let at_once = |bar: SimView<'_, Region<0x60>>| bar.write64(0x28, 1_u64.to_le());
    let report = message(|| wide.verify_region(at_once).unwrap());
    let line = "Dma: chan[0].addr.lo: an access of 64 bits where one of 32 is expected\n";
    assert!(report.starts_with(line), "{report}");
}

#[test]
fn too_many() {
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
fn too_few() {
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
    });
    assert_eq!(cause, Cause::Missing);
    assert_eq!(
        line,
        "Dma: the driver ended 3 steps too early: the next is the write of 0x00000001 to ctrl"
    );
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .ctrl, 0x1);
        dev.wmb();
    });
    assert_eq!(cause, Cause::Missing);
    assert_eq!(line, "Dma: the driver ended before the last step, the write of 0x0002 to bell");
}

#[test]
fn left_out_in_the_middle() {
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

#[test]
fn not_expected_in_the_middle() {
    let (cause, line) = says(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .byte, 0xff);
        io_write!(dev, .ctrl, 0x1);
        dev.wmb();
        io_write!(dev, .bell, 0x2);
    });
    assert_eq!(cause, Cause::Extra);
    assert_eq!(
        line,
        "Dma: not expected: the write of 0xff to byte; the next step is the write of 0x00000001 to ctrl"
    );
}

#[test]
fn barriers() {
    let run = |barriers: &'static [Barrier], after: bool| {
        says(|dev| {
            io_read!(dev, .id);
            io_write!(dev, .ctrl, 0x1);
            for kind in barriers {
                match kind {
                    Barrier::Rmb => dev.rmb(),
                    _ => dev.wmb(),
                }
            }
            io_write!(dev, .bell, 0x2);
            if after {
                dev.wmb();
            }
        })
    };
    let late = "Dma: missing barrier: wmb before the write of 0x0002 to bell (it comes too late)";
    assert_eq!(run(&[], true), (Cause::MissingBarrier, late.into()));
    let other = "Dma: a rmb where a wmb is expected";
    assert_eq!(run(&[Barrier::Rmb], false), (Cause::WrongBarrier, other.into()));
    let twice = "Dma: not expected: the barrier wmb; the next step is the write of 0x0002 to bell";
    let (cause, line) = run(&[Barrier::Wmb, Barrier::Wmb], false);
    assert_eq!((cause, line), (Cause::Extra, twice.into()));
}

/// What was planned is answered out of order, so that the rest can be shown.
#[test]
fn the_rest_is_shown() {
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

/// A poll that comes too early still ends.
#[test]
fn answers_come_once_each() {
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.ctrl), 1).poll(field!(.stat), 2, 0, 1);
    let mut answers = vec![];
    let mismatch = dma
        .check(|dev| {
            (0..4).for_each(|_| answers.push(io_read!(dev, .stat)));
            io_write!(dev, .ctrl, 1);
        })
        .unwrap_err();
    assert_eq!((mismatch.cause(), answers), (Cause::WrongOrder, vec![0, 0, 1, u32::MAX]));
}

#[test]
fn long_lists_are_cut_and_folded() {
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

/// A read that nobody planned has no answer: the driver does not go on.
#[test]
fn a_read_without_an_answer_ends_the_run() {
    let mut went_on = false;
    let report = failure(&start(), |dev| {
        io_read!(dev, .stat);
        went_on = true;
    });
    assert_eq!(
        report,
        "\
Dma: stat (0x8) is read where id (0x0) must be read: 0x8 bytes behind it
    expected                 | happened
--> RD id 32 -> 0x00000011   | RD stat 32 -> 0xffffffff
    WR ctrl 32 <- 0x00000001 |
    BARRIER wmb              |
    WR bell 16 <- 0x0002     |"
    );
    assert!(!went_on);

    let mut gone = 0;
    let mismatch = start().check(|dev| gone = io_read!(dev, .stat)).unwrap_err();
    assert_eq!(mismatch.to_string(), report);
    assert_eq!(gone, u32::MAX);
}

/// A driver that cleans up while it unwinds reaches a device that is gone.
#[test]
fn cleaning_up_after_the_end() {
    struct Off<'a>(SimView<'a, Dma>);
    impl Drop for Off<'_> {
        fn drop(&mut self) {
            io_write!(self.0, .ctrl, 0);
            self.0.wmb();
            assert_eq!(io_read!(self.0, .ctrl), u32::MAX);
        }
    }
    let report = failure(&start(), |dev| {
        let _off = Off(dev);
        io_read!(dev, .stat);
    });
    assert!(report.starts_with("Dma: stat (0x8) is read where id (0x0) must be read"), "{report}");
}

#[test]
fn endless_drivers_end() {
    let endless = [
        message(|| _ = start().check(|dev| while io_read!(dev, .stat) != 0 {})),
        message(|| {
            _ = start().check(|dev| {
                loop {
                    io_write!(dev, .byte, 1)
                }
            })
        }),
        message(|| {
            _ = start().check(|dev| {
                loop {
                    dev.mb()
                }
            })
        }),
    ];
    for report in endless {
        let last = report.lines().last().unwrap_or_default();
        assert!(last.ends_with(" (x997)") && !last.starts_with("     ("), "{report}");
    }
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
fn flags_have_names() {
    let mut uart = Expect::<Uart>::seeded(6);
    uart.modify(field!(.flags), Flags::ENABLE, Flags::ENABLE);
    uart.verify(|dev| io_update!(dev, .flags, |flags| flags | Flags::ENABLE));
    let report = failure(&uart, |dev| io_update!(dev, .flags, |_| Flags::ENABLE));
    assert_eq!(
        report,
        "\
Uart: flags: bits 0xfe LOOP | IRQ | 0xf8 were 0xec and were written as 0x00: they must be preserved
(the same random bits again: Expect::seeded(6))
    expected                                            | happened
    RD flags 8 -> 0xed ENABLE | IRQ | 0xe8 (random)     | RD flags 8 -> 0xed ENABLE | IRQ | 0xe8
--> WR flags 8 <- 0xed ENABLE | IRQ | 0xe8 (keeps 0xfe) | WR flags 8 <- 0x01 ENABLE"
    );
}

#[test]
fn a_mismatch_is_data() {
    let mismatch = start().check(|dev| io_write!(dev, .ctrl, 0x1)).unwrap_err();
    let (Some(Act::Access(expected)), Some(Act::Access(happened))) =
        (mismatch.expected(), mismatch.happened())
    else {
        panic!("{mismatch}")
    };
    assert_eq!((expected.place.offset, expected.width, expected.write), (0, Width::W32, false));
    assert_eq!(expected.place.to_string(), ".id");
    assert_eq!(format!("{happened:?}"), "Access(WR ctrl 32 <- 0x00000001)");
    assert_eq!((mismatch.cause(), mismatch.seed()), (Cause::Missing, None));
    // `unwrap` shows the whole report.
    assert_eq!(format!("{mismatch:?}"), mismatch.to_string());
    let error: &dyn core::error::Error = &mismatch;
    assert!(error.source().is_none());
}
