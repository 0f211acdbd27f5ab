//! A machine whose memory is as weakly ordered as the rules allow.
//!
//! The rules are those of Linux `Documentation/memory-barriers.txt`, not those of the processor
//! that runs the test:
//!
//! * A store of the driver stays pending until a device reads the bytes; the adversary then decides
//!   which pending stores to them become visible. All stores before a write barrier become visible
//!   with, or before, any store after it. Full barriers and ordered register writes make all stores
//!   visible. A relaxed register write makes the stores before the last `wmb` visible; `dma_wmb`
//!   does not order register writes.
//! * A load of the driver returns the contents of memory at a time that the adversary chooses: any
//!   time that is not older than the one reached by barriers and by earlier loads of the same
//!   bytes. A read barrier reaches the times seen by earlier loads; full barriers and ordered
//!   register reads reach the present.
//! * Before a load, a full barrier or a register access, the adversary may run steps of devices.
//!
//! Polling ends: no store stays hidden for ever, and no device waits for ever.
//!
//! Limitations: address dependencies between loads do not order them (a driver that relies on them
//! fails here and works on hardware); a store is not reordered before an earlier load; register
//! writes arrive immediately; `dma_mb` also orders relaxed register writes.

mod blocks;
mod byte;
mod choices;
mod explorer;
mod loads;
mod log;
mod machine;
mod memory;
mod name;
mod port;
mod registers;
mod scheduler;
mod state;
mod stores;

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

pub use explorer::Explorer;
pub use loads::DoubleFetch;
pub use memory::WorldMemory;
pub use port::Port;
pub use registers::WorldDevice;

use self::{
    choices::Choices,
    machine::{Machine, MemoryBus},
    name::Name,
    state::State,
};
use crate::device::Device;
use io_core::{Error, layout::IoLayout};

/// A self-contained simulated machine in which a missing barrier can be observed on any host.
///
/// Driver and model share [`memory`](Self::memory), which the model accesses through a [`Port`].
/// One world is one run, in which an adversary makes the decisions that the rules leave open: when
/// a store becomes visible, when a device performs a step, and how old the value of a load is.
/// [`exhaustive`](Self::exhaustive) explores all decisions, [`seeds`](Self::seeds) a random
/// selection. The log is printed when a world is dropped by a panic (feature `std`), and by
/// [`Display`](fmt::Display).
///
/// ```
/// use io_core::{Width, prelude::*};
/// use io_sim::{Device, Port, World};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Mail { text: Le<u32>, number: Le<u32> }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { mailbox: Le<u32> }
///
/// /// Polls the mailbox and keeps the text.
/// struct Reader { port: Port, mail: DmaAddr, text: Option<u32> }
///
/// impl Reader {
///     fn word(&self, at: u64) -> u32 {
///         let mut bytes = [0; 4];
///         let address = self.mail.checked_add(at).unwrap();
///         self.port.read(address, &mut bytes).unwrap();
///         u32::from_le_bytes(bytes)
///     }
/// }
///
/// impl Device for Reader {
///     fn read(&mut self, _: usize, width: Width) -> u64 { width.all_ones() }
///     fn write(&mut self, _: usize, _: Width, _: u64) {}
///
///     fn step(&mut self) -> bool {
///         let new = self.text.is_none() && self.word(4) == 1;
///         if new {
///             self.text = Some(self.word(0));
///         }
///         new
///     }
/// }
///
/// /// Checks that the text arrives, for every decision of the adversary.
/// fn arrives(barrier: bool) -> bool {
///     let mut explorer = World::exhaustive(1000);
///     for world in &mut explorer {
///         let mail = world.memory::<Mail>().unwrap();
///         let mailbox = mail.dma_address();
///         let reader = world.device::<Regs, _>(|port| Reader { port, mail: mailbox, text: None });
///         io_write!(&mail, .text, 42);
///         if barrier {
///             (&mail).dma_wmb();
///         }
///         io_write!(&mail, .number, 1);
///         let _ = io_read!(&mail, .text); // the reader may run steps before this load
///         world.settle();
///         if reader.with(|reader| reader.text) != Some(42) {
///             return false;
///         }
///     }
///     assert!(explorer.is_complete());
///     true
/// }
///
/// assert!(arrives(true));
/// assert!(!arrives(false));
/// ```
pub struct World {
    machine: Arc<Machine>,
}

impl World {
    fn new(choices: Choices) -> Self {
        Self { machine: Arc::new(Machine::new(State::new(choices))) }
    }

    /// Allocates zeroed memory that driver and devices share.
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if the size of `T` is 0.
    /// * [`Error::NoMemory`] if there is not enough memory.
    #[inline]
    pub fn memory<T: IoLayout>(&self) -> Result<WorldMemory<T>, Error> {
        let start = self.allocate(Name::of::<T>(), size_of::<T>(), align_of::<T>())?;
        // INVARIANT: `allocate` aligns the address for a `T`, and the pointer has no provenance.
        Ok(WorldMemory::new(self.bus(), core::ptr::without_provenance_mut(start)))
    }

    /// Allocates zeroed memory for `len` elements, like [`memory`](Self::memory).
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if `len` or the size of `T` is 0.
    /// * [`Error::NoMemory`] if `len` is too large.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::World;
    ///
    /// let ring = World::seeded(1).memory_slice::<Le<u64>>(16)?;
    /// let third = (&ring).get(2).unwrap();
    /// assert_eq!(third.dma_address(), ring.dma_address().checked_add(16).unwrap());
    /// # Ok::<(), io_core::Error>(())
    /// ```
    #[inline]
    pub fn memory_slice<T: IoLayout>(&self, len: usize) -> Result<WorldMemory<[T]>, Error> {
        let size = len.checked_mul(size_of::<T>());
        let size = size.ok_or(Error::NoMemory { size: usize::MAX, align: align_of::<T>() })?;
        let start = self.allocate(Name::of_slice::<T>(), size, align_of::<T>())?;
        let token =
            core::ptr::slice_from_raw_parts_mut(core::ptr::without_provenance_mut(start), len);
        // INVARIANT: `allocate` aligns the address for a `T`, and the pointer has no provenance.
        Ok(WorldMemory::new(self.bus(), token))
    }

    fn allocate(&self, name: Name, size: usize, align: usize) -> Result<usize, Error> {
        self.machine.state.lock().blocks.add(name, size, align)
    }

    fn bus(&self) -> MemoryBus {
        MemoryBus(self.machine.clone())
    }

    /// Adds a device with registers `T`. `model` creates it, and keeps the port if the device
    /// accesses memory.
    ///
    /// The adversary calls its [`step`](Device::step) between accesses.
    #[inline]
    pub fn device<T: IoLayout, D: Device + Send + 'static>(
        &self,
        model: impl FnOnce(Port) -> D,
    ) -> WorldDevice<T, D> {
        WorldDevice::new(&self.machine, self.machine.attach(Name::of::<T>(), model))
    }

    /// Returns access to memory without a device, for a test that acts as the device. The log shows
    /// `name`.
    #[inline]
    pub fn port(&self, name: &'static str) -> Port {
        Port::new(self.machine.state.clone(), Name::plain(name))
    }

    /// Makes devices hostile from now on: they change values that the driver loads a second time,
    /// so that, for example, a length that was checked has another value when it is used.
    ///
    /// Ownership fields are not changed, because they may be polled.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::World;
    ///
    /// /// Uses the second of two loads without a check.
    /// fn payload<'a>(len: impl Io<'a, Target = Le<u32>, Backend: Bus32>) -> u32 {
    ///     if len.read_val() <= 64 { len.read_val() } else { 64 }
    /// }
    ///
    /// let is_safe = |world: World| {
    ///     world.hostile();
    ///     payload(&world.memory::<Le<u32>>().unwrap()) <= 64
    /// };
    /// assert!(!World::exhaustive(100).all(is_safe));
    /// ```
    #[inline]
    pub fn hostile(&self) {
        self.machine.state.lock().hostile = true;
    }

    /// Returns the values that the driver has loaded more than once, completely or in part, without
    /// a store of a device in between. Ownership fields are not included.
    #[inline]
    pub fn double_fetches(&self) -> Vec<DoubleFetch> {
        DoubleFetch::of_values(&self.machine.state.lock().fetches)
    }

    /// Makes all stores visible to driver and devices, and runs steps of devices until none has
    /// work. Work that is not done now will never be done.
    ///
    /// # Panics
    ///
    /// * A device still has work after 100,000 steps.
    #[inline]
    pub fn settle(&self) {
        self.machine.settle();
    }
}

/// Prints how to repeat the run, and its events.
impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.machine.state.lock();
        write!(f, "{}{}", state.choices, state.log)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "World({})", self.machine.state.lock().choices)
    }
}

#[cfg(feature = "std")]
impl Drop for World {
    #[inline]
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::eprintln!("{self}");
        }
    }
}
