//! Devices that are described by their registers: each kind of register, what
//! the builder adds, and errors of drivers that the models catch.

// Safe code over simulated views, whose own tests run under Miri. Too slow for that:
// only where it is the big-endian machine.
#![cfg(any(not(miri), target_endian = "big"))]

mod bits;
mod bus;
mod dma;
mod fifos;
mod hooks;
mod kinds;
mod places;
mod polls;
mod random;
mod rejected;
mod time;

use io_sim::{RegisterModel, Simulated};

/// What the device has rejected, as text.
fn rejected<B: ?Sized, T, S>(dev: &Simulated<B, RegisterModel<T, S>>) -> Vec<String>
where
    T: io_core::IoStruct,
{
    dev.with(|model| model.rejected().iter().map(ToString::to_string).collect())
}
