//! The one-line message of each diagnosis.

use io_core::{A8, Region, barrier::Barrier, prelude::*};
use io_sim::{Diagnosis, Expect, SimView, field};

use crate::{Dma, first_line, message, start};

fn diagnosis_of(driver: impl FnMut(SimView<'_, Dma>)) -> (Diagnosis, String) {
    let mismatch = start().check(driver).unwrap_err();
    (mismatch.diagnosis(), first_line(&mismatch))
}

#[test]
fn a_wrong_value_is_diagnosed() {
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .ctrl, 0x3);
    });
    assert_eq!(diagnosis, Diagnosis::WrongValue);
    assert_eq!(line, "Dma: ctrl: 0x00000003 was written where 0x00000001 is expected");
}

#[test]
fn a_wrong_field_is_diagnosed() {
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .byte, 0x1);
    });
    assert_eq!(diagnosis, Diagnosis::WrongField);
    assert_eq!(
        line,
        "Dma: byte (0x13) is written where ctrl (0x4) must be written: 0xf bytes after it"
    );
}

#[test]
fn a_wrong_direction_is_diagnosed() {
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
        io_read!(dev, .ctrl);
    });
    assert_eq!(diagnosis, Diagnosis::WrongDirection);
    assert_eq!(line, "Dma: ctrl is read where it must be written");
}

#[test]
fn a_wrong_width_is_diagnosed() {
    let bytes = |bar: SimView<'_, Region<0x60>>| _ = bar.read_at::<u8>(0);
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
    let at_once = |bar: SimView<'_, Region<0x60, A8>>| bar.write_at::<u64>(0x28, 1_u64.to_le());
    let report = message(|| wide.verify_region(at_once).unwrap());
    let line = "Dma: chan[0].addr.lo: an access of 64 bits where one of 32 is expected\n";
    assert!(report.starts_with(line), "{report}");
}

#[test]
fn missing_steps_at_the_end_are_diagnosed() {
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
    });
    assert_eq!(diagnosis, Diagnosis::Missing);
    assert_eq!(
        line,
        "Dma: the driver ended 3 steps too early: the next is the write of 0x00000001 to ctrl"
    );
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .ctrl, 0x1);
        dev.wmb();
    });
    assert_eq!(diagnosis, Diagnosis::Missing);
    assert_eq!(line, "Dma: the driver ended before the last step, the write of 0x0002 to bell");
}

#[test]
fn an_additional_access_in_the_middle_is_diagnosed() {
    let (diagnosis, line) = diagnosis_of(|dev| {
        io_read!(dev, .id);
        io_write!(dev, .byte, 0xff);
        io_write!(dev, .ctrl, 0x1);
        dev.wmb();
        io_write!(dev, .bell, 0x2);
    });
    assert_eq!(diagnosis, Diagnosis::Extra);
    assert_eq!(
        line,
        "Dma: not expected: the write of 0xff to byte; the next step is the write of 0x00000001 to ctrl"
    );
}

#[test]
fn wrong_barriers_are_diagnosed() {
    let run = |barriers: &'static [Barrier], after: bool| {
        diagnosis_of(|dev| {
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
    let mut at_the_end = Expect::<Dma>::new();
    at_the_end.barrier(Barrier::DmaMb);
    let mismatch = at_the_end.check(|_| ()).unwrap_err();
    assert_eq!(mismatch.diagnosis(), Diagnosis::MissingBarrier);
    let line = "Dma: the driver ended before the last step, the barrier dma_mb";
    assert_eq!(first_line(&mismatch), line);
    let late = "Dma: missing barrier: wmb before the write of 0x0002 to bell (it comes too late)";
    assert_eq!(run(&[], true), (Diagnosis::MissingBarrier, late.into()));
    let other = "Dma: a rmb where a wmb is expected";
    assert_eq!(run(&[Barrier::Rmb], false), (Diagnosis::WrongBarrier, other.into()));
    let twice = "Dma: not expected: the barrier wmb; the next step is the write of 0x0002 to bell";
    let (diagnosis, line) = run(&[Barrier::Wmb, Barrier::Wmb], false);
    assert_eq!((diagnosis, line), (Diagnosis::Extra, twice.into()));
}
