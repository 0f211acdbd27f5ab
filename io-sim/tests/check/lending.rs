//! Memory that the device owns.

use io_core::{backend::SysMemBackend, prelude::*};
use io_sim::{Checker, TracedView};

use super::{broken, shared};

#[derive(Clone, Copy, zerocopy::IntoBytes, zerocopy::Immutable, zerocopy::FromBytes, IoStruct)]
#[repr(C)]
struct Desc {
    addr: Le<u32>,
    #[io(own_bit)]
    own: OwnBit<Le<u32>>,
    len: Le<u32>,
}

const OWN: u64 = 1;

#[test]
fn accesses_to_lent_memory_are_violations() {
    let mut words = [0; 16];
    let wrong = broken(|checker| {
        let buffer = checker.check_region("buffer", shared::<[u32; 16]>(&mut words));
        checker.lend(io_project!(buffer, [build: 4..8]));
        io_write!(buffer, [3], 1);
        io_read!(buffer, [4]);
        io_project!(buffer, [build: 7..9]).fill(0);
        io_write!(buffer, [8], 1);
        checker.take_back(io_project!(buffer, [build: 5..6]));
        io_write!(buffer, [5], 1);
        io_write!(buffer, [6], 1);
        checker.take_back(buffer);
        io_project!(buffer, [build: 0..16]).fill(0);
    });
    let owned = "access after hand-over: the device owns the memory";
    assert_eq!(
        wrong,
        [
            format!("RD buffer+0x10 32: {owned}"),
            format!("CW buffer+0x1c 8 bytes: {owned}"),
            format!("WR buffer+0x18 32: {owned}"),
        ]
    );
}

#[test]
fn other_memory_is_not_lent() {
    let (mut words, mut others) = ([0; 16], [0; 16]);
    let wrong = broken(|checker| {
        let buffer = checker.check_region("buffer", shared::<[u32; 16]>(&mut words));
        let other = checker.check_region("other", shared::<[u32; 16]>(&mut others));
        checker.lend(buffer);
        io_write!(other, [1], 1);
        checker.take_back(other);
        io_write!(buffer, [1], 1);
    });
    assert_eq!(wrong, ["WR buffer+0x4 32: access after hand-over: the device owns the memory"]);
}

type Ring<'a> = TracedView<'a, SysMemBackend, [Desc; 4]>;

/// A ring of four elements as seen by the driver, and the same memory as seen by the device.
fn ring(run: impl FnOnce(Ring<'_>, SysMem<'_, [Desc; 4]>)) -> Vec<String> {
    let mut words = [0; 16];
    let device = shared::<[Desc; 4]>(&mut words);
    broken(|checker| {
        let rules = checker.elements::<Desc>("ring").owner(|own| own & OWN != 0);
        run(rules.watch(device), device);
    })
}

fn desc(len: u32, own: u32) -> Desc {
    Desc { addr: 0x1000.into(), own: OwnBit::new(own), len: len.into() }
}

fn is_done(own: &u32) -> bool {
    own & 1 == 0
}

#[test]
fn publishing_the_ownership_field_lends_the_struct() {
    let wrong = ring(|driver, _| {
        io_project!(driver, [2]).publish(desc(64, 1));
        io_read!(driver, [2].len);
        io_write!(driver, [2].addr, 0);
        io_write!(driver, [1].addr, 0);
        io_project!(driver, [2]).publish(desc(64, 1));
    });
    let owned = "access after hand-over: the device owns the memory";
    assert_eq!(
        wrong,
        [
            format!("RD ring[2].len 32: {owned}"),
            format!("WR ring[2].addr 32: {owned}"),
            format!("CW ring[2].addr 4 bytes: {owned}"),
            format!("CW ring[2].len 4 bytes: {owned}"),
            format!("WR ring[2].own 32: {owned}"),
        ]
    );
}

#[test]
fn consuming_the_ownership_field_takes_the_struct_back() {
    let right = ring(|driver, device| {
        let (driver, device) = (io_project!(driver, [2]), io_project!(device, [2]));
        driver.publish(desc(64, 1));
        assert!(driver.consume(is_done).is_none());
        device.publish(desc(7, 0));
        assert_eq!(driver.consume(is_done).unwrap().len.get(), 7);
        io_write!(driver, .len, 64);
    });
    assert_eq!(right, [""; 0]);
}

#[test]
#[should_panic(expected = "TracedView(buffer+0x0, 0x40 bytes) is not a view of this checker")]
fn lending_an_unchecked_view_panics() {
    let (mut words, checker) = ([0; 16], Checker::new());
    let buffer = checker.check_region("buffer", shared::<[u32; 16]>(&mut words));
    Checker::new().lend(buffer);
}
