//! The behaviour of the library at run time: every test compares real accesses, real bytes, or the
//! error with its numbers.
//!
//! `docs/src/kernel-rows.md` lists the rows of the Linux kernel's interface with the tests for
//! each; each module lists its rows as well.

mod allocation;
// The observations of another thread show the order of accesses only on strongly ordered machines,
// including those that emulate another machine (`in_order`).
#[cfg(all(not(miri), any(target_arch = "x86_64", in_order)))]
mod ascending;
mod bad_input;
mod bit_effects;
mod bits;
mod casts;
mod coherent;
mod contracts;
mod copies;
mod endian;
mod enums;
mod fallible;
mod grammar;
mod halves;
mod kinds;
mod lengths;
mod locations;
#[cfg(not(miri))] // Miri has no files to map.
mod mapped;
mod metadata;
mod methods;
mod model;
mod narrow;
mod offsets;
mod page;
mod poll;
mod pool;
mod publish;
mod races;
mod relaxed;
mod remote;
mod slices;
mod strides;
mod suite;
mod support;
mod tails;
mod texts;
mod types;
mod views;
mod widths;
