//! Virtual time, which advances only while something waits.

use alloc::sync::Arc;
use core::{fmt, time::Duration};

use spin::Mutex;

use io_core::Clock;

/// The minimum length of a pause, so that a poll without an interval ends.
const LEAST_PAUSE: Duration = Duration::from_micros(1);

/// A virtual clock. Clones show the same time, so that driver, model and test share one clock.
///
/// It starts at zero. A pause advances it immediately, by at least 1 µs.
///
/// ```
/// use core::time::Duration;
/// use io_core::{prelude::*};
/// use io_sim::SimClock;
///
/// let (clock, mut never) = (SimClock::new(), 0_u32);
/// let limit = Poll::within(Duration::from_secs(3600)).every(Duration::from_secs(1));
/// SysMem::from_mut(&mut never).poll(&clock, limit, |v| *v != 0).unwrap_err();
/// assert_eq!(clock.now(), Duration::from_secs(3600)); // without real waiting
/// ```
#[derive(Clone, Default)]
pub struct SimClock {
    now: Arc<Mutex<Duration>>,
}

impl SimClock {
    /// Creates a clock at time zero.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Advances the clock; saturates at the largest `Duration`.
    #[inline]
    pub fn advance(&self, by: Duration) {
        let mut now = self.now.lock();
        *now = now.saturating_add(by);
    }
}

impl Clock for SimClock {
    #[inline]
    fn now(&self) -> Duration {
        *self.now.lock()
    }

    #[inline]
    fn pause(&self, interval: Duration) {
        self.advance(interval.max(LEAST_PAUSE));
    }
}

impl fmt::Debug for SimClock {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimClock({:?})", self.now())
    }
}
