//! Copies from and to simulated devices: the accesses that they make.

mod support;

use io_core::{CopyError, Region, Width, prelude::*};
use io_sim::{Device, SimView, Simulated};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use support::{
    Access::{self, R, W},
    Logger, log,
};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    words: [Le<u32>; 12],
    bytes: [u8; 8],
}

fn counting() -> Simulated<Regs, Logger> {
    Simulated::new(Logger::new((0..0x40).collect::<Vec<u8>>()))
}

fn part(dev: &Simulated<Regs, Logger>, at: usize, len: usize) -> SimView<'_, [u8]> {
    io_project!(dev, .bytes[panic: at..at + len])
}

#[test]
fn copies_of_untyped_memory_use_the_widest_access_that_fits() {
    let device = Logger::new((0..0x40).collect::<Vec<u8>>());
    let dev = Simulated::<Region<0x38>, _>::new_region(device, 0x38).unwrap();
    for (at, len, width) in [
        (0, 8, Width::W32),
        (4, 4, Width::W32),
        (2, 4, Width::W16),
        (0, 6, Width::W16),
        (1, 4, Width::W8),
        (0, 3, Width::W8),
        (0, 0, Width::W32),
    ] {
        let mut bytes = vec![0; len];
        let start = 0x30 + at;
        (&dev).try_read_bytes(start, &mut bytes).unwrap();
        assert!(bytes.iter().copied().eq((start as u8..).take(len)), "{at} {len}");
        let places: Vec<_> = log(&dev).iter().map(Access::place).collect();
        let expected = (start..start + len).step_by(width.bytes()).map(|at| (at, width));
        assert_eq!(places, expected.collect::<Vec<_>>());
    }
}

#[test]
fn copies_in_write_ascending_addresses() {
    let dev = counting();
    io_project!(&dev, .words[build: 2..4]).copy_from_slice(&[1.into(), 2.into()]);
    part(&dev, 3, 2).copy_from_slice(&[9, 10]);
    assert_eq!(
        log(&dev),
        [
            W(0x8, Width::W32, 1),
            W(0xc, Width::W32, 2),
            W(0x33, Width::W8, 9),
            W(0x34, Width::W8, 10),
        ]
    );
}

#[test]
fn copies_use_the_stated_width() {
    let dev = counting();
    let mut bytes = [0; 8];
    part(&dev, 0, 8).try_copy_to_slice_as::<u64>(&mut bytes).unwrap();
    assert_eq!(bytes, [0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37]);
    part(&dev, 0, 4).try_copy_from_slice_as::<u16>(&[1, 2, 3, 4]).unwrap();
    assert_eq!(
        log(&dev),
        [
            R(0x30, Width::W64, 0x3736_3534_3332_3130),
            W(0x30, Width::W16, 0x0201),
            W(0x32, Width::W16, 0x0403),
        ]
    );
}

#[test]
fn a_width_that_does_not_fit_accesses_nothing() {
    let dev = counting();
    let error = part(&dev, 0, 6).try_copy_from_slice_as::<u32>(&[0; 6]).unwrap_err();
    assert_eq!(error, CopyError::Width { width: Width::W32, address: 0x30, size: 6 });
    let error = part(&dev, 1, 2).try_copy_to_slice_as::<u16>(&mut [0; 2]).unwrap_err();
    assert_eq!(error, CopyError::Width { width: Width::W16, address: 0x31, size: 2 });
    assert_eq!(log(&dev), []);
}

#[test]
fn fills_use_the_width_of_an_element() {
    let dev = counting();
    io_project!(&dev, .words[2]).fill(0xa5);
    part(&dev, 5, 2).fill(0x5a);
    assert_eq!(
        log(&dev),
        [W(0x8, Width::W32, 0xa5a5_a5a5), W(0x35, Width::W8, 0x5a), W(0x36, Width::W8, 0x5a)]
    );
}

#[derive(IoStruct, FromBytes, IntoBytes, Immutable, Debug, PartialEq)]
#[repr(C)]
struct Packet {
    length: Le<u16>,
    kind: Be<u16>,
    address: Le<u32>,
}

#[test]
fn structs_are_copied_field_by_field() {
    let dev = Simulated::<Packet, _>::new(Logger::new([0; 8]));
    let packet = || Packet {
        length: Le::<u16>::new(0x1122),
        kind: Be::<u16>::new(0x3344),
        address: Le::<u32>::new(0x5566_7788),
    };
    (&dev).copy_write(packet());
    assert_eq!(
        log(&dev),
        [W(0, Width::W16, 0x1122), W(2, Width::W16, 0x4433), W(4, Width::W32, 0x5566_7788)]
    );
    assert_eq!((&dev).copy_read(), packet());
}

/// Returns bits beyond the width of the access.
struct WideAnswers;

impl Device for WideAnswers {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        0x1122_3344_5566_7788
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}
}

#[test]
fn bits_beyond_the_width_are_dropped() {
    let dev = Simulated::<Regs, _>::new(WideAnswers);
    let mut bytes = [0_u8; 8];
    io_project!(&dev, .bytes).try_copy_to_slice_as::<u32>(&mut bytes).unwrap();
    assert_eq!(bytes, [0x88, 0x77, 0x66, 0x55, 0x88, 0x77, 0x66, 0x55]);
}
