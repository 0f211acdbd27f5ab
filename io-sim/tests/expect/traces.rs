//! `assert_trace!`.

use io_core::prelude::*;
use io_sim::{Recorder, assert_trace};

use crate::message;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: Ro<Le<u32>>,
    ctrl: Le<u32>,
}

/// Records two devices: `id` of both, three times; then `ctrl` of each.
fn record() -> Recorder {
    let (recorder, mut memory) = (Recorder::new(), [[0_u32; 2]; 2]);
    {
        let [one, two] = &mut memory;
        // SAFETY: the exclusive borrow covers a `Regs` and lasts as long as the view is used.
        let one = unsafe { SysMem::new(one.as_mut_ptr().cast::<Regs>()) };
        // SAFETY: the exclusive borrow covers a `Regs` and lasts as long as the view is used.
        let two = unsafe { SysMem::new(two.as_mut_ptr().cast::<Regs>()) };
        let (one, two) = (recorder.record("one", one), recorder.record("two", two));
        for _ in 0..3 {
            io_read!(one, .id);
            io_read!(two, .id);
        }
        io_write!(one, .ctrl, 1);
        one.wmb();
        io_write!(two, .ctrl, 2);
    }
    recorder
}

#[test]
fn indentation_is_ignored() {
    assert_trace!(
        record().only("one"),
        "
            RD one.id 32 -> 0x00000000 (x3)
            WR one.ctrl 32 <- 0x00000001

            BARRIER wmb
        "
    );
    assert_trace!(
        record().only("two"),
        String::from("RD two.id 32 -> 0x00000000 (x3)\nWR two.ctrl 32 <- 0x00000002"),
    );
    assert_trace!(record().only("three"), "");
    assert_trace!(&Recorder::new(), "");
}

#[test]
fn differences_are_marked() {
    let report = message(|| {
        assert_trace!(
            record(),
            "
            RD one.id 32 -> 0x00000000
            RD two.id 32 -> 0x00000000
            RD one.id 32 -> 0x00000000
            RD one.id 32 -> 0x00000000
            RD two.id 32 -> 0x00000000
            WR one.ctrl 32 <- 0x00000001
            WR two.ctrl 32 <- 0x00000003
            BARRIER mb
            "
        );
    });
    assert_eq!(
        report,
        "\
the trace differs from the expected one (- missing, + unexpected):
  RD one.id 32 -> 0x00000000
  RD two.id 32 -> 0x00000000
  RD one.id 32 -> 0x00000000
+ RD two.id 32 -> 0x00000000
  RD one.id 32 -> 0x00000000
  RD two.id 32 -> 0x00000000
  WR one.ctrl 32 <- 0x00000001
- WR two.ctrl 32 <- 0x00000003
- BARRIER mb
+ BARRIER wmb
+ WR two.ctrl 32 <- 0x00000002"
    );
}

#[test]
fn every_line_is_compared() {
    for (expected, line) in [
        ("", "+ RD two.id 32 -> 0x00000000 (x3)"),
        ("RD two.id 32 -> 0x00000000 (x3)", "+ WR two.ctrl 32 <- 0x00000002"),
        ("BARRIER wmb", "- BARRIER wmb"),
    ] {
        let report = message(|| assert_trace!(record().only("two"), expected));
        assert!(report.lines().any(|shown| shown == line), "{report}");
    }
}
