//! Drivers that continue after the first difference.

use io_core::prelude::*;
use io_sim::{Diagnosis, Expect, SimView, field};

use crate::{Dma, failure, message, start};

/// A poll that starts too early still ends.
#[test]
fn each_planned_answer_is_given_once() {
    let mut dma = Expect::<Dma>::new();
    dma.write(field!(.ctrl), 1).poll(field!(.stat), 2, 0, 1);
    let mut answers = vec![];
    let mismatch = dma
        .check(|dev| {
            (0..4).for_each(|_| answers.push(io_read!(dev, .stat)));
            io_write!(dev, .ctrl, 1);
        })
        .unwrap_err();
    assert_eq!((mismatch.diagnosis(), answers), (Diagnosis::WrongOrder, vec![0, 0, 1, u32::MAX]));
}

/// A read without a planned answer ends the run: the driver does not continue.
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
Dma: stat (0x8) is read where id (0x0) must be read: 0x8 bytes after it
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

/// A driver that cleans up while unwinding accesses a removed device.
#[test]
fn accesses_after_the_end_see_a_removed_device() {
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
fn endless_drivers_are_stopped() {
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
