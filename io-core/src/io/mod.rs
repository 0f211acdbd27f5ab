//! The traits and types of accesses: what a backend implements, and the accesses of a view.

mod access;
mod backend;
mod bits;
mod copy;
mod copy_plan;
mod copyable;
mod descriptor;
mod field_copy;
mod io_trait;
mod loc;
mod loc_array;
mod place;
mod poll;
mod region;
mod region_io;
mod transfer;

pub use backend::{
    Bus32, Bus64, CopyOutput, ErrorOf, IoBackend, IoBase, IoCapable, Order, Output, PlaceErrorOf,
    RelaxedOf, ViewOf,
};
pub use copy::{Fillable, check_width, widest};
pub use copyable::{IoCopyable, Medium};
pub(crate) use io_mem::{CopyError, Error, ErrorMode, MayFail, OutOfBound, Timeout};
pub use io_trait::Io;
pub use loc::{Loc, Locatable, Register};
pub use loc_array::LocArray;
pub(crate) use place::located;
#[cfg(feature = "std")]
pub use poll::StdClock;
pub use poll::{Clock, Poll, PollError};
pub(crate) use region::region_pointer;
pub use region::{
    A1, A2, A4, A8, A16, AlignedFor, Anonymous, AnyRegion, NamedDevice, Region, RegionAlign,
    Untyped,
};
pub use region_io::IoRegion;

pub(crate) use crate::layout::KnownSize;
pub(crate) use access::read_value;
pub(crate) use bits::{Command, command_bits, commanded, update_value, write_value};
pub(crate) use copy::{copy_slice_in, copy_slice_out};
pub(crate) use field_copy::{Accesses, OfFields, Stated};
