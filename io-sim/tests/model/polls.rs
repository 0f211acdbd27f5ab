//! An endless polling loop panics with a message.

use core::{cell::Cell, panic::AssertUnwindSafe, time::Duration};
use std::panic::catch_unwind;

use io_core::{Error, prelude::*};
use io_sim::{Fifo, RegisterModel, SimClock, Simulated, field};

#[derive(IoStruct)]
#[repr(C)]
struct Edu {
    status: Ro<Le<u32>>,
    other: Le<u32>,
}

const BUSY: u32 = 1;
/// More pauses than [`FEW_POLLS`].
const DEADLINE: Duration = Duration::from_micros(500);
/// A limit that a poll with this deadline would exceed if its reads were counted.
const FEW_POLLS: usize = 100;

/// A device that never becomes ready.
fn stuck(clock: SimClock) -> Simulated<Edu, RegisterModel<Edu>> {
    Simulated::new(busy(clock).max_polls(1000))
}

fn busy(clock: SimClock) -> RegisterModel<Edu> {
    RegisterModel::<Edu>::new("edu").with_clock(clock).reset(field!(.status), BUSY)
}

/// Returns the message of a panic.
fn panic_of(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("a panic");
    *panic.downcast::<String>().expect("a text")
}

/// An incorrect driver, without a deadline.
fn wait_for_ever<'a>(edu: impl Io<'a, Target = Edu, Backend: Bus32>) {
    while io_read!(edu, .status) & BUSY != 0 {}
}

/// A correct driver, with a deadline.
fn wait<'a>(
    edu: impl Io<'a, Target = Edu, Backend: Bus32>,
    clock: &impl Clock,
) -> Result<u32, Error> {
    let limit = Poll::within(DEADLINE);
    Ok(io_project!(edu, .status).poll(clock, limit, |status| status & BUSY == 0)?)
}

#[test]
fn a_poll_without_a_deadline_panics() {
    let dev = stuck(SimClock::new());
    assert_eq!(
        panic_of(|| wait_for_ever(&dev)),
        "edu.status was read 1000 times in a row and always returned 0x1: add a deadline to the \
         poll, or raise the limit by `max_polls`"
    );
    // The device can still be used after the panic.
    dev.with(|model| model.context().set(field!(.status), 0));
    wait_for_ever(&dev);
}

#[test]
fn a_poll_with_a_deadline_times_out() {
    let clock = SimClock::new();
    let dev = Simulated::new(busy(clock.clone()).max_polls(FEW_POLLS));
    wait(&dev, &clock).unwrap_err();
    assert!(clock.now() >= DEADLINE);
}

#[test]
fn progress_resets_the_count_of_polls() {
    let clock = SimClock::new();
    let dev = stuck(clock.clone());
    let read = |times| (0..times).for_each(|_| assert_eq!(io_read!(&dev, .status), BUSY));
    read(999);
    clock.advance(Duration::from_nanos(1));
    read(999);
    io_write!(&dev, .other, 1);
    read(999);
    io_read!(&dev, .other);
    read(999);
    dev.with(|model| model.context().set(field!(.status), BUSY | 2));
    assert_eq!(io_read!(&dev, .status), BUSY | 2);
    dev.with(|model| model.context().set(field!(.status), BUSY));
    read(999);
    panic_of(|| read(1));
}

#[test]
fn a_rejected_read_does_not_count_as_progress() {
    let dev = Simulated::<[Le<u32>; 4], _>::new(RegisterModel::<Edu>::new("edu").max_polls(10));
    let text = panic_of(|| while (&dev).get(2).unwrap().read_val() != 0 {});
    assert_eq!(
        text,
        "edu+0x8 was read 10 times in a row and always returned 0xffffffff: add a deadline to the \
         poll, or raise the limit by `max_polls`"
    );
}

#[test]
fn reading_from_a_fifo_counts_as_progress() {
    let mut model = RegisterModel::<Edu>::new("edu")
        .max_polls(10)
        .fifo(field!(.status), Fifo::new(100).empty_reads(0));
    (0..50).for_each(|_| assert!(model.context().push(field!(.status), 0)));
    let dev = Simulated::<Edu, _>::new(model);
    (0..50).for_each(|_| assert_eq!(io_read!(&dev, .status), 0));
    // The polled condition can no longer become true.
    let read = Cell::new(0);
    panic_of(|| {
        loop {
            read.set(read.get() + 1 + io_read!(&dev, .status));
        }
    });
    assert_eq!(read.get(), 8);
}
