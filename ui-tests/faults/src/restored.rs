//! Restored memory: after a reported fault, and in the middle of a copy.

use core::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use io_core::fault::FaultBackend;

use crate::{
    difference::{Case, Difference},
    memory::{Access, Pages, UNTOUCHED, copy, pattern},
};

/// The length of two of the largest blocks and a rest.
const LEN: usize = 300;

/// The number of times that the page is removed and restored meanwhile.
const CHANGES: usize = 1000;

/// Continues a copy that ended at a fault, after the page was restored.
///
/// # Errors
///
/// Returns the first difference.
pub fn go_on<B: FaultBackend>() -> Result<usize, Difference> {
    let bytes = pattern(LEN);
    let from = Pages::new(&[Access::Everything, Access::Everything]);
    for first in 0..LEN {
        let case = Case { what: "copy that is continued", len: LEN, first };
        let src = from.page(1).wrapping_sub(first);
        from.allow(1, Access::Everything);
        case.same(copy(src, bytes.as_ptr(), LEN), LEN)?;
        from.allow(1, Access::Nothing);
        let mut to = [UNTOUCHED; LEN];
        // SAFETY: the ranges belong to the check, and `src` faults at `first`; the handler is
        // installed.
        let done = unsafe { B::copy(to.as_mut_ptr(), src, LEN) };
        case.same(done, first)?;
        from.allow(1, Access::Loads);
        let (dst, src) = (to[done..].as_mut_ptr(), src.wrapping_add(done));
        // SAFETY: as above; the page is readable now.
        case.same(unsafe { B::copy(dst, src, LEN - done) }, LEN - done)?;
        case.same_bytes(&to, &bytes)?;
    }
    Ok(LEN)
}

/// Copies a page while it is removed and restored: a copy ends at the page or passes it.
///
/// # Errors
///
/// Returns the first difference.
pub fn meanwhile<B: FaultBackend>() -> Result<(), Difference> {
    let bytes = pattern(LEN);
    let from = Pages::new(&[Access::Everything, Access::Everything]);
    let first = LEN / 2;
    from.set_before(1, &bytes[..first]);
    let src = from.page(1).wrapping_sub(first);
    copy(from.page(1), bytes[first..].as_ptr(), LEN - first);
    let is_over = AtomicBool::new(false);
    let (there, is_over) = (Shared(&from), &is_over);
    thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..CHANGES {
                there.allow(Access::Nothing);
                there.allow(Access::Loads);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let case = Case { what: "copy of a page that is repeatedly unmapped", len: LEN, first };
        while !is_over.load(Ordering::Relaxed) {
            let mut to = [UNTOUCHED; LEN];
            // SAFETY: the ranges belong to the check, and `src` may fault; the handler is
            // installed.
            let done = unsafe { B::copy(to.as_mut_ptr(), src, LEN) };
            case.same((first..=LEN).contains(&done), true)?;
            case.same_bytes(&to[..done], &bytes[..done])?;
            case.same_bytes(&to[done..], &[UNTOUCHED; LEN][done..])?;
        }
        Ok(())
    })
}

/// Pages, the second of which is changed by another thread.
#[derive(Clone, Copy)]
struct Shared<'a>(&'a Pages);

// SAFETY: the other thread only calls `allow`, a system call with the address of the mapping, which
// does not change.
unsafe impl Send for Shared<'_> {}

impl Shared<'_> {
    fn allow(self, access: Access) {
        self.0.allow(1, access);
    }
}
