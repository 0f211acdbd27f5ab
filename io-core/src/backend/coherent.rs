//! DMA-coherent memory: system memory that also has a device address.

use core::convert::Infallible;

use io_mem::arch::Word;

use super::{SysMem, SysMemBackend, view};
use crate::{
    barrier::Barrier,
    io::{CopyError, IoBackend, IoCapable, IoCopyable, KnownSize, Order},
    value::{DmaAddr, Width},
};

/// Coherent memory; every projection knows its own device address.
///
/// # Invariants
///
/// The device reaches the place of `memory` at `address`.
pub struct CoherentView<'a, T: ?Sized + KnownSize> {
    memory: SysMem<'a, T>,
    address: DmaAddr,
}

impl<'a, T: ?Sized + KnownSize> CoherentView<'a, T> {
    /// A view of memory that the device reaches at `address`.
    ///
    /// # Safety
    ///
    /// The device reaches the whole place of `memory` at `address` and up, and
    /// `address` plus its size does not exceed the address space.
    #[inline(always)]
    pub const unsafe fn new(memory: SysMem<'a, T>, address: DmaAddr) -> Self {
        // INVARIANT: the caller's promise.
        Self { memory, address }
    }

    /// The address for the device.
    #[inline(always)]
    pub const fn dma_address(self) -> DmaAddr {
        self.address
    }

    /// The memory alone.
    #[inline(always)]
    pub const fn as_sys_mem(self) -> SysMem<'a, T> {
        self.memory
    }
}

/// The backend of [`CoherentView`].
#[derive(Debug)]
pub enum CoherentBackend {}

view!(CoherentView, CoherentBackend);

// SAFETY: as `SysMemBackend`, which keeps the contract; the device address
// moves with the pointer.
unsafe impl IoBackend for CoherentBackend {
    type Fail = Infallible;
    type View<'a, T: ?Sized + KnownSize> = CoherentView<'a, T>;

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
        // INVARIANT: the part starts `offset` bytes on in both address spaces;
        // it lies inside, so the sum does not wrap.
        let address = DmaAddr::new(view.address.raw().wrapping_add(offset as u64));
        // SAFETY: the contract is this function's own.
        CoherentView { memory: unsafe { SysMemBackend::project_view(view.memory, ptr) }, address }
    }

    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>) -> Order {
        Order::Memory
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

// SAFETY: as `SysMemBackend`, which keeps the contract.
unsafe impl IoCopyable for CoherentBackend {
    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        // SAFETY: the contract is this function's own.
        unsafe { SysMemBackend::copy_from_io(view.memory, width, buffer) }
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        // SAFETY: the contract is this function's own.
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

/// A backend of memory that a device reaches, too.
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
    label = "no device reaches this memory",
    note = "coherent memory has one: `Coherent`, `CoherentView`, `io_sim::WorldMemory`"
)]
pub trait DmaBackend: IoBackend {
    /// Where a device finds what the view is of.
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr;
}

impl DmaBackend for CoherentBackend {
    #[inline(always)]
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr {
        view.dma_address()
    }
}
