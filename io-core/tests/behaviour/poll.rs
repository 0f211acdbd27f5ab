//! Polling a device (rows `poll.rs` of 1.3: `read_poll_timeout`) with a virtual clock, so that
//! every read and every pause is known.

use core::{
    cell::{Cell, RefCell},
    convert::Infallible,
    time::Duration,
};

use io_core::{Error, PollError, ReadToClear, Timeout, Width, prelude::*};
use io_sim::{Device, RegisterModel, SimClock, Simulated, field};

use crate::support::{
    flaky::{Broken, Flaky},
    logger::bench,
};

const MS: Duration = Duration::from_millis(1);

/// A clock that can override the length of each pause.
struct TestClock {
    now: Cell<Duration>,
    pause: Option<Duration>,
    pauses: RefCell<Vec<Duration>>,
}

impl TestClock {
    /// Starts at an arbitrary time. Each pause takes as long as requested or, if given, always
    /// `pause`.
    fn new(pause: Option<Duration>) -> Self {
        let now = Cell::new(Duration::from_secs(77));
        TestClock { now, pause, pauses: RefCell::default() }
    }

    fn passed(&self) -> Duration {
        self.now.get() - Duration::from_secs(77)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn pause(&self, interval: Duration) {
        self.pauses.borrow_mut().push(interval);
        self.now.set(self.now.get() + self.pause.unwrap_or(interval));
    }
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<Le<u32>>,
}

/// A device that returns the number of reads so far.
struct Counter(u64);

impl Device for Counter {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        assert_eq!((offset, width), (0, Width::W32));
        self.0 += 1;
        self.0
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {
        panic!("a poll must not write");
    }
}

/// Polls until read number `look`. Returns the result and the number of reads.
fn poll(clock: &TestClock, limit: Poll, look: u32) -> (Result<u32, PollError<Never>>, u64) {
    let dev = Simulated::<Regs, _>::new(Counter(0));
    let result = io_project!(&dev, .status).poll(clock, limit, |v| *v == look);
    (result, dev.into_inner().0)
}

type Never = core::convert::Infallible;

fn timeout<T>(after: Duration) -> Result<T, PollError<Never>> {
    Err(PollError::Timeout(Timeout { after }))
}

#[test]
fn a_ready_device_is_read_once() {
    let clock = TestClock::new(None);
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(3 * MS), 1), (Ok(1), 1));
    assert_eq!((clock.passed(), clock.pauses.take()), (Duration::ZERO, vec![]));
}

#[test]
fn reads_are_separated_by_the_interval() {
    let clock = TestClock::new(None);
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(3 * MS), 3), (Ok(3), 3));
    assert_eq!((clock.passed(), clock.pauses.take()), (6 * MS, vec![3 * MS; 2]));
}

#[test]
fn a_timeout_contains_the_limit() {
    let clock = TestClock::new(None);
    // Reads at 0, 3, 6 and 9 ms, and once more after the deadline.
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(3 * MS), 0), (timeout(10 * MS), 5));
    assert_eq!(clock.pauses.take(), vec![3 * MS; 4]);
    let PollError::Timeout(error) = timeout::<()>(10 * MS).unwrap_err() else { panic!() };
    assert_eq!(error.to_string(), "timed out after 10ms");
    assert_eq!(Error::from(error).to_string(), error.to_string());
}

#[test]
fn a_read_at_the_deadline_is_the_last() {
    let clock = TestClock::new(None);
    // Reads at 0, 5 and 10 ms; the last one is the read after the deadline.
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(5 * MS), 0), (timeout(10 * MS), 3));
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(5 * MS), 3), (Ok(3), 3));
    assert_eq!(poll(&clock, Poll::within(10 * MS).every(11 * MS), 0), (timeout(10 * MS), 2));
}

#[test]
fn a_zero_limit_makes_one_read() {
    let clock = TestClock::new(None);
    let limit = Poll::within(Duration::ZERO).every(MS);
    assert_eq!(poll(&clock, limit, 0), (timeout(Duration::ZERO), 1));
    assert_eq!(poll(&clock, limit, 1), (Ok(1), 1));
    assert_eq!(clock.pauses.take(), vec![]);
}

#[test]
fn a_late_wake_up_makes_one_more_read() {
    // The first pause takes an hour.
    let clock = TestClock::new(Some(Duration::from_secs(3600)));
    let limit = Poll::within(10 * MS).every(MS);
    assert_eq!(poll(&clock, limit, 2), (Ok(2), 2));
    assert_eq!(poll(&clock, limit, 0), (timeout(10 * MS), 2));
}

#[test]
fn without_an_interval_reads_repeat_until_the_deadline() {
    let clock = TestClock::new(Some(Duration::from_nanos(1)));
    let limit = Poll::within(Duration::from_nanos(100));
    assert_eq!(poll(&clock, limit, 0), (timeout(Duration::from_nanos(100)), 101));
    assert!(clock.pauses.take().iter().all(Duration::is_zero));
}

#[test]
fn the_returned_value_is_the_one_that_was_tested() {
    let (dev, mut seen) = (Simulated::<Regs, _>::new(Counter(0)), Vec::new());
    let clock = SimClock::new();
    let value = io_project!(&dev, .status).poll(&clock, Poll::within(MS), |v| {
        seen.push(*v);
        v.is_multiple_of(4)
    });
    assert_eq!((value, seen), (Ok(4), vec![1, 2, 3, 4]));
    assert_eq!(clock.now(), Duration::from_micros(3));
}

#[test]
fn a_timeout_converts_to_an_error() {
    fn wait(dev: &Simulated<Regs, Counter>) -> Result<u32, Error> {
        Ok(io_project!(dev, .status).poll(&SimClock::new(), SHORT, |_| false)?)
    }
    const SHORT: Poll = Poll::within(Duration::from_micros(9));
    let error = wait(&Simulated::new(Counter(0))).unwrap_err();
    assert_eq!(error, Error::Timeout(Timeout { after: Duration::from_micros(9) }));
}

#[test]
fn a_failed_read_ends_polling() {
    let (dev, clock) = (Flaky::<Regs>::new(2..3), TestClock::new(None));
    let status = io_project!(&dev, .status);
    let limit = Poll::within(10 * MS).every(MS);
    let result = status.poll(&clock, limit, |_| unreachable!());
    assert_eq!(result, Err(PollError::Io(Broken { at: 2 })));
    assert_eq!(result.unwrap_err().to_string(), "byte 2 is broken");
    assert_eq!((dev.log().len(), clock.pauses.take()), (1, vec![]));

    // A later read can fail as well.
    dev.breaks(9..9);
    let mut looks = 0;
    let result = status.poll(&clock, limit, |_| {
        looks += 1;
        if looks == 3 {
            dev.breaks(0..1);
        }
        false
    });
    assert_eq!(result, Err(PollError::Io(Broken { at: 0 })));
    assert_eq!((looks, dev.log().len(), clock.pauses.take().len()), (3, 4, 3));

    // The poll can also succeed, or time out.
    dev.breaks(9..9);
    assert_eq!(status.poll(&clock, limit, |_| true), Ok(0x0302_0100));
    let timeout = PollError::Timeout(Timeout { after: 10 * MS });
    assert_eq!(status.poll(&clock, limit, |_| false), Err(timeout));
    assert_eq!(timeout.to_string(), "timed out after 10ms");
}

#[test]
fn the_system_clock_ends_polling() {
    let (mut word, clock) = (0_u32, io_core::StdClock::new());
    let view = SysMem::from_mut(&mut word);
    let limit = Poll::within(2 * MS).every(MS);
    let before = clock.now();
    let error = view.poll(&clock, limit, |v| *v == 1).unwrap_err();
    assert_eq!(error, PollError::Timeout(Timeout { after: 2 * MS }));
    assert!(clock.now() - before >= 2 * MS);
    // References to clocks are clocks, and spinning is a pause as well.
    let mut looks = 0;
    let value = view.poll(&&clock, Poll::within(Duration::from_secs(3600)), |_| {
        looks += 1;
        looks == 5
    });
    assert_eq!((value, looks), (Ok(0), 5));
}

#[test]
fn poll_each_loses_no_value_of_a_register_that_reads_clear() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Nic {
        causes: ReadToClear<Le<u32>>,
        trigger: Le<u32>,
    }
    let clock = SimClock::new();
    let model = RegisterModel::<Nic>::new("nic").with_clock(clock.clone()).on_write(
        field!(.trigger),
        |chip, _| {
            chip.set(field!(.causes), 4); // link changed
            chip.after(Duration::from_micros(50), |chip| {
                let now = chip.get(field!(.causes));
                chip.set(field!(.causes), now | 1); // done
            });
        },
    );
    let nic = Simulated::<Nic, _>::new(model);
    io_write!(&nic, .trigger, 1);
    let limit = Poll::within(MS).every(Duration::from_micros(10));
    let mut seen = 0;
    let got = io_project!(&nic, .causes).poll_each(&clock, limit, |causes| {
        seen |= causes;
        (seen & 1 != 0).then_some(seen)
    });
    assert_eq!(got, Ok(5));
    let never = io_project!(&nic, .causes).poll_each(&clock, limit, |_| None::<()>);
    assert_eq!(never, Err(PollError::Timeout(Timeout { after: MS })));
}

#[test]
fn a_poll_can_recognise_a_device_that_is_gone() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Regs {
        status: Ro<Le<u16>>,
        _reserved: Reserved<2>,
        count: io_core::Counter<Le<u64>>,
    }
    let clock = SimClock::new();
    let limit = Poll::within(MS).every(Duration::from_micros(10));
    let regs = bench::<Regs>();
    regs.with(|device| device.memory.fill(0xff));
    let status = io_project!(&regs, .status);
    assert_eq!(status.poll(&clock, limit.or_gone(), |_| true), Err(PollError::Gone));
    assert_eq!(status.poll(&clock, limit, |status| *status == 0xffff), Ok(0xffff));
    assert_eq!(Error::from(PollError::<Infallible>::Gone), Error::Gone);
    let count = io_project!(&regs, .count);
    assert_eq!(count.poll(&clock, limit.or_gone(), |_| true), Err(PollError::Gone));
    // All words of a value must be all ones.
    regs.with(|device| device.memory[4] = 0);
    assert_eq!(count.poll(&clock, limit.or_gone(), |_| true), Ok(u64::MAX - 0xff));
}
