//! Drivers written with io-core, each generic over the bus.
//!
//! A driver is ordinary library code without `std` and without `unsafe`; the programs in `src/bin`
//! only select the backend.

#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "sim")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// Sources that are listings of the book use the path that a reader uses.
#[cfg(feature = "sim")]
extern crate self as io_examples;

pub mod edu;
pub mod records;
pub mod thermometer;

/// Compiles and runs the listings of the book.
#[cfg(all(doctest, feature = "sim", feature = "std"))]
mod chapters {
    #[doc = include_str!("../../docs/src/accesses.md")]
    mod accesses {}
    #[doc = include_str!("../../docs/src/blocks.md")]
    mod blocks {}
    #[doc = include_str!("../../docs/src/copies.md")]
    mod copies {}
    #[doc = include_str!("../../docs/src/dma.md")]
    mod dma {}
    #[doc = include_str!("../../docs/src/errors.md")]
    mod errors {}
    #[doc = include_str!("../../docs/src/faults.md")]
    mod faults {}
    #[doc = include_str!("../../docs/src/idea.md")]
    mod idea {}
    #[doc = include_str!("../../docs/src/testing.md")]
    mod testing {}
    #[doc = include_str!("../../docs/src/values.md")]
    mod values {}
}
