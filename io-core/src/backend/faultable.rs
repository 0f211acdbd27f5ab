//! Typed views of memory that may fault: memory of a user process, of a guest, or of a mapped file.

use core::{convert::Infallible, fmt, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::device_copy::with_word;
use crate::{
    barrier::Barrier,
    fault::{Fault, FaultAtomic, FaultBackend, FaultWords, RecoveryTable},
    io::{CopyError, IoBackend, IoBase, IoCapable, IoCopyable, KnownSize, MayFail, Medium, Order},
    value::Width,
};

/// A view of memory that may fault, accessed through `B`. Every access returns a `Result`.
///
/// Otherwise as [`SysMem`](crate::SysMem): single accesses are one relaxed load or store of their
/// width, copies are byte-wise atomic, and ordering is explicit. A view of a
/// [`Mapping`](crate::vm::Mapping) needs no `unsafe`. A [`VmSpan`](crate::vm::VmSpan) is the same
/// memory for cursors.
///
/// ```
/// use io_core::{CopyError, FaultMem, fault::Fault, prelude::*};
/// use io_sim::{FaultyBytes, SimFaults};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Request { kind: Le<u32>, len: Le<u32>, name: [u8; 8] }
///
/// let mut memory = [0_u32; 4];
/// let ptr = &raw mut memory;
/// // The memory faults from the fifth byte of the name on.
/// let faulty = FaultyBytes::new(ptr.cast::<u8>().wrapping_add(12), 4);
/// // SAFETY: aligned memory, which is accessed through the view alone.
/// let request = unsafe { FaultMem::<Request, SimFaults>::new(ptr.cast()) };
/// io_write!(request, .len, 5)?;
/// assert_eq!(io_read!(request, .len), Ok(5));
/// assert_eq!(io_read!(request, .name[7]), Err(Fault));
/// let written = io_project!(request, .name).try_copy_write([7; 8]);
/// assert_eq!(written, Err(CopyError::Io { error: Fault, done: 4 }));
/// # Ok::<(), Fault>(())
/// ```
///
/// Like cursors, neither `Send` nor `Sync`: the memory that an address refers to may depend on the
/// thread or process that accesses it.
///
/// ```compile_fail,E0277
/// fn is_send<T: Send>() {}
/// is_send::<io_core::FaultMem<'_, u32>>();
/// ```
///
/// # Invariants
///
/// For the duration of `'a`:
///
/// * The pointer is aligned, and its bytes do not wrap around the end of the address space.
/// * `B` may load and store all of these bytes; an access that faults is recovered by `B`.
/// * The bytes are not accessed through references.
#[doc(alias("copy_from_user", "copy_to_user", "get_user", "put_user"))]
pub struct FaultMem<'a, T: ?Sized + KnownSize, B: FaultBackend = RecoveryTable> {
    ptr: *mut T,
    marker: PhantomData<(&'a (), B)>,
}

impl<T: ?Sized + KnownSize, B: FaultBackend> FaultMem<'_, T, B> {
    /// A view of memory that may fault.
    ///
    /// # Safety
    ///
    /// * `ptr` must be aligned to `T::MIN_ALIGN`, and its metadata must be correct for `T`.
    /// * The bytes that `ptr` refers to must not wrap around the end of the address space.
    ///
    /// For the duration of `'a`:
    ///
    /// * A load of each of these bytes, and a store to it, must either be allowed, or fault such
    ///   that `B` recovers. With the [`RecoveryTable`], the fault handler must call
    ///   [`lookup`](crate::fault::lookup).
    /// * The bytes need not be mapped. They must not contain memory that this program uses for
    ///   anything else: the range must belong to a user process or a guest, or stay reserved for
    ///   this use. If it is unmapped and reused while the view is in use, stores corrupt the new
    ///   mapping and no fault is reported.
    /// * The bytes must not be accessed through references.
    /// * The bytes must not be accessed by Rust atomics of another width than the view's accesses
    ///   (copies: one byte).
    /// * Accesses of other Rust code to the bytes must not race with the view's accesses, unless
    ///   they are atomic.
    ///
    /// After `'a`, the bytes must be valid with any values.
    #[inline(always)]
    pub const unsafe fn new(ptr: *mut T) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self { ptr, marker: PhantomData }
    }

    /// The pointer. Must not be dereferenced.
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        self.ptr
    }
}

/// The backend of [`FaultMem`].
pub struct FaultMemBackend<B: FaultBackend = RecoveryTable>(Infallible, PhantomData<B>);

impl<B: FaultBackend> fmt::Debug for FaultMemBackend<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FaultMemBackend")
    }
}

impl<T: ?Sized + KnownSize, B: FaultBackend> Clone for FaultMem<'_, T, B> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize, B: FaultBackend> Copy for FaultMem<'_, T, B> {}

impl<'a, T: ?Sized + KnownSize, B: FaultBackend> IoBase<'a> for FaultMem<'a, T, B> {
    type Backend = FaultMemBackend<B>;
    type Target = T;

    #[inline(always)]
    fn as_view(self) -> Self {
        self
    }
}

// Prints the address and size only. The memory is not read, since it may be unmapped.
impl<T: ?Sized + KnownSize, B: FaultBackend> fmt::Debug for FaultMem<'_, T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaultMem({:#x}, {:#x} bytes)", self.ptr.addr(), T::size(self.ptr))
    }
}

// SAFETY: `as_ptr` returns the pointer unchanged. A projection is a view of the projected bytes
// with the same lifetime.
unsafe impl<B: FaultBackend> IoBackend for FaultMemBackend<B> {
    type Fail = MayFail<Fault>;
    type View<'a, T: ?Sized + KnownSize> = FaultMem<'a, T, B>;
    type Relaxed = Self;

    #[inline(always)]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    #[inline(always)]
    unsafe fn project_view<'a, T, U>(_view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        // INVARIANT: if each byte may be accessed or faults, so does each byte of a part.
        FaultMem { ptr, marker: PhantomData }
    }

    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>) -> Order {
        Order::Memory
    }

    #[inline(always)]
    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        view
    }

    #[inline(always)]
    fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, kind: Barrier) {
        arch::barrier(kind);
    }
}

#[diagnostic::do_not_recommend]
impl<W: Word, B: FaultAtomic<W>> IoCapable<W> for FaultMemBackend<B> {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Fault> {
        // SAFETY: by the view's invariants, the pointer is aligned, and a load is allowed or
        // faults.
        unsafe { B::load(view.ptr) }
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Fault> {
        // SAFETY: by the view's invariants, the pointer is aligned, and a store is allowed or
        // faults.
        unsafe { B::store(view.ptr, value) }
    }
}

/// Converts the number of bytes that a backend copied to a result.
#[inline(always)]
fn count(done: usize, len: usize) -> Result<(), CopyError<Fault>> {
    if done < len { Err(CopyError::Io { error: Fault, done }) } else { Ok(()) }
}

/// Calls `access` for each of `count` words of type `W`, in ascending order, up to the first fault.
#[inline(always)]
fn each_word<W>(
    count: usize,
    access: impl Fn(usize) -> Result<(), Fault>,
) -> Result<(), CopyError<Fault>> {
    for i in 0..count {
        access(i).map_err(|error| CopyError::Io { error, done: i * size_of::<W>() })?;
    }
    Ok(())
}

// SAFETY: the copies access exactly the view's bytes, and return the number of bytes copied.
unsafe impl<B: FaultWords> IoCopyable for FaultMemBackend<B> {
    const MEDIUM: Medium = Medium::Memory;

    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Fault>> {
        let (from, len) = (view.ptr.cast::<u8>(), view.ptr.len());
        if width.is_none() {
            // SAFETY: by the view's invariants, loads are allowed or fault. The caller guarantees
            // that the buffer is valid for `len` bytes and does not overlap the view.
            return count(unsafe { B::copy(buffer, from, len) }, len);
        }
        with_word!(width, from.addr(), len, |W| {
            let (from, to) = (from.cast::<W>(), buffer.cast::<W>());
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: the word is one of the view's, and the address is a multiple of the
                // width.
                let word = unsafe { B::load(from.wrapping_add(i)) }?;
                // SAFETY: the caller guarantees that the buffer is valid for `len` bytes.
                unsafe { to.wrapping_add(i).write_unaligned(word) };
                Ok(())
            })?;
        })
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Fault>> {
        let (to, len) = (view.ptr.cast::<u8>(), view.ptr.len());
        if width.is_none() {
            // SAFETY: by the view's invariants, stores are allowed or fault. The caller guarantees
            // that the buffer is valid for `len` bytes and does not overlap the view.
            return count(unsafe { B::copy(to, buffer, len) }, len);
        }
        with_word!(width, to.addr(), len, |W| {
            let (to, from) = (to.cast::<W>(), buffer.cast::<W>());
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: the caller guarantees that the buffer has `len` initialised bytes.
                let word = unsafe { from.wrapping_add(i).read_unaligned() };
                // SAFETY: the word is one of the view's, and the address is a multiple of the
                // width.
                unsafe { B::store(to.wrapping_add(i), word) }
            })?;
        })
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Fault>> {
        let (to, len) = (view.ptr.cast::<u8>(), view.ptr.len());
        if width.is_none() {
            // SAFETY: by the view's invariants, stores are allowed or fault.
            return count(unsafe { B::fill(to, byte, len) }, len);
        }
        with_word!(width, to.addr(), len, |W| {
            let (to, word) = (to.cast::<W>(), W::from_ne_bytes([byte; size_of::<W>()]));
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: the word is one of the view's, and the address is a multiple of the
                // width.
                unsafe { B::store(to.wrapping_add(i), word) }
            })?;
        })
    }
}
