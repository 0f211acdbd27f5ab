//! Backends: the traits that they implement, and the bases that views are obtained from.

use core::convert::Infallible;

use super::{CopyError, ErrorMode, IoCopyable, KnownSize};
use crate::{barrier::Barrier, value::Repr};

/// A medium through which device memory is accessed.
///
/// A backend is a type without values; its views hold a pointer and a lifetime. The pointer is an
/// opaque token of the backend: no other code dereferences it, and it may be an offset from null.
///
/// Implementers must write `Self::View<'a, T>` in the signatures, not the name of the view type,
/// which would change which lifetimes are late-bound (E0195).
///
/// A backend for four registers that are accessed by their number:
///
/// ```
/// use core::{cell::Cell, convert::Infallible};
/// use io_core::{KnownSize, backend::{IoBackend, IoCapable}, barrier::Barrier, prelude::*};
///
/// /// The address of `ptr` is the offset of a register.
/// struct Numbered<'a, T: ?Sized> {
///     bank: &'a Cell<[u32; 4]>,
///     ptr: *mut T,
/// }
///
/// impl<T: ?Sized> Clone for Numbered<'_, T> {
///     fn clone(&self) -> Self {
///         *self
///     }
/// }
///
/// impl<T: ?Sized> Copy for Numbered<'_, T> {}
///
/// impl<'a, T: ?Sized + KnownSize> IoBase<'a> for Numbered<'a, T> {
///     type Backend = NumberedBackend;
///     type Target = T;
///
///     fn as_view(self) -> Self {
///         self
///     }
/// }
///
/// enum NumberedBackend {}
///
/// // SAFETY: `as_ptr` returns the pointer unchanged, and a projection keeps the given pointer.
/// unsafe impl IoBackend for NumberedBackend {
///     type Fail = Infallible;
///     type View<'a, T: ?Sized + KnownSize> = Numbered<'a, T>;
///     type Relaxed = Self;
///
///     fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T {
///         view.ptr
///     }
///
///     unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
///     where
///         T: ?Sized + KnownSize,
///         U: ?Sized + KnownSize,
///     {
///         Numbered { bank: view.bank, ptr }
///     }
///
///     fn relaxed<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Self::View<'a, T> {
///         view
///     }
///
///     fn barrier<'a, T: ?Sized + KnownSize>(_view: Self::View<'a, T>, _kind: Barrier) {}
/// }
///
/// // Accesses of 32 bits only.
/// impl IoCapable<u32> for NumberedBackend {
///     fn io_read<'a>(view: Self::View<'a, u32>) -> Result<u32, Infallible> {
///         Ok(view.bank.get()[view.ptr.addr() / 4])
///     }
///
///     fn io_write<'a>(view: Self::View<'a, u32>, value: u32) -> Result<(), Infallible> {
///         let mut registers = view.bank.get();
///         registers[view.ptr.addr() / 4] = value;
///         view.bank.set(registers);
///         Ok(())
///     }
/// }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { id: Ro<u32>, ctrl: u32, data: [u32; 2] }
///
/// let bank = Cell::new([0x1234, 0, 0, 0]);
/// let regs = Numbered { bank: &bank, ptr: core::ptr::null_mut::<Regs>() };
/// io_write!(regs, .data[1], io_read!(regs, .id) + 1);
/// assert_eq!(bank.get(), [0x1234, 0, 0, 0x1235]);
/// ```
///
/// # Safety
///
/// * A view must exist only for a pointer whose metadata is correct for the view's type, which
///   refers to at least `MIN_SIZE` bytes and is aligned to `MIN_ALIGN`. Accesses to these bytes as
///   that type must be allowed.
/// * `as_view` of a view must return the same view, and a copy of a view must be the same view.
/// * `as_ptr` must return the pointer that the view was made with, unchanged.
/// * `project_view` with a pointer into the bytes of `view` must return a view of exactly the bytes
///   that this pointer refers to, valid for the same lifetime.
pub unsafe trait IoBackend: Sized + 'static {
    /// The error mode: whether accesses can fail.
    type Fail: ErrorMode;
    /// The barrier between the body of a descriptor and the write of its ownership field
    /// ([`publish`](crate::Io::publish)).
    const BEFORE_PUBLISH: Barrier = Barrier::DmaWmb;
    /// The barrier between the read of an ownership field and the accesses to the body
    /// ([`consume`](crate::Io::consume)).
    const AFTER_CONSUME: Barrier = Barrier::DmaRmb;
    /// The view through which a `T` is accessed.
    type View<'a, T: ?Sized + KnownSize>: IoBase<'a, Backend = Self, Target = T>;
    /// The backend of the same memory without the order of [`Order::Ordered`]; `Self` if the
    /// backend has accesses of one class only.
    type Relaxed: IoBackend<Fail = Self::Fail>;

    /// The view's token pointer. Must not be dereferenced.
    fn as_ptr<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> *mut T;

    /// Returns the view of a part.
    ///
    /// # Safety
    ///
    /// * `ptr` must be derived from `Self::as_ptr(view)` and keep its provenance.
    /// * All bytes that `ptr` refers to must lie inside the bytes of `view`.
    /// * `ptr` must be aligned to `U::MIN_ALIGN`, and its metadata must be correct for `U`.
    /// * Accesses to these bytes as a `U` must be allowed.
    unsafe fn project_view<'a, T, U>(view: Self::View<'a, T>, ptr: *mut U) -> Self::View<'a, U>
    where
        T: ?Sized + KnownSize,
        U: ?Sized + KnownSize;

    /// Returns the view of the same memory whose accesses are ordered among each other only.
    fn relaxed<'a, T: ?Sized + KnownSize>(
        view: Self::View<'a, T>,
    ) -> <Self::Relaxed as IoBackend>::View<'a, T>;

    /// The ordering of the view's accesses, for recorders and checkers. The default is that of
    /// device registers.
    #[inline(always)]
    fn order<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> Order {
        let _ = view;
        Order::Ordered
    }

    /// Called with the bits of a register that the driver gave in a write and that were not written,
    /// since a written value is a command to them ([`BitKinds`](crate::layout::BitKinds)). `bits`
    /// are those that the processor stores, not the number in the register's byte order.
    ///
    /// For test kits, which report it. The default does nothing and costs no instruction.
    #[inline(always)]
    fn dropped<'a, R: Repr>(view: Self::View<'a, R>, bits: u64) {
        let _ = (view, bits);
    }

    /// Orders earlier accesses against later ones, as `kind` specifies.
    fn barrier<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>, kind: Barrier);
}

/// The view that [`Io::relaxed`](super::Io::relaxed) returns.
pub type RelaxedOf<'a, I> = <<<I as IoBase<'a>>::Backend as IoBackend>::Relaxed as IoBackend>::View<
    'a,
    <I as IoBase<'a>>::Target,
>;

/// The view of backend `I::Backend` over a `U`.
pub type ViewOf<'a, I, U> = <<I as IoBase<'a>>::Backend as IoBackend>::View<'a, U>;

/// A cheap handle that yields a view: a view itself, or a reference to an owner of device memory
/// such as a mapped BAR or a coherent allocation.
///
/// Implement it for `&'a Owner`. The macros and the methods of [`Io`](super::Io) then accept
/// `&owner` wherever they accept a view.
///
/// ```
/// use io_core::{backend::MmioBackend, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Timer { ctrl: Le<u32>, count: Ro<Le<u32>> }
///
/// /// A timer that this program has mapped.
/// struct MappedTimer { raw: MmioRaw<Timer> }
///
/// impl<'a> IoBase<'a> for &'a MappedTimer {
///     type Backend = MmioBackend;
///     type Target = Timer;
///
///     fn as_view(self) -> Mmio<'a, Timer> {
///         // SAFETY: the registers are mapped while the owner exists, and only used by views.
///         unsafe { Mmio::from_raw(self.raw) }
///     }
/// }
///
/// fn count(timer: &MappedTimer) -> u32 {
///     io_read!(timer, .count)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a view of device memory",
    label = "expected a view, or a reference to an owner of device memory",
    note = "pass an owner (a mapped BAR, an allocation) by reference: `&owner`"
)]
pub trait IoBase<'a>: Copy {
    /// The backend that accesses go through.
    type Backend: IoBackend;
    /// The type of the memory.
    type Target: ?Sized + KnownSize;

    /// Returns the view of the whole memory.
    fn as_view(self) -> <Self::Backend as IoBackend>::View<'a, Self::Target>;
}

/// The accesses that the accesses of a view are ordered against.
///
/// Source: Linux `Documentation/memory-barriers.txt`, "KERNEL I/O BARRIER EFFECTS".
///
/// ```
/// use io_core::{SysMem, backend::{IoBackend, Order, SysMemBackend}};
///
/// let mut memory = 0_u32;
/// assert_eq!(SysMemBackend::order(SysMem::from_mut(&mut memory)), Order::Memory);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// Accesses of the same device and memory accesses, as Linux' `readX` and `writeX`: writes to
    /// memory complete before a later register write, and reads of memory are performed after an
    /// earlier register read.
    Ordered,
    /// Accesses of the same device only, as Linux' `readX_relaxed` and `writeX_relaxed`. For
    /// write-combining memory, not even these.
    Relaxed,
    /// None: memory, which is ordered by explicit barriers.
    Memory,
}

/// The error of one access over backend `B`.
pub type ErrorOf<B> = <<B as IoBackend>::Fail as ErrorMode>::Error;

/// The result of an access over backend `B`: `T`, or `Result<T, E>` where accesses can fail.
pub type Output<B, T> = <<B as IoBackend>::Fail as ErrorMode>::Output<T>;

/// The result of a copy over backend `B`: `T`, or `Result<T, CopyError<E>>` where accesses can
/// fail.
pub type CopyOutput<B, T> = <<B as IoBackend>::Fail as ErrorMode>::CopyOutput<T>;

/// The error of an access over backend `B` whose offset or address is checked at run time:
/// [`Error`](crate::Error), or [`AccessError<E>`](crate::AccessError) where accesses can fail.
pub type PlaceErrorOf<B> = <<B as IoBackend>::Fail as ErrorMode>::PlaceError;

/// A backend that has accesses of the width of `R`. Implemented once for each width that the medium
/// supports; [`IoBackend`] has an example.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no accesses of the width of `{R}`",
    label = "this backend has no access of the required width",
    note = "in a driver for any backend, require the widths: `Backend: Bus32`, or `Backend: \
            Bus64` for 64 bits too",
    note = "if the bus is 32 bits wide, declare a 64-bit field as `LoHi<u64>` or `HiLo<u64>`: two \
            accesses in that order"
)]
pub trait IoCapable<R: Repr>: IoBackend {
    /// Performs exactly one read of `R`'s width.
    ///
    /// # Errors
    ///
    /// * The backend's error, if the access failed.
    #[doc(alias("readl", "ioread32"))]
    fn io_read<'a>(view: Self::View<'a, R>) -> Result<R, ErrorOf<Self>>;

    /// Performs exactly one write of `R`'s width.
    ///
    /// # Errors
    ///
    /// * The backend's error, if the access failed.
    #[doc(alias("writel", "iowrite32"))]
    fn io_write<'a>(view: Self::View<'a, R>, value: R) -> Result<(), ErrorOf<Self>>;

    /// Reads this register `count` times, as Linux' `readsX`: each read may return another value.
    /// Each value is passed to `sink`.
    ///
    /// A backend with ordered accesses needs to order only the sequence as a whole.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access failed, with the number of bytes read before it.
    #[doc(alias("readsl", "ioread32_rep"))]
    #[inline(always)]
    fn io_read_fifo<'a>(
        view: Self::View<'a, R>,
        count: usize,
        mut sink: impl FnMut(R),
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        for i in 0..count {
            match Self::io_read(view) {
                Ok(value) => sink(value),
                Err(error) => return Err(CopyError::Io { error, done: i * size_of::<R>() }),
            }
        }
        Ok(())
    }

    /// Writes each of `values` to this register, as Linux' `writesX`.
    ///
    /// A backend with ordered accesses needs to order only the sequence as a whole.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Io`] if an access failed, with the number of bytes written before it.
    #[doc(alias("writesl", "iowrite32_rep"))]
    #[inline(always)]
    fn io_write_fifo<'a>(
        view: Self::View<'a, R>,
        values: impl Iterator<Item = R>,
    ) -> Result<(), CopyError<ErrorOf<Self>>> {
        for (i, value) in values.enumerate() {
            if let Err(error) = Self::io_write(view, value) {
                return Err(CopyError::Io { error, done: i * size_of::<R>() });
            }
        }
        Ok(())
    }
}

/// The backends that most drivers support: accesses of 8, 16 and 32 bits that cannot fail, and
/// copies.
///
/// Implemented for every backend that has them.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { id: Ro<Le<u32>>, mode: Le<u16>, _reserved: Reserved<2> }
///
/// /// Runs over registers, memory, a recorder or a simulated device.
/// fn is_known<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> bool {
///     io_read!(regs, .id) == 0x1234 && io_read!(regs, .mode) <= 2
/// }
/// ```
pub trait Bus32:
    IoBackend<
        Fail = Infallible,
        Relaxed: IoCapable<u8> + IoCapable<u16> + IoCapable<u32> + IoCopyable,
    > + IoCapable<u8>
    + IoCapable<u16>
    + IoCapable<u32>
    + IoCopyable
{
}

impl<B> Bus32 for B where
    B: IoBackend<
            Fail = Infallible,
            Relaxed: IoCapable<u8> + IoCapable<u16> + IoCapable<u32> + IoCopyable,
        > + IoCapable<u8>
        + IoCapable<u16>
        + IoCapable<u32>
        + IoCopyable
{
}

/// [`Bus32`] with accesses of 64 bits in addition: where a single access reads or writes 64 bits.
/// [`IoDma`](crate::IoDma) has an example.
pub trait Bus64: Bus32 + IoBackend<Relaxed: IoCapable<u64>> + IoCapable<u64> {}

impl<B: Bus32 + IoBackend<Relaxed: IoCapable<u64>> + IoCapable<u64>> Bus64 for B {}
