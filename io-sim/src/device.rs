//! What the model of a device implements.

use alloc::boxed::Box;

use io_core::{Width, barrier::Barrier};

/// The model of a device, as its bus sees it.
///
/// Registers are numbers: byte order is the business of the view's types and of
/// the bus, which is little-endian unless it was made
/// [big-endian](super::Simulated::on_big_endian_bus). What an access that the device does not serve
/// gives is the device's business, too; real ones often answer
/// [`all_ones`](Width::all_ones) and ignore the write.
///
/// One call is one access. A model must not use a view of itself: the call
/// would wait for its own end.
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
    /// Answers a read. Bits beyond `width` are dropped.
    fn read(&mut self, offset: usize, width: Width) -> u64;

    /// Takes a write. `value` has no bits beyond `width`.
    fn write(&mut self, offset: usize, width: Width, value: u64);

    /// Sees a barrier that was reached from a view. Ignored by default.
    #[inline]
    fn barrier(&mut self, kind: Barrier) {
        let _ = kind;
    }

    /// Does one piece of work that no access asks for, if there is any, and says
    /// whether there was: fetches a descriptor, completes a request. The
    /// [`World`](super::World) that a device is in calls it. Nothing by default.
    #[inline]
    fn step(&mut self) -> bool {
        false
    }

    /// Learns that it is on a big-endian bus. Ignored by default: the numbers are
    /// the same.
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
    fn step(&mut self) -> bool {
        (**self).step()
    }

    #[inline]
    fn on_big_endian_bus(&mut self) {
        (**self).on_big_endian_bus();
    }
}
