//! Random blocks: copies and accesses of single fields make exactly the accesses that a simple
//! model computes, and transfer the same bytes. Elements with a stride, of a trailing slice, and the
//! field after one are accessed at their offsets.
//!
//! A failure names the block; the seed with which the blocks can be generated again is in the
//! output of each test.

use io_core::{
    Region, Width,
    layout::{AllBytes, AnyBytes, CopyReadable, CopyWritable, IoLayout},
    prelude::*,
};
use io_sim::{Device, Simulated};
use zerocopy::{FromBytes, Immutable, IntoBytes};

include!(concat!(env!("OUT_DIR"), "/blocks.rs"));

/// The expectations for a block, and the functions that check them.
struct Case {
    name: &'static str,
    size: usize,
    /// Offset and bits of each access of a copy.
    accesses: &'static [(usize, u32)],
    /// The offsets of the bytes that a copy does not access.
    reserved: &'static [usize],
    read: Option<fn(&Case)>,
    write: Option<fn(&Case)>,
    /// Accesses each value by its path.
    fields: fn(),
}

/// Memory that logs offset and bits of each access.
struct Logger {
    memory: Vec<u8>,
    log: Vec<(usize, u32)>,
}

impl Device for Logger {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.log.push((offset, width.bits()));
        let bytes = &self.memory[offset..offset + width.bytes()];
        bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.log.push((offset, width.bits()));
        let bytes = value.to_le_bytes();
        self.memory[offset..offset + width.bytes()].copy_from_slice(&bytes[..width.bytes()]);
    }
}

/// Returns `size` bytes, no two neighbours of which are equal.
fn pattern(size: usize) -> Vec<u8> {
    (0..size).map(|i| (i * 7 + 3) as u8).collect()
}

fn device<T>() -> Simulated<T, Logger> {
    Simulated::new(Logger { memory: pattern(size_of::<T>()), log: vec![] })
}

/// Checks the accesses since the last call.
#[track_caller]
fn expect<T>(dev: &Simulated<T, Logger>, accesses: &[(usize, u32)]) {
    let log = dev.with(|device| core::mem::take(&mut device.log));
    assert_eq!(log, accesses, "{}", core::any::type_name::<T>());
}

/// Untyped memory of `size` bytes.
fn memory(size: usize) -> Simulated<Region, Logger> {
    Simulated::new_region(Logger { memory: pattern(size), log: vec![] }, size).unwrap()
}

/// Checks the accesses since the last call.
#[track_caller]
fn expect_in(dev: &Simulated<Region, Logger>, accesses: &[(usize, u32)]) {
    assert_eq!(dev.with(|device| core::mem::take(&mut device.log)), accesses);
}

/// The accesses of `count` consecutive values.
fn repeated(case: &Case, count: usize) -> Vec<(usize, u32)> {
    let one = |i| case.accesses.iter().map(move |(at, bits)| (at + i * case.size, *bits));
    (0..count).flat_map(one).collect()
}

/// Checks copies out.
fn read<T>(case: &Case)
where
    T: IoLayout + CopyReadable + AnyBytes + AllBytes,
{
    assert_eq!(size_of::<T>(), case.size);
    let mut expected = pattern(case.size);
    let memory = &mut T::read_from_bytes(&expected).unwrap();
    assert_eq!(SysMem::from_mut(memory).copy_read().as_bytes(), expected);
    case.reserved.iter().for_each(|at| expected[*at] = 0);

    let dev = device::<T>();
    assert_eq!((&dev).copy_read().as_bytes(), expected, "{}", case.name);
    expect(&dev, case.accesses);

    let dev = device::<[T; 3]>();
    let mut out = [const { None }; 3].map(|_: Option<T>| T::read_from_bytes(&expected).unwrap());
    (&dev).copy_to_slice(&mut out);
    expect(&dev, &repeated(case, 3));
    (&dev).copy_read();
    expect(&dev, &repeated(case, 3));
}

/// Checks copies in and fills.
fn write<T>(case: &Case)
where
    T: IoLayout + CopyWritable + AnyBytes + AllBytes,
{
    let new: Vec<u8> = pattern(case.size).iter().map(|byte| !byte).collect();
    let value = || T::read_from_bytes(&new).unwrap();
    let memory = &mut T::read_from_bytes(&pattern(case.size)).unwrap();
    SysMem::from_mut(memory).copy_write(value());
    assert_eq!(memory.as_bytes(), new);

    let mut expected = new.clone();
    case.reserved.iter().for_each(|at| expected[*at] = pattern(case.size)[*at]);
    let dev = device::<T>();
    (&dev).copy_write(value());
    expect(&dev, case.accesses);
    assert_eq!(dev.with(|device| device.memory.clone()), expected, "{}", case.name);
    (&dev).fill(0x5a);
    expect(&dev, case.accesses);
    let is_reserved = |at: usize| case.reserved.contains(&at);
    dev.with(|device| {
        let memory = device.memory.iter().enumerate();
        assert!(memory.into_iter().all(|(at, byte)| is_reserved(at) || *byte == 0x5a));
    });

    let dev = device::<[T; 2]>();
    (&dev).copy_from_slice(&[value(), value()]);
    expect(&dev, &repeated(case, 2));
}

fn each(check: impl Fn(&Case)) {
    println!("IO_BLOCKS_SEED={}", env!("IO_BLOCKS_SEED"));
    assert_eq!(CASES.len(), 200);
    CASES.iter().for_each(check);
}

#[test]
fn copies_out_make_the_accesses_of_the_fields() {
    each(|case| {
        if let Some(read) = case.read {
            read(case);
        }
    });
}

#[test]
fn copies_in_and_fills_make_the_accesses_of_the_fields() {
    each(|case| {
        if let Some(write) = case.write {
            write(case);
        }
    });
}

#[test]
fn values_are_accessed_by_their_own_width() {
    each(|case| (case.fields)());
}

#[test]
fn elements_with_a_stride_are_accessed_at_their_offsets() {
    println!("IO_BLOCKS_SEED={}", env!("IO_BLOCKS_SEED"));
    assert_eq!(WOVEN.len(), 40);
    WOVEN.iter().for_each(|check| check());
}

#[test]
fn slices_and_fields_after_them_are_accessed_at_their_offsets() {
    println!("IO_BLOCKS_SEED={}", env!("IO_BLOCKS_SEED"));
    assert_eq!(TAILS.len(), 40);
    TAILS.iter().for_each(|check| check());
}
