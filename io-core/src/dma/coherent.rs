//! Coherent buffers: first the processor's alone, then shared with the device.

use core::{
    alloc::Layout,
    fmt,
    ops::{Deref, DerefMut},
};

use io_mem::arch;
use zerocopy::{FromBytes, IntoBytes};

use super::{DmaAllocator, DmaBlock};
use crate::{
    backend::{CoherentBackend, CoherentView, DmaBackend, SysMem},
    io::{Error, IoBase, KnownSize},
    value::DmaAddr,
};

/// An allocation and the allocator that it goes back to.
///
/// # Invariants
///
/// `block` came from `alloc` with `layout_of(ptr)`; `ptr` is its memory, with
/// metadata. It is given back by the drop only.
struct Allocation<T: ?Sized + KnownSize, A: DmaAllocator> {
    ptr: *mut T,
    block: DmaBlock,
    alloc: A,
}

/// The layout of a place that `ptr` would point to.
#[inline]
fn layout_of<T: ?Sized + KnownSize>(ptr: *const T) -> Result<Layout, Error> {
    let (size, align) = (T::size(ptr), T::MIN_ALIGN);
    if size == 0 {
        return Err(Error::Empty);
    }
    Layout::from_size_align(size, align).map_err(|_| Error::NoMemory { size, align })
}

impl<T, A: DmaAllocator> Allocation<T, A> {
    fn new(alloc: A) -> Result<Self, Error> {
        let block = alloc.allocate(layout_of(core::ptr::null::<T>())?)?;
        // INVARIANT: just allocated.
        Ok(Self { ptr: block.memory.as_ptr().cast(), block, alloc })
    }
}

impl<T, A: DmaAllocator> Allocation<[T], A> {
    fn new_slice(alloc: A, len: usize) -> Result<Self, Error> {
        if len.checked_mul(size_of::<T>()).is_none() {
            return Err(Error::NoMemory { size: usize::MAX, align: align_of::<T>() });
        }
        let layout = layout_of(core::ptr::slice_from_raw_parts::<T>(core::ptr::null(), len))?;
        let block = alloc.allocate(layout)?;
        let ptr = core::ptr::slice_from_raw_parts_mut(block.memory.as_ptr().cast(), len);
        // INVARIANT: just allocated.
        Ok(Self { ptr, block, alloc })
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> Drop for Allocation<T, A> {
    fn drop(&mut self) {
        if let Ok(layout) = layout_of(self.ptr) {
            // SAFETY: by the invariants allocated so, and given back only here;
            // views and references borrow the owner, so none is left.
            unsafe { self.alloc.deallocate(self.block, layout) };
        }
    }
}

/// Coherent memory shared with a device; `&coherent` is taken wherever a view is.
///
/// Freed by the drop. Like every DMA buffer it must outlive the device's use of
/// it: stop the device first. That the device writes nowhere else is what the
/// `unsafe` constructor of the device's own view asks for.
///
/// # Invariants
///
/// The allocation is shared, and nobody has a reference to its memory.
pub struct Coherent<T: ?Sized + KnownSize, A: DmaAllocator>(Allocation<T, A>);

/// Coherent memory that the device has not been told of yet: plain `&mut` access.
///
/// It has no device address; [`share`](Self::share) gives it one for good.
///
/// # Invariants
///
/// The allocation is not shared: nobody but the owner reaches its memory.
pub struct CoherentBox<T: ?Sized + KnownSize, A: DmaAllocator>(Allocation<T, A>);

impl<T, A: DmaAllocator> Coherent<T, A> {
    /// Zeroed memory for a `T`.
    ///
    /// # Errors
    ///
    /// The allocator's; [`Error::Empty`] for a `T` without size.
    pub fn zeroed(alloc: A) -> Result<Self, Error> {
        // INVARIANT: just allocated, known to nobody.
        let allocation: Allocation<T, A> = Allocation::new(alloc)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<T, A: DmaAllocator> Coherent<[T], A> {
    /// Zeroed memory for `len` elements.
    ///
    /// # Errors
    ///
    /// The allocator's; [`Error::Empty`] for no elements, [`Error::NoMemory`]
    /// for more than an address space holds.
    pub fn zeroed_slice(alloc: A, len: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, known to nobody.
        let allocation: Allocation<[T], A> = Allocation::new_slice(alloc, len)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> Coherent<T, A> {
    /// The address for the device.
    #[inline(always)]
    pub fn dma_address(&self) -> DmaAddr {
        self.0.block.address
    }
}

// SAFETY: the memory is owned, and shared use goes through views, whose
// accesses are atomic.
unsafe impl<T: ?Sized + KnownSize + Send, A: DmaAllocator + Send> Send for Coherent<T, A> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync, A: DmaAllocator + Sync> Sync for Coherent<T, A> {}
// SAFETY: the memory is owned as a `Box`'s is.
unsafe impl<T: ?Sized + KnownSize + Send, A: DmaAllocator + Send> Send for CoherentBox<T, A> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync, A: DmaAllocator + Sync> Sync for CoherentBox<T, A> {}

impl<'a, T: ?Sized + KnownSize, A: DmaAllocator> IoBase<'a> for &'a Coherent<T, A> {
    type Backend = CoherentBackend;
    type Target = T;

    #[inline(always)]
    fn as_view(self) -> CoherentView<'a, T> {
        // SAFETY: allocated by the invariants while `self` is borrowed, zeroed
        // at first, and nobody has a reference to it.
        let memory = unsafe { SysMem::new(self.0.ptr) };
        // SAFETY: the device reaches the block at its address by the
        // allocator's contract.
        unsafe { CoherentView::new(memory, self.0.block.address) }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> fmt::Debug for Coherent<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coherent({}, {:#x} bytes)", self.dma_address(), T::size(self.0.ptr))
    }
}

impl<T: FromBytes + IntoBytes, A: DmaAllocator> CoherentBox<T, A> {
    /// Zeroed memory for a `T`.
    ///
    /// # Errors
    ///
    /// The allocator's; [`Error::Empty`] for a `T` without size.
    pub fn zeroed(alloc: A) -> Result<Self, Error> {
        // INVARIANT: just allocated, known to nobody.
        Allocation::new(alloc).map(Self)
    }

    /// Memory that holds `value`.
    ///
    /// # Errors
    ///
    /// As [`zeroed`](Self::zeroed).
    pub fn new(alloc: A, value: T) -> Result<Self, Error> {
        let mut this = Self::zeroed(alloc)?;
        *this = value;
        Ok(this)
    }
}

impl<T: FromBytes + IntoBytes, A: DmaAllocator> CoherentBox<[T], A> {
    /// Zeroed memory for `len` elements.
    ///
    /// # Errors
    ///
    /// As [`Coherent::zeroed_slice`].
    pub fn zeroed_slice(alloc: A, len: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, known to nobody.
        Allocation::new_slice(alloc, len).map(Self)
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> CoherentBox<T, A> {
    /// Shares the memory with the device: from now on views only.
    ///
    /// What was written before is ordered before what is published through the
    /// views with [`dma_wmb`](crate::Io::dma_wmb) or an ordered register write.
    #[inline]
    #[must_use]
    pub fn share(self) -> Coherent<T, A> {
        arch::escape(self.0.block.memory.as_ptr());
        if let Ok(layout) = layout_of(self.0.ptr) {
            // SAFETY: by the invariants allocated so and alive; the references
            // borrowed `self`, which is gone.
            unsafe { self.0.alloc.share(self.0.block, layout) };
        }
        // INVARIANT: just shared.
        Coherent(self.0)
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> From<CoherentBox<T, A>> for Coherent<T, A> {
    #[inline]
    fn from(memory: CoherentBox<T, A>) -> Self {
        memory.share()
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> Deref for CoherentBox<T, A>
where
    T: FromBytes + IntoBytes,
{
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: allocated and aligned by the invariants; zeroed, and any
        // bytes make a `T`; no device knows the address and no view exists.
        unsafe { &*self.0.ptr }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> DerefMut for CoherentBox<T, A>
where
    T: FromBytes + IntoBytes,
{
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`, and `self` is borrowed exclusively.
        unsafe { &mut *self.0.ptr }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> fmt::Debug for CoherentBox<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CoherentBox({:#x} bytes)", T::size(self.0.ptr))
    }
}

/// The device address of everything that [`DmaBackend`]s give views of.
pub trait IoDma<'a>: IoBase<'a, Backend: DmaBackend> {
    /// The address for the device; each part has its own.
    #[inline(always)]
    fn dma_address(self) -> DmaAddr {
        Self::Backend::dma_address(self.as_view())
    }
}

impl<'a, I: IoBase<'a, Backend: DmaBackend>> IoDma<'a> for I {}
