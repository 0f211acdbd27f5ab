//! The names that most drivers use: `use io_core::prelude::*;`.
//!
//! Less common access kinds, owners of memory and the traits that backends implement are not
//! included.

#[cfg(feature = "derive")]
pub use crate::{
    io_project, io_read, io_try_read, io_try_update, io_try_write, io_update, io_write,
};
#[cfg(feature = "derive")]
pub use io_macros::io_struct;

pub use crate::{
    Be, Bus32, Bus64, Clock, Coherent, DmaAddr, HiLo, Io, IoBase, IoDma, IoRegion, IoSlice,
    IoStruct, IoSysMap, IoValue, Le, LoHi, Mmio, MmioRaw, Narrow, OwnBit, Poll, RelaxedMmio,
    Reserved, Ro, Rw, SysMem, W1c, W1s, Wo,
};
