//! The owner of a device in a world.

use alloc::{boxed::Box, sync::Arc};
use core::{fmt, marker::PhantomData};

use spin::Mutex;

use super::{
    machine::{Machine, MemoryBus, RegisterBus},
    name::Name,
};
use io_core::{IoBase, KnownSize, layout::Endian};

use crate::{
    device::Device,
    view::{SimBackend, SimView},
};

/// The registers `T` of a device model `D` in a [`World`](super::World). `&device` is accepted
/// wherever a view is.
///
/// Accesses are ordered: the device sees all stores of the driver before a write, and the driver
/// sees all stores of the device before a read. [`relaxed`](io_core::Io::relaxed) returns a view
/// without this ordering.
///
/// The model remains in the world after the drop.
pub struct WorldDevice<T, D> {
    model: Arc<Mutex<D>>,
    bus: RegisterBus,
    registers: PhantomData<fn() -> T>,
}

impl<T: KnownSize, D: Device + Send + 'static> WorldDevice<T, D> {
    pub(super) fn new(
        machine: &Arc<Machine>,
        (device, name, model): (usize, Name, Arc<Mutex<D>>),
    ) -> Self {
        let bus = |relaxed| RegisterBus {
            memory: MemoryBus(machine.clone()),
            device,
            name,
            model: model.clone(),
            relaxed,
            endian: Endian::Little,
        };
        Self { bus: bus(Some(Box::new(bus(None)))), model, registers: PhantomData }
    }

    /// Places the device on a bus that transfers the most significant byte of a register first,
    /// like [`Simulated::on_big_endian_bus`](super::super::Simulated::on_big_endian_bus). Memory
    /// has the same bytes on both buses.
    #[inline]
    #[must_use]
    pub fn on_big_endian_bus(mut self) -> Self {
        self.bus.endian = Endian::Big;
        if let Some(relaxed) = &mut self.bus.relaxed {
            relaxed.endian = Endian::Big;
        }
        self.model.lock().on_big_endian_bus();
        self
    }

    /// Runs `f` with exclusive access to the model, between two accesses.
    ///
    /// `f` must not use these registers or call `with` again: either would deadlock.
    #[inline]
    pub fn with<R>(&self, f: impl FnOnce(&mut D) -> R) -> R {
        let result = f(&mut self.model.lock());
        self.bus.memory.0.state.lock().changes += 1;
        result
    }
}

impl<'a, T: KnownSize, D> IoBase<'a> for &'a WorldDevice<T, D> {
    type Backend = SimBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> SimView<'a, T> {
        SimView::new(core::ptr::null_mut(), &self.bus)
    }
}

impl<T: KnownSize, D> fmt::Debug for WorldDevice<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorldDevice({}, {:#x} bytes)", self.bus.name, size_of::<T>())
    }
}
