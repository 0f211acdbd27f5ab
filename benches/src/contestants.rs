//! The contestants: each has a name, a family, and a loop around one copy.

use core::hint::black_box;

use crate::{
    libc_calls, loops, ours, peers,
    place::{Layout, Place},
    sizes::SIZES,
};

/// The origin of a contestant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The baselines.
    Plain,
    /// This project.
    Ours,
    /// This project, recovering from faults.
    Fallible,
    /// The crate `atomic-memcpy`.
    AtomicMemcpy,
    /// The crate `vm-memory`.
    VmMemory,
    /// A loop of relaxed atomics.
    Loop,
    /// A single string instruction.
    StringCopy,
    /// A system call.
    SystemCall,
}

/// The side of a copy that others may access at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The source: a copy out of shared memory.
    Source,
    /// The destination: a copy into shared memory.
    Destination,
    /// Either side.
    Either,
    /// Neither side: such a copy would race.
    Neither,
}

/// A contestant.
#[derive(Clone, Copy, Debug)]
pub struct Contestant {
    /// Its name in the tables.
    pub name: &'static str,
    /// Its origin.
    pub family: Family,
    /// The side that may be shared.
    pub shared: Shared,
    /// `true` if both sides must start at a multiple of 8.
    pub words_only: bool,
    /// Copies the given number of times.
    pub run: fn(&mut Place<'_>, usize),
}

impl Contestant {
    /// Creates a contestant that supports every layout.
    pub const fn new(
        name: &'static str,
        family: Family,
        shared: Shared,
        run: fn(&mut Place<'_>, usize),
    ) -> Self {
        Self { name, family, shared, words_only: false, run }
    }

    /// Returns whether it supports copies of `size` bytes in this layout.
    pub fn can(&self, layout: Layout, size: usize) -> bool {
        let is_words = layout.is_word_aligned() && size.is_multiple_of(size_of::<usize>());
        match self.family {
            Family::AtomicMemcpy => SIZES.contains(&size),
            _ => !self.words_only || is_words,
        }
    }

    /// Returns whether `other` allows the same side to be shared, so that the two can be compared.
    pub fn does_the_same_as(&self, other: &Self) -> bool {
        self.shared == other.shared
            || matches!(self.shared, Shared::Either)
            || matches!(other.shared, Shared::Either)
    }
}

/// Returns all contestants that copy; the first is the baseline.
pub fn all() -> Vec<Contestant> {
    let mut all = vec![libc_calls::MEMCPY, loops::COPY_NONOVERLAPPING];
    all.extend(ours::COPIES);
    all.extend(peers::COPIES);
    all.extend(loops::ATOMICS);
    all
}

/// Calls `copy(destination, source, size)` repeatedly.
///
/// The compiler knows none of the three arguments, and must assume that each result is observed.
/// The cost is the same for all contestants: six accesses to the stack, which overlap with the
/// copies.
#[inline(always)]
pub(crate) fn repeat(place: &mut Place<'_>, times: usize, copy: impl Fn(*mut u8, *mut u8, usize)) {
    let size = place.size();
    let (source, destination) = (place.source.as_mut_ptr(), place.destination.as_mut_ptr());
    for _ in 0..times {
        let (destination, source, size) = black_box((destination, source, size));
        copy(destination, source, size);
    }
    black_box(place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place::Arena, sizes::BETWEEN};

    /// `atomic-memcpy` passes arrays by value: without optimisation, several of them are on the
    /// stack.
    const STACK: usize = 64 << 20;

    fn every_contestant_copies() {
        let mut arena = Arena::default();
        for layout in Layout::ALL {
            for size in SIZES.into_iter().chain(BETWEEN) {
                let mut count = 0;
                for contestant in all().iter().filter(|one| one.can(layout, size)) {
                    let mut place = arena.place(layout, size);
                    assert!(place.source != place.destination, "no byte is left to copy");
                    (contestant.run)(&mut place, 1);
                    let name = contestant.name;
                    let wrong =
                        place.source.iter().zip(&*place.destination).position(|(s, d)| s != d);
                    assert_eq!(
                        wrong, None,
                        "{name}, {size} bytes, {layout:?}: the first wrong byte"
                    );
                    let pattern = |i: usize| (i % 251) as u8;
                    let kept = place.source.iter().enumerate().all(|(i, b)| *b == pattern(i));
                    assert!(kept, "{name}, {size} bytes, {layout:?} has changed the source");
                    count += 1;
                }
                let left_out = if SIZES.contains(&size) { 1 } else { 3 };
                assert!(count >= all().len() - left_out, "{size} bytes, {layout:?}: only {count}");
            }
        }
    }

    #[test]
    fn every_contestant_copies_all_sizes_in_all_layouts() {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn(every_contestant_copies).expect("a thread can be started");
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    }

    #[test]
    fn names_are_unique_and_the_baseline_is_libc() {
        let all = all();
        for (i, one) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|other| other.name != one.name), "{}", one.name);
        }
        assert_eq!(all[0].name, libc_calls::MEMCPY.name);
    }
}
