//! Memory that may fault, by typed views: a user's, a guest's, a mapped file's.

use core::{convert::Infallible, fmt, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::device_copy::with_word;
use crate::{
    barrier::Barrier,
    fault::{Fault, FaultAtomic, FaultBackend, FaultWords, RecoveryTable},
    io::{CopyError, IoBackend, IoBase, IoCapable, IoCopyable, KnownSize, MayFail, Order},
    value::Width,
};

/// Memory that may fault, accessed through `B`: every access gives a `Result`.
///
/// As [`SysMem`](crate::SysMem) otherwise: single accesses are one relaxed load or store of their
/// width, copies are byte-wise atomic, order is explicit. A [`Mapping`](crate::vm::Mapping) has such
/// views without `unsafe`; a [`VmSpan`](crate::vm::VmSpan) is the same memory for cursors.
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
/// // From the fifth byte of the name on.
/// let faulty = FaultyBytes::new(ptr.cast::<u8>().wrapping_add(12), 4);
/// // SAFETY: aligned memory, which the view alone accesses.
/// let request = unsafe { FaultMem::<Request, SimFaults>::new(ptr.cast()) };
/// io_write!(request, .len, 5)?;
/// assert_eq!(io_read!(request, .len), Ok(5));
/// assert_eq!(io_read!(request, .name[7]), Err(Fault));
/// let written = io_project!(request, .name).try_copy_write([7; 8]);
/// assert_eq!(written, Err(CopyError::Io { error: Fault, done: 4 }));
/// # Ok::<(), Fault>(())
/// ```
///
/// Neither `Send` nor `Sync`, as cursors: which memory an address is may depend on where one runs.
///
/// ```compile_fail,E0277
/// fn is_send<T: Send>() {}
/// is_send::<io_core::FaultMem<'_, u32>>();
/// ```
///
/// # Invariants
///
/// While `'a` lasts, the pointer is aligned, its place does not wrap round at the end of the address
/// space, and `B` may load and store all of its bytes, or faults and survives. Nobody accesses them
/// by reference.
pub struct FaultMem<'a, T: ?Sized + KnownSize, B: FaultBackend = RecoveryTable> {
    ptr: *mut T,
    marker: PhantomData<(&'a (), B)>,
}

impl<T: ?Sized + KnownSize, B: FaultBackend> FaultMem<'_, T, B> {
    /// A view of memory that may fault.
    ///
    /// # Safety
    ///
    /// `ptr` is aligned to `T::MIN_ALIGN`, its metadata is right for `T`, and the place does not wrap
    /// round at the end of the address space. While `'a` lasts:
    ///
    /// * a load of, and a store to, each byte of it is allowed, or faults and `B` survives it (with
    ///   the [`RecoveryTable`]: the handler of faults asks [`lookup`](crate::fault::lookup)).
    ///   Whether anything is there is no condition, but nothing of this program is: the place is a
    ///   user's or guest's, or stays reserved. A store to an address that is another's by then is
    ///   no fault, but a corruption;
    /// * nobody accesses these bytes by reference, nor by Rust's own atomics of another width than
    ///   the view's accesses (copies: a byte).
    ///
    /// Afterwards, any bytes may be there.
    #[inline(always)]
    pub const unsafe fn new(ptr: *mut T) -> Self {
        // INVARIANT: the caller's promise.
        Self { ptr, marker: PhantomData }
    }

    /// The pointer. Not to be dereferenced.
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

// Prints the place, never the memory: it may be gone.
impl<T: ?Sized + KnownSize, B: FaultBackend> fmt::Debug for FaultMem<'_, T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaultMem({:#x}, {:#x} bytes)", self.ptr.addr(), T::size(self.ptr))
    }
}

// SAFETY: `as_ptr` gives the pointer back; a projection is a view of the projected place with the
// same lifetime.
unsafe impl<B: FaultBackend> IoBackend for FaultMemBackend<B> {
    type Fail = MayFail<Fault>;
    type View<'a, T: ?Sized + KnownSize> = FaultMem<'a, T, B>;

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
        // INVARIANT: a part of a place that may be accessed or faults is such a place.
        FaultMem { ptr, marker: PhantomData }
    }

    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>) -> Order {
        Order::Memory
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
        // SAFETY: by the view's invariants aligned, and a load is allowed or faults.
        unsafe { B::load(view.ptr) }
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Fault> {
        // SAFETY: by the view's invariants aligned, and a store is allowed or faults.
        unsafe { B::store(view.ptr, value) }
    }
}

/// What a backend's count says.
#[inline(always)]
fn count(done: usize, len: usize) -> Result<(), CopyError<Fault>> {
    if done < len { Err(CopyError::Io { error: Fault, done }) } else { Ok(()) }
}

/// Does `access` for each of the `count` words of a `W`, in ascending order, up to the first fault.
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

// SAFETY: the copies touch exactly the view's bytes, and count what they have copied.
unsafe impl<B: FaultWords> IoCopyable for FaultMemBackend<B> {
    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Fault>> {
        let (from, len) = (view.ptr.cast::<u8>(), view.ptr.len());
        if width.is_none() {
            // SAFETY: by the view's invariants loads are allowed or fault; the buffer is valid for
            // as many bytes by contract, and apart from them.
            return count(unsafe { B::copy(buffer, from, len) }, len);
        }
        with_word!(width, from.addr(), len, |W| {
            let (from, to) = (from.cast::<W>(), buffer.cast::<W>());
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: of the view's bytes, and the width divides the address.
                let word = unsafe { B::load(from.wrapping_add(i)) }?;
                // SAFETY: the buffer is valid for as many bytes, by contract.
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
            // SAFETY: by the view's invariants stores are allowed or fault; the buffer is valid for
            // as many bytes by contract, and apart from them.
            return count(unsafe { B::copy(to, buffer, len) }, len);
        }
        with_word!(width, to.addr(), len, |W| {
            let (to, from) = (to.cast::<W>(), buffer.cast::<W>());
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: the buffer has as many initialised bytes, by contract.
                let word = unsafe { from.wrapping_add(i).read_unaligned() };
                // SAFETY: of the view's bytes, and the width divides the address.
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
            // SAFETY: by the view's invariants stores are allowed or fault.
            return count(unsafe { B::fill(to, byte, len) }, len);
        }
        with_word!(width, to.addr(), len, |W| {
            let (to, word) = (to.cast::<W>(), W::from_ne_bytes([byte; size_of::<W>()]));
            each_word::<W>(len / size_of::<W>(), |i| {
                // SAFETY: of the view's bytes, and the width divides the address.
                unsafe { B::store(to.wrapping_add(i), word) }
            })?;
        })
    }
}
