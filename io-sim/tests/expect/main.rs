//! Expectations and traces: correct drivers pass, and the messages for incorrect ones describe the
//! error.

// Safe code over simulated views, whose own tests run under Miri. These tests are too slow for
// Miri: most of them make several runs and format the text of a failure.
#![cfg(not(miri))]

mod diagnoses;
mod endings;
mod planted_errors;
mod random_bits;
mod steps;
mod tables;
mod traces;

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use io_core::{barrier::Barrier, prelude::*};
use io_sim::{Expect, Mismatch, SimView, field};

/// One channel; channels are 0x20 apart.
#[derive(IoStruct)]
#[io(size = 0x20)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
    addr: LoHi<Le<u64>>,
    stamp: Ro<HiLo<Be<u64>>>,
    _reserved: [u8; 8],
}

#[derive(Debug, PartialEq, IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On = 0x10,
}

#[derive(IoStruct)]
#[io(size = 0x60)]
#[repr(C)]
struct Dma {
    id: Ro<Le<u32>>,
    ctrl: Le<u32>,
    stat: Ro<Le<u32>>,
    irq: W1c<Le<u32>>,
    bell: Wo<Be<u16>>,
    mode: Mode,
    byte: u8,
    limit: Le<Narrow<u16, u32>>,
    wide: Le<u64>,
    chan: [Chan; 2],
}

/// Returns the message with which `verify` fails.
fn failure<T: IoStruct>(expect: &Expect<T>, driver: impl FnMut(SimView<'_, T>)) -> String {
    message(|| expect.verify(driver))
}

/// Returns the message of the panic of `run`.
fn message(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("a panic was expected");
    *panic.downcast::<String>().expect("a panic has a formatted message")
}

/// Expects a read of `id` and writes of `ctrl` and `bell`, with a barrier between the writes.
fn start() -> Expect<Dma> {
    let mut dma = Expect::<Dma>::new();
    dma.read(field!(.id), 0x11).write(field!(.ctrl), 0x1);
    dma.barrier(Barrier::Wmb).write(field!(.bell), 0x2);
    dma
}

fn first_line(mismatch: &Mismatch) -> String {
    mismatch.to_string().lines().next().unwrap_or_default().into()
}
