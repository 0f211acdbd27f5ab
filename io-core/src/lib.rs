#![doc = include_str!("front_page.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "derive")]
mod command_macros;
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
/// Derive macro for register blocks and descriptors.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[io(size = 0x10)]
/// #[repr(C)]
/// struct Timer {
///     /// Counts down.
///     #[io(at = 0x0)]
///     count: Ro<Le<u32>>,
///     #[io(at = 0x4)]
///     load: Le<u32>,
///     #[io(at = 0x8, stride = 0x4)]
///     compare: [Le<u32>; 2],
/// }
/// ```
///
#[cfg(feature = "derive")]
#[doc(inline)]
pub use io_macros::IoStruct;
/// Derive macro for bit fields and enums.
///
/// ```
/// use io_core::prelude::*;
///
/// /// A bit field: any bits are valid.
/// #[derive(Clone, Copy, Debug, IoValue)]
/// #[repr(transparent)]
/// struct Status(u32);
///
/// impl Status {
///     fn is_busy(self) -> bool {
///         self.0 & 1 != 0
///     }
/// }
///
/// /// An enum: a read returns a `Result`.
/// #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
/// #[repr(u8)]
/// enum Mode { Off = 0, On = 3 }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { status: Ro<Le<Status>>, mode: Rw<Le<Narrow<Mode, u32>>> }
///
/// fn start<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> bool {
///     io_write!(regs, .mode, Mode::On);
///     io_read!(regs, .mode) == Ok(Mode::On) && io_read!(regs, .status).is_busy()
/// }
/// # let mut words = [1_u32.to_le(), 0];
/// # // SAFETY: the exclusive borrow of `words` covers a `Regs`.
/// # assert!(start(unsafe { SysMem::new(words.as_mut_ptr().cast::<Regs>()) }));
/// ```
///
#[cfg(feature = "derive")]
#[doc(inline)]
pub use io_macros::IoValue;
/// Attribute macro for register maps with offsets.
///
/// ```
/// use io_core::{RwSideEffect, prelude::*};
///
/// #[io_struct(size = 0x1000)]
/// pub struct Uart {
///     #[io(at = 0x000)]          pub dr: RwSideEffect<Le<u32>>,
///     #[io(at = 0x018)]          pub fr: Ro<Le<u32>>,
///     #[io(at = 0x018, overlay)] pub fr_clear: Wo<Le<u32>>,
/// }
///
/// assert_eq!(size_of::<Uart>(), 0x1000);
/// ```
///
#[cfg(feature = "derive")]
#[doc(inline)]
pub use io_macros::io_struct;
pub use layout::{
    io_struct::{IoStruct, KnownSize},
    tail::IoTail,
};
pub use value::{
    AddressTooWide, Aliased, Be, Counter, DmaAddr, DmaAddr32, HiLo, IoEnum, IoValue, Le, LoHi,
    Narrow, Overlay, OwnBit, ReadToClear, ReadToClearW1c, ReadToSet, Reserved, Ro, RoSideEffect,
    Rw, RwSideEffect, SelfClearing, UnknownValue, W0c, W0s, W0t, W1c, W1s, W1t, Wo, WoW1c, WoW1s,
    WoW1t, WriteOnce, WriteToClear, WriteToSet,
};

// Regions and located registers.
pub use io::{
    A1, A2, A4, A8, A16, AlignedFor, Anonymous, AnyRegion, Loc, LocArray, Locatable, NamedDevice,
    Region, RegionAlign, Register, Untyped,
};
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

// The traits that copies of whole values require; `Io::copy_read` documents it.
#[doc(no_inline)]
pub use zerocopy;

/// Indices and iterators for views of slices and arrays ([`IoSlice`]).
pub mod slice {
    pub use crate::project::{
        Chunks, Consecutive, Indexable, Iter, ProjectIndex, StridedArray, StridedSlice,
    };
}

/// Items that the expansions of the macros use; not covered by semantic versioning.
#[doc(hidden)]
pub mod expansion {
    pub use crate::{
        project::generated::*,
        value::{Integer, Mask, NoText, Overlaid, ReadablePart, TextOf, WritablePart, check_bits},
    };
    pub use core;
    #[cfg(feature = "derive")]
    pub use io_macros::project;
}

/// Compiles and runs the listings of the README.
#[cfg(all(doctest, feature = "derive"))]
#[doc = include_str!("../README.md")]
mod readme {}
