//! Callbacks that run later.

use core::time::Duration;

use io_core::prelude::*;
use io_sim::{Interrupt, RegisterModel, SimClock, Simulated, field};

#[derive(IoStruct)]
#[repr(C)]
struct Timer {
    period: Le<u32>,
    ticks: Ro<Le<u32>>,
    last: Ro<Le<u32>>,
}

const MICROSECOND: Duration = Duration::from_micros(1);

/// Increments the counter forever.
fn tick(ctx: &mut io_sim::ModelContext<Timer>) {
    let (ticks, now) = (ctx.get(field!(.ticks)), ctx.now());
    ctx.set(field!(.ticks), ticks + 1);
    ctx.set(field!(.last), now.as_micros() as u32);
    let period = ctx.get(field!(.period));
    ctx.after(MICROSECOND * period, tick);
}

fn timer(clock: &SimClock) -> RegisterModel<Timer> {
    RegisterModel::<Timer>::new("timer")
        .with_clock(clock.clone())
        .on_write(field!(.period), |ctx, period| ctx.after(MICROSECOND * period, tick))
}

#[test]
fn callbacks_do_not_run_before_their_time() {
    let clock = SimClock::new();
    let dev = Simulated::<Timer, _>::new(timer(&clock));
    io_write!(&dev, .period, 10);
    clock.advance(MICROSECOND * 10 - Duration::from_nanos(1));
    assert_eq!(io_read!(&dev, .ticks), 0);
    clock.advance(Duration::from_nanos(1));
    assert_eq!(io_read!(&dev, .ticks), 1);
}

#[test]
fn late_callbacks_all_run_at_their_scheduled_time() {
    let clock = SimClock::new();
    clock.advance(MICROSECOND * 5);
    let dev = Simulated::<Timer, _>::new(timer(&clock));
    io_write!(&dev, .period, 10);
    clock.advance(MICROSECOND * 99);
    assert_eq!((io_read!(&dev, .ticks), io_read!(&dev, .last)), (9, 95));
}

#[test]
fn simultaneous_callbacks_run_in_the_order_of_scheduling() {
    let clock = SimClock::new();
    let model = RegisterModel::<Timer>::new("timer").with_clock(clock.clone()).on_write(
        field!(.period),
        |ctx, _| {
            for (time, digit) in [(2, 3), (1, 1), (1, 2)] {
                ctx.after(MICROSECOND * time, move |ctx| {
                    let number = ctx.get(field!(.ticks)) * 10 + digit;
                    ctx.set(field!(.ticks), number);
                });
            }
        },
    );
    let dev = Simulated::<Timer, _>::new(model);
    io_write!(&dev, .period, 0);
    clock.advance(MICROSECOND * 2);
    assert_eq!(io_read!(&dev, .ticks), 123);
}

#[test]
fn access_to_the_context_runs_due_callbacks() {
    let (clock, line) = (SimClock::new(), Interrupt::new());
    let model = timer(&clock).interrupts_while(&line, |ctx| ctx.get(field!(.ticks)) != 0);
    let dev = Simulated::<Timer, _>::new(model);
    io_write!(&dev, .period, 1);
    clock.advance(MICROSECOND);
    assert!(!line.is_raised());
    dev.with(|model| _ = model.context());
    assert!(line.is_raised());
}

#[test]
fn polls_are_counted_after_the_scheduling_read() {
    let model = RegisterModel::<Timer>::new("timer").on_read(field!(.ticks), |ctx, value| {
        if value == 0 {
            ctx.set(field!(.ticks), 1);
            ctx.after_polls(2, |ctx| ctx.set(field!(.ticks), 2));
        }
        value
    });
    let dev = Simulated::<Timer, _>::new(model);
    let reads: Vec<u32> = (0..4).map(|_| io_read!(&dev, .ticks)).collect();
    // The read that schedules the callback is not one of the two.
    assert_eq!(reads, [0, 1, 1, 2]);
}

#[test]
#[should_panic(expected = "timer has no clock")]
fn callbacks_without_a_clock_panic() {
    RegisterModel::<Timer>::new("timer").context().after(MICROSECOND, |_| ());
}

#[cfg(not(miri))]
#[test]
#[should_panic(
    expected = "timer ran 100000 callbacks at 1µs: a callback must not schedule itself without a \
                delay"
)]
fn an_endless_chain_of_callbacks_panics() {
    let clock = SimClock::new();
    let dev = Simulated::<Timer, _>::new(timer(&clock));
    io_write!(&dev, .period, 1);
    clock.advance(MICROSECOND);
    dev.with(|model| {
        // The callback at the end of the period schedules itself again without a delay.
        model.context().after(Duration::ZERO, |ctx| {
            ctx.set(field!(.period), 0);
            tick(ctx);
        });
        model.context();
    });
}

#[cfg(not(miri))]
#[test]
fn a_long_chain_of_callbacks_is_allowed() {
    let clock = SimClock::new();
    let dev = Simulated::<Timer, _>::new(timer(&clock));
    io_write!(&dev, .period, 1);
    clock.advance(MICROSECOND * 150_000);
    assert_eq!(io_read!(&dev, .ticks), 150_000);
}
