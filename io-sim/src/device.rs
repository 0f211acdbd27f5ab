//! The trait that device models implement.

use alloc::boxed::Box;

use io_core::{Width, barrier::Barrier};

/// The model of a device, as its bus accesses it.
///
/// Registers are plain numbers: byte order is handled by the types of the view and by the bus,
/// which is little-endian unless it was created [big-endian](super::Simulated::on_big_endian_bus).
/// The model also defines the result of an access that the device does not support; real devices
/// often return [`all_ones`](Width::all_ones) and ignore the write.
///
/// Each call is one access. A model must not access its own device through a view: the call would
/// deadlock.
///
/// ```
/// use io_core::{Width};
/// use io_sim::Device;
///
/// /// Eight bytes of scratch memory; 32-bit accesses only.
/// struct Scratch([u64; 2]);
///
/// impl Device for Scratch {
///     fn read(&mut self, offset: usize, width: Width) -> u64 {
///         match (self.0.get(offset / 4), width) {
///             (Some(word), Width::W32) => *word,
///             _ => width.all_ones(),
///         }
///     }
///
///     fn write(&mut self, offset: usize, width: Width, value: u64) {
///         if let (Some(word), Width::W32) = (self.0.get_mut(offset / 4), width) {
///             *word = value;
///         }
///     }
/// }
/// # assert_eq!(Scratch([7; 2]).read(0, Width::W8), 0xff);
/// ```
pub trait Device {
    /// Returns the value of a read. Bits beyond `width` are dropped.
    fn read(&mut self, offset: usize, width: Width) -> u64;

    /// Performs a write. `value` has no bits beyond `width`.
    fn write(&mut self, offset: usize, width: Width, value: u64);

    /// Receives a barrier that was called on a view. Ignored by default.
    #[inline]
    fn barrier(&mut self, kind: Barrier) {
        let _ = kind;
    }

    /// Receives the bits of a register that the driver gave in a write and that are not part of the
    /// write that follows, since a written value is a command to them. Ignored by default.
    ///
    /// Source: [`IoBackend::dropped`](io_core::backend::IoBackend::dropped).
    #[inline]
    fn dropped(&mut self, offset: usize, width: Width, bits: u64) {
        let _ = (offset, width, bits);
    }

    /// Performs one piece of work without an access, such as fetching a descriptor or completing a
    /// request, and returns whether there was any. Called by the [`World`](super::World) that
    /// contains the device. Does nothing by default.
    #[inline]
    fn step(&mut self) -> bool {
        false
    }

    /// Called when the device is placed on a big-endian bus. Ignored by default, because the
    /// numbers are the same.
    #[inline]
    fn on_big_endian_bus(&mut self) {}
}

impl<D: Device + ?Sized> Device for Box<D> {
    #[inline]
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        (**self).read(offset, width)
    }

    #[inline]
    fn write(&mut self, offset: usize, width: Width, value: u64) {
        (**self).write(offset, width, value);
    }

    #[inline]
    fn barrier(&mut self, kind: Barrier) {
        (**self).barrier(kind);
    }

    #[inline]
    fn dropped(&mut self, offset: usize, width: Width, bits: u64) {
        (**self).dropped(offset, width, bits);
    }

    #[inline]
    fn step(&mut self) -> bool {
        (**self).step()
    }

    #[inline]
    fn on_big_endian_bus(&mut self) {
        (**self).on_big_endian_bus();
    }
}
