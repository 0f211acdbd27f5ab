#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod arch;
pub mod barrier;
pub mod bytewise;
pub mod fault;
pub mod value;

pub mod io;

pub mod layout;

pub mod project;

pub mod backend;

pub mod dma;

pub mod vm;

mod cursors;

#[cfg(feature = "sim")]
pub mod sim;

pub mod prelude;

#[cfg(feature = "derive")]
mod macros;

pub use backend::*;
pub use dma::*;
pub use io::*;
#[cfg(feature = "derive")]
pub use io_macros::{IoStruct, IoValue, io_struct};
pub use layout::{BodyReadable, BodyWritable, Handover, IoStruct, IoTail, Leaf, Path};
pub use project::*;
pub use value::*;
pub use vm::*;

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
