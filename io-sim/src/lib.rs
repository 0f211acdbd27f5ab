//! Simulated hardware: devices, their memory, virtual time, and traces of accesses.
//!
//! A driver that is generic over its backend runs unchanged against a model of its device. The
//! parts are independent:
//!
//! * [`Device`] is the trait of device models; [`Simulated`] gives a driver views of a model.
//! * [`RegisterModel`] is a model built from a description of its registers.
//! * [`SimRam`] is memory that model and driver share.
//! * [`SimClock`] is virtual time, which advances only while something waits.
//! * [`World`] is a machine whose memory is as weakly ordered as the rules allow, so that a missing
//!   barrier fails a test.
//! * [`Recorder`] records every access to a simulated device or through any other backend, with the
//!   names of the registers; [`assert_trace!`] compares the trace with the lines that a test
//!   expects.
//! * [`Expect`] is a device defined by the list of operations that its driver must perform.
//! * [`Checker`] reports rule violations of drivers, over any backend.
//! * [`SimFaults`] accesses memory that faults where a test requests it.
//!
//! ```
//! use core::time::Duration;
//! use io_core::{Width, prelude::*};
//! use io_sim::{Device, Recorder, SimClock, Simulated};
//!
//! #[derive(IoStruct)]
//! #[repr(C)]
//! struct Adder { a: Le<u32>, b: Le<u32>, sum: Ro<Le<u32>>, busy: Ro<Le<u32>> }
//!
//! // The driver contains nothing about simulation.
//! fn add<'a>(
//!     adder: impl Io<'a, Target = Adder, Backend: Bus32>,
//!     clock: &impl Clock,
//!     (a, b): (u32, u32),
//! ) -> Result<u32, io_core::Error> {
//!     io_write!(adder, .a, a);
//!     io_write!(adder, .b, b);
//!     let limit = Poll::within(Duration::from_millis(1));
//!     io_project!(adder, .busy).poll(clock, limit, |busy| *busy == 0)?;
//!     Ok(io_read!(adder, .sum))
//! }
//!
//! // The model: registers by number, and a short delay.
//! struct Model { a: u64, b: u64, busy: u64 }
//!
//! impl Device for Model {
//!     fn read(&mut self, offset: usize, width: Width) -> u64 {
//!         match (offset, width) {
//!             (0x8, Width::W32) => self.a.wrapping_add(self.b),
//!             (0xc, Width::W32) => {
//!                 self.busy = self.busy.saturating_sub(1);
//!                 u64::from(self.busy > 0)
//!             }
//!             _ => width.all_ones(),
//!         }
//!     }
//!
//!     fn write(&mut self, offset: usize, _width: Width, value: u64) {
//!         match offset {
//!             0x0 => self.a = value,
//!             0x4 => (self.b, self.busy) = (value, 4),
//!             _ => {}
//!         }
//!     }
//! }
//!
//! let adder = Simulated::<Adder, _>::new(Model { a: 0, b: 0, busy: 0 });
//! let recorder = Recorder::new();
//! let sum = add(recorder.record("adder", &adder), &SimClock::new(), (40, 2));
//! assert_eq!(sum, Ok(42));
//! assert_eq!(recorder.to_string(), "\
//! WR adder.a 32 <- 0x00000028
//! WR adder.b 32 <- 0x00000002
//! RD adder.busy 32 -> 0x00000001 (x3)
//! RD adder.busy 32 -> 0x00000000
//! RD adder.sum 32 -> 0x0000002a");
//! ```

#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod assert_trace;
mod check;
mod clock;
mod device;
mod diff;
mod expect;
mod faults;
mod field_addr;
mod layout_view;
mod model;
mod ram;
mod random;
mod recorder;
mod simulated;
mod trace;
mod traced;
mod view;
mod world;
mod write_back;

#[doc(hidden)]
pub use assert_trace::assert_trace_of;
pub use check::{Checker, Rules, Violation, ViolationKind};
pub use clock::SimClock;
pub use device::Device;
pub use expect::{AccessEvent, Diagnosis, Expect, Mismatch, Operation};
pub use faults::{FaultyBytes, SimFaults};
pub use field_addr::FieldAddr;
pub use layout_view::{LayoutBackend, LayoutView};
pub use model::{
    Fifo, Interrupt, LayoutMismatch, LayoutMismatchKind, ModelContext, RegisterModel, RejectReason,
    Rejected,
};
pub use ram::SimRam;
pub use recorder::{FilteredTrace, Recorder};
pub use simulated::Simulated;
pub use trace::{Entry, Event};
pub use traced::{Traced, TracedView};
pub use view::{SimBackend, SimView};
pub use world::{DoubleFetch, Explorer, Port, World, WorldDevice, WorldMemory};

/// Items that the expansions of the macros use; not covered by semantic versioning.
#[doc(hidden)]
pub mod expansion {
    pub use io_core::io_project;
}
