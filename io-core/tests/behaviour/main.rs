//! The behaviour of the library at run time: every test compares real accesses, real bytes, or the
//! error with its numbers.
//!
//! `docs/src/kernel-rows.md` lists the rows of the Linux kernel's interface with the tests for
//! each; each module lists its rows as well.
//!
//! Modules that access only devices that log or simulate accesses are excluded under Miri: these are
//! safe code, in which the pointer of a view is a number.

mod allocation;
// The observations of another thread show the order of accesses only on strongly ordered machines,
// including those that emulate another machine (`in_order`).
#[cfg(all(not(miri), any(target_arch = "x86_64", in_order)))]
mod ascending;
mod bad_input;
#[cfg(not(miri))]
mod bit_effects;
mod bits;
mod casts;
mod coherent;
mod contracts;
mod copies;
mod endian;
mod enums;
mod fallible;
#[cfg(not(miri))]
mod grammar;
mod halves;
mod kinds;
#[cfg(target_pointer_width = "64")]
mod large;
mod lengths;
mod locations;
#[cfg(not(miri))] // Miri has no files to map.
mod mapped;
#[cfg(not(miri))]
mod metadata;
#[cfg(not(miri))]
mod methods;
mod model;
mod narrow;
mod offsets;
mod page;
#[cfg(not(miri))]
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
#[cfg(not(miri))]
mod texts;
mod types;
mod views;
mod widths;
