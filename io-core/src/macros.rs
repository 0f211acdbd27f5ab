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
/// `EXPR` is a `usize` or one of the six range forms. A range selects a slice; a `build` range with
/// literal ends, or with `.as_array::<M>()` after the brackets, an array. `io` is evaluated first, then the indices
/// from left to right.
///
/// `io_project!(io, build: LOC)` projects to a located register ([`Loc`](crate::Loc)), and
/// `io_project!(io, build: LOC, steps)` to a part of it. `LOC` is a constant, a constant expression
/// such as `CHANS.element(2)`, or a variable, whose location was checked where it was made.
///
/// The result is a view over the same backend, with the same lifetime. No access is made: a
/// projection computes an address. A call with a `[try: …]` step must be in a function that returns
/// a `Result`.
///
/// Source of the syntax: the kernel's Rust I/O layer (`io_project!` and the index policies `try`,
/// `build` and `panic`).
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds, as for `slice[i]`.
///
/// # Examples
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
#[doc(alias("addr_of", "container_of"))]
#[macro_export]
macro_rules! io_project {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(project $crate; $($tokens)*)
    };
}

/// Reads a field with exactly one access of its width.
///
/// `io_read!(io, steps)` returns the value, or a `Result` where accesses of the backend can fail.
/// The steps are those of [`io_project!`](crate::io_project). The width is that of the field's
/// type, 8 to 64 bits; a field of type [`LoHi`](crate::LoHi) or [`HiLo`](crate::HiLo) is read by
/// two accesses of 32 bits. Does not compile for fields that cannot be read, such as
/// [`Wo`](crate::Wo).
///
/// The ordering is that of the view: see [`Mmio`](crate::Mmio), [`RelaxedMmio`](crate::RelaxedMmio)
/// and [`SysMem`](crate::SysMem). To read the value of a view without steps, use
/// [`read_val`](crate::Io::read_val).
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// fn has_expired<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> bool {
///     io_read!(timer, .count) == 0
/// }
/// # let mut timer = Timer { ctrl: 0.into(), count: Ro::new(0) };
/// # assert!(has_expired(SysMem::from_mut(&mut timer)));
/// ```
#[doc(alias(
    "readb",
    "readw",
    "readl",
    "readq",
    "ioread8",
    "ioread16",
    "ioread32",
    "ioread64",
    "READ_ONCE",
    "read_volatile",
))]
#[macro_export]
macro_rules! io_read {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(read $crate; $($tokens)*)
    };
}

/// Writes a field with exactly one access of its width.
///
/// `io_write!(io, steps, value)`; the value is evaluated last. The steps are those of
/// [`io_project!`](crate::io_project), and the width is that of the field's type, as for
/// [`io_read!`](crate::io_read). Returns `()`, or a `Result` where accesses of the backend can
/// fail.
///
/// Does not compile for fields that cannot be written, such as [`Ro`](crate::Ro). Bits of
/// [`W1c`](crate::W1c) and [`W1s`](crate::W1s) fields are cleared and set by
/// [`clear_bits`](crate::Io::clear_bits) and [`set_bits`](crate::Io::set_bits). To write the value
/// of a view without steps, use [`write_val`](crate::Io::write_val).
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32>, load: [Wo<Le<u32>>; 2] }
///
/// fn start<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>, ticks: u32) {
///     io_write!(timer, .load[1], ticks);
///     io_write!(timer, .ctrl, 1);
/// }
/// # let mut timer = Timer { ctrl: 0.into(), load: [Wo::new(0); 2] };
/// # start(SysMem::from_mut(&mut timer), 7);
/// # assert_eq!((timer.ctrl.get(), timer.load[1].get()), (1, 7));
/// ```
#[doc(alias(
    "writeb",
    "writew",
    "writel",
    "writeq",
    "iowrite8",
    "iowrite16",
    "iowrite32",
    "iowrite64",
    "WRITE_ONCE",
    "write_volatile",
))]
#[macro_export]
macro_rules! io_write {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(write $crate; $($tokens)*)
    };
}

/// Reads a field, changes the value with a closure, and writes it back.
///
/// `io_update!(io, steps, |v| …)`: one read and one write of the field's width. Not atomic: another
/// processor or the device may write between them. Returns `()`, or a `Result` where accesses of
/// the backend can fail.
///
/// Does not compile for fields where writing back the value that was read would be wrong, such as
/// write-one-to-clear fields.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32> }
/// const ENABLE: u32 = 1 << 0;
///
/// fn stop<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) {
///     io_update!(timer, .ctrl, |ctrl| ctrl & !ENABLE);
/// }
/// # let mut timer = Timer { ctrl: 0x81.into() };
/// # stop(SysMem::from_mut(&mut timer));
/// # assert_eq!(timer.ctrl.get(), 0x80);
/// ```
#[doc(alias("read-modify-write", "rmw"))]
#[macro_export]
macro_rules! io_update {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(update $crate; $($tokens)*)
    };
}

/// Steps from a location to that of a part: `loc!(location, steps)`.
///
/// `location` is a [`Loc`](crate::Loc). The steps are those of [`io_project!`](crate::io_project),
/// without ranges; `loc!(location, build: LOC)` is [`location.join(LOC)`](crate::Loc::join).
/// Without `[try: …]`, which returns from a function, the call can be part of a constant. No step but
/// `[try: …]` and `[panic: …]` is checked at run time.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds. In a constant, this is a compile error.
///
/// # Examples
///
/// ```
/// use io_core::{A4, Loc, Region, loc, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Chan { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// struct Nova;
/// type Bar = Region<0x1000, A4, Nova>;
/// const CHANS: Loc<Bar, [Chan; 4]> = Loc::at(0x40);
/// const LAST_COUNT: Loc<Bar, Ro<Le<u32>>> = loc!(CHANS.element(3), .count);
///
/// fn stop_all<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) {
///     for chan in CHANS.iter() {
///         bar.write(loc!(chan, .ctrl), 0);
///     }
/// }
/// assert_eq!(LAST_COUNT.offset(), 0x5c);
/// ```
#[doc(alias("offset_of"))]
#[macro_export]
macro_rules! loc {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(loc $crate; $($tokens)*)
    };
}

/// [`io_read!`](crate::io_read) that returns a `Result` for every backend: for drivers that are
/// generic over backends with and without errors.
///
/// # Errors
///
/// * The backend's error, if the access failed. Where accesses cannot fail, it is
///   [`Infallible`](core::convert::Infallible).
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::{backend::{ErrorOf, IoCapable}, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// /// For registers, and for memory that may fault.
/// fn count<'a, I>(timer: I) -> Result<u32, ErrorOf<I::Backend>>
/// where
///     I: Io<'a, Target = Timer, Backend: IoCapable<u32>>,
/// {
///     io_try_read!(timer, .count)
/// }
/// # let mut timer = Timer { ctrl: 0.into(), count: Ro::new(5) };
/// # assert_eq!(count(SysMem::from_mut(&mut timer)), Ok(5));
/// ```
#[doc(alias("readl", "ioread32"))]
#[macro_export]
macro_rules! io_try_read {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_read $crate; $($tokens)*)
    };
}

/// [`io_write!`](crate::io_write) that returns a `Result` for every backend.
///
/// # Errors
///
/// * The backend's error, if the access failed.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32> }
///
/// let mut memory = Timer { ctrl: 0.into() };
/// let timer = SysMem::from_mut(&mut memory);
/// assert_eq!(io_try_write!(timer, .ctrl, 1), Ok(()));
/// assert_eq!(io_read!(timer, .ctrl), 1);
/// ```
#[doc(alias("writel", "iowrite32"))]
#[macro_export]
macro_rules! io_try_write {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_write $crate; $($tokens)*)
    };
}

/// [`io_update!`](crate::io_update) that returns a `Result` for every backend.
///
/// # Errors
///
/// * The backend's error, if an access failed. If the read failed, nothing was written.
///
/// # Panics
///
/// * The index of a `[panic: …]` step is out of bounds.
///
/// # Examples
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32> }
///
/// let mut memory = Timer { ctrl: 4.into() };
/// let timer = SysMem::from_mut(&mut memory);
/// assert_eq!(io_try_update!(timer, .ctrl, |ctrl| ctrl | 1), Ok(()));
/// assert_eq!(io_read!(timer, .ctrl), 5);
/// ```
#[macro_export]
macro_rules! io_try_update {
    ($($tokens:tt)*) => {
        $crate::expansion::project!(try_update $crate; $($tokens)*)
    };
}
