//! Which bytes of a piece of memory are nobody's.

use alloc::vec::Vec;
use core::{iter, ops::Range};

/// The free spans of a piece of memory, by offset.
///
/// # Invariants
///
/// The spans are ascending, not empty, disjoint, and do not touch.
pub(super) struct FreeList {
    spans: Vec<Range<usize>>,
}

impl FreeList {
    /// All of `size` bytes, which are more than none.
    pub(super) fn new(size: usize) -> Self {
        // INVARIANT: one span, not empty.
        Self { spans: iter::once(0..size).collect() }
    }

    /// The number of free bytes.
    pub(super) fn total(&self) -> usize {
        self.spans.iter().map(|span| span.len()).sum()
    }

    /// Takes `size` bytes at a multiple of `align` from the first span that has
    /// them.
    pub(super) fn take(&mut self, size: usize, align: usize) -> Option<usize> {
        let (at, start, end) = self.spans.iter().enumerate().find_map(|(at, span)| {
            let start = span.start.checked_next_multiple_of(align)?;
            let end = start.checked_add(size)?;
            (end <= span.end).then_some((at, start, end))
        })?;
        let span = self.spans[at].clone();
        let rest = [span.start..start, end..span.end];
        // INVARIANT: what was taken lies between the two.
        self.spans.splice(at..=at, rest.into_iter().filter(|span| !span.is_empty()));
        Some(start)
    }

    /// Takes back bytes that `take` gave.
    pub(super) fn give(&mut self, mut span: Range<usize>) {
        let at = self.spans.partition_point(|free| free.start < span.start);
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
        // INVARIANT: neighbours that touch have been merged.
        self.spans.splice(first..last, [span]);
    }
}
