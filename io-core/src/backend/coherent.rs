//! DMA-coherent memory: system memory that also has a device address.

use core::convert::Infallible;

use io_mem::arch::Word;

use super::{SysMem, SysMemBackend, capable, view};
use crate::{
    barrier::Barrier,
    io::{CopyError, IoBackend, IoCapable, IoCopyable, KnownSize, Never, Order},
    value::{DmaAddr, Repr, Width},
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
    type Fail = Never;
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

capable!(CoherentBackend: read, write);

#[inline(always)]
fn read<W: Word + Repr>(view: CoherentView<'_, W>) -> W
where
    SysMemBackend: IoCapable<W>,
{
    let Ok(value) = SysMemBackend::io_read(view.memory);
    value
}

#[inline(always)]
fn write<W: Word + Repr>(view: CoherentView<'_, W>, value: W)
where
    SysMemBackend: IoCapable<W>,
{
    let Ok(()) = SysMemBackend::io_write(view.memory, value);
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
