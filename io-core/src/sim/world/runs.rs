//! All runs of a test, one world each.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use spin::Mutex;

use super::{World, choices::Choices, state::State};

/// A world for each way in which a test can go, had from
/// [`World::exhaustive`].
///
/// A depth-first search: each run repeats the last one up to a decision, and
/// decides otherwise there.
pub struct Runs {
    last: Option<Arc<Mutex<State>>>,
    runs: usize,
    limit: usize,
    complete: bool,
}

impl Runs {
    pub(super) fn new(limit: usize) -> Self {
        Self { last: None, runs: 0, limit, complete: false }
    }

    /// How many worlds there were.
    #[inline]
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// Whether that were all: known when the iterator has come to its end.
    #[inline]
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Iterator for Runs {
    type Item = World;

    #[inline]
    fn next(&mut self) -> Option<World> {
        let path = match &self.last {
            None => Some(Vec::new()),
            Some(last) => last.lock().choices.advanced(),
        };
        let Some(path) = path else {
            self.complete = true;
            return None;
        };
        if self.runs == self.limit {
            return None;
        }
        self.runs += 1;
        let world = World::new(Choices::path(path));
        self.last = Some(world.machine.state.clone());
        Some(world)
    }
}

impl fmt::Debug for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let complete = if self.complete { "complete" } else { "not complete" };
        write!(f, "Runs({} of at most {}, {complete})", self.runs, self.limit)
    }
}
