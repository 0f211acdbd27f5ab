//! What the library does when it runs: every test compares real accesses, real
//! bytes, or the error with its numbers.
//!
//! `docs/src/kernel-rows.md` says which row of the Linux kernel's interface is
//! shown by which test here; each module names its rows as well.

// What another thread sees tells the order on strongly ordered machines only, also when they
// emulate another one (`in_order`).
#[cfg(all(not(miri), any(target_arch = "x86_64", in_order)))]
mod ascending;
mod bad_input;
mod casts;
mod coherent;
mod copies;
mod enums;
mod fallible;
mod grammar;
mod halves;
mod kinds;
mod lengths;
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
mod slices;
mod suite;
mod support;
mod texts;
mod types;
mod views;
