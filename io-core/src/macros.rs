//! The projection macros. They only pass `$crate` on to the procedural macro, which cannot name its
//! own crate.

/// Projects a view to a part of its memory: `io_project!(io, steps)`.
///
/// `io` is a view or a reference to an owner of device memory. The steps are:
///
/// | step | selects | out of bounds |
/// |---|---|---|
/// | `.name`, `.0` | a field | does not compile |
/// | `[3]` | an element of an array | does not compile |
/// | `[build: EXPR]` | the same, for any constant expression | does not compile |
/// | `[try: EXPR]` | an element of an array or slice | returns `Err` with `?` ([`OutOfBound`](crate::OutOfBound)) |
/// | `[panic: EXPR]` | the same | panics as `slice[i]` does |
///
/// `EXPR` is a `usize` or one of the six range forms. `io` is evaluated first, then the indices
/// from left to right. `io_project!(io, build: LOC)` projects to a located register
/// ([`Loc`](crate::Loc)).
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: u32, count: Ro<u32> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { id: Ro<u32>, irq: W1c<u32>, chan: [Chan; 4] }
///
/// fn first_idle<'a>(dma: impl Io<'a, Target = Dma, Backend: Bus32>) -> Option<usize> {
///     (0..4).find(|&i| io_read!(dma, .chan[panic: i].ctrl) == 0)
/// }
///
/// # let mut words = [7_u32; 10];
/// # words[6] = 0;
/// # // SAFETY: the exclusive borrow of `words` covers a `Dma`.
/// # let dma = unsafe { SysMem::new(words.as_mut_ptr().cast::<Dma>()) };
/// assert_eq!(first_idle(dma), Some(2));
/// let chan = io_project!(dma, .chan[2]);
/// io_write!(chan, .ctrl, 1);
/// assert_eq!(first_idle(dma), None);
/// ```
#[macro_export]
macro_rules! io_project {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(project $crate; $($tokens)*)
    };
}

/// Reads a field with exactly one access of its width.
///
/// `io_read!(io, steps)` returns the value, or a `Result` where accesses of the backend can fail.
/// The steps are those of [`io_project!`](crate::io_project).
#[macro_export]
macro_rules! io_read {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(read $crate; $($tokens)*)
    };
}

/// Writes a field with exactly one access of its width.
///
/// `io_write!(io, steps, value)`; the value is evaluated last. The steps are those of
/// [`io_project!`](crate::io_project).
#[macro_export]
macro_rules! io_write {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(write $crate; $($tokens)*)
    };
}

/// Reads a field, changes the value with a closure, and writes it back.
///
/// `io_update!(io, steps, |v| …)`. Not atomic. Does not compile for fields where writing back the
/// value that was read would be wrong, such as write-one-to-clear fields.
#[macro_export]
macro_rules! io_update {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(update $crate; $($tokens)*)
    };
}

/// [`io_read!`](crate::io_read) that returns a `Result` for every backend.
#[macro_export]
macro_rules! io_try_read {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_read $crate; $($tokens)*)
    };
}

/// [`io_write!`](crate::io_write) that returns a `Result` for every backend.
#[macro_export]
macro_rules! io_try_write {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_write $crate; $($tokens)*)
    };
}

/// [`io_update!`](crate::io_update) that returns a `Result` for every backend.
#[macro_export]
macro_rules! io_try_update {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_update $crate; $($tokens)*)
    };
}
