//! Devices that are built from a description of their registers: each kind of register, the
//! builder's additions, and driver errors that the models detect.

// Safe code over simulated views, whose own tests run under Miri. These tests are too slow for
// Miri, so they run there only for the big-endian target.
#![cfg(any(not(miri), target_endian = "big"))]

mod bits;
mod bus;
mod dma;
mod fifos;
mod hooks;
mod kinds;
mod layouts;
mod polls;
mod random;
mod rejected;
mod time;

use io_sim::{RegisterModel, Simulated};

/// Returns the accesses that the device has rejected, as text.
fn rejected<B: ?Sized, T, S>(dev: &Simulated<B, RegisterModel<T, S>>) -> Vec<String>
where
    T: io_core::IoStruct,
{
    dev.with(|model| model.rejected().iter().map(ToString::to_string).collect())
}
