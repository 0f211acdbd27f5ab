//! The free bytes of a range of memory.

use alloc::vec::Vec;
use core::ops::Range;

/// The free spans of a range of memory, by offset (feature `alloc`). Allocators of DMA memory can
/// be built on it.
///
/// ```
/// use io_core::FreeList;
///
/// let mut free = FreeList::new(0..0x1000);
/// let start = free.take(0x100, 0x40).unwrap();
/// assert_eq!(free.total(), 0xf00);
/// free.give(start..start + 0x100);
/// ```
///
/// # Invariants
///
/// The spans are in ascending order, non-empty, disjoint and not adjacent.
#[derive(Debug)]
pub struct FreeList {
    spans: Vec<Range<usize>>,
}

impl FreeList {
    /// Creates a list in which all of `span`, which may be empty, is free.
    pub fn new(span: Range<usize>) -> Self {
        // INVARIANT: at most one span, and it is not empty.
        Self { spans: Some(span).into_iter().filter(|span| !span.is_empty()).collect() }
    }

    /// Returns the number of free bytes.
    pub fn total(&self) -> usize {
        self.spans.iter().map(ExactSizeIterator::len).sum()
    }

    /// Takes `size` bytes at a multiple of `align` from the first span that is large enough, and
    /// returns the offset of their start.
    ///
    /// ```
    /// use io_core::FreeList;
    ///
    /// let mut free = FreeList::new(0x10..0x40);
    /// assert_eq!(free.take(8, 0x20), Some(0x20));
    /// assert_eq!(free.take(0x30, 1), None);
    /// free.give(0x20..0x28);
    /// assert_eq!(free.take(0x30, 1), Some(0x10));
    /// ```
    pub fn take(&mut self, size: usize, align: usize) -> Option<usize> {
        if size == 0 {
            return None;
        }
        let (at, start, end) = self.spans.iter().enumerate().find_map(|(at, span)| {
            let start = span.start.checked_next_multiple_of(align)?;
            let end = start.checked_add(size)?;
            (end <= span.end).then_some((at, start, end))
        })?;
        let span = self.spans[at].clone();
        let rest = [span.start..start, end..span.end];
        // INVARIANT: the bytes taken were between these two.
        self.spans.splice(at..=at, rest.into_iter().filter(|span| !span.is_empty()));
        Some(start)
    }

    /// Returns bytes that `take` returned to the list.
    ///
    /// An empty span has no effect.
    ///
    /// # Panics
    ///
    /// * A part of the span is free already.
    pub fn give(&mut self, mut span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let at = self.spans.partition_point(|free| free.start < span.start);
        let before = at.checked_sub(1).is_none_or(|at| self.spans[at].end <= span.start);
        let behind = self.spans.get(at).is_none_or(|next| span.end <= next.start);
        assert!(before && behind, "double free of {span:?}");
        let (mut first, mut last) = (at, at);
        if let Some(next) = self.spans.get(at)
            && next.start == span.end
        {
            span.end = next.end;
            last += 1;
        }
        if let Some(before) = at.checked_sub(1)
            && self.spans[before].end == span.start
        {
            span.start = self.spans[before].start;
            first = before;
        }
        // INVARIANT: adjacent spans have been merged.
        self.spans.splice(first..last, [span]);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::FreeList;

    #[test]
    fn take_returns_the_first_span_that_fits() {
        let mut free = FreeList::new(0x10..0x40);
        assert_eq!(free.take(1, 1), Some(0x10));
        assert_eq!(free.take(8, 8), Some(0x18));
        assert_eq!(free.take(7, 1), Some(0x11), "the bytes skipped for alignment are free");
        assert_eq!(free.take(0x20, 0x20), Some(0x20));
        assert_eq!((free.take(1, 1), free.total()), (None, 0));
        assert_eq!(FreeList::new(0x40..0x40).take(1, 1), None);
    }

    #[test]
    fn spans_freed_in_any_order_are_merged() {
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut free = FreeList::new(0..0x30);
            let taken = [(); 3].map(|()| free.take(0x10, 1).unwrap());
            for at in order {
                free.give(taken[at]..taken[at] + 0x10);
            }
            assert_eq!(free.take(0x30, 1), Some(0), "{order:?}");
        }
    }

    #[test]
    fn live_ranges_never_overlap() {
        let mut free = FreeList::new(0..0x1000);
        let mut live: Vec<core::ops::Range<usize>> = Vec::new();
        // A fixed pseudo-random sequence.
        let mut random = 1_u32;
        // The first 80 rounds contain each way to split a span and to merge it with its neighbours.
        for _ in 0..if cfg!(miri) { 80 } else { 4000 } {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let number = (random >> 16) as usize;
            if number.is_multiple_of(3) && !live.is_empty() {
                free.give(live.swap_remove(number % live.len()));
            } else if let Some(start) = free.take(number % 60 + 1, 1 << (number % 7)) {
                let new = start..start + number % 60 + 1;
                assert!(start.is_multiple_of(1 << (number % 7)) && new.end <= 0x1000);
                assert!(live.iter().all(|old| old.end <= new.start || new.end <= old.start));
                live.push(new);
            }
            let taken: usize = live.iter().map(ExactSizeIterator::len).sum();
            assert_eq!(free.total() + taken, 0x1000);
        }
    }
}
