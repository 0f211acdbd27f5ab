//! Registers that are cleared by writing ones, or by a read.

use io_core::{ReadToClear, prelude::*};
use io_sim::{Checker, field};

use super::{broken, by_offset, by_offset_in, device};

#[derive(IoStruct)]
#[repr(C)]
struct Irq {
    status: W1c<Le<u32>>,
    port: Le<u32>,
    errors: ReadToClear<Le<u32>>,
}

/// 0x6 and 0x0002_0001 are pending or set.
const PENDING: [u8; 12] = [6, 0, 0, 0, 1, 0, 2, 0, 9, 0, 0, 0];
const PORT_W1C: u64 = 0xfe_0000;

#[test]
fn read_modify_write_of_w1c_bits_is_a_violation() {
    let wrong = by_offset_in::<Irq>(PENDING, |dev| {
        let status = dev.read(0);
        dev.write(0, status | 1);
    });
    assert_eq!(
        wrong,
        ["WR dev.status 32: read-modify-write of a write-one-to-clear register would clear \
             pending 0x6 as well"]
    );
}

#[test]
fn acknowledging_pending_bits_is_allowed() {
    let right = by_offset_in::<Irq>(PENDING, |dev| {
        // All pending bits, and additional ones without a second read.
        let status = dev.read(0);
        dev.write(0, status);
        dev.write(0, status | 1);
        // Some of the pending bits.
        dev.read(0);
        dev.write(0, 4);
        // Other bits, then some of the pending bits, then both.
        dev.read(0);
        dev.write(0, 1);
        dev.write(0, 6);
        dev.read(0);
        dev.write(0, 5);
        // All bits.
        dev.read(0);
        dev.write(0, u32::MAX);
    });
    assert_eq!(right, [""; 0]);
    let nothing_pending = by_offset::<Irq>(|dev| {
        let status = dev.read(0);
        dev.write(0, status | 1);
    });
    assert_eq!(nothing_pending, [""; 0]);
}

/// Returns the violations of a driver of a port whose register has several kinds of bits.
fn port(run: impl FnOnce(&dyn Fn() -> u32, &dyn Fn(u32))) -> Vec<String> {
    let device = device(PENDING);
    broken(|checker| {
        let dev = checker.device::<Irq>("dev").w1c_bits(field!(.port), PORT_W1C).watch(&device);
        run(&|| u32::from_le(dev.read_at::<u32>(4)), &|value| {
            dev.write_at::<u32>(4, value.to_le())
        });
    })
}

#[test]
fn pending_w1c_bits_of_mixed_registers_must_be_masked() {
    let wrong = port(|read, write| write(read() | 0x10));
    assert_eq!(
        wrong,
        ["WR dev.port 32: read-modify-write of a write-one-to-clear register would clear \
             pending 0x20000 as well"]
    );
    let right = port(|read, write| {
        write(read() & !(PORT_W1C as u32) | 0x10);
        write(read());
        write(read() & !(PORT_W1C as u32) | 0x4_0000);
    });
    assert_eq!(right, [""; 0]);
}

#[test]
fn read_modify_write_of_read_to_clear_registers_is_a_violation() {
    let wrong = by_offset_in::<Irq>(PENDING, |dev| {
        let errors = dev.read(8);
        dev.write(8, errors & !1);
    });
    assert_eq!(
        wrong,
        [
            "WR dev.errors 32: read-modify-write of a read-to-clear register: the read has cleared it"
        ]
    );
    let blind = by_offset::<Irq>(|dev| dev.write(8, 0));
    assert_eq!(blind, ["WR dev.errors 32: the register is read-only"]);
    assert_eq!(by_offset::<Irq>(|dev| assert_eq!(dev.read(8), 0)), [""; 0]);
}

#[test]
fn reads_of_other_threads_are_ignored() {
    let device = device(PENDING);
    let checker = Checker::new();
    let dev = checker.check_as::<Irq, _>("dev", &device);
    let status = u32::from_le(dev.read_at::<u32>(0));
    std::thread::scope(|scope| {
        scope.spawn(|| dev.write_at::<u32>(0, (status | 1).to_le()));
    });
    assert_eq!(checker.violations(), []);
}
