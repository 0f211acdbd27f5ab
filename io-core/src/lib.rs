#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod cursors;
mod dma;
mod io;
#[cfg(feature = "derive")]
mod macros;
mod project;
mod value;

pub mod backend;
pub mod layout;
pub mod prelude;

#[doc(inline)]
pub use io_mem::{barrier, bytewise, fault, vm};

// Views and owners of memory.
#[cfg(feature = "std")]
pub use backend::mapped::MappedFile;
pub use backend::{
    coherent::CoherentView,
    faultable::FaultMem,
    mmio::{Mmio, MmioRaw, RelaxedMmio},
    sysmap::IoSysMap,
    sysmem::SysMem,
    write_combining::MmioWc,
};

// Traits of views.
pub use io::{Bus32, Bus64, Io, IoBase, IoRegion};
pub use project::IoSlice;

// Register blocks and fields.
#[cfg(feature = "derive")]
#[doc(inline)]
pub use io_macros::{IoStruct, IoValue, io_struct};
pub use layout::{
    io_struct::{IoStruct, KnownSize},
    tail::IoTail,
};
pub use value::{
    Aliased, Be, DmaAddr, HiLo, IoEnum, IoValue, Le, LoHi, Narrow, Overlay, OwnBit, ReadToClear,
    Reserved, Ro, RoSideEffect, Rw, RwSideEffect, SelfClearing, UnknownValue, W1c, W1s, Wo, WoW1c,
    WoW1s,
};

// Regions and located registers.
pub use io::{A1, A2, A4, A8, A16, Loc, Region, RegionAlign, Untyped};
#[doc(inline)]
pub use io_mem::{Repr, Width};

// DMA memory.
#[cfg(feature = "alloc")]
pub use dma::FreeList;
pub use dma::{Coherent, CoherentBox, DmaAllocator, DmaBlock, DmaPool, IoDma};

// Errors and polling.
#[cfg(feature = "std")]
pub use io::StdClock;
pub use io::{Clock, Poll, PollError};
#[doc(inline)]
pub use io_mem::{AccessError, CopyError, Error, OutOfBound, Timeout};

/// Indices and iterators for views of slices and arrays ([`IoSlice`]).
pub mod slice {
    pub use crate::project::{Chunks, Indexable, Iter, ProjectIndex};
}

/// Items that the expansions of the macros use; not covered by semantic versioning.
#[doc(hidden)]
pub mod expansion {
    pub use crate::{
        project::generated::*,
        value::{Integer, NoText, Overlaid, TextOf, check_bits},
    };
    pub use core;
    #[cfg(feature = "derive")]
    pub use io_macros::project;
}
