//! The vocabulary: what memory is, what a backend is, what a view can do.

mod backend;
mod base;
mod copy;
mod copy_trait;
mod io_trait;
mod known_size;
mod loc;
mod order;
mod outcome;
mod poll;
mod region;
mod region_io;

pub use backend::{Bus32, Bus64, IoBackend, IoCapable, IoCopyable};
pub use base::{IoBase, ViewOf};
pub use copy::{check_width, widest};
pub use copy_trait::IoCopy;
pub(crate) use io_mem::{CopyError, Error, Fails, Failure, Never, OutOfBound, Timeout};
pub use io_trait::Io;
pub use known_size::KnownSize;
pub use loc::Loc;
pub use order::Order;
pub use outcome::{Copied, ErrorOf, LocatedError, Output};
#[cfg(feature = "std")]
pub use poll::StdClock;
pub use poll::{Clock, Poll, PollError};
pub use region::{A1, A2, A4, A8, A16, Region, RegionAlign, Untyped};
pub use region_io::IoRegion;

pub(crate) use copy::{copy_slice_in, copy_slice_out};
