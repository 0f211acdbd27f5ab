//! A checker that reports rule violations of drivers.

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

/// A checker for rule violations of drivers, over any backend. Clones share their state.
///
/// Wrap a view or an owner in it, as with a [`Recorder`](super::Recorder); the two may be stacked
/// in either order. The types of a block already reject most errors at compile time. The checker
/// detects those that types cannot reject: accesses by offset through a
/// [`Region`](io_core::Region), a struct that does not match the data sheet, masks, missing
/// barriers, and accesses to memory that the device owns.
///
/// For every block it checks width, alignment, access kinds and reserved bytes, read-modify-write
/// of write-one-to-clear and read-to-clear registers, and the barriers around
/// [`OwnBit<_>`](io_core::OwnBit) fields. [`Rules`] add requirements that the types cannot express.
///
/// A violation panics inside the access, so that the backtrace contains the driver's line; the
/// message contains the violation and the events before it. With [`collecting`](Self::collecting),
/// violations are collected and nothing panics.
///
/// The check runs after the access, so the device has already observed it. Barriers count if they
/// are called on a checked view; the free functions of [`barrier`](io_core::barrier) are not
/// observed. With the feature `std`, reads and stores are tracked for each thread; without it, all
/// accesses are attributed to one thread.
///
/// ```
/// use io_core::{Region, prelude::*};
/// use io_sim::Checker;
///
/// /// As declared by the data sheet.
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { data: Le<u32>, flags: Ro<Le<u32>>, irq: W1c<Le<u32>> }
///
/// # let mut memory = [0_u32, 0, 0x06_u32.to_le()];
/// # let region = Region::ptr_try_from_raw_parts_mut(memory.as_mut_ptr().cast(), 12).unwrap();
/// # // SAFETY: the exclusive borrow of `memory` covers 12 bytes.
/// # let uart: SysMem<Region> = unsafe { SysMem::new(region) };
/// // A driver that uses offsets:
/// let checker = Checker::collecting();
/// let uart = checker.check_as::<Uart, _>("uart", uart);
/// uart.write_at::<u8>(0, b'x');
/// uart.write_at::<u32>(4, 0);
/// let irq = uart.read_at::<u32>(8);
/// uart.write_at::<u32>(8, irq | 1);
///
/// assert_eq!(checker.violations().iter().map(ToString::to_string).collect::<Vec<_>>(), [
///     "WR uart.data 8: the field has 32 bits",
///     "WR uart.flags 32: the field is read-only",
///     "WR uart.irq 32: read-modify-write of a write-one-to-clear register would clear pending \
///      0x6 as well",
/// ]);
/// ```
#[derive(Clone)]
pub struct Checker {
    state: Arc<Mutex<State>>,
}

impl Checker {
    /// Creates a checker that panics on a violation.
    #[inline]
    pub fn new() -> Self {
        Self { state: Arc::new(Mutex::new(State::new(true))) }
    }

    /// Creates a checker that collects [`violations`](Self::violations).
    #[inline]
    pub fn collecting() -> Self {
        Self { state: Arc::new(Mutex::new(State::new(false))) }
    }

    /// Checks a register block or descriptor as `instance`, by the declarations of its own type.
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

    /// Checks any view as `instance`, by the declarations of the block `Spec`: for a driver that
    /// uses another struct or offsets and is to be checked against the data sheet.
    #[inline]
    pub fn check_as<'a, Spec: IoStruct, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        self.device::<Spec>(instance).watch(io)
    }

    /// Checks any other view as `instance`. It has no fields, but may be [lent](Self::lend), and
    /// stores to it count for doorbells.
    #[inline]
    pub fn check_region<'a, I: IoBase<'a>>(
        &'a self,
        instance: &'static str,
        io: I,
    ) -> TracedView<'a, I::Backend, I::Target> {
        Rules::<I::Target>::new(self, instance, &[]).watch(io)
    }

    /// Starts the rules of a block that `Spec` describes; [`watch`](Rules::watch) finishes them.
    #[inline]
    pub fn device<Spec: IoStruct>(&self, instance: &'static str) -> Rules<'_, Spec> {
        Rules::new(self, instance, Spec::FIELDS)
    }

    /// Starts the rules of a slice or array, such as a ring, whose elements `Spec` describes. The
    /// rules apply to each element.
    #[inline]
    pub fn elements<Spec: IoLayout>(&self, instance: &'static str) -> Rules<'_, Spec> {
        Rules::new(self, instance, Elements::<Spec>::FIELDS).repeated::<Spec>(usize::MAX)
    }

    /// Hands the memory of a checked view over to the device. The driver must not access it until
    /// [`take_back`](Self::take_back).
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
    ///     "WR buffer+0x2 16: access after hand-over: the device owns the memory",
    /// );
    /// # assert_eq!(checker.violations().len(), 1);
    /// ```
    ///
    /// # Panics
    ///
    /// * `view` was not created by this checker. If a recorder wraps a checked view, pass its
    ///   [`inner`](TracedView::inner) view.
    #[inline]
    pub fn lend<B: IoBackend, T: ?Sized + KnownSize>(&self, view: TracedView<'_, B, T>) {
        let (watch, bytes) = self.bytes_of(view);
        self.state.lock().device_owned.add(watch, bytes, None);
    }

    /// Hands the memory of a checked view back to the driver.
    ///
    /// # Panics
    ///
    /// * `view` was not created by this checker, as for [`lend`](Self::lend).
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
        view.watched_by(me).unwrap_or_else(|| panic!("{view:?} is not a view of this checker"))
    }

    /// Returns the violations found so far.
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
