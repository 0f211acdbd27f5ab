//! What a driver file imports: `use io_core::prelude::*;`.

#[cfg(feature = "derive")]
pub use crate::{
    io_project, io_read, io_try_read, io_try_update, io_try_write, io_update, io_write,
};
#[cfg(feature = "derive")]
pub use io_macros::{IoStruct, IoValue, io_struct};

pub use crate::{
    backend::{CoherentView, IoSysMap, Mmio, MmioRaw, MmioWc, RelaxedMmio, SysMem},
    dma::{Coherent, CoherentBox, DmaAllocator, DmaBackend, IoDma},
    io::{
        Bus32, Bus64, Clock, Io, IoBackend, IoBase, IoCapable, IoCopy, IoCopyable, IoRegion, Poll,
    },
    layout::{IoStruct, IoTail},
    project::{IoPublish, IoSlice},
    value::{
        Aliased, Be, DmaAddr, HiLo, IoValue, Le, LoHi, Low, Owner, ReadClear, Reserved, Ro,
        RoEffect, Rw, RwEffect, SelfClearing, W1c, W1s, Wo, Wo1c, Wo1s,
    },
};
