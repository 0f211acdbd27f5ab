//! The owner of a simulated device.

use core::fmt;

use crate::{
    device::Device,
    view::{SimBackend, SimView, Wired},
};
use io_core::{Error, IoBase, KnownSize, Region, RegionAlign, layout::Endian};

/// A device model `D` behind a register block `T`; `&simulated` is taken
/// wherever a view is.
///
/// Accesses of parallel threads take turns.
///
/// ```
/// use io_core::{Width, prelude::*};
/// use io_sim::{Device, Simulated};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Led { on: Le<u16>, blinks: Ro<Le<u16>> }
///
/// #[derive(Default)]
/// struct Model { on: u64, blinks: u64 }
///
/// impl Device for Model {
///     fn read(&mut self, offset: usize, _: Width) -> u64 {
///         if offset == 0 { self.on } else { self.blinks }
///     }
///
///     fn write(&mut self, _: usize, _: Width, value: u64) {
///         self.blinks += self.on ^ value;
///         self.on = value;
///     }
/// }
///
/// let led = Simulated::<Led, _>::new(Model::default());
/// io_write!(&led, .on, 1);
/// io_write!(&led, .on, 0);
/// assert_eq!(io_read!(&led, .blinks), 2);
/// assert_eq!(led.with(|model| model.blinks), 2);
/// ```
///
/// # Invariants
///
/// `token` has no provenance and address 0: an offset in the device, not memory.
pub struct Simulated<T: ?Sized, D> {
    wired: Wired<D>,
    token: *mut T,
}

impl<T, D> Simulated<T, D> {
    /// The device behind its register block.
    #[inline]
    pub const fn new(device: D) -> Self {
        // INVARIANT: null is address 0.
        Self { wired: Wired::new(device), token: core::ptr::null_mut() }
    }
}

impl<const SIZE: usize, A: RegionAlign, D> Simulated<Region<SIZE, A>, D> {
    /// The device behind an untyped region of `size` bytes.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if `size` is less than `SIZE`,
    /// [`Error::Misaligned`] if it is no multiple of the region's alignment.
    #[inline]
    pub fn new_region(device: D, size: usize) -> Result<Self, Error> {
        let token = Region::ptr_try_from_raw_parts_mut(core::ptr::null_mut(), size)?;
        // INVARIANT: null is address 0.
        Ok(Self { wired: Wired::new(device), token })
    }
}

impl<T: ?Sized, D> Simulated<T, D> {
    /// Looks at the model, or changes it, between two accesses.
    ///
    /// `f` must not use a view of this device, nor call `with` again: that
    /// would wait for the end of `f` for ever.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut D) -> R) -> R {
        f(&mut self.wired.device.lock())
    }

    /// The same device on a bus where the most significant byte of a register
    /// comes first.
    ///
    /// `Be<u32>` then gives the register's number, and a driver that reads it as
    /// `Le<u32>` or, on a little-endian host, as `u32` sees it swapped: a driver's
    /// byte orders are tested on any host.
    ///
    /// ```
    /// use io_core::{Width, prelude::*};
    /// use io_sim::{Device, Simulated};
    ///
    /// struct Id;
    ///
    /// impl Device for Id {
    ///     fn read(&mut self, _: usize, _: Width) -> u64 { 0x1234 }
    ///     fn write(&mut self, _: usize, _: Width, _: u64) {}
    /// }
    ///
    /// let right = Simulated::<[Be<u32>; 1], _>::new(Id).on_big_endian_bus();
    /// let wrong = Simulated::<[Le<u32>; 1], _>::new(Id).on_big_endian_bus();
    /// assert_eq!((&right).get(0).unwrap().read_val(), 0x1234);
    /// assert_eq!((&wrong).get(0).unwrap().read_val(), 0x3412_0000);
    /// ```
    #[inline]
    #[must_use]
    pub fn on_big_endian_bus(mut self) -> Self
    where
        D: Device,
    {
        self.wired.endian = Endian::Big;
        self.wired.device.get_mut().on_big_endian_bus();
        self
    }

    /// Gives the model back.
    #[inline]
    pub fn into_inner(self) -> D {
        self.wired.into_inner()
    }
}

// SAFETY: the token is an address that nobody follows; the model is sent.
unsafe impl<T: ?Sized, D: Send> Send for Simulated<T, D> {}
// SAFETY: as above, and the model is used by one thread at a time.
unsafe impl<T: ?Sized, D: Send> Sync for Simulated<T, D> {}

impl<'a, T: ?Sized + KnownSize, D: Device + Send> IoBase<'a> for &'a Simulated<T, D> {
    type Backend = SimBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> SimView<'a, T> {
        SimView::new(self.token, &self.wired)
    }
}

impl<T: ?Sized + KnownSize, D> fmt::Debug for Simulated<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Simulated({:#x} bytes)", T::size(self.token))
    }
}
