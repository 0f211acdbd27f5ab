//! Views of simulated devices.

use core::{convert::Infallible, fmt};

use spin::Mutex;

use crate::device::Device;
use io_core::{
    CopyError, DmaAddr, IoBase, KnownSize, Repr, Width,
    backend::{DmaBackend, IoBackend, IoCapable, IoCopyable, Medium, Order, check_width, widest},
    barrier::Barrier,
    layout::Endian,
};

/// A device without its type, so that the backend is not generic over it. The least significant
/// byte of a number is the first byte on the bus.
pub(super) trait Bus: Sync {
    fn read(&self, offset: usize, width: Width) -> u64;
    fn write(&self, offset: usize, width: Width, value: u64);
    fn barrier(&self, kind: Barrier);

    /// Reports bits that the driver gave in a write and that are not written.
    fn dropped(&self, offset: usize, width: Width, bits: u64) {
        let _ = (offset, width, bits);
    }

    /// Returns the ordering of accesses.
    fn order(&self) -> Order {
        Order::Ordered
    }

    /// Returns the bus of the same registers without ordering against memory, if it differs.
    fn relaxed(&self) -> Option<&dyn Bus> {
        None
    }
}

/// A device on its bus.
pub(super) struct Wired<D> {
    pub(super) device: Mutex<D>,
    /// The byte order of the registers on the bus.
    pub(super) endian: Endian,
}

impl<D> Wired<D> {
    /// Creates a device on a little-endian bus.
    pub(super) const fn new(device: D) -> Self {
        Wired { device: Mutex::new(device), endian: Endian::Little }
    }

    pub(super) fn into_inner(self) -> D {
        self.device.into_inner()
    }

    fn little(&self, number: u64, width: Width) -> u64 {
        little(self.endian, number, width)
    }
}

/// Converts between a register's number on a bus with this byte order and the number with the same
/// bytes on a little-endian bus; the conversion is its own inverse.
pub(super) fn little(endian: Endian, number: u64, width: Width) -> u64 {
    match endian {
        Endian::Big => number.swap_bytes() >> (64 - width.bits()),
        _ => number & width.all_ones(),
    }
}

impl<D: Device + Send> Bus for Wired<D> {
    fn read(&self, offset: usize, width: Width) -> u64 {
        let number = self.device.lock().read(offset, width);
        self.little(number, width)
    }

    fn write(&self, offset: usize, width: Width, value: u64) {
        let number = self.little(value, width);
        self.device.lock().write(offset, width, number);
    }

    fn barrier(&self, kind: Barrier) {
        self.device.lock().barrier(kind);
    }

    fn dropped(&self, offset: usize, width: Width, bits: u64) {
        let bits = self.little(bits, width);
        self.device.lock().dropped(offset, width, bits);
    }
}

/// A view of a simulated device, created by [`Simulated`](super::Simulated).
///
/// Each access is one call of the model. The bus supports all widths, on every target, and is
/// little-endian unless it was created [big-endian](super::Simulated::on_big_endian_bus): `Le<u32>`
/// reads the register's number on every host, a plain `u32` on little-endian ones. Copies access
/// each field by its own width, or by the requested one; the memory of a [`World`](super::World)
/// byte by byte. Barriers order real memory
/// ([`SimRam`](super::SimRam)) and are passed to the model.
///
/// ```
/// use io_core::prelude::*;
/// use io_sim::{RegisterModel, SimView, Simulated};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { scratch: Le<u32> }
///
/// let device = Simulated::<Regs, _>::new(RegisterModel::<Regs>::new("dev"));
/// let view: SimView<'_, Regs> = (&device).as_view();
/// io_write!(view, .scratch, 5);
/// assert_eq!(io_read!(view, .scratch), 5);
/// ```
pub struct SimView<'a, T: ?Sized + KnownSize> {
    /// An offset from null. Never dereferenced.
    ptr: *mut T,
    bus: &'a (dyn Bus + 'a),
    /// Whether accesses are reported as relaxed ones.
    is_relaxed: bool,
}

impl<'a, T: ?Sized + KnownSize> SimView<'a, T> {
    pub(super) fn new(ptr: *mut T, bus: &'a (dyn Bus + 'a)) -> Self {
        Self { ptr, bus, is_relaxed: false }
    }

    fn offset(self) -> usize {
        self.ptr.addr()
    }
}

impl<T: ?Sized + KnownSize> Clone for SimView<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize> Copy for SimView<'_, T> {}

// SAFETY: the pointer is an offset that is never dereferenced, and the bus is `Sync`.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for SimView<'_, T> {}
// SAFETY: as for `Send`.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for SimView<'_, T> {}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for SimView<'a, T> {
    type Backend = SimBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> Self {
        self
    }
}

// Prints the address, never the registers: a read may have side effects.
impl<T: ?Sized + KnownSize> fmt::Debug for SimView<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimView({:#x}, {:#x} bytes)", self.offset(), T::size(self.ptr))
    }
}

/// The backend of [`SimView`].
#[derive(Debug)]
pub enum SimBackend {}

// SAFETY: `as_ptr` returns the view's pointer unchanged. A projection is a view of the projected
// address with the same bus and lifetime.
unsafe impl IoBackend for SimBackend {
    type Fail = Infallible;
    type View<'a, T: ?Sized + KnownSize> = SimView<'a, T>;
    type Relaxed = Self;

    #[inline]
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
        view.ptr
    }

    #[inline]
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize,
    {
        SimView { ptr, bus: view.bus, is_relaxed: view.is_relaxed }
    }

    #[inline]
    fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
        let bus = view.bus.relaxed().unwrap_or(view.bus);
        SimView { ptr: view.ptr, bus, is_relaxed: true }
    }

    #[inline]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        match view.bus.order() {
            Order::Ordered if view.is_relaxed => Order::Relaxed,
            order => order,
        }
    }

    #[inline]
    fn dropped<'a, R: Repr>(view: Self::View<'a, R>, bits: u64) {
        view.bus.dropped(view.offset(), R::WIDTH, R::from_u64(bits).to_le().to_u64());
    }

    #[inline]
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier) {
        kind.issue();
        view.bus.barrier(kind);
    }
}

/// For memory in a [`World`](super::World). For registers, returns the offset.
impl DmaBackend for SimBackend {
    #[inline]
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr {
        DmaAddr::new(view.offset() as u64)
    }
}

impl<R: Repr> IoCapable<R> for SimBackend {
    #[inline]
    fn io_read<'a>(view: Self::View<'a, R>) -> Result<R, Infallible> {
        let number = view.bus.read(view.offset(), R::WIDTH);
        // The value has the byte order of a little-endian bus; convert it to the bytes that the
        // processor loads.
        Ok(R::from_u64(number).to_le())
    }

    #[inline]
    fn io_write<'a>(view: Self::View<'a, R>, value: R) -> Result<(), Infallible> {
        view.bus.write(view.offset(), R::WIDTH, value.to_le().to_u64());
        Ok(())
    }
}

/// Returns the width of a copy's accesses: the requested one, after a check, or else the widest
/// that fits; one byte for memory, which is copied bytewise.
fn choose(view: SimView<'_, [u8]>, width: Option<Width>) -> Result<Width, CopyError<Infallible>> {
    let (offset, size) = (view.offset(), view.ptr.len());
    let width = width.unwrap_or_else(|| match view.bus.order() {
        Order::Memory => Width::W8,
        _ => widest(offset, size),
    });
    check_width(width, offset, size)?;
    Ok(width)
}

// SAFETY: the loops visit all bytes of the buffer in ascending order and stay inside it, and
// accesses cannot fail. The view has no memory that could be accessed.
unsafe impl IoCopyable for SimBackend {
    const MEDIUM: Medium = Medium::Either;

    #[inline]
    fn is_device<'a>(view: Self::View<'a, [u8]>) -> bool {
        view.bus.order() != Order::Memory
    }

    #[inline]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        let width = choose(view, width)?;
        for at in (0..view.ptr.len()).step_by(width.bytes()) {
            let number = view.bus.read(view.offset() + at, width);
            for (i, byte) in number.to_le_bytes().into_iter().take(width.bytes()).enumerate() {
                // SAFETY: the size is a multiple of the width, so `at + i` is inside the buffer,
                // and the caller guarantees that it is valid for writes.
                unsafe { buffer.wrapping_add(at + i).write(byte) };
            }
        }
        Ok(())
    }

    #[inline]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        let width = choose(view, width)?;
        for at in (0..view.ptr.len()).step_by(width.bytes()) {
            let mut number = [0; 8];
            for (i, byte) in number.iter_mut().take(width.bytes()).enumerate() {
                // SAFETY: the size is a multiple of the width, so `at + i` is inside the buffer,
                // and the caller guarantees that it is valid for reads.
                *byte = unsafe { buffer.wrapping_add(at + i).read() };
            }
            view.bus.write(view.offset() + at, width, u64::from_le_bytes(number));
        }
        Ok(())
    }

    #[inline]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        let width = choose(view, width)?;
        for at in (0..view.ptr.len()).step_by(width.bytes()) {
            let number = u64::from_ne_bytes([byte; 8]) & width.all_ones();
            view.bus.write(view.offset() + at, width, number);
        }
        Ok(())
    }
}
