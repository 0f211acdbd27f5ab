//! Virtual time.

use core::time::Duration;

use io_core::{PollError, Timeout, Width, prelude::*};
use io_sim::{Device, SimClock, Simulated};

const US: Duration = Duration::from_micros(1);

#[test]
fn time_starts_at_zero_and_is_advanced_explicitly() {
    let clock = SimClock::new();
    assert_eq!(clock.now(), Duration::ZERO);
    clock.advance(3 * US);
    clock.pause(4 * US);
    assert_eq!(clock.now(), 7 * US);
    assert_eq!(format!("{clock:?}"), "SimClock(7µs)");
}

#[test]
fn clones_share_the_time() {
    let clock = SimClock::new();
    let model = clock.clone();
    clock.advance(US);
    model.advance(US);
    assert_eq!((clock.now(), model.now()), (2 * US, 2 * US));
    assert_eq!(SimClock::new().now(), Duration::ZERO);
}

#[test]
fn a_pause_takes_at_least_a_microsecond() {
    let clock = SimClock::new();
    clock.pause(Duration::ZERO);
    assert_eq!(clock.now(), US);
    clock.pause(Duration::from_nanos(1));
    assert_eq!(clock.now(), 2 * US);
}

#[test]
fn time_saturates_at_its_maximum() {
    let clock = SimClock::new();
    clock.advance(Duration::MAX);
    clock.pause(US);
    assert_eq!(clock.now(), Duration::MAX);
}

/// Ready when the clock has reached this time.
struct Slow {
    clock: SimClock,
    ready: Duration,
    reads: u32,
}

impl Device for Slow {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        self.reads += 1;
        u64::from(self.clock.now() >= self.ready)
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}
}

#[test]
fn driver_and_model_share_the_clock() {
    let clock = SimClock::new();
    let slow = Slow { clock: clock.clone(), ready: 30 * US, reads: 0 };
    let dev = Simulated::<Le<u32>, _>::new(slow);
    let limit = Poll::within(100 * US).every(10 * US);
    assert_eq!((&dev).poll(&clock, limit, |v| *v == 1), Ok(1));
    assert_eq!((clock.now(), dev.with(|d| d.reads)), (30 * US, 4));
}

#[test]
fn a_poll_without_an_interval_ends() {
    let clock = SimClock::new();
    let slow = Slow { clock: clock.clone(), ready: Duration::MAX, reads: 0 };
    let dev = Simulated::<Le<u32>, _>::new(slow);
    let error = (&dev).poll(&clock, Poll::within(100 * US), |v| *v == 1).unwrap_err();
    assert_eq!(error, PollError::Timeout(Timeout { after: 100 * US }));
    assert_eq!(dev.with(|d| d.reads), 101);
}

#[test]
fn threads_share_the_clock() {
    let clock = SimClock::new();
    std::thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| (0..25).for_each(|_| clock.pause(Duration::ZERO)));
        }
    });
    assert_eq!(clock.now(), 100 * US);
}
