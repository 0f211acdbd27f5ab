//! Rows: one index under each policy.
//!
//! | row | test |
//! |---|---|
//! | `[N]` (not in the kernel) | `literal_indices_access_one_element` |
//! | `[build: IDX]` | `build_indices_are_constant_expressions` |
//! | `[try: IDX]` | `try_indices_return_out_of_bound` |
//! | `OutOfBound` | `a_try_index_returns_the_error_from_the_function` |
//! | `[panic: IDX]` | `panic_indices_access_one_element` |

use io_core::{Error, OutOfBound, prelude::*};

use super::{regs, seen};
use crate::support::logger::{Access::W, bench, fresh, log};

#[test]
fn literal_indices_access_one_element() {
    let accesses = seen(|dev| {
        io_read!(dev, .bytes[0]);
        io_read!(dev, .bytes[7]);
        io_read!(dev, .bytes[0x3]);
        io_read!(dev, .bytes[0b1_00]);
        io_read!(dev, .bytes[5usize]);
        io_write!(dev, .grid[1][3], 9);
    });
    let mut expected = [0x8, 0xf, 0xb, 0xc, 0xd].map(|offset| fresh(offset, 8)).to_vec();
    expected.push(W(0x6e, 16, 9));
    assert_eq!(accesses, expected);
}

#[test]
fn literal_indices_above_254_are_accepted() {
    let dev = bench::<Long>();
    assert_eq!(io_read!(&dev, .bytes[254]), 254);
    assert_eq!(io_read!(&dev, .bytes[255]), 255);
    assert_eq!(io_read!(&dev, .bytes[299]), 43);
    assert_eq!(log(&dev), [fresh(254, 8), fresh(255, 8), fresh(299, 8)]);
}

#[derive(IoStruct)]
#[repr(C)]
struct Long {
    bytes: [u8; 300],
}

#[test]
fn build_indices_are_constant_expressions() {
    const LAST: usize = 7;
    const fn half(n: usize) -> usize {
        n / 2
    }
    let accesses = seen(|dev| {
        io_read!(dev, .bytes[build: LAST]);
        io_read!(dev, .bytes[build: LAST - 6]);
        io_read!(dev, .bytes[build: half(LAST)]);
        io_read!(dev, .bytes[build: 2]);
        io_read!(dev, .bytes[build: { let i = 4; i + 1 }]);
        io_write!(dev, .chan[build: LAST - 4].ctrl, 5);
    });
    let mut expected = [0xf, 0x9, 0xb, 0xa, 0xd].map(|offset| fresh(offset, 8)).to_vec();
    expected.push(W(0x40, 32, 5));
    assert_eq!(accesses, expected);
}

#[derive(IoStruct)]
#[repr(C)]
struct Ring<const N: usize> {
    head: Le<u32>,
    slot: [Le<u32>; N],
}

/// The last element, by a constant that depends on a const parameter.
fn last<'a, const N: usize>(ring: impl Io<'a, Target = Ring<N>, Backend: Bus32>) -> u32 {
    io_write!(ring, .head, N as u32);
    io_read!(ring, .slot[build: const { N - 1 }])
}

#[test]
fn build_indices_may_depend_on_generic_lengths() {
    let dev = bench::<Ring<1>>();
    assert_eq!(last(&dev), 0x0706_0504);
    assert_eq!(log(&dev), [W(0x0, 32, 1), fresh(0x4, 32)]);
    let dev = bench::<Ring<5>>();
    assert_eq!(last(&dev), 0x1716_1514);
    assert_eq!(log(&dev), [W(0x0, 32, 5), fresh(0x14, 32)]);
}

#[test]
fn try_indices_return_out_of_bound() {
    let dev = regs();
    let get = |i: usize| -> Result<u8, OutOfBound> { Ok(io_read!(&dev, .bytes[try: i])) };
    assert_eq!([get(0), get(7)], [Ok(0x8), Ok(0xf)]);
    assert_eq!(log(&dev), [fresh(0x8, 8), fresh(0xf, 8)]);
    for i in [8, 9, usize::MAX] {
        let end = i.wrapping_add(1);
        assert_eq!(get(i), Err(OutOfBound { start: i, end, len: 8 }));
    }
    assert_eq!(log(&dev), []);
}

#[test]
fn a_try_index_returns_the_error_from_the_function() -> Result<(), Error> {
    // The error is returned from the function by `?`.
    fn count(dev: &super::Bench<super::Regs>, i: usize) -> Result<u32, Error> {
        io_write!(dev, .chan[try: i].ctrl, 3);
        Ok(io_read!(dev, .chan[try: i].count))
    }
    let dev = regs();
    assert_eq!(count(&dev, 2)?, 0x3736_3534);
    assert_eq!(log(&dev), [W(0x30, 32, 3), fresh(0x34, 32)]);
    let error = count(&dev, 4).unwrap_err();
    assert_eq!(error, Error::Index(OutOfBound { start: 4, end: 5, len: 4 }));
    assert_eq!(error.to_string(), "index out of bounds: the len is 4 but the index is 4");
    assert_eq!(log(&dev), []);
    Ok(())
}

#[test]
fn panic_indices_access_one_element() {
    let accesses = seen(|dev| {
        for i in (0..8).rev() {
            io_write!(dev, .bytes[panic: i], i as u8);
        }
        let slice = io_project!(dev, .chan).as_slice();
        io_read!(slice, [panic: 1].count);
    });
    let mut expected: Vec<_> = (0..8).rev().map(|i| W(0x8 + i, 8, i as u64)).collect();
    expected.extend([fresh(0x24, 32)]);
    assert_eq!(accesses, expected);
}
