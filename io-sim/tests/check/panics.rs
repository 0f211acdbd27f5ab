//! Messages for the author of a driver.

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use io_core::{Ro, prelude::*};
use io_sim::{Checker, Event, ViolationKind};

use super::shared;

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    data: Le<u32>,
    flags: Ro<Le<u32>>,
}

/// Returns the message of a panic.
fn message(run: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("this panics");
    *payload.downcast::<String>().expect("a panic with arguments has a text")
}

#[test]
fn the_panic_contains_the_violation_and_the_last_events() {
    let (mut words, checker) = ([0; 16], Checker::new());
    let uart = checker.check_as::<Uart, _>("uart", shared::<[Le<u32>; 2]>(&mut words));
    io_write!(uart, [0], 0x41);
    for _ in 0..3 {
        io_read!(uart, [1]);
    }
    uart.wmb();
    assert_eq!(
        message(|| io_write!(uart, [1], 1)),
        "WR uart.flags 32: the field is read-only\n\
         preceding events:\n  \
           WR uart.data 32 <- 0x00000041\n  \
           RD uart.flags 32 -> 0x00000000 (x3)\n  \
           BARRIER wmb"
    );
    // The access with the violation is an ordinary event, and the checker continues.
    assert!(message(|| io_write!(uart, [1], 1)).ends_with("\n  WR uart.flags 32 <- 0x00000001"));
    assert_eq!(checker.violations().len(), 2);
}

#[test]
fn the_panic_contains_at_most_sixteen_events() {
    let (mut words, checker) = ([0; 16], Checker::new());
    let uart = checker.check_as::<Uart, _>("uart", shared::<[Le<u32>; 2]>(&mut words));
    for i in 0..40 {
        io_write!(uart, [0], i);
    }
    let message = message(|| io_write!(uart, [1], 1));
    let lines: Vec<_> = message.lines().skip(2).collect();
    assert_eq!(lines.len(), 16);
    assert_eq!(lines[0], "  WR uart.data 32 <- 0x00000018");
    assert_eq!(lines[15], "  WR uart.data 32 <- 0x00000027");
}

#[test]
fn without_events_the_panic_contains_no_list() {
    let (mut words, checker) = ([0; 16], Checker::new());
    let uart = checker.check_as::<Uart, _>("uart", shared::<[Le<u32>; 2]>(&mut words));
    assert_eq!(message(|| io_write!(uart, [1], 1)), "WR uart.flags 32: the field is read-only");
}

#[test]
fn a_violation_while_panicking_does_not_abort() {
    struct Off<'a>(io_sim::TracedView<'a, io_core::backend::SysMemBackend, [Le<u32>; 2]>);
    impl Drop for Off<'_> {
        fn drop(&mut self) {
            io_write!(self.0, [1], 2);
        }
    }
    let (mut words, checker) = ([0; 16], Checker::new());
    let uart = checker.check_as::<Uart, _>("uart", shared::<[Le<u32>; 2]>(&mut words));
    let message = message(|| {
        let _off = Off(uart);
        io_write!(uart, [1], 1);
    });
    assert_eq!(message, "WR uart.flags 32: the field is read-only");
    assert_eq!(checker.violations().len(), 2);
}

#[test]
fn violations_contain_address_and_kind() {
    let (mut words, checker) = ([0; 16], Checker::collecting());
    let uart = checker.check_as::<Uart, _>("uart", shared::<[Le<u32>; 2]>(&mut words));
    io_write!(uart, [1], 7);
    let [violation] = <[_; 1]>::try_from(checker.violations()).unwrap();
    assert_eq!((violation.addr.offset, &violation.kind), (4, &ViolationKind::ReadOnly));
    assert!(matches!(violation.event, Event::Access { value: Some(7), .. }));
    assert_eq!(format!("{checker:?}"), "Checker(1 violations)");
}
