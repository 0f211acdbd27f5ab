//! Exploration of all interleavings of a test: one world for each.

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use spin::Mutex;

use super::{World, choices::Choices, state::State};

impl World {
    /// Returns one world for each interleaving of a test, at most `limit`.
    ///
    /// The test must be deterministic: its operations may depend only on the results from the
    /// world.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::World;
    ///
    /// let mut seen = Vec::new();
    /// let mut explorer = World::exhaustive(100);
    /// for world in &mut explorer {
    ///     let word = world.memory::<Le<u32>>().unwrap();
    ///     let device = world.port("device");
    ///     device.write(word.dma_address(), &[1, 0, 0, 0]).unwrap();
    ///     device.write(word.dma_address(), &[2, 0, 0, 0]).unwrap();
    ///     seen.push((&word).read_val());
    /// }
    /// assert_eq!(seen, [2, 1, 0]);
    /// assert!(explorer.is_complete());
    /// ```
    #[inline]
    pub fn exhaustive(limit: usize) -> Explorer {
        Explorer::new(limit)
    }

    /// Returns one world for each seed, for tests with too many interleavings.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::World;
    ///
    /// for world in World::seeds(0..20) {
    ///     let words = world.memory::<[Le<u32>; 64]>().unwrap();
    ///     world.port("device").write(words.dma_address(), &[0xff; 256]).unwrap();
    ///     (&words).dma_mb();
    ///     assert!((&words).as_view().iter().all(|word| word.read_val() == u32::MAX));
    /// }
    /// ```
    #[inline]
    pub fn seeds<I: IntoIterator<Item = u64>>(seeds: I) -> impl Iterator<Item = World> + use<I> {
        seeds.into_iter().map(World::seeded)
    }

    /// Returns the world of one seed.
    #[inline]
    pub fn seeded(seed: u64) -> Self {
        Self::new(Choices::seeded(seed))
    }

    /// Returns the world of an exhaustive search that was printed with these decisions.
    #[inline]
    pub fn replay(decisions: &[usize]) -> Self {
        Self::new(Choices::replay(decisions))
    }
}

/// An iterator over the worlds of all interleavings of a test, from [`World::exhaustive`].
///
/// The search is depth-first: each run repeats the previous one up to a decision, and takes another
/// alternative there.
///
/// ```
/// use io_core::prelude::*;
/// use io_sim::World;
///
/// let mut explorer = World::exhaustive(100);
/// for world in &mut explorer {
///     let word = world.memory::<Le<u32>>()?;
///     world.port("device").write(word.dma_address(), &[7, 0, 0, 0])?;
///     // The load may return the old or the new value.
///     assert!([0, 7].contains(&(&word).read_val()));
/// }
/// assert!(explorer.is_complete());
/// assert_eq!(explorer.runs(), 2);
/// # Ok::<(), io_core::Error>(())
/// ```
pub struct Explorer {
    last: Option<Arc<Mutex<State>>>,
    runs: usize,
    limit: usize,
    complete: bool,
}

impl Explorer {
    fn new(limit: usize) -> Self {
        Self { last: None, runs: 0, limit, complete: false }
    }

    /// Returns the number of worlds so far.
    #[inline]
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// Returns whether all interleavings were explored. Valid once the iterator is exhausted.
    #[inline]
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Iterator for Explorer {
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

impl fmt::Debug for Explorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let complete = if self.complete { "complete" } else { "incomplete" };
        write!(f, "Explorer({} of at most {}, {complete})", self.runs, self.limit)
    }
}
