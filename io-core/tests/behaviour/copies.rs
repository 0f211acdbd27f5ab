//! Copies (rows `copy_read`, `copy_write`, `copy_from_slice`, `copy_to_slice`): width and order of
//! the accesses that reach a device.

use io_core::{CopyError, Region, Width, backend::widest, prelude::*};
use io_sim::SimView;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::{
    logger::{
        Access::{self, W},
        Bench, at, bench, fresh, log, logger, memory,
    },
    panics::assert_panics,
};

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Desc {
    address: Le<u64>,
    len: Le<u32>,
    flags: Be<u16>,
    next: Le<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Small {
    tag: u8,
    bytes: [u8; 2],
}

#[derive(IoStruct)]
#[io(size = 0x60)]
#[repr(C)]
struct Regs {
    bytes: [u8; 32],
    #[io(at = 0x20)]
    desc: [Desc; 3],
    #[io(at = 0x50)]
    small: [Small; 4],
    word: Le<u32>,
}

fn regs() -> Bench<Regs> {
    bench()
}

fn part(dev: &Bench<Regs>, start: usize, len: usize) -> SimView<'_, [u8]> {
    io_project!(dev, .bytes[panic: start..start + len])
}

/// The accesses of a copy of `len` bytes with accesses of `bits` bits.
fn steps(start: usize, len: usize, bits: u32, access: fn(usize, u32) -> Access) -> Vec<Access> {
    (start..start + len).step_by(bits as usize / 8).map(|offset| access(offset, bits)).collect()
}

/// The required width: the largest of 1, 2 and 4 of which both are multiples.
fn expected_bits(start: usize, len: usize) -> u32 {
    [4, 2, 1].into_iter().find(|n| (start | len).is_multiple_of(*n)).unwrap() as u32 * 8
}

/// The write of the value that [`at`] returns, with every bit inverted.
fn inverted(offset: usize, bits: u32) -> Access {
    W(offset, bits, !at(offset, bits) & u64::MAX >> (64 - bits))
}

#[test]
fn untyped_memory_is_copied_by_the_widest_accesses_that_fit() {
    let dev = Bench::<Region<0x20>>::new_region(logger(0x20), 0x20).unwrap();
    let lens = if cfg!(miri) { vec![0, 1, 2, 4, 6, 8] } else { (0..=24).collect() };
    for start in 0..=if cfg!(miri) { 4 } else { 8 } {
        for &len in &lens {
            let bits = expected_bits(start, len);
            dev.with(|device| *device = logger(0x20));
            let mut bytes = vec![0; len];
            (&dev).try_read_bytes(start, &mut bytes).unwrap();
            assert!(bytes.iter().copied().eq(start as u8..(start + len) as u8));
            assert_eq!(log(&dev), steps(start, len, bits, fresh), "{start} {len}");

            bytes.iter_mut().for_each(|byte| *byte = !*byte);
            (&dev).try_write_bytes(start, &bytes).unwrap();
            assert_eq!(log(&dev), steps(start, len, bits, inverted), "{start} {len}");
            assert_eq!(memory(&dev)[start..start + len], bytes);

            (&dev).try_fill_bytes(start, len, 0x3c).unwrap();
            let filled = |offset, bits| W(offset, bits, 0x3c3c_3c3c & u64::MAX >> (64 - bits));
            assert_eq!(log(&dev), steps(start, len, bits, filled), "{start} {len}");
            assert_eq!(widest(start, len).bits(), bits);
        }
    }
}

#[test]
fn untyped_memory_is_never_copied_by_accesses_of_64_bits() {
    for address in [0, 8, 0x1000] {
        assert_eq!(widest(address, 8), Width::W32);
        assert_eq!(widest(address, 4096), Width::W32);
    }
}

#[test]
fn bytes_are_copied_and_filled_by_accesses_of_8_bits() {
    for (start, len) in [(0, 0), (0, 8), (1, 3), (4, 4), (8, 2)] {
        let dev = regs();
        let mut bytes = vec![0; len];
        part(&dev, start, len).copy_to_slice(&mut bytes);
        assert!(bytes.iter().copied().eq(start as u8..(start + len) as u8));
        assert_eq!(log(&dev), steps(start, len, 8, fresh));
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
        part(&dev, start, len).copy_from_slice(&bytes);
        assert_eq!(log(&dev), steps(start, len, 8, inverted));
        part(&dev, start, len).fill(0x3c);
        assert_eq!(log(&dev), steps(start, len, 8, |offset, bits| W(offset, bits, 0x3c)));
    }
}

#[test]
fn copies_of_slices_use_the_stated_width() {
    let dev = regs();
    let expected = [0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17];
    let view = part(&dev, 0x10, 8);
    let mut bytes = [0; 8];
    view.try_copy_to_slice_as::<u8>(&mut bytes).unwrap();
    assert_eq!((log(&dev), bytes), (steps(0x10, 8, 8, fresh), expected));
    view.try_copy_to_slice_as::<u16>(&mut bytes).unwrap();
    assert_eq!((log(&dev), bytes), (steps(0x10, 8, 16, fresh), expected));
    view.try_copy_to_slice_as::<u32>(&mut bytes).unwrap();
    assert_eq!((log(&dev), bytes), (steps(0x10, 8, 32, fresh), expected));
    view.try_copy_to_slice_as::<u64>(&mut bytes).unwrap();
    assert_eq!((log(&dev), bytes), (steps(0x10, 8, 64, fresh), expected));

    let bytes = bytes.map(|byte| !byte);
    view.try_copy_from_slice_as::<u8>(&bytes).unwrap();
    assert_eq!(log(&dev), steps(0x10, 8, 8, inverted));
    view.try_copy_from_slice_as::<u16>(&bytes).unwrap();
    assert_eq!(log(&dev), steps(0x10, 8, 16, inverted));
    view.try_copy_from_slice_as::<u32>(&bytes).unwrap();
    assert_eq!(log(&dev), steps(0x10, 8, 32, inverted));
    view.try_copy_from_slice_as::<u64>(&bytes).unwrap();
    assert_eq!(log(&dev), steps(0x10, 8, 64, inverted));
}

#[test]
fn copies_of_values_use_the_stated_width() {
    let dev = regs();
    let desc = io_project!(&dev, .desc[1]);
    let value = desc.copy_read_as::<u64>();
    assert_eq!(log(&dev), [fresh(0x30, 64), fresh(0x38, 64)]);
    assert_eq!((value.len.get(), value.flags.get()), (0x3b3a_3938, 0x3c3d));
    assert_eq!(desc.try_copy_read_as::<u16>(), Ok(value));
    assert_eq!(log(&dev), steps(0x30, 16, 16, fresh));
    io_project!(&dev, .desc[2]).copy_write_as::<u64>(value);
    assert_eq!(log(&dev), [W(0x40, 64, at(0x30, 64)), W(0x48, 64, at(0x38, 64))]);
    assert_eq!(io_project!(&dev, .desc[2]).try_copy_write_as::<u8>(value), Ok(()));
    assert_eq!(log(&dev).len(), 16);
    let word = io_project!(&dev, .word);
    assert_eq!(word.copy_read_as::<u16>().get(), 0x5f5e_5d5c);
    assert_eq!(log(&dev), [fresh(0x5c, 16), fresh(0x5e, 16)]);
}

#[test]
fn a_width_that_does_not_fit_accesses_nothing() {
    let dev = regs();
    let error = |width, address, size| Err(CopyError::Width { width, address, size });
    let (mut out, input) = ([0x77; 12], [0x77; 12]);
    for (start, len) in [(4, 8), (2, 8), (1, 8), (8, 12)] {
        let view = part(&dev, start, len);
        let error = error(Width::W64, start, len);
        assert_eq!(view.try_copy_to_slice_as::<u64>(&mut out[..len]), error);
        assert_eq!(view.try_copy_from_slice_as::<u64>(&input[..len]), error);
    }
    let view = part(&dev, 4, 6);
    assert_eq!(view.try_copy_to_slice_as::<u32>(&mut out[..6]), error(Width::W32, 4, 6));
    assert_eq!(view.try_copy_from_slice_as::<u32>(&input[..6]), error(Width::W32, 4, 6));
    let view = part(&dev, 4, 3);
    assert_eq!(view.try_copy_to_slice_as::<u16>(&mut out[..3]), error(Width::W16, 4, 3));
    let small = io_project!(&dev, .small[1]);
    assert_eq!(
        small.try_copy_read_as::<u16>(),
        Err(CopyError::Width { width: Width::W16, address: 0x53, size: 3 })
    );
    let value = Small { tag: 0, bytes: [0; 2] };
    assert_eq!(small.try_copy_write_as::<u32>(value), error(Width::W32, 0x53, 3));
    assert_eq!(out, input);
    assert_panics!(
        "address 0x53 and size 0x3 must be multiples of 2 for 16-bit accesses",
        small.copy_read_as::<u16>()
    );
    assert_panics!(
        "address 0x5c and size 0x4 must be multiples of 8 for 64-bit accesses",
        io_project!(&dev, .word).copy_write_as::<u64>(0.into())
    );
    assert_eq!(log(&dev), []);
}

#[test]
fn structs_are_copied_field_by_field() {
    let dev = regs();
    let desc = Desc {
        address: Le::<u64>::new(0x1817_1615_1413_1211),
        len: Le::<u32>::new(0x2423_2221),
        flags: Be::<u16>::new(0x3132),
        next: Le::<u16>::new(0x4241),
    };
    io_project!(&dev, .desc[2]).copy_write(desc);
    assert_eq!(
        log(&dev),
        [
            W(0x40, 64, 0x1817_1615_1413_1211),
            W(0x48, 32, 0x2423_2221),
            W(0x4c, 16, 0x3231),
            W(0x4e, 16, 0x4241),
        ]
    );
    assert_eq!(io_project!(&dev, .desc[2]).copy_read(), desc);
    assert_eq!(log(&dev).len(), 4);
    // Three bytes at an odd address.
    let small = Small { tag: 9, bytes: [8, 7] };
    io_project!(&dev, .small[1]).copy_write(small);
    assert_eq!(log(&dev), [W(0x53, 8, 9), W(0x54, 8, 8), W(0x55, 8, 7)]);
    assert_eq!(io_project!(&dev, .small[1]).copy_read(), small);
}

#[test]
fn slices_of_structs_are_copied_field_by_field() {
    let dev = regs();
    let mut small = [Small { tag: 0, bytes: [0; 2] }; 4];
    io_project!(&dev, .small).copy_to_slice(&mut small);
    assert_eq!(log(&dev), steps(0x50, 12, 8, fresh));
    assert_eq!(small[3], Small { tag: 0x59, bytes: [0x5a, 0x5b] });
    io_project!(&dev, .small[build: 2..]).copy_from_slice(&small[..2]);
    assert_eq!(log(&dev), steps(0x56, 6, 8, |offset, bits| W(offset, bits, offset as u64 - 6)));
    let mut descs = [io_project!(&dev, .desc[0]).copy_read(); 2];
    log(&dev);
    io_project!(&dev, .desc[build: 1..]).try_copy_to_slice_as::<u64>(&mut descs).unwrap();
    assert_eq!(log(&dev), steps(0x30, 32, 64, fresh));
    assert_eq!(descs[1].next.get(), 0x4f4e);
}

#[test]
fn copies_of_no_bytes_access_nothing() {
    let dev = regs();
    for start in [0, 1, 31, 32] {
        let none = part(&dev, start, 0);
        none.copy_to_slice(&mut []);
        none.copy_from_slice(&[]);
        none.fill(1);
        none.try_copy_to_slice_as::<u8>(&mut []).unwrap();
    }
    io_project!(&dev, .desc[build: 3..]).copy_from_slice(&[]);
    assert_eq!(log(&dev), []);
}

#[test]
fn different_lengths_are_errors_without_access() {
    let dev = regs();
    let view = part(&dev, 0, 8);
    let mut out = [0x77; 9];
    for found in [0, 7, 9] {
        let error = Err(CopyError::Length { expected: 8, found });
        assert_eq!(view.try_copy_to_slice(&mut out[..found]), error);
        assert_eq!(view.try_copy_from_slice(&out[..found]), error);
    }
    let descs = io_project!(&dev, .desc);
    let error = descs.try_copy_from_slice(&[]).unwrap_err();
    assert_eq!((error, error.done()), (CopyError::Length { expected: 3, found: 0 }, 0));
    // The length is checked first, before the width.
    let error = part(&dev, 1, 3).try_copy_to_slice_as::<u32>(&mut out[..2]);
    assert_eq!(error, Err(CopyError::Length { expected: 3, found: 2 }));
    assert_panics!("slice length (9) does not match view length (8)", view.copy_to_slice(&mut out));
    assert_panics!(
        "slice length (7) does not match view length (8)",
        view.copy_from_slice(&out[..7])
    );
    assert_eq!(out, [0x77; 9]);
    assert_eq!(log(&dev), []);
}
