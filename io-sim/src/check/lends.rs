//! Memory that the device has.

use alloc::vec::Vec;
use core::ops::Range;

/// What was lent, in watched memory.
#[derive(Default)]
pub(super) struct Lends(Vec<Lend>);

struct Lend {
    watch: usize,
    bytes: Range<usize>,
    /// What may be read all the same: it says whose the rest is.
    owner: Option<Range<usize>>,
}

impl Lends {
    pub(super) fn lend(&mut self, watch: usize, bytes: Range<usize>, owner: Option<Range<usize>>) {
        self.take_back(watch, &bytes);
        self.0.push(Lend { watch, bytes, owner });
    }

    /// Of a lend that is taken back in part, the rest remains.
    pub(super) fn take_back(&mut self, watch: usize, bytes: &Range<usize>) {
        let mut rests = Vec::new();
        self.0.retain(|lend| {
            let is_hit = lend.watch == watch && overlap(&lend.bytes, bytes);
            if is_hit {
                let before = lend.bytes.start..bytes.start;
                let behind = bytes.end..lend.bytes.end;
                let parts = [before, behind].into_iter().filter(|part| !part.is_empty());
                let owner = &lend.owner;
                rests.extend(parts.map(|bytes| Lend { watch, bytes, owner: owner.clone() }));
            }
            !is_hit
        });
        self.0.append(&mut rests);
    }

    /// Whether the driver must not touch the bytes.
    pub(super) fn forbid(&self, watch: usize, bytes: &Range<usize>, write: bool) -> bool {
        self.0.iter().any(|lend| {
            let is_owner = lend
                .owner
                .as_ref()
                .is_some_and(|owner| owner.start <= bytes.start && bytes.end <= owner.end);
            lend.watch == watch && overlap(&lend.bytes, bytes) && (write || !is_owner)
        })
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
