//! Coherent buffers: used by the processor alone at first, then shared with the device.

use core::{
    fmt,
    ops::{Deref, DerefMut},
};

use io_mem::arch;
use zerocopy::{FromBytes, IntoBytes};

use super::{
    DmaAllocator,
    allocation::{Allocation, layout_of},
};
use crate::{
    backend::{CoherentBackend, CoherentView, DmaBackend, SysMem},
    io::{AnyRegion, Error, IoBase, KnownSize},
    layout::IoTail,
    value::DmaAddr,
};

/// Coherent memory shared with a device. `&coherent` is accepted wherever a view is.
///
/// The drop frees the memory. Like every DMA buffer, it must outlive the device's use of it: stop
/// the device first. The `unsafe` constructor of the view of the device's registers requires that
/// the device does not write to any other memory.
///
/// Source: Linux `dma_alloc_coherent` (`Documentation/core-api/dma-api-howto.rst`).
///
/// ```
/// use io_core::prelude::*;
/// use io_sim::SimRam;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Descriptor { address: Le<DmaAddr>, len: Le<u64> }
///
/// let ram = SimRam::new(DmaAddr::new(0x4000_0000), 0x1000)?;
/// let ring = Coherent::<[Descriptor; 16], _>::zeroed(&ram)?;
/// io_write!(&ring, [3].len, 64);
/// assert_eq!(io_read!(&ring, [3].len), 64);
/// let (first, fourth) = ((&ring).dma_address(), io_project!(&ring, [3]).dma_address());
/// assert_eq!(fourth.raw() - first.raw(), 3 * 16);
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Invariants
///
/// The allocation is shared, and no reference to its memory exists.
#[doc(alias("dma_alloc_coherent", "dma_free_coherent"))]
pub struct Coherent<T: ?Sized + KnownSize, A: DmaAllocator>(Allocation<T, A>);

/// Coherent memory that is not yet shared with the device, accessed through plain `&mut`.
///
/// It has no device address until [`share`](Self::share) converts it, permanently, to shared
/// memory.
///
/// ```
/// use io_core::{CoherentBox, prelude::*};
/// use io_sim::SimRam;
///
/// let ram = SimRam::new(DmaAddr::new(0x4000_0000), 0x1000)?;
/// let mut table = CoherentBox::<[Le<u32>], _>::zeroed_slice(&ram, 8)?;
/// for (i, entry) in table.iter_mut().enumerate() {
///     *entry = Le::<u32>::new(i as u32);
/// }
/// let table = table.share();
/// assert_eq!(io_read!(&table, [panic: 5]), 5);
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Invariants
///
/// The allocation is not shared: its memory is accessible only through the owner.
#[doc(alias = "dma_alloc_coherent")]
pub struct CoherentBox<T: ?Sized + KnownSize, A: DmaAllocator>(Allocation<T, A>);

impl<T, A: DmaAllocator> Coherent<T, A> {
    /// Allocates zeroed memory for a `T`.
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if the size of `T` is 0.
    /// * The error of [`DmaAllocator::allocate`] otherwise, usually [`Error::NoMemory`].
    pub fn zeroed(alloc: A) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        let allocation: Allocation<T, A> = Allocation::new(alloc)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<T, A: DmaAllocator> Coherent<[T], A> {
    /// Allocates zeroed memory for `len` elements, aligned for a `T`.
    ///
    /// Bytes are aligned to 1: memory that is cast to a block, or passed to a device that requires
    /// an alignment, is allocated by [`zeroed_region`](Coherent::zeroed_region) or
    /// [`zeroed_tail`](Coherent::zeroed_tail).
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if `len` or the size of `T` is 0.
    /// * [`Error::NoMemory`] if the elements exceed the address space.
    /// * The error of [`DmaAllocator::allocate`] otherwise, usually [`Error::NoMemory`].
    pub fn zeroed_slice(alloc: A, len: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        let allocation: Allocation<[T], A> = Allocation::new_slice(alloc, len)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<T: ?Sized + IoTail, A: DmaAllocator> Coherent<T, A> {
    /// Allocates zeroed memory for a block with a trailing slice of `count` elements, aligned for
    /// the block. If `count` is 0, the block consists of its header.
    ///
    /// ```
    /// use io_core::prelude::*;
    /// use io_sim::SimRam;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Avail { flags: Le<u16>, idx: Le<u16>, ring: [Le<u16>] }
    ///
    /// let ram = SimRam::new(DmaAddr::new(0x8000_0000), 0x1000)?;
    /// let avail = Coherent::<Avail, _>::zeroed_tail(&ram, 8)?;
    /// io_write!(&avail, .ring[try: 7], 3);
    /// assert_eq!((&avail).size(), 20);
    /// # Ok::<(), io_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if the block has no bytes: `count` is 0, and only the slice has bytes.
    /// * [`Error::NoMemory`] if the elements exceed the address space.
    /// * The error of [`DmaAllocator::allocate`] otherwise, usually [`Error::NoMemory`].
    pub fn zeroed_tail(alloc: A, count: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        let allocation: Allocation<T, A> = Allocation::new_tail(alloc, count)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<R: ?Sized + AnyRegion, A: DmaAllocator> Coherent<R, A> {
    /// Allocates `size` bytes of zeroed, untyped memory, with the alignment of the region. Parts of
    /// it can be cast to blocks. For a larger alignment than [`A16`](crate::A16), use a block with
    /// `#[repr(align(…))]`.
    ///
    /// ```
    /// use io_core::{A16, Region, prelude::*};
    /// use io_sim::SimRam;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Avail { flags: Le<u16>, idx: Le<u16>, ring: [Le<u16>] }
    ///
    /// let ram = SimRam::new(DmaAddr::new(0x8000_0000), 0x1000)?;
    /// let queue = Coherent::<Region<0, A16>, _>::zeroed_region(&ram, 0x100)?;
    /// let avail = (&queue).subregion(0x80..0xc0)?.try_cast_tail::<Avail>(8)?;
    /// io_write!(avail, .ring[try: 7], 3);
    /// # Ok::<(), io_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if `size` is 0.
    /// * [`Error::OutOfRange`] if `size` is less than that of the region's type.
    /// * [`Error::Misaligned`] if `size` is not a multiple of the region's alignment.
    /// * The error of [`DmaAllocator::allocate`] otherwise, usually [`Error::NoMemory`].
    pub fn zeroed_region(alloc: A, size: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        let allocation: Allocation<R, A> = Allocation::new_region(alloc, size)?;
        Ok(CoherentBox(allocation).share())
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> Coherent<T, A> {
    /// The device address of the memory.
    #[inline(always)]
    pub fn dma_address(&self) -> DmaAddr {
        self.0.block.address
    }
}

// SAFETY: the memory is owned. Shared access goes through views, whose accesses are atomic.
unsafe impl<T: ?Sized + KnownSize + Send, A: DmaAllocator + Send> Send for Coherent<T, A> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync, A: DmaAllocator + Sync> Sync for Coherent<T, A> {}
// SAFETY: the memory is owned, as that of a `Box` is.
unsafe impl<T: ?Sized + KnownSize + Send, A: DmaAllocator + Send> Send for CoherentBox<T, A> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync, A: DmaAllocator + Sync> Sync for CoherentBox<T, A> {}

impl<'a, T: ?Sized + KnownSize, A: DmaAllocator> IoBase<'a> for &'a Coherent<T, A> {
    type Backend = CoherentBackend;
    type Target = T;

    #[inline(always)]
    fn as_view(self) -> CoherentView<'a, T> {
        // SAFETY: by the invariants, the memory is allocated while `self` is borrowed, and no
        // reference to it exists. It was zeroed when it was allocated.
        let memory = unsafe { SysMem::new(self.0.ptr) };
        // SAFETY: by the allocator's contract, the device addresses from this one on refer to the
        // bytes of the block, so its end does not exceed the address space.
        unsafe { CoherentView::new(memory, self.0.block.address) }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> fmt::Debug for Coherent<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coherent({}, {:#x} bytes)", self.dma_address(), T::size(self.0.ptr))
    }
}

impl<T: FromBytes + IntoBytes, A: DmaAllocator> CoherentBox<T, A> {
    /// Allocates zeroed memory for a `T`.
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if the size of `T` is 0.
    /// * The error of [`DmaAllocator::allocate`] otherwise, usually [`Error::NoMemory`].
    pub fn zeroed(alloc: A) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        Allocation::new(alloc).map(Self)
    }

    /// Allocates memory that contains `value`. The drop of the owner frees the memory and does not
    /// drop the value.
    ///
    /// # Errors
    ///
    /// * The errors of [`zeroed`](Self::zeroed).
    pub fn new(alloc: A, value: T) -> Result<Self, Error> {
        let this = Self::zeroed(alloc)?;
        // SAFETY: by the invariants, the memory is allocated, aligned and only accessible through
        // `this`. The zeroed value there is not dropped.
        unsafe { this.0.ptr.write(value) };
        Ok(this)
    }
}

impl<T: FromBytes + IntoBytes, A: DmaAllocator> CoherentBox<[T], A> {
    /// Allocates zeroed memory for `len` elements.
    ///
    /// # Errors
    ///
    /// * The errors of [`Coherent::zeroed_slice`].
    pub fn zeroed_slice(alloc: A, len: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        Allocation::new_slice(alloc, len).map(Self)
    }
}

impl<T: ?Sized + IoTail + FromBytes + IntoBytes, A: DmaAllocator> CoherentBox<T, A> {
    /// Allocates zeroed memory for a block with a trailing slice of `count` elements, aligned for
    /// the block.
    ///
    /// # Errors
    ///
    /// * The errors of [`Coherent::zeroed_tail`].
    pub fn zeroed_tail(alloc: A, count: usize) -> Result<Self, Error> {
        // INVARIANT: just allocated, so no other code has access.
        Allocation::new_tail(alloc, count).map(Self)
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> CoherentBox<T, A> {
    /// Shares the memory with the device. From then on it is accessed through views only.
    ///
    /// Writes before this call are ordered before values that are published through the views with
    /// [`dma_wmb`](crate::Io::dma_wmb) or an ordered register write.
    #[inline]
    #[must_use]
    pub fn share(self) -> Coherent<T, A> {
        arch::escape(self.0.block.memory.as_ptr());
        if let Ok(layout) = layout_of(self.0.ptr) {
            // SAFETY: by the invariants, `block` was allocated by `alloc` with this layout and is
            // not deallocated. References to the memory borrowed `self`, which has been moved.
            unsafe { self.0.alloc.share(self.0.block, layout) };
        }
        // INVARIANT: the memory has just been shared, and no reference to it exists.
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
        // SAFETY: by the invariants, the memory is allocated and aligned. It was zeroed, and any
        // bytes are a valid `T`. The device has no address of it, and no view exists.
        unsafe { &*self.0.ptr }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> DerefMut for CoherentBox<T, A>
where
    T: FromBytes + IntoBytes,
{
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`; in addition, `self` is borrowed exclusively.
        unsafe { &mut *self.0.ptr }
    }
}

impl<T: ?Sized + KnownSize, A: DmaAllocator> fmt::Debug for CoherentBox<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CoherentBox({:#x} bytes)", T::size(self.0.ptr))
    }
}

/// The device address of views whose backend is a [`DmaBackend`], and of owners of such memory.
///
/// Implemented for all of them.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { ring: Le<DmaAddr> }
///
/// /// Passes the address of a ring to the device.
/// fn set_ring<'a, 'b>(
///     regs: impl Io<'a, Target = Regs, Backend: Bus64>,
///     ring: impl IoDma<'b, Target = [Le<u32>; 16]>,
/// ) {
///     io_write!(regs, .ring, ring.dma_address());
/// }
/// ```
pub trait IoDma<'a>: IoBase<'a, Backend: DmaBackend> {
    /// The device address. Each part has its own.
    #[inline(always)]
    fn dma_address(self) -> DmaAddr {
        Self::Backend::dma_address(self.as_view())
    }
}

impl<'a, I: IoBase<'a, Backend: DmaBackend>> IoDma<'a> for I {}
