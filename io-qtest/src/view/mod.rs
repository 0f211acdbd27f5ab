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
/// Drivers that expect accesses not to fail run over these views. After the
/// first failure of the channel, reads give all ones and writes go nowhere; the
/// failure, with the command that met it, comes from
/// [`Qemu::check`](crate::Qemu::check), [`Qemu::finish`](crate::Qemu::finish)
/// and the drop. See [`QtestView`] for the rest.
pub type QtestMmio<'a, T> = QtestView<'a, T, Memory, Quiet>;

/// [`QtestMmio`] where each access gives a `Result`.
pub type QtestFallible<'a, T> = QtestView<'a, T, Memory, Fallible>;

/// Device registers at I/O ports; otherwise as [`QtestMmio`].
///
/// There are no 64-bit ports:
///
/// ```compile_fail
/// use io_core::{Io, Le};
///
/// fn counter(port: io_qtest::QtestPort<'_, Le<u64>>) -> u64 {
///     port.read_val()
/// }
/// ```
///
/// while memory has registers of 64 bits, and ports of 32:
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

/// [`QtestPort`] where each access gives a `Result`.
pub type QtestPortFallible<'a, T> = QtestView<'a, T, Ports, Fallible>;

/// A `T` in address space `S` of a machine: [`QtestMmio`], [`QtestPort`] and
/// their fallible kin.
///
/// Each access is one command, and takes place before it returns. A copy is one
/// command an access; its accesses have the stated width, by default
/// [`widest`](io_core::backend::widest), and go upwards. The bus is little-endian, as
/// the machine is: `Le<u32>` gives the register's number on every host, a plain
/// `u32` on little-endian ones.
///
/// Views of parallel threads take turns, access by access. What a device sees
/// of an access that it doesn't take (wider than its registers, say) is QEMU's
/// affair: it may come in parts, or be refused and leave a guest error.
///
/// Nothing is reordered on the channel: what was written to guest RAM before an
/// access is there for the device, and what the device wrote before it answered
/// is there for the program. Barriers order accesses of guest RAM itself.
pub struct QtestView<'a, T: ?Sized + KnownSize, S: Space = Memory, M: Mode = Quiet> {
    /// An address or port without provenance; never followed.
    ptr: *mut T,
    bus: &'a Connection,
    marker: PhantomData<fn() -> (S, M)>,
}

impl<'a, S: Space> QtestView<'a, [u8], S> {
    /// `size` bytes at an address or port.
    pub(crate) fn new(bus: &'a Connection, address: usize, size: usize) -> Self {
        let start = core::ptr::without_provenance_mut(address);
        let ptr = core::ptr::slice_from_raw_parts_mut(start, size);
        Self { ptr, bus, marker: PhantomData }
    }
}

impl<'a, T: ?Sized + KnownSize, S: Space> QtestView<'a, T, S, Quiet> {
    /// The same registers; each access gives a `Result`.
    #[must_use]
    pub fn fallible(self) -> QtestView<'a, T, S, Fallible> {
        QtestView { ptr: self.ptr, bus: self.bus, marker: PhantomData }
    }
}

impl<T: ?Sized + KnownSize, S: Space, M: Mode> QtestView<'_, T, S, M> {
    /// The memory address or port of the first byte.
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

// SAFETY: the pointer is an address that nobody follows; the channel is `Sync`.
unsafe impl<T: ?Sized + KnownSize + Sync, S: Space, M: Mode> Send for QtestView<'_, T, S, M> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync, S: Space, M: Mode> Sync for QtestView<'_, T, S, M> {}

impl<'a, T: ?Sized + KnownSize, S: Space, M: Mode> IoBase<'a> for QtestView<'a, T, S, M> {
    type Backend = QtestBackend<S, M>;
    type Target = T;

    fn as_view(self) -> Self {
        self
    }
}

// Prints the place, never the registers: a read may have an effect.
impl<T: ?Sized + KnownSize, S: Space, M: Mode> fmt::Debug for QtestView<'_, T, S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({:#x}, {:#x} bytes)", S::VIEW, self.address(), T::size(self.ptr))
    }
}

#[cfg(test)]
mod tests;
