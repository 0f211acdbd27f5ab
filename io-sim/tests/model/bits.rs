//! Bits that behave differently from the rest of their register.

use io_core::prelude::*;
use io_sim::{RegisterModel, Simulated, field};

#[derive(IoStruct)]
#[repr(C)]
struct Port {
    status: Be<u32>,
    pending: W1c<Le<u32>>,
}

const CONNECTED: u32 = 0x1; // read-only
const ENABLED: u32 = 0x2; // write one to clear
const POWER: u32 = 0x4; // plain
const RESET: u32 = 0x8; // write one to set
const FIXED: u32 = 0xf000_0000; // reads as one

fn port() -> Simulated<Port, RegisterModel<Port>> {
    Simulated::new(
        RegisterModel::<Port>::new("port")
            .reset(field!(.status), CONNECTED | ENABLED)
            .read_only_bits(field!(.status), CONNECTED)
            .clear_bits(field!(.status), ENABLED)
            .set_bits(field!(.status), RESET)
            .reserved_ones(field!(.status), FIXED)
            .reserved_bits(field!(.status), 0x0fff_fff0)
            .reset(field!(.pending), 0xff)
            .read_only_bits(field!(.pending), 0x0f),
    )
}

#[test]
fn each_bit_has_its_access_kind() {
    let dev = port();
    let write = |value| {
        io_write!(&dev, .status, value);
        io_read!(&dev, .status)
    };
    assert_eq!(write(0), FIXED | CONNECTED | ENABLED);
    assert_eq!(write(POWER), FIXED | CONNECTED | ENABLED | POWER);
    assert_eq!(write(RESET), FIXED | CONNECTED | ENABLED | RESET);
    assert_eq!(write(0), FIXED | CONNECTED | ENABLED | RESET);
    assert_eq!(write(ENABLED), FIXED | CONNECTED | RESET);
    assert_eq!(write(!ENABLED), FIXED | CONNECTED | RESET | POWER);
}

#[test]
fn an_update_clears_pending_w1c_bits() {
    let dev = port();
    io_update!(&dev, .status, |v| v | POWER);
    assert_eq!(io_read!(&dev, .status) & ENABLED, 0);
}

#[test]
fn read_only_bits_of_a_w1c_register_are_kept() {
    let dev = port();
    io_project!(&dev, .pending).clear_bits(0x3c);
    assert_eq!(io_read!(&dev, .pending), 0xcf);
}
