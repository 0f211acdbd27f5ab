//! The owner of a simulated device.

use core::fmt;

use crate::{
    device::Device,
    view::{SimBackend, SimView, Wired},
};
use io_core::{Error, IoBase, KnownSize, Region, RegionAlign, layout::Endian};

/// A device model `D` with the register block `T`. `&simulated` is accepted wherever a view is.
///
/// Accesses of parallel threads are serialised.
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
/// `token` has no provenance and address 0: it is an offset in the device, not a memory address.
pub struct Simulated<T: ?Sized, D> {
    wired: Wired<D>,
    token: *mut T,
}

impl<T, D> Simulated<T, D> {
    /// Creates a device that is accessed by its register block.
    #[inline]
    pub const fn new(device: D) -> Self {
        // INVARIANT: a null pointer has address 0 and no provenance.
        Self { wired: Wired::new(device), token: core::ptr::null_mut() }
    }
}

impl<const SIZE: usize, A: RegionAlign, R: ?Sized, D> Simulated<Region<SIZE, A, R>, D> {
    /// Creates a device that is accessed by an untyped region of `size` bytes.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if `size` is less than `SIZE`.
    /// * [`Error::Misaligned`] if `size` is not a multiple of `A`.
    #[inline]
    pub fn new_region(device: D, size: usize) -> Result<Self, Error> {
        let token = Region::ptr_try_from_raw_parts_mut(core::ptr::null_mut(), size)?;
        // INVARIANT: a null pointer has address 0 and no provenance.
        Ok(Self { wired: Wired::new(device), token })
    }
}

impl<T: ?Sized, D> Simulated<T, D> {
    /// Runs `f` with exclusive access to the model, between two accesses.
    ///
    /// `f` must not use a view of this device or call `with` again: either would deadlock.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut D) -> R) -> R {
        f(&mut self.wired.device.lock())
    }

    /// Places the device on a bus that transfers the most significant byte of a register first.
    ///
    /// A driver that declares `Be<u32>` then reads the register's number. A driver that reads it as
    /// `Le<u32>` or, on a little-endian host, as `u32` gets the bytes swapped. Byte orders of a
    /// driver can thus be tested on any host.
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

    /// Returns the model.
    #[inline]
    pub fn into_inner(self) -> D {
        self.wired.into_inner()
    }
}

// SAFETY: the token is never dereferenced, and the model is `Send`.
unsafe impl<T: ?Sized, D: Send> Send for Simulated<T, D> {}
// SAFETY: the token is never dereferenced, and a lock gives the model to one thread at a time.
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
