//! A machine whose memory is as weakly ordered as the rules allow.
//!
//! The rules are those of Linux' `Documentation/memory-barriers.txt`, not those
//! of the processor that runs the test:
//!
//! * A store of the driver waits until a device looks; then the adversary
//!   decides which of the stores to those bytes it sees. Stores from before a
//!   write barrier are visible with any from behind it. Full barriers and
//!   ordered register writes make all visible, relaxed register writes what is
//!   before the last `wmb`: `dma_wmb` does not order registers.
//! * A load of the driver takes what memory held at a time that the adversary
//!   chooses: any since what its barriers and earlier loads of the same bytes
//!   have reached. Read barriers reach what earlier loads have seen, full
//!   barriers and ordered register reads the present.
//! * Devices work on their own before a load, a full barrier or a register
//!   access, if the adversary likes.
//!
//! Polling ends: nothing is hidden for ever, no device waits for ever.
//!
//! What is not here: loads that depend on each other's addresses are as unordered
//! as others (a driver that relies on it fails here and works on hardware); a
//! store is not moved before an earlier load; register writes arrive at once;
//! `dma_mb` orders relaxed register writes, too.

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

/// A simulated machine, all its own, in which a missing barrier shows on any host.
///
/// Driver and model meet in [`memory`](Self::memory); the model gets there through
/// a [`Port`]. One world is one run, in which an adversary decides what the rules
/// leave open: when a store becomes visible, when a device works, how old a load's
/// value is. [`exhaustive`](Self::exhaustive) tries all its decisions,
/// [`seeds`](Self::seeds) some of them by chance. What happened is printed when a
/// world is dropped by a panic (feature `std`), and by [`Display`](fmt::Display).
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
/// /// Looks at the mail now and then, and keeps the text.
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
/// /// Whether the text arrives, whatever the adversary does.
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
///         let _ = io_read!(&mail, .text); // meanwhile the reader may be at work
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

    /// New memory of zeros, which driver and devices share.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for a `T` without size, [`Error::NoMemory`] if there is
    /// no more.
    #[inline]
    pub fn memory<T: IoLayout>(&self) -> Result<WorldMemory<T>, Error> {
        let start = self.allocate(Name::of::<T>(), size_of::<T>(), align_of::<T>())?;
        // INVARIANT: aligned by `allocate`, without provenance.
        Ok(WorldMemory::new(self.bus(), core::ptr::without_provenance_mut(start)))
    }

    /// As [`memory`](Self::memory), for `len` elements.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for no elements, [`Error::NoMemory`] for too many.
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
        // INVARIANT: aligned by `allocate`, without provenance.
        Ok(WorldMemory::new(self.bus(), token))
    }

    fn allocate(&self, name: Name, size: usize, align: usize) -> Result<usize, Error> {
        self.machine.state.lock().blocks.add(name, size, align)
    }

    fn bus(&self) -> MemoryBus {
        MemoryBus(self.machine.clone())
    }

    /// A device with registers `T`. `model` makes it, and keeps the port if the
    /// device uses memory.
    ///
    /// The adversary calls its [`step`](Device::step) between accesses.
    #[inline]
    pub fn device<T: IoLayout, D: Device + Send + 'static>(
        &self,
        model: impl FnOnce(Port) -> D,
    ) -> WorldDevice<T, D> {
        WorldDevice::new(&self.machine, self.machine.attach(Name::of::<T>(), model))
    }

    /// A way to memory without a device, for a test that plays it; `name` is what
    /// the log says.
    #[inline]
    pub fn port(&self, name: &'static str) -> Port {
        Port::new(self.machine.state.clone(), Name::plain(name))
    }

    /// From now on devices change what the driver reads a second time, as one
    /// can that wants to harm it: a length that was checked has another value
    /// when it is used.
    ///
    /// An ownership field does not change: it may be polled.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::World;
    ///
    /// /// Trusts the second of two loads.
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

    /// The values that the driver has loaded more than once, in part or whole,
    /// although no device had written them again; ownership fields excepted.
    #[inline]
    pub fn double_fetches(&self) -> Vec<DoubleFetch> {
        DoubleFetch::of_values(&self.machine.state.lock().fetches)
    }

    /// Makes all stores visible to everybody, and lets devices work until none
    /// finds anything to do: what is not done now will never be.
    ///
    /// # Panics
    ///
    /// If a device still finds something after a hundred thousand steps.
    #[inline]
    pub fn settle(&self) {
        self.machine.settle();
    }
}

/// How to repeat the run, and what happened in it.
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
