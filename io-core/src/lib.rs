#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod value;

pub mod io;

pub mod layout;

pub mod project;

pub mod backend;

pub mod dma;

mod cursors;

pub mod prelude;

#[cfg(feature = "derive")]
mod macros;

pub use backend::*;
pub use dma::*;
pub use io::*;
#[cfg(feature = "derive")]
pub use io_macros::{IoStruct, IoValue, io_struct};
#[doc(inline)]
pub use io_mem::{barrier, bytewise, fault, vm};
pub use layout::{BodyReadable, BodyWritable, Handover, IoStruct, IoTail, Leaf, Path};
pub use project::*;
pub use value::*;

/// What generated code names.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        project::generated::*,
        value::{Integer, NoText, Overlaid, TextOf, check_bits},
    };
    pub use core;
    #[cfg(feature = "derive")]
    pub use io_macros::__project;
}
