//! Registers of a known type, in a BAR or at a fixed location.

use core::fmt;

use io_core::{AnyRegion, Io, IoBase, KnownSize, layout::IoLayout};

use crate::{
    Bar, BarKind, Error, Memory, PciDevice, Ports, Qemu, QtestBackend, QtestMmio, QtestPort,
    QtestView, Space,
};

/// A placed BAR that contains a `T`. `&mapped` is accepted wherever a view is.
///
/// `MappedBar<'q, T>` is a memory BAR, `MappedBar<'q, T, Ports>` an I/O BAR. It borrows the
/// machine, and its drop has no effect.
pub struct MappedBar<'q, T: ?Sized + KnownSize, S: Space = Memory> {
    view: QtestView<'q, T, S>,
    bar: Bar,
}

/// BARs as typed views.
impl<'q> PciDevice<'q> {
    /// Places memory BAR `index`, with a `T` at its start, and [enables](Self::enable) the device.
    ///
    /// # Errors
    ///
    /// * [`Error::BarMissing`] if the device has no BAR with this number.
    /// * [`Error::WindowFull`] if the address window has no space left for the BAR.
    /// * [`Error::BarKind`] if the BAR is in the other address space.
    /// * [`Error::Mapping`] if the BAR is too small, or not sufficiently aligned.
    /// * The first failure of the channel.
    pub fn map<T: IoLayout>(&self, index: u8) -> Result<MappedBar<'q, T>, Error> {
        self.map_as(index, BarKind::Memory, |bytes| bytes.try_cast())
    }

    /// Places memory BAR `index` as the region `R` that covers the whole BAR, and
    /// [enables](Self::enable) the device.
    ///
    /// # Errors
    ///
    /// * The errors of [`map`](Self::map).
    pub fn map_region<R: ?Sized + AnyRegion>(&self, index: u8) -> Result<MappedBar<'q, R>, Error> {
        self.map_as(index, BarKind::Memory, |bytes| bytes.try_region())
    }

    /// Places I/O BAR `index`, with a `T` at its start, and [enables](Self::enable) the device.
    ///
    /// # Errors
    ///
    /// * The errors of [`map`](Self::map).
    pub fn map_ports<T: IoLayout>(&self, index: u8) -> Result<MappedBar<'q, T, Ports>, Error> {
        self.map_as(index, BarKind::Io, |bytes| bytes.try_cast())
    }

    /// Places I/O BAR `index` as the region `R` that covers the whole BAR, and
    /// [enables](Self::enable) the device.
    ///
    /// # Errors
    ///
    /// * The errors of [`map`](Self::map).
    pub fn map_port_region<R: ?Sized + AnyRegion>(
        &self,
        index: u8,
    ) -> Result<MappedBar<'q, R, Ports>, Error> {
        self.map_as(index, BarKind::Io, |bytes| bytes.try_region())
    }

    fn map_as<T: ?Sized + KnownSize, S: Space>(
        &self,
        index: u8,
        wanted: BarKind,
        cast: impl FnOnce(QtestView<'q, [u8], S>) -> Result<QtestView<'q, T, S>, io_core::Error>,
    ) -> Result<MappedBar<'q, T, S>, Error> {
        let bar = self.bar(index)?;
        if bar.kind != wanted {
            let (slot, function, kind) = (self.slot(), self.function(), bar.kind);
            return Err(Error::BarKind { slot, function, index, kind });
        }
        let view = place(self.qemu(), bar.address, bar.size, cast)?;
        self.enable()?;
        Ok(MappedBar { view, bar })
    }
}

/// Registers at fixed addresses and ports.
impl Qemu {
    /// Returns registers at a fixed address, such as those of a chipset device.
    ///
    /// # Errors
    ///
    /// * [`Error::Mapping`] if the address is not aligned for a `T`, or the `T` exceeds the address
    ///   space.
    ///
    /// ```
    /// # fn main() -> Result<(), io_qtest::Error> {
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Hpet { capabilities: Ro<Le<u64>>, _reserved: u64, config: Le<u64> }
    ///
    /// let qemu = io_qtest::Machine::q35().start()?;
    /// let hpet = qemu.mmio::<Hpet>(0xFED0_0000)?;
    /// assert_eq!(io_read!(hpet, .capabilities) >> 16 & 0xFFFF, 0x8086);
    /// qemu.finish()
    /// # }
    /// ```
    pub fn mmio<T: IoLayout>(&self, address: u64) -> Result<QtestMmio<'_, T>, Error> {
        place(self, address, u64::MAX, |bytes| bytes.try_cast())
    }

    /// Returns registers at fixed I/O ports, such as those of an ISA device.
    ///
    /// Ports 0xCF8 to 0xCFF are also used by the methods of [`PciDevice`], and must not be used at
    /// the same time.
    ///
    /// # Errors
    ///
    /// * The errors of [`mmio`](Self::mmio).
    pub fn ports<T: IoLayout>(&self, base: u16) -> Result<QtestPort<'_, T>, Error> {
        let size = 0x1_0000 - u64::from(base);
        place(self, base.into(), size, |bytes| bytes.try_cast())
    }
}

/// Returns the view that `cast` creates from `size` bytes at `address`, or from fewer at the end of
/// the address space.
fn place<'q, V, S: Space>(
    qemu: &'q Qemu,
    address: u64,
    size: u64,
    cast: impl FnOnce(QtestView<'q, [u8], S>) -> Result<V, io_core::Error>,
) -> Result<V, Error> {
    // The host's `usize` may be too small for a PC's addresses.
    let start = usize::try_from(address).unwrap_or(usize::MAX);
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(usize::MAX - start);
    let bytes = QtestView::new(qemu.connection(), start, size);
    cast(bytes).map_err(|error| Error::Mapping { address, error })
}

impl<'q, T: ?Sized + KnownSize, S: Space> MappedBar<'q, T, S> {
    /// Returns a view of the BAR, which lives as long as the borrow of the machine.
    #[must_use]
    pub fn view(&self) -> QtestView<'q, T, S> {
        self.view
    }

    /// Returns the location and size of the BAR.
    #[must_use]
    pub fn bar(&self) -> Bar {
        self.bar
    }
}

impl<'a, T: ?Sized + KnownSize, S: Space> IoBase<'a> for &'a MappedBar<'_, T, S> {
    type Backend = QtestBackend<S>;
    type Target = T;

    fn as_view(self) -> QtestView<'a, T, S> {
        self.view
    }
}

// Prints the address, never the registers: a read may have side effects.
impl<T: ?Sized + KnownSize, S: Space> fmt::Debug for MappedBar<'_, T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MappedBar").field(&self.view).finish()
    }
}
