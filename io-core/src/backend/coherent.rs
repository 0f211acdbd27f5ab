//! DMA-coherent memory: system memory that also has a device address.

use core::convert::Infallible;

use io_mem::arch::Word;

use super::{SysMem, SysMemBackend, view};
use crate::{
    barrier::Barrier,
    io::{CopyError, IoBackend, IoCapable, IoCopyable, KnownSize, Medium, Order},
    value::{DmaAddr, Width},
};

/// A view of coherent memory. Every projection has its own device address.
///
/// Accesses are those of [`SysMem`]. Made by `&coherent` of an owner,
/// [`Coherent`](crate::Coherent), or from memory that was allocated elsewhere:
///
/// ```
/// use io_core::{CoherentView, prelude::*};
///
/// let mut memory = [0_u32; 4];
/// let memory = SysMem::from_mut(&mut memory);
/// // SAFETY: no device uses these addresses in this example.
/// let view = unsafe { CoherentView::new(memory, DmaAddr::new(0x1000)) };
/// assert_eq!(io_project!(view, [2]).dma_address(), DmaAddr::new(0x1008));
/// ```
///
/// Source: Linux `Documentation/core-api/dma-api.rst`, part "Using large DMA-coherent buffers".
///
/// # Invariants
///
/// For the device, the addresses from `address` on refer to the bytes of `memory`, in the same
/// order.
pub struct CoherentView<'a, T: ?Sized + KnownSize> {
    memory: SysMem<'a, T>,
    address: DmaAddr,
}

impl<'a, T: ?Sized + KnownSize> CoherentView<'a, T> {
    /// A view of memory that the device accesses at `address`.
    ///
    /// # Safety
    ///
    /// * For the device, the addresses from `address` on must refer to the bytes of `memory`, in
    ///   the same order.
    /// * `address` plus the size of the memory must not exceed the address space.
    #[inline(always)]
    pub const unsafe fn new(memory: SysMem<'a, T>, address: DmaAddr) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self { memory, address }
    }

    /// The device address of the memory.
    #[inline(always)]
    pub const fn dma_address(self) -> DmaAddr {
        self.address
    }

    /// The view of the same memory without its device address.
    #[inline(always)]
    pub const fn as_sys_mem(self) -> SysMem<'a, T> {
        self.memory
    }
}

/// The backend of [`CoherentView`].
#[derive(Debug)]
pub enum CoherentBackend {}

view!(CoherentView, CoherentBackend);

// SAFETY: all operations are those of `SysMemBackend`, which fulfils the contract. The device
// address moves by the same offset as the pointer.
unsafe impl IoBackend for CoherentBackend {
    type Fail = Infallible;
    type View<'a, T: ?Sized + KnownSize> = CoherentView<'a, T>;
    type Relaxed = Self;

    #[inline(always)]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.memory.as_ptr()
    }

    #[inline(always)]
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        let offset = ptr.addr().wrapping_sub(view.memory.as_ptr().addr());
        // INVARIANT: the part starts at the same offset in both address spaces. It lies inside the
        // view's memory, so the sum does not wrap.
        let address = DmaAddr::new(view.address.raw().wrapping_add(offset as u64));
        // SAFETY: the caller guarantees what the callee requires.
        CoherentView { memory: unsafe { SysMemBackend::project_view(view.memory, ptr) }, address }
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
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier) {
        SysMemBackend::barrier(view.memory, kind);
    }
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for CoherentBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        SysMemBackend::io_read(view.memory)
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        SysMemBackend::io_write(view.memory, value)
    }
}

// SAFETY: all operations are those of `SysMemBackend`, which fulfils the contract.
unsafe impl IoCopyable for CoherentBackend {
    const MEDIUM: Medium = Medium::Memory;

    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SysMemBackend::copy_from_io(view.memory, width, buffer) }
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SysMemBackend::copy_to_io(view.memory, width, buffer) }
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        SysMemBackend::fill_io(view.memory, width, byte)
    }
}

/// A backend of memory that a device accesses as well.
///
/// ```
/// use io_core::{backend::DmaBackend, prelude::*};
/// use io_sim::World;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Ring { head: Le<u32>, slots: [Le<u32>; 4] }
///
/// fn second<'a>(ring: impl Io<'a, Target = Ring, Backend: DmaBackend>) -> DmaAddr {
///     io_project!(ring, .slots[1]).dma_address()
/// }
///
/// let ring = World::seeded(1).memory::<Ring>()?;
/// assert_eq!(second(&ring), ring.dma_address().checked_add(8).unwrap());
/// # Ok::<(), io_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "memory of the backend `{Self}` has no device address",
    label = "not memory that a device can access",
    note = "use memory with a device address: `Coherent`, `CoherentView` or `io_sim::WorldMemory`"
)]
pub trait DmaBackend: IoBackend {
    /// Returns the device address of the view's memory.
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr;
}

impl DmaBackend for CoherentBackend {
    #[inline(always)]
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr {
        view.dma_address()
    }
}
