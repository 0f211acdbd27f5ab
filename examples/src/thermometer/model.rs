//! The model of the device.

use core::time::Duration;

use io_examples::thermometer::Thermometer;
use io_sim::{RegisterModel, SimClock, field};

/// A thermometer that finishes each measurement after 2 ms, with the result 21.5 °C.
pub fn model(clock: &SimClock) -> RegisterModel<Thermometer> {
    let thermometer = RegisterModel::<Thermometer>::new("thermometer").with_clock(clock.clone());
    thermometer.reset(field!(.ctrl), 0x50).on_write(field!(.ctrl), |ctx, ctrl| {
        if ctrl & 1 != 0 {
            ctx.after(Duration::from_millis(2), |ctx| {
                ctx.set(field!(.value), 215);
                ctx.set(field!(.events), 1);
            });
        }
    })
}
