//! Typed views of device registers in QEMU.

mod backend;
mod copy;
mod mode;
mod space;

use core::{fmt, marker::PhantomData};

use io_core::{IoBase, KnownSize};

use crate::Connection;

pub use backend::QtestBackend;
pub use mode::{Fallible, Mode, Quiet};
pub use space::{Memory, Ports, Space};

/// Device registers at memory addresses.
///
/// Drivers whose accesses cannot fail use these views. After the first failure of the channel,
/// reads return all ones and writes are dropped. The failure and its command are reported by
/// [`Qemu::check`](crate::Qemu::check), [`Qemu::finish`](crate::Qemu::finish) and the drop. See
/// [`QtestView`] for details.
pub type QtestMmio<'a, T> = QtestView<'a, T, Memory, Quiet>;

/// [`QtestMmio`] whose accesses return a `Result`.
pub type QtestFallible<'a, T> = QtestView<'a, T, Memory, Fallible>;

/// Device registers at I/O ports; otherwise the same as [`QtestMmio`].
///
/// 64-bit ports do not exist:
///
/// ```compile_fail
/// use io_core::{Io, Le};
///
/// fn counter(port: io_qtest::QtestPort<'_, Le<u64>>) -> u64 {
///     port.read_val()
/// }
/// ```
///
/// Memory has 64-bit registers, and ports have 32-bit ones:
///
/// ```
/// use io_core::{Io, Le};
/// use io_qtest::{QtestMmio, QtestPort};
///
/// fn counter(register: QtestMmio<'_, Le<u64>>, port: QtestPort<'_, Le<u32>>) -> u64 {
///     register.read_val() + u64::from(port.read_val())
/// }
/// ```
pub type QtestPort<'a, T> = QtestView<'a, T, Ports, Quiet>;

/// [`QtestPort`] whose accesses return a `Result`.
pub type QtestPortFallible<'a, T> = QtestView<'a, T, Ports, Fallible>;

/// A `T` in address space `S` of a machine: [`QtestMmio`], [`QtestPort`] and their fallible
/// variants.
///
/// Each access is one command, which returns after the access has been made. A copy sends one
/// command for each access; its accesses have the requested width, by default that of each field.
/// The bus is little-endian, like the machine: `Le<u32>` reads the register's number on every host, a plain `u32` on little-endian
/// ones.
///
/// Accesses of parallel threads are serialised, one access at a time. How a device receives an
/// access that it does not support (for example, wider than its registers) depends on QEMU: it may
/// be split, or rejected with a guest error.
///
/// The channel does not reorder accesses: stores to guest RAM before an access are visible to the
/// device, and stores of the device before its answer are visible to the program. Barriers order
/// accesses to guest RAM itself.
pub struct QtestView<'a, T: ?Sized + KnownSize, S: Space = Memory, M: Mode = Quiet> {
    /// An address or port without provenance. Never dereferenced.
    ptr: *mut T,
    bus: &'a Connection,
    marker: PhantomData<fn() -> (S, M)>,
}

impl<'a, S: Space> QtestView<'a, [u8], S> {
    /// Creates a view of `size` bytes at an address or port.
    pub(crate) fn new(bus: &'a Connection, address: usize, size: usize) -> Self {
        let start = core::ptr::without_provenance_mut(address);
        let ptr = core::ptr::slice_from_raw_parts_mut(start, size);
        Self { ptr, bus, marker: PhantomData }
    }
}

impl<'a, T: ?Sized + KnownSize, S: Space> QtestView<'a, T, S, Quiet> {
    /// Returns the same registers with accesses that return a `Result`.
    #[must_use]
    pub fn fallible(self) -> QtestView<'a, T, S, Fallible> {
        QtestView { ptr: self.ptr, bus: self.bus, marker: PhantomData }
    }
}

impl<T: ?Sized + KnownSize, S: Space, M: Mode> QtestView<'_, T, S, M> {
    /// Returns the memory address or port of the first byte.
    #[must_use]
    pub fn address(self) -> u64 {
        self.ptr.addr() as u64
    }
}

impl<T: ?Sized + KnownSize, S: Space, M: Mode> Clone for QtestView<'_, T, S, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized + KnownSize, S: Space, M: Mode> Copy for QtestView<'_, T, S, M> {}

// SAFETY: the pointer is an address that is never dereferenced, and the channel is `Sync`.
unsafe impl<T: ?Sized + KnownSize + Sync, S: Space, M: Mode> Send for QtestView<'_, T, S, M> {}
// SAFETY: as for `Send`.
unsafe impl<T: ?Sized + KnownSize + Sync, S: Space, M: Mode> Sync for QtestView<'_, T, S, M> {}

impl<'a, T: ?Sized + KnownSize, S: Space, M: Mode> IoBase<'a> for QtestView<'a, T, S, M> {
    type Backend = QtestBackend<S, M>;
    type Target = T;

    fn as_view(self) -> Self {
        self
    }
}

// Prints the address, never the registers: a read may have side effects.
impl<T: ?Sized + KnownSize, S: Space, M: Mode> fmt::Debug for QtestView<'_, T, S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({:#x}, {:#x} bytes)", S::VIEW, self.address(), T::size(self.ptr))
    }
}

#[cfg(test)]
mod tests;
