//! Polling a device with a timeout.

use core::{convert::Infallible, error, fmt, time::Duration};

use super::{Error, Timeout};

/// A monotonic clock, provided by the caller.
///
/// In a kernel this is its tick, in firmware a timer, in a host program the operating system's
/// clock, in a test a virtual clock.
pub trait Clock {
    /// The time since some fixed moment.
    fn now(&self) -> Duration;

    /// Waits for about `interval`: sleeps, spins or, in a test, advances the clock.
    fn pause(&self, interval: Duration);
}

impl<C: Clock + ?Sized> Clock for &C {
    #[inline]
    fn now(&self) -> Duration {
        (**self).now()
    }

    #[inline]
    fn pause(&self, interval: Duration) {
        (**self).pause(interval);
    }
}

/// Timeout and interval of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Poll {
    pub(super) timeout: Duration,
    pub(super) interval: Duration,
}

impl Poll {
    /// Creates a limit of `timeout` without pauses between reads.
    #[inline]
    pub const fn within(timeout: Duration) -> Self {
        Poll { timeout, interval: Duration::ZERO }
    }

    /// Sets the pause between reads.
    #[inline]
    pub const fn every(self, interval: Duration) -> Self {
        Poll { interval, ..self }
    }
}

/// The error of [`poll`](super::Io::poll).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PollError<E> {
    /// The condition did not become true in time.
    Timeout(Timeout),
    /// A read failed.
    Io(E),
}

impl<E: fmt::Display> fmt::Display for PollError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PollError::Timeout(error) => error.fmt(f),
            PollError::Io(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> error::Error for PollError<E> {}

impl From<PollError<Infallible>> for Error {
    #[inline]
    fn from(error: PollError<Infallible>) -> Self {
        match error {
            PollError::Timeout(timeout) => timeout.into(),
        }
    }
}

/// The operating system's monotonic clock; pauses by sleeping.
#[cfg(feature = "std")]
#[derive(Clone, Copy, Debug)]
pub struct StdClock {
    start: std::time::Instant,
}

#[cfg(feature = "std")]
impl StdClock {
    /// Creates a clock whose time starts at zero now.
    #[inline]
    #[expect(clippy::new_without_default, reason = "two clocks made by `default` would differ")]
    pub fn new() -> Self {
        Self { start: std::time::Instant::now() }
    }
}

#[cfg(feature = "std")]
impl Clock for StdClock {
    #[inline]
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    #[inline]
    fn pause(&self, interval: Duration) {
        if interval.is_zero() {
            core::hint::spin_loop();
        } else {
            std::thread::sleep(interval);
        }
    }
}
