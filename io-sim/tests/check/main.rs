//! The strict checker: each rule with a driver that breaks it and one that does not.

// Safe code over simulated views, whose own tests run under Miri. Too slow for that:
// only where it is the big-endian machine.
#![cfg(any(not(miri), target_endian = "big"))]

mod doorbells;
mod fields;
mod handovers;
mod lent;
mod one_to_clear;
mod panics;
mod registers;
mod stacked;
#[path = "../support/mod.rs"]
mod support;
mod transfers;

use io_core::{IoBase, Region, RelaxedMmio, prelude::*};
use io_sim::{Checker, Simulated, TracedView};

use support::Logger;

/// What a driver's run breaks.
fn broken(run: impl FnOnce(&Checker)) -> Vec<String> {
    let checker = Checker::collecting();
    run(&checker);
    checker.violations().iter().map(ToString::to_string).collect()
}

/// A device whose registers have these bytes.
fn device(bytes: impl Into<Vec<u8>>) -> Simulated<Region, Logger> {
    let memory = bytes.into();
    let len = memory.len();
    Simulated::new_region(Logger::new(memory), len).unwrap()
}

/// Offsets in a device of 64 zeroed bytes, by the data sheet `Spec`, in little endian.
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

/// Registers by offset, as a driver without types has them.
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

/// Words of host memory as a relaxed register block.
fn relaxed<T: IoStruct>(words: &mut [u32; 16]) -> RelaxedMmio<'_, T> {
    assert!(size_of::<T>() <= size_of_val(words) && align_of::<T>() <= 4);
    // SAFETY: the exclusive borrow of `words` covers a `T`, aligned, and any bits
    // make the tests' blocks of integers.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(words.as_mut_ptr().cast())) }.relaxed()
}

/// Words of host memory as something that driver and device share.
fn shared<T>(words: &mut [u32; 16]) -> SysMem<'_, T> {
    assert!(size_of::<T>() <= size_of_val(words) && align_of::<T>() <= 4);
    // SAFETY: as above.
    unsafe { SysMem::new(words.as_mut_ptr().cast()) }
}
