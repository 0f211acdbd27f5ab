//! Memory and devices together: the effects of the driver's accesses.

use alloc::{boxed::Box, sync::Arc, vec::Vec};

use spin::Mutex;

use super::{
    log::Event,
    name::{Name, Spot},
    port::Port,
    scheduler::Point,
    state::State,
};
use io_core::{Width, backend::Order, barrier::Barrier, layout::Endian};

use crate::{
    device::Device,
    view::{Bus, little},
};

/// The maximum number of steps in which a world must settle.
const STEPS: usize = 100_000;

/// A device with its type erased.
pub(super) trait Model: Send + Sync {
    fn read(&self, offset: usize, width: Width) -> u64;
    fn write(&self, offset: usize, width: Width, value: u64);
    fn barrier(&self, kind: Barrier);
    fn dropped(&self, offset: usize, width: Width, bits: u64);
    /// Performs one piece of work and returns whether there was any; `None` if the device is busy.
    fn step(&self) -> Option<bool>;
}

impl<D: Device + Send> Model for Mutex<D> {
    fn read(&self, offset: usize, width: Width) -> u64 {
        self.lock().read(offset, width) & width.all_ones()
    }

    fn write(&self, offset: usize, width: Width, value: u64) {
        self.lock().write(offset, width, value & width.all_ones());
    }

    fn barrier(&self, kind: Barrier) {
        self.lock().barrier(kind);
    }

    fn dropped(&self, offset: usize, width: Width, bits: u64) {
        self.lock().dropped(offset, width, bits);
    }

    fn step(&self) -> Option<bool> {
        Some(self.try_lock()?.step())
    }
}

#[derive(Clone)]
struct Attached {
    number: usize,
    name: Name,
    model: Arc<dyn Model>,
}

/// A simulated machine. Models hold its memory only, to avoid reference cycles.
pub(super) struct Machine {
    pub(super) state: Arc<Mutex<State>>,
    devices: Mutex<Vec<Attached>>,
}

impl Machine {
    pub(super) fn new(state: State) -> Self {
        Self { state: Arc::new(Mutex::new(state)), devices: Mutex::new(Vec::new()) }
    }

    /// Creates a device that can access memory; also returns its number.
    pub(super) fn attach<D: Device + Send + 'static>(
        &self,
        name: Name,
        model: impl FnOnce(Port) -> D,
    ) -> (usize, Name, Arc<Mutex<D>>) {
        let name = name.among(self.devices.lock().iter().map(|device| device.name));
        let model = Arc::new(Mutex::new(model(Port::new(self.state.clone(), name))));
        let mut devices = self.devices.lock();
        let number = devices.len();
        devices.push(Attached { number, name, model: model.clone() });
        (number, name, model)
    }

    /// Lets the adversary run steps of devices before the driver's next access.
    fn reach(&self, point: Point) {
        self.state.lock().reach(point);
        // Iterate over a copy, so that the list is not locked while a model runs.
        let devices = self.devices.lock().clone();
        for device in &devices {
            let mut steps = 0;
            while self.state.lock().lets_step(device.number, steps) && self.step(device) {
                steps += 1;
            }
        }
    }

    fn step(&self, device: &Attached) -> bool {
        let before = self.state.lock().changes;
        let worked = device.model.step();
        if let Some(worked) = worked {
            let mut state = self.state.lock();
            state.log.push(Event::Step(device.name, worked));
            if !worked {
                state.is_idle(device.number, before);
            }
        }
        worked == Some(true)
    }

    /// Makes all stores visible, and runs steps of devices until none has work.
    pub(super) fn settle(&self) {
        self.state.lock().settle(true);
        let devices = self.devices.lock().clone();
        let rounds = (0..STEPS).take_while(|_| {
            // Run a step of every device, although one with work is enough to continue.
            devices.iter().filter(|device| self.step(device)).count() != 0
        });
        let rounds = rounds.count();
        self.state.lock().settle(false);
        assert!(rounds < STEPS, "a device still has work after {STEPS} steps");
    }
}

/// The machine's memory, as accessed by the driver.
pub(super) struct MemoryBus(pub(super) Arc<Machine>);

impl Bus for MemoryBus {
    fn read(&self, offset: usize, width: Width) -> u64 {
        self.0.reach(Point::Load { address: offset, len: width.bytes() });
        self.0.state.lock().load(offset, width)
    }

    fn write(&self, offset: usize, width: Width, value: u64) {
        // No device step is needed before the store: a device may do the same work later without
        // seeing it.
        self.0.state.lock().store(offset, width, value);
    }

    fn barrier(&self, kind: Barrier) {
        if matches!(kind, Barrier::Mb | Barrier::DmaMb) {
            self.0.reach(Point::Flush);
        }
        self.0.state.lock().barrier(kind);
    }

    fn order(&self) -> Order {
        Order::Memory
    }
}

/// The registers of one device, as accessed by the driver.
pub(super) struct RegisterBus {
    pub(super) memory: MemoryBus,
    pub(super) device: usize,
    pub(super) name: Name,
    pub(super) model: Arc<dyn Model>,
    /// The same registers without ordering against memory; `None` if this is that bus.
    pub(super) relaxed: Option<Box<RegisterBus>>,
    /// The byte order of the registers on the bus.
    pub(super) endian: Endian,
}

impl RegisterBus {
    fn spot(&self, offset: usize, width: Width) -> Spot {
        Spot { block: self.name, offset, len: width.bytes() }
    }

    fn is_relaxed(&self) -> bool {
        self.relaxed.is_none()
    }
}

impl Bus for RegisterBus {
    fn read(&self, offset: usize, width: Width) -> u64 {
        let machine = &self.memory.0;
        machine.reach(Point::Register { device: self.device, offset });
        let value = little(self.endian, self.model.read(offset, width), width);
        let mut state = machine.state.lock();
        state.after_register_read(self.is_relaxed());
        let (spot, bytes) = (self.spot(offset, width), value.to_le_bytes());
        state.log.push(Event::RegisterRead { spot, bytes, relaxed: self.is_relaxed() });
        value
    }

    fn write(&self, offset: usize, width: Width, value: u64) {
        let machine = &self.memory.0;
        machine.reach(Point::Flush);
        let mut state = machine.state.lock();
        state.before_register_write(self.is_relaxed());
        let (spot, bytes) = (self.spot(offset, width), value.to_le_bytes());
        state.log.push(Event::RegisterWrite { spot, bytes, relaxed: self.is_relaxed() });
        drop(state);
        self.model.write(offset, width, little(self.endian, value, width));
    }

    fn barrier(&self, kind: Barrier) {
        self.memory.barrier(kind);
        self.model.barrier(kind);
    }

    fn dropped(&self, offset: usize, width: Width, bits: u64) {
        self.model.dropped(offset, width, little(self.endian, bits, width));
    }

    fn order(&self) -> Order {
        if self.is_relaxed() { Order::Relaxed } else { Order::Ordered }
    }

    fn relaxed(&self) -> Option<&dyn Bus> {
        self.relaxed.as_deref().map(|bus| -> &dyn Bus { bus })
    }
}
