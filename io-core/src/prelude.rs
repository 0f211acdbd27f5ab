//! The names that most drivers use: `use io_core::prelude::*;`.
//!
//! Less common access kinds, owners of memory and the traits that backends implement are not
//! included.
//!
//! # Which trait is for what
//!
//! | task | trait or type | bound or example |
//! |---|---|---|
//! | write a driver that runs over every backend | [`Io`], [`Bus32`] or [`Bus64`] | `dev: impl Io<'a, Target = Regs, Backend: Bus32>` |
//! | write a driver for registers only | [`Mmio`] | `dev: Mmio<'_, Regs>` |
//! | access a field, read a value, copy, poll, publish | [`Io`] | `dev.copy_read()`; for fields, [`io_read!`](crate::io_read) and [`io_write!`](crate::io_write) |
//! | index and iterate over arrays and slices | [`IoSlice`] | `ring.iter()` |
//! | access untyped memory by offset | [`IoRegion`] | `bar.read_at::<Le<u32>>(0x10)` |
//! | read the device address of DMA memory | [`IoDma`] | `ring.dma_address()` |
//! | describe a register block or descriptor | [`IoStruct`] | `#[derive(IoStruct)]`, [`#[io_struct]`](crate::io_struct) |
//! | describe a bit field or an enum | [`IoValue`] | `#[derive(IoValue)]` |
//! | wait with a timeout | [`Clock`], [`Poll`] | `io_project!(dev, .busy).poll(&clock, limit, …)` |
//! | pass an owner of device memory to a driver | [`IoBase`] | `&owner` is accepted wherever a view is |
//!
//! Other traits appear only in error messages and in the signatures of generic code:
//! [`backend`](crate::backend) has those that a backend implements, [`layout`](crate::layout) those
//! of fields (`Readable`, `Writable`, `CopyReadable`, …).

#[cfg(feature = "derive")]
pub use crate::{
    io_clear_bits, io_project, io_read, io_set_bits, io_try_read, io_try_update, io_try_write,
    io_update, io_write,
};
#[cfg(feature = "derive")]
pub use io_macros::io_struct;

pub use crate::{
    Be, Bus32, Bus64, Clock, Coherent, DmaAddr, HiLo, Io, IoBase, IoDma, IoRegion, IoSlice,
    IoStruct, IoSysMap, IoValue, Le, LoHi, Mmio, MmioRaw, Narrow, OwnBit, Poll, RelaxedMmio,
    Reserved, Ro, Rw, SysMem, W1c, W1s, Wo,
};
