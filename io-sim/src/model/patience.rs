//! How long the same answer to the same question is taken for progress.

use core::time::Duration;

use io_core::Width;

/// What a loop would repeat.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) offset: usize,
    pub(super) width: Width,
    pub(super) answer: u64,
    pub(super) time: Duration,
}

/// Counts equal reads in a row.
pub(super) struct Patience {
    pub(super) limit: usize,
    last: Option<Question>,
    count: usize,
}

impl Patience {
    /// Enough for every loop that ends.
    pub(super) const DEFAULT: Self = Patience { limit: 1_000_000, last: None, count: 0 };

    /// Something else happened.
    pub(super) fn renew(&mut self) {
        self.last = None;
    }

    /// Whether it is still there after this read.
    pub(super) fn bears(&mut self, question: Question) -> bool {
        if self.last == Some(question) {
            self.count += 1;
        } else {
            (self.last, self.count) = (Some(question), 1);
        }
        self.count < self.limit
    }
}
