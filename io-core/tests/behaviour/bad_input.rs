//! Errors of the caller: the `try_` form returns an error with the numbers, and the other form
//! panics with the same text at the caller's line. No access reaches the device.

use io_core::{A8, Error, OutOfBound, Region, prelude::*};

use crate::support::{
    logger::{Bench, log, logger},
    panics::assert_panics,
    raw::Raw,
};

type Bar = Region<0x10, A8>;

fn bar() -> Bench<Bar> {
    Bench::<Bar>::new_region(logger(0x20), 0x20).unwrap()
}

#[test]
fn an_offset_out_of_range_panics() {
    let dev = bar();
    let bar = dev.as_view();
    assert_panics!("offset 0x20 + 1 bytes exceeds region of 0x20", bar.read_at::<u8>(0x20));
    assert_panics!("offset 0x1f + 2 bytes exceeds region of 0x20", bar.read_at::<u16>(0x1f));
    assert_panics!("offset 0x1e + 4 bytes exceeds region of 0x20", bar.read_at::<u32>(0x1e));
    assert_panics!("offset 0x19 + 8 bytes exceeds region of 0x20", bar.read_at::<u64>(0x19));
    assert_panics!("offset 0x20 + 1 bytes exceeds region of 0x20", bar.write_at::<u8>(0x20, 0));
    assert_panics!("offset 0x20 + 2 bytes exceeds region of 0x20", bar.write_at::<u16>(0x20, 0));
    assert_panics!("offset 0x100 + 4 bytes exceeds region of 0x20", bar.write_at::<u32>(0x100, 0));
    assert_panics!("offset 0x18 + 8 bytes exceeds region of 0x18", {
        bar.subregion(0..0x18).unwrap().write_at::<u64>(0x18, 0);
    });
    let last = format!("offset {:#x} + 4 bytes exceeds region of 0x20", usize::MAX);
    assert_panics!(last, bar.read_at::<u32>(usize::MAX));
    assert_eq!(log(&dev), []);
}

#[test]
fn a_misaligned_offset_panics() {
    let dev = bar();
    let bar = dev.as_view();
    assert_panics!("address 0x1 is not a multiple of 2", bar.read_at::<u16>(0x1));
    assert_panics!("address 0x2 is not a multiple of 4", bar.read_at::<u32>(0x2));
    assert_panics!("address 0x4 is not a multiple of 8", bar.read_at::<u64>(0x4));
    assert_panics!("address 0x3 is not a multiple of 2", bar.write_at::<u16>(0x3, 0));
    assert_panics!("address 0x19 is not a multiple of 4", bar.write_at::<u32>(0x19, 0));
    assert_panics!("address 0x14 is not a multiple of 8", bar.write_at::<u64>(0x14, 0));
    assert_eq!(log(&dev), []);
}

#[test]
fn try_forms_return_errors() {
    let dev = bar();
    let bar = dev.as_view();
    let range = |offset, size| Error::OutOfRange { offset, size, limit: 0x20 };
    let align = |address, align| Error::Misaligned { address, align };
    assert_eq!(bar.try_read_at::<u16>(0x1f), Err(range(0x1f, 2)));
    assert_eq!(bar.try_write_at::<u64>(0x1c, 0), Err(range(0x1c, 8)));
    assert_eq!(bar.try_read_at::<u64>(0x4), Err(align(4, 8)));
    assert_eq!(bar.try_write_at::<u16>(0x3, 0), Err(align(3, 2)));
    assert_eq!(log(&dev), []);
}

/// Over memory, the error contains the real address. The guard page after the region detects any
/// access beyond it.
#[test]
fn errors_over_memory_contain_the_real_address() {
    let memory = Raw::new(0x20);
    let raw = MmioRaw::<Bar>::region_from_ptr(memory.ptr(), 0x20).unwrap();
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let bar = unsafe { Mmio::from_raw(raw) };
    let base = raw.addr();
    assert_panics!("offset 0x1e + 4 bytes exceeds region of 0x20", bar.read_at::<u32>(0x1e));
    assert_panics!(
        format!("address {:#x} is not a multiple of 4", base + 2),
        bar.write_at::<u32>(2, 0)
    );
    let error = Error::Misaligned { address: base + 3, align: 2 };
    assert_eq!(bar.try_write_at::<u16>(3, 0), Err(error));
    assert_eq!(error.to_string(), format!("address {:#x} is not a multiple of 2", base + 3));
    memory.unchanged();
}

#[test]
fn a_slice_of_the_wrong_length_panics() {
    let memory = Raw::new(0x10);
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let view = unsafe { SysMem::new(memory.ptr().cast::<[u8; 16]>()) };
    let mut out = [0; 17];
    assert_panics!(
        "slice length (15) does not match view length (16)",
        view.copy_to_slice(&mut out[..15])
    );
    assert_panics!("slice length (17) does not match view length (16)", view.copy_from_slice(&out));
    assert_panics!("slice length (0) does not match view length (3)", {
        io_project!(view, [build: ..3]).copy_from_slice(&[]);
    });
    let part = io_project!(view, [build: 1..4]);
    let text = format!(
        "address {:#x} and size 0x3 must be multiples of 4 for 32-bit accesses",
        memory.ptr().addr() + 1
    );
    let error = part.try_copy_to_slice_as::<u32>(&mut out[..3]).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert_eq!(out, [0; 17]);
    memory.unchanged();
}

#[test]
fn an_index_out_of_bounds_is_an_error_or_a_panic() {
    let dev = bar();
    let bytes = (&dev).cast::<[u8; 0x10]>();
    let error = bytes.try_get(16).unwrap_err();
    assert_eq!(error, OutOfBound { start: 16, end: 17, len: 16 });
    assert_eq!(error.to_string(), "index out of bounds: the len is 16 but the index is 16");
    let error = bytes.try_split_at(17).unwrap_err();
    assert_eq!(error.to_string(), "range end index 17 out of range for slice of length 16");
    assert_panics!("range end index 17 out of range for slice of length 16", bytes.split_at(17));
    assert_panics!("chunk size must be non-zero", bytes.chunks(0));
    assert_panics!(
        "index out of bounds: the len is 16 but the index is 16",
        io_read!(bytes, [panic: 16])
    );
    assert_eq!(log(&dev), []);
}
