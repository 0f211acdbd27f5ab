//! The registers, and the driver.

use core::time::Duration;

use io_core::{Error, prelude::*};

/// The registers of the thermometer.
#[io_struct(size = 0x20)]
pub struct Thermometer {
    /// Bit 0 starts a measurement; bits 4 to 7 belong to the board.
    #[io(at = 0x00)]
    pub ctrl: Le<u32>,
    /// Bit 0: a result is available.
    #[io(at = 0x04)]
    pub events: W1c<Le<u32>>,
    /// The temperature in tenths of a degree.
    #[io(at = 0x10)]
    pub value: Ro<Le<u16>>,
}

/// Measures the temperature, in tenths of a degree.
///
/// # Errors
///
/// [`Error::Timeout`] if the device does not finish in time.
pub fn measure<'a>(
    dev: impl Io<'a, Target = Thermometer, Backend: Bus32>,
    clock: &impl Clock,
) -> Result<u16, Error> {
    io_update!(dev, .ctrl, |ctrl| ctrl | 1);
    let limit = Poll::within(Duration::from_millis(5)).every(Duration::from_micros(100));
    io_project!(dev, .events).poll(clock, limit, |events| events & 1 != 0)?;
    let value = io_read!(dev, .value);
    io_project!(dev, .events).clear_bits(1);
    Ok(value)
}
