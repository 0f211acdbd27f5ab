//! Memory that comes back: after a fault that was reported, and in the middle of a copy.

use core::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use io_core::fault::FaultBackend;

use crate::{
    difference::{Case, Difference},
    memory::{Access, Pages, UNTOUCHED, copy, pattern},
};

/// Two of the largest blocks and a rest.
const LEN: usize = 300;

/// How often a page goes and comes meanwhile.
const CHANGES: usize = 1000;

/// A copy that ended at a fault, and goes on from there once the page is there.
///
/// # Errors
///
/// The first difference.
pub fn go_on<B: FaultBackend>() -> Result<usize, Difference> {
    let bytes = pattern(LEN);
    let from = Pages::new(&[Access::Everything, Access::Everything]);
    for first in 0..LEN {
        let case = Case { what: "copy that goes on", len: LEN, first };
        let src = from.page(1).wrapping_sub(first);
        from.allow(1, Access::Everything);
        case.same(copy(src, bytes.as_ptr(), LEN), LEN)?;
        from.allow(1, Access::Nothing);
        let mut to = [UNTOUCHED; LEN];
        // SAFETY: pages of the check, which fault at `first`; the handler is installed.
        let done = unsafe { B::copy(to.as_mut_ptr(), src, LEN) };
        case.same(done, first)?;
        from.allow(1, Access::Loads);
        let (dst, src) = (to[done..].as_mut_ptr(), src.wrapping_add(done));
        // SAFETY: as above, and now they can be read.
        case.same(unsafe { B::copy(dst, src, LEN - done) }, LEN - done)?;
        case.same_bytes(&to, &bytes)?;
    }
    Ok(LEN)
}

/// A page goes and comes while it is copied: a copy ends there, or gets behind it.
///
/// # Errors
///
/// The first difference.
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
        let case = Case { what: "copy of a page that comes and goes", len: LEN, first };
        while !is_over.load(Ordering::Relaxed) {
            let mut to = [UNTOUCHED; LEN];
            // SAFETY: pages of the check, which fault or do not; the handler is installed.
            let done = unsafe { B::copy(to.as_mut_ptr(), src, LEN) };
            case.same((first..=LEN).contains(&done), true)?;
            case.same_bytes(&to[..done], &bytes[..done])?;
            case.same_bytes(&to[done..], &[UNTOUCHED; LEN][done..])?;
        }
        Ok(())
    })
}

/// Pages of which another thread changes the second.
#[derive(Clone, Copy)]
struct Shared<'a>(&'a Pages);

// SAFETY: `allow` is a system call with the mapping's address, which no thread changes.
unsafe impl Send for Shared<'_> {}

impl Shared<'_> {
    fn allow(self, access: Access) {
        self.0.allow(1, access);
    }
}
