//! Callbacks of a device that run later, by time or by number of reads.

use alloc::{boxed::Box, collections::BTreeMap};
use core::time::Duration;

use io_core::Clock;

use super::ModelContext;

/// The number of callbacks at one time at which they are treated as an endless chain.
const MOST_AT_ONCE: usize = 100_000;

/// A callback that runs later.
pub(super) type Callback<T, S> = Box<dyn FnOnce(&mut ModelContext<T, S>) + Send>;

/// Callbacks by time and by number of reads; callbacks due at the same point run in the order in
/// which they were added.
pub(super) struct CallbackQueue<T, S> {
    by_time: BTreeMap<(Duration, u64), Callback<T, S>>,
    by_reads: BTreeMap<(usize, u64), Callback<T, S>>,
    added: u64,
}

impl<T, S> Default for CallbackQueue<T, S> {
    fn default() -> Self {
        CallbackQueue { by_time: BTreeMap::new(), by_reads: BTreeMap::new(), added: 0 }
    }
}

impl<T, S> CallbackQueue<T, S> {
    pub(super) fn at_time(&mut self, at: Duration, callback: Callback<T, S>) {
        self.added += 1;
        self.by_time.insert((at, self.added), callback);
    }

    pub(super) fn at_read(&mut self, at: usize, callback: Callback<T, S>) {
        self.added += 1;
        self.by_reads.insert((at, self.added), callback);
    }

    /// Removes the next callback that is due at `now`; returns it with its time.
    pub(super) fn due(&mut self, now: Duration) -> Option<(Duration, Callback<T, S>)> {
        let entry = self.by_time.first_entry().filter(|entry| entry.key().0 <= now)?;
        let at = entry.key().0;
        Some((at, entry.remove()))
    }

    /// Removes the next callback that is due after `reads` reads.
    pub(super) fn due_after(&mut self, reads: usize) -> Option<Callback<T, S>> {
        let entry = self.by_reads.first_entry().filter(|entry| entry.key().0 <= reads)?;
        Some(entry.remove())
    }

    pub(super) fn clear(&mut self) {
        self.by_time.clear();
        self.by_reads.clear();
    }
}

/// Time.
impl<T, S> ModelContext<T, S> {
    /// Runs `callback` when the device's clock has advanced by `time`.
    ///
    /// It runs before the first access, or call of [`context`](super::RegisterModel::context), at
    /// or after that time.
    ///
    /// # Panics
    ///
    /// * The model was built without [`with_clock`](super::RegisterModel::with_clock).
    ///
    /// Later, the access that runs the callbacks panics if a callback repeatedly schedules itself
    /// without time passing.
    #[inline]
    #[track_caller]
    pub fn after(&mut self, time: Duration, callback: impl FnOnce(&mut Self) + Send + 'static) {
        assert!(
            self.clock.is_some(),
            "{} has no clock: add one by `with_clock`",
            self.root.instance
        );
        self.callbacks.at_time(self.now().saturating_add(time), Box::new(callback));
    }

    /// Runs `callback` after `reads` more reads of the device.
    #[inline]
    pub fn after_polls(&mut self, reads: usize, callback: impl FnOnce(&mut Self) + Send + 'static) {
        self.callbacks.at_read(self.reads.saturating_add(reads), Box::new(callback));
    }

    /// Returns the device's time: 0 without a clock. In a callback that runs late, this is the time
    /// for which it was scheduled.
    #[inline]
    pub fn now(&self) -> Duration {
        self.time
    }

    /// Runs the callbacks that are due by time.
    pub(super) fn catch_up(&mut self) {
        let now = self.clock.as_ref().map_or(Duration::ZERO, Clock::now);
        let mut at_once = 0;
        while let Some((at, callback)) = self.callbacks.due(now) {
            at_once = if self.time == at { at_once + 1 } else { 0 };
            assert!(
                at_once < MOST_AT_ONCE,
                "{} ran {MOST_AT_ONCE} callbacks at {at:?}: a callback must not schedule itself \
                 without a delay",
                self.root.instance
            );
            self.time = at;
            callback(self);
        }
        self.time = now;
    }

    /// Runs the callbacks that are due by the number of reads so far.
    pub(super) fn after_read(&mut self) {
        while let Some(callback) = self.callbacks.due_after(self.reads) {
            callback(self);
        }
    }
}
