//! A checker that fails on what a driver must not do.

mod access;
mod barriers;
mod dma;
mod order_rules;
mod rule;
mod rules;
mod state;
mod target;
mod value;
mod value_rules;
mod violation;

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use spin::Mutex;

pub use self::{
    rules::Rules,
    violation::{Violation, ViolationKind},
};
use self::{state::State, target::Elements};
use crate::{
    trace::Event,
    traced::{Observer, TracedView},
};
use io_core::{IoBase, IoStruct, KnownSize, backend::IoBackend, layout::IoLayout};

/// Fails on what a driver must not do, over any backend; clones share their state.
///
/// Put it around a view or an owner, as a [`Recorder`](super::Recorder), with
/// which it may be stacked either way round. The types of a block already stop
/// most errors at compile time. The checker sees those that they cannot: what
/// goes by offsets through a [`Region`](io_core::Region), a struct that is not what
/// the data sheet says, masks, missing barriers, memory that the device has.
///
/// Of every block it checks width, alignment, access kinds and reserved bytes,
/// read-modify-write of write-one-to-clear and read-to-clear registers, and, of
/// [`OwnBit<_>`](io_core::OwnBit) fields, the barriers. [`Rules`] add what the types do
/// not say.
///
/// A violation panics in the access, so that the backtrace shows the driver's
/// line; the message has the violation and the last events before it. With
/// [`collecting`](Self::collecting) nothing panics.
///
/// It looks when the access is done: the device has seen it. Barriers count if
/// they are reached from a view that is checked; the free functions of
/// [`barrier`](io_core::barrier) are not seen. What a thread has read and stored is
/// its own matter if the feature `std` is on; without it, all is taken to be
/// done by one thread.
///
/// ```
/// use io_core::{Region, prelude::*};
/// use io_sim::Checker;
///
/// /// As the data sheet has it.
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { data: Le<u32>, flags: Ro<Le<u32>>, irq: W1c<Le<u32>> }
///
/// # let mut memory = [0_u32, 0, 0x06_u32.to_le()];
/// # let region = Region::ptr_try_from_raw_parts_mut(memory.as_mut_ptr().cast(), 12).unwrap();
/// # // SAFETY: the exclusive borrow of `memory` covers 12 bytes.
/// # let uart: SysMem<Region> = unsafe { SysMem::new(region) };
/// // A driver that goes by offsets:
/// let checker = Checker::collecting();
/// let uart = checker.check_as::<Uart, _>("uart", uart);
/// uart.write_at::<u8>(0, b'x');
/// uart.write_at::<u32>(4, 0);
/// let irq = uart.read_at::<u32>(8);
/// uart.write_at::<u32>(8, irq | 1);
///
/// assert_eq!(checker.violations().iter().map(ToString::to_string).collect::<Vec<_>>(), [
///     "WR uart.data 8: the field has 32 bits",
///     "WR uart.flags 32: it is read-only",
///     "WR uart.irq 32: read-modify-write of a write-one-to-clear register would clear pending \
///      0x6 as well",
/// ]);
/// ```
#[derive(Clone)]
pub struct Checker {
    state: Arc<Mutex<State>>,
}

impl Checker {
    /// A checker that panics.
    #[inline]
    pub fn new() -> Self {
        Self { state: Arc::new(Mutex::new(State::new(true))) }
    }

    /// A checker that collects [`violations`](Self::violations).
    #[inline]
    pub fn collecting() -> Self {
        Self { state: Arc::new(Mutex::new(State::new(false))) }
    }

    /// Checks a register block or descriptor as `instance`, by what its own type
    /// says.
    #[inline]
    pub fn check<'a, I>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target>
    where
        I: IoBase<'a, Target: IoStruct>,
    {
        Rules::<I::Target>::new(self, instance, <I::Target as IoStruct>::FIELDS).watch(io)
    }

    /// Checks anything as `instance`, by what the block `Spec` says: a driver with
    /// a struct of its own or with offsets, measured by the data sheet.
    #[inline]
    pub fn check_as<'a, Spec: IoStruct, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        self.device::<Spec>(instance).watch(io)
    }

    /// Checks anything else as `instance`: it has no fields, but may be
    /// [lent](Self::lend), and what is stored there counts for doorbells.
    #[inline]
    pub fn check_region<'a, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        Rules::<I::Target>::new(self, instance, &[]).watch(io)
    }

    /// Rules for a block that `Spec` describes; [`watch`](Rules::watch) ends them.
    #[inline]
    pub fn device<Spec: IoStruct>(&self, instance: &'static str) -> Rules<'_, Spec> {
        Rules::new(self, instance, Spec::FIELDS)
    }

    /// Rules for a slice or array, such as a ring, of what `Spec` describes; they
    /// hold for each element.
    #[inline]
    pub fn elements<Spec: IoLayout>(&self, instance: &'static str) -> Rules<'_, Spec> {
        Rules::new(self, instance, Elements::<Spec>::FIELDS).repeated::<Spec>(usize::MAX)
    }

    /// From now on the device has the memory of a checked view: the driver must
    /// not touch it until [`take_back`](Self::take_back).
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::Checker;
    ///
    /// let (mut memory, checker) = ([0_u16; 4], Checker::collecting());
    /// let buffer = checker.check_region("buffer", SysMem::from_mut_slice(&mut memory));
    /// checker.lend(buffer);
    /// buffer.get(1).unwrap().write_val(7);
    /// checker.take_back(buffer);
    /// buffer.get(2).unwrap().write_val(8);
    /// assert_eq!(
    ///     checker.violations()[0].to_string(),
    ///     "WR buffer+0x2 16: use after hand-over, the device owns it",
    /// );
    /// # assert_eq!(checker.violations().len(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// If this checker did not make the view; of a recorder around it, that is
    /// the [`inner`](TracedView::inner) one.
    #[inline]
    pub fn lend<B: IoBackend, T: ?Sized + KnownSize>(&self, view: TracedView<'_, B, T>) {
        let (watch, bytes) = self.bytes_of(view);
        self.state.lock().device_owned.add(watch, bytes, None);
    }

    /// The driver has the memory of a checked view again.
    ///
    /// # Panics
    ///
    /// As [`lend`](Self::lend).
    #[inline]
    pub fn take_back<B: IoBackend, T: ?Sized + KnownSize>(&self, view: TracedView<'_, B, T>) {
        let (watch, bytes) = self.bytes_of(view);
        self.state.lock().device_owned.remove(watch, &bytes);
    }

    fn bytes_of<B: IoBackend, T: ?Sized + KnownSize>(
        &self,
        view: TracedView<'_, B, T>,
    ) -> (usize, core::ops::Range<usize>) {
        let me = core::ptr::from_ref(&*self.state).cast();
        view.watched_by(me).unwrap_or_else(|| panic!("{view:?} is no view of this checker"))
    }

    /// The violations up to now.
    #[inline]
    pub fn violations(&self) -> Vec<Violation> {
        self.state.lock().violations.clone()
    }
}

impl Default for Checker {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Checker {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checker({} violations)", self.state.lock().violations.len())
    }
}

impl Observer for Mutex<State> {
    fn happened(&self, watch: usize, _address: usize, event: Event) {
        let failure = self.lock().happened(watch, event);
        if let Some(message) = failure {
            panic!("{message}");
        }
    }
}
