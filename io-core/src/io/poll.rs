//! Polling a device with a timeout.

use core::{convert::Infallible, error, fmt, time::Duration};

use super::{Error, Timeout};

/// A monotonic clock, provided by the caller.
///
/// In a kernel this is its tick, in firmware a timer, in a host program the operating system's
/// clock (`StdClock`), in a test a virtual clock (`SimClock` of io-sim).
///
/// ```
/// use core::time::Duration;
/// use io_core::{Clock, SysMem, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { microseconds: Ro<Le<u32>> }
///
/// /// A free-running hardware counter.
/// struct TimerClock<'a>(SysMem<'a, Timer>);
///
/// impl Clock for TimerClock<'_> {
///     fn now(&self) -> Duration {
///         Duration::from_micros(io_read!(self.0, .microseconds).into())
///     }
///
///     fn pause(&self, interval: Duration) {
///         let end = self.now() + interval;
///         while self.now() < end {
///             core::hint::spin_loop();
///         }
///     }
/// }
/// ```
#[doc(alias("udelay", "usleep_range"))]
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
///
/// ```
/// use core::time::Duration;
/// use io_core::Poll;
///
/// // At most 1 ms, with a pause of 10 µs between reads.
/// let limit = Poll::within(Duration::from_millis(1)).every(Duration::from_micros(10));
/// # assert_ne!(limit, Poll::within(Duration::from_millis(1)));
/// ```
#[doc(alias("readl_poll_timeout", "read_poll_timeout"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Poll {
    pub(super) timeout: Duration,
    pub(super) interval: Duration,
    pub(super) or_gone: bool,
}

impl Poll {
    /// Creates a limit of `timeout` without pauses between reads.
    #[inline]
    pub const fn within(timeout: Duration) -> Self {
        Poll { timeout, interval: Duration::ZERO, or_gone: false }
    }

    /// Sets the pause between reads.
    #[inline]
    pub const fn every(self, interval: Duration) -> Self {
        Poll { interval, ..self }
    }

    /// Ends the poll with [`PollError::Gone`] when a read returns all ones, as reads of a device do
    /// that was removed. For registers that never have all bits set.
    ///
    /// Source: PCI Express Base Specification, section "Completion Timeout"; Linux
    /// `pci_device_is_present`.
    ///
    /// ```
    /// use core::time::Duration;
    /// use io_core::{Error, Poll, SysMem, prelude::*};
    ///
    /// let mut status = u32::MAX;
    /// let clock = io_sim::SimClock::new();
    /// let limit = Poll::within(Duration::from_millis(1)).or_gone();
    /// let result = SysMem::from_mut(&mut status).poll(&clock, limit, |status| status & 1 != 0);
    /// assert_eq!(result.map_err(Error::from), Err(Error::Gone));
    /// ```
    #[inline]
    pub const fn or_gone(self) -> Self {
        Poll { or_gone: true, ..self }
    }
}

/// The error of [`poll`](super::Io::poll).
///
/// Where accesses cannot fail, it converts to [`Error`], so that `?` is sufficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PollError<E> {
    /// The condition did not become true in time.
    Timeout(Timeout),
    /// A read returned all ones ([`Poll::or_gone`]): the device was removed.
    Gone,
    /// A read failed.
    Io(E),
}

impl<E: fmt::Display> fmt::Display for PollError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PollError::Timeout(error) => error.fmt(f),
            PollError::Gone => Error::Gone.fmt(f),
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
            PollError::Gone => Error::Gone,
        }
    }
}

/// The operating system's monotonic clock (feature `std`). Pauses by sleeping, or by spinning if
/// the interval is 0.
///
/// ```
/// use io_core::{Clock, StdClock};
///
/// let clock = StdClock::new();
/// assert!(clock.now() <= clock.now());
/// ```
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
