//! The checker: each rule with a driver that violates it and one that does not.

// Safe code over simulated views, whose own tests run under Miri. These tests are too slow for
// Miri, so they run there only for the big-endian target.
#![cfg(any(not(miri), target_endian = "big"))]

mod combined;
mod doorbells;
mod fields;
mod handovers;
mod lending;
mod panics;
mod registers;
#[path = "../support/mod.rs"]
mod support;
mod transfers;
mod write_one_to_clear;

use io_core::{IoBase, Region, RelaxedMmio, prelude::*};
use io_sim::{Checker, Simulated, TracedView};

use support::Logger;

/// Returns the violations of a driver's run.
fn broken(run: impl FnOnce(&Checker)) -> Vec<String> {
    let checker = Checker::collecting();
    run(&checker);
    checker.violations().iter().map(ToString::to_string).collect()
}

/// Creates a device whose registers have these bytes.
fn device(bytes: impl Into<Vec<u8>>) -> Simulated<Region, Logger> {
    let memory = bytes.into();
    let len = memory.len();
    Simulated::new_region(Logger::new(memory), len).unwrap()
}

/// Runs a driver that uses offsets in a device of 64 zeroed bytes, checked against the data sheet
/// `Spec`, on a little-endian bus.
fn by_offset<Spec: IoStruct>(run: impl FnOnce(Offsets<'_>)) -> Vec<String> {
    by_offset_in::<Spec>([0; 64], run)
}

fn by_offset_in<Spec: IoStruct>(
    bytes: impl Into<Vec<u8>>,
    run: impl FnOnce(Offsets<'_>),
) -> Vec<String> {
    let device = device(bytes);
    broken(|checker| run(Offsets(checker.check_as::<Spec, _>("dev", &device))))
}

type View<'a, I, T> = TracedView<'a, <I as IoBase<'a>>::Backend, T>;

/// Registers by offset, as used by a driver without types.
#[derive(Clone, Copy)]
struct Offsets<'a>(View<'a, &'a Simulated<Region, Logger>, Region>);

impl Offsets<'_> {
    fn read(self, offset: usize) -> u32 {
        u32::from_le(self.0.read_at::<u32>(offset))
    }

    fn write(self, offset: usize, value: u32) {
        self.0.write_at::<u32>(offset, value.to_le());
    }
}

/// Returns words of host memory as a relaxed register block.
fn relaxed<T: IoStruct>(words: &mut [u32; 16]) -> RelaxedMmio<'_, T> {
    assert!(size_of::<T>() <= size_of_val(words) && align_of::<T>() <= 4);
    // SAFETY: the exclusive borrow of `words` covers an aligned `T`, and every bit pattern is valid
    // for the blocks of integers in these tests.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(words.as_mut_ptr().cast())) }.relaxed()
}

/// Returns words of host memory as memory shared by driver and device.
fn shared<T>(words: &mut [u32; 16]) -> SysMem<'_, T> {
    assert!(size_of::<T>() <= size_of_val(words) && align_of::<T>() <= 4);
    // SAFETY: the exclusive borrow of `words` covers an aligned `T`, and every bit pattern is valid
    // for the blocks of integers in these tests.
    unsafe { SysMem::new(words.as_mut_ptr().cast()) }
}
