//! The checker together with a recorder, with failing backends, and with correct drivers.

use io_core::{ReadToClear, Ro, prelude::*};
use io_sim::{Checker, Recorder};

use super::shared;

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    data: Le<u32>,
    flags: Ro<Le<u32>>,
    irq: W1c<Le<u32>>,
    errors: ReadToClear<Le<u32>>,
}

/// A correct driver.
fn driver<'a>(uart: impl Io<'a, Target = Uart, Backend: Bus32>) {
    io_update!(uart, .data, |data| data | 1);
    io_read!(uart, .flags);
    let irq = io_read!(uart, .irq);
    io_project!(uart, .irq).clear_bits(irq);
    io_read!(uart, .errors);
}

const TRACE: &str = "\
RD uart.data 32 -> 0x00000000
WR uart.data 32 <- 0x00000001
RD uart.flags 32 -> 0x00000000
RD uart.irq 32 -> 0x00000000
WR uart.irq 32 <- 0x00000000
RD uart.errors 32 -> 0x00000000";

#[test]
fn a_checked_view_can_be_recorded() {
    let (mut words, checker, recorder) = ([0; 16], Checker::new(), Recorder::new());
    let checked = checker.check("uart", shared::<Uart>(&mut words));
    driver(recorder.record("uart", checked));
    assert_eq!(recorder.to_string(), TRACE);
}

#[test]
fn a_recorded_view_can_be_checked() {
    let (mut words, checker, recorder) = ([0; 16], Checker::new(), Recorder::new());
    let recorded = recorder.record("uart", shared::<Uart>(&mut words));
    driver(checker.check("uart", recorded));
    assert_eq!(recorder.to_string(), TRACE);
}

#[test]
fn a_checked_view_inside_a_recorder_can_be_lent() {
    let (mut words, checker, recorder) = ([0; 16], Checker::collecting(), Recorder::new());
    let checked = checker.check("uart", shared::<Uart>(&mut words));
    let recorded = recorder.record("uart", checked);
    checker.lend(io_project!(recorded, .data).inner());
    driver(recorded);
    let texts: Vec<_> = checker.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "RD uart.data 32: access after hand-over: the device owns the memory",
            "WR uart.data 32: access after hand-over: the device owns the memory",
        ]
    );
}

#[test]
fn threads_can_share_a_checker() {
    let (mut words, checker) = ([0; 16], Checker::new());
    let uart = checker.check("uart", shared::<Uart>(&mut words));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..100).for_each(|_| driver(uart)));
        }
    });
    assert_eq!(checker.violations(), []);
}
