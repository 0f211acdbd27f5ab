//! What a device has still to do.

use alloc::{boxed::Box, collections::BTreeMap};
use core::time::Duration;

use super::ModelContext;

/// Something that happens later.
pub(super) type Deed<T, S> = Box<dyn FnOnce(&mut ModelContext<T, S>) + Send>;

/// Deeds by time and by number of reads; of equal ones the earlier planned comes
/// first.
pub(super) struct Agenda<T, S> {
    timed: BTreeMap<(Duration, u64), Deed<T, S>>,
    polled: BTreeMap<(usize, u64), Deed<T, S>>,
    planned: u64,
}

impl<T, S> Default for Agenda<T, S> {
    fn default() -> Self {
        Agenda { timed: BTreeMap::new(), polled: BTreeMap::new(), planned: 0 }
    }
}

impl<T, S> Agenda<T, S> {
    pub(super) fn at_time(&mut self, at: Duration, deed: Deed<T, S>) {
        self.planned += 1;
        self.timed.insert((at, self.planned), deed);
    }

    pub(super) fn at_read(&mut self, at: usize, deed: Deed<T, S>) {
        self.planned += 1;
        self.polled.insert((at, self.planned), deed);
    }

    /// The next deed whose time has come, with that time.
    pub(super) fn due(&mut self, now: Duration) -> Option<(Duration, Deed<T, S>)> {
        let entry = self.timed.first_entry().filter(|entry| entry.key().0 <= now)?;
        let at = entry.key().0;
        Some((at, entry.remove()))
    }

    /// The next deed that so many reads were enough for.
    pub(super) fn due_after(&mut self, reads: usize) -> Option<Deed<T, S>> {
        let entry = self.polled.first_entry().filter(|entry| entry.key().0 <= reads)?;
        Some(entry.remove())
    }

    pub(super) fn clear(&mut self) {
        self.timed.clear();
        self.polled.clear();
    }
}
