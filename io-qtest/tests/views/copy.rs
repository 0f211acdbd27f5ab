//! Copies: accesses of the requested width, at ascending addresses.

use io_core::{CopyError, IoSlice, Width, prelude::*};
use io_qtest::Error;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::{EDU, READ, Seen, WRITE, edu, machine, peek, seen};

/// The first three DMA registers as one value, with the alignment of a register.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, Immutable, IntoBytes, IoStruct)]
#[repr(C)]
struct Transfer {
    source: Le<u64>,
    destination: Le<u64>,
    count: Le<u64>,
}

#[derive(IoStruct)]
#[io(size = 0x98)]
#[repr(C)]
struct Registers {
    _rest: [u8; 0x80],
    transfer: Transfer,
}

const TRANSFER: Transfer = Transfer {
    source: Le::<u64>::new(0x1122_3344_5566_7788),
    destination: Le::<u64>::new(0x0102_0304_0506_0708),
    count: Le::<u64>::new(u64::MAX - 1),
};

#[test]
fn copies_as_u64_use_64_bit_accesses() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = qemu.find(EDU.0, EDU.1)?.map::<Registers>(0)?;
    let transfer = io_project!(&edu, .transfer);
    transfer.copy_write_as::<u64>(TRANSFER);
    assert_eq!(transfer.copy_read_as::<u64>(), TRANSFER);
    let values = [0x1122_3344_5566_7788, 0x0102_0304_0506_0708, u64::MAX - 1];
    let expected = [WRITE, READ]
        .into_iter()
        .flat_map(|write| (0..).zip(values).map(move |(i, value)| (write, 0x80 + 8 * i, value, 8)));
    assert_eq!(seen(&qemu, "edu-mmio")?, expected.collect::<Vec<_>>());
    qemu.finish()
}

#[test]
fn copies_use_the_width_of_each_field() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = qemu.find(EDU.0, EDU.1)?.map::<Registers>(0)?;
    let transfer = io_project!(&edu, .transfer);
    transfer.copy_write(TRANSFER);
    assert_eq!(transfer.copy_read(), TRANSFER);
    let values = [TRANSFER.source, TRANSFER.destination, TRANSFER.count].map(Le::<u64>::get);
    let expected = [WRITE, READ]
        .into_iter()
        .flat_map(|write| (0..).zip(values).map(move |(i, value)| (write, 0x80 + 8 * i, value, 8)));
    assert_eq!(seen(&qemu, "edu-mmio")?, expected.collect::<Vec<_>>());
    qemu.finish()
}

#[test]
fn copies_as_u32_use_32_bit_accesses() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = qemu.find(EDU.0, EDU.1)?.map::<Registers>(0)?;
    let transfer = io_project!(&edu, .transfer);
    transfer.copy_write_as::<u32>(TRANSFER);
    let halves = [
        0x5566_7788,
        0x1122_3344,
        0x0506_0708,
        0x0102_0304,
        u64::from(u32::MAX - 1),
        u32::MAX.into(),
    ];
    let mut expected: Vec<Seen> =
        (0..).zip(halves).map(|(i, half)| (WRITE, 0x80 + 4 * i, half, 4)).collect();
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);
    // The device stores the lower halves, and has no registers at the upper ones.
    let read = transfer.copy_read_as::<u32>();
    let lower = |half: u64| Le::<u64>::new(0xFFFF_FFFF_0000_0000 | half);
    assert_eq!(read.source, lower(0x5566_7788));
    assert_eq!(read.destination, lower(0x0506_0708));
    let reads =
        [halves[0], u32::MAX.into(), halves[2], u32::MAX.into(), halves[4], u32::MAX.into()];
    expected.extend((0..).zip(reads).map(|(i, half)| (READ, 0x80 + 4 * i, half, 4)));
    assert_eq!(seen(&qemu, "edu-mmio")?, expected);
    qemu.finish()
}

#[test]
fn narrow_copies_use_8_and_16_bit_accesses() -> Result<(), Error> {
    let qemu = machine().device("virtio-rng-pci,addr=5").start()?;
    let bytes = qemu.find(0x1AF4, 0x1005)?.map::<[u8; 0x18]>(4)?;
    let queue = io_project!(&bytes, [build: 0x12..0x18]);
    let mut target = [0; 6];
    queue.copy_to_slice_as::<u16>(&mut target);
    assert_eq!(target, [1, 0, 0, 0, 0, 0]);
    io_project!(queue, [panic: 1..]).copy_to_slice(&mut target[1..]);
    queue.copy_to_slice(&mut target);
    let halves = qemu.find(0x1AF4, 0x1005)?.map::<[Le<u16>; 12]>(4)?;
    io_project!(&halves, [build: 10..11]).copy_from_slice(&[3.into()]);
    io_project!(&halves, [build: 11..]).fill(0);
    let mut expected = vec![(READ, 0x12, 1, 2), (READ, 0x14, 0, 2), (READ, 0x16, 0, 2)];
    expected.extend((0x13..0x18).map(|at| (READ, at, 0, 1)));
    expected.extend((0x12..0x18).map(|at| (READ, at, u64::from(at == 0x12), 1)));
    expected.extend([(WRITE, 0x14, 3, 2), (WRITE, 0x16, 0, 2)]);
    assert_eq!(seen(&qemu, "virtio-pci-common-virtio-rng")?, expected);
    qemu.finish()
}

#[test]
fn a_width_that_does_not_fit_is_an_error() -> Result<(), Error> {
    let qemu = machine().start()?;
    let edu = edu(&qemu)?;
    let bytes = qemu.mmio::<[u8; 64]>(edu.bar().address + 0x80)?;
    let part = io_project!(bytes, [build: 4..12]);
    let (address, size) = (edu.bar().address as usize + 0x84, 8);
    let error = part.try_copy_to_slice_as::<u64>(&mut [0; 8]);
    assert_eq!(error, Err(CopyError::Width { width: Width::W64, address, size }));
    let error = part.fallible().try_copy_from_slice_as::<u64>(&[0; 8]);
    assert_eq!(error, Err(CopyError::Width { width: Width::W64, address, size }));
    let error = part.fallible().copy_from_slice(&[0; 7]);
    assert_eq!(error, Err(CopyError::Length { expected: 8, found: 7 }));
    assert_eq!(seen(&qemu, "edu-mmio")?, []);
    qemu.finish()
}

#[test]
fn copies_of_ram_work_at_every_offset() -> Result<(), Error> {
    let qemu = machine().start()?;
    let bytes = qemu.mmio::<[u8; 64]>(0x10_0000)?;
    let pattern: [u8; 64] = core::array::from_fn(|i| 1 + i as u8);
    for start in 0..9 {
        for end in start..start + 17 {
            bytes.fill(0xEE);
            let part = io_project!(bytes, [panic: start..end]);
            part.copy_from_slice(&pattern[start..end]);
            let expected: [u8; 64] =
                core::array::from_fn(|i| if (start..end).contains(&i) { pattern[i] } else { 0xEE });
            assert_eq!(peek(&qemu, 0x10_0000), expected, "{start}..{end}");
            let mut back = vec![0; end - start];
            part.copy_to_slice(&mut back);
            assert_eq!(back, pattern[start..end], "{start}..{end}");
        }
    }
    let mut back = [0; 64];
    bytes.copy_from_slice(&pattern);
    bytes.try_copy_to_slice_as::<u64>(&mut back).unwrap();
    assert_eq!(back, pattern);
    qemu.finish()
}
