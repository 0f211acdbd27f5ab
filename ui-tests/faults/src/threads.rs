//! Concurrent faults of many threads.

use std::thread;

use io_core::fault::FaultBackend;

use crate::{
    difference::{Case, Difference},
    memory::{Access, Pages, UNTOUCHED, pattern},
};

const THREADS: usize = 4;

/// The number of faults in each thread.
const EACH: usize = 20_000;

const LEN: usize = 300;

/// Copies in many threads, each with its own bytes; every copy faults.
///
/// # Errors
///
/// Returns the first difference.
pub fn check<B: FaultBackend>() -> Result<usize, Difference> {
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|thread| scope.spawn(move || one_of_them::<B>(thread))).collect();
        // Propagates a panic of the thread.
        threads.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    Ok(THREADS * EACH)
}

fn one_of_them<B: FaultBackend>(thread: usize) -> Result<(), Difference> {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let bytes = pattern(LEN);
    let mut to = [UNTOUCHED; LEN];
    for fault in 0..EACH {
        let first = (fault * 7 + thread) % LEN;
        let case = Case { what: "copies of many threads", len: LEN, first };
        from.set_before(1, &bytes[..first]);
        let src = from.page(1).wrapping_sub(first);
        // SAFETY: the ranges belong to this thread, and `src` faults at `first`; the handler is
        // installed.
        case.same(unsafe { B::copy(to.as_mut_ptr(), src, LEN) }, first)?;
        case.same_bytes(&to[..first], &bytes[..first])?;
    }
    Ok(())
}
