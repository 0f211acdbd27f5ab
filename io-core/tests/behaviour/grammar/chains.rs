//! Row: steps can be combined freely, with mixed policies.
//!
//! | row | test |
//! |---|---|
//! | `[try: 1].field`, `.ptes.0[build: i]` | `steps_can_be_chained` |
//! | a part of a part | `ranges_can_be_chained` |
//! | the value's type is inferred | `values_need_no_annotation` |
//!
//! `[build: 8..][build: ..N]` is written `[build: 8..8 + N]` here, since the length of a part is
//! not a constant of its type.

use io_core::{OutOfBound, prelude::*};

use super::{regs, seen};
use crate::support::logger::{Access::W, fresh, log};

#[test]
fn steps_can_be_chained() -> Result<(), OutOfBound> {
    let (dev, i, j) = (regs(), 3, 2);
    io_read!(&dev, .chan[try: i].count);
    io_read!(&dev, .chan[panic: i].data[try: j]);
    io_read!(&dev, .chan[build: 1].data[panic: j]);
    io_read!(&dev, .chan[0].data[3]);
    io_read!(&dev, .tuple.2[try: 1].1);
    io_read!(&dev, .tuple.2[build: 0].0);
    io_read!(&dev, .grid[try: 1][panic: j]);
    io_write!(&dev, .grid[panic: 0][build: 1], 0x55);
    assert_eq!(
        log(&dev),
        [
            fresh(0x44, 32),
            fresh(0x4c, 16),
            fresh(0x2c, 16),
            fresh(0x1e, 16),
            fresh(0x5e, 16),
            fresh(0x58, 16),
            fresh(0x6c, 16),
            W(0x62, 16, 0x55),
        ]
    );
    Ok(())
}

#[test]
fn ranges_can_be_chained() -> Result<(), OutOfBound> {
    let dev = regs();
    io_write!(&dev, .bytes[build: 2..7][try: 1..][panic: ..=2][try: 2], 1);
    io_write!(&dev, .chan[panic: 1..][try: ..2][panic: 1].data[1], 2);
    let part = io_project!(&dev, .grid[build: ..][panic: 1][build: 1..=2]);
    part.iter().for_each(|v| v.write_val(3));
    assert_eq!(log(&dev), [W(0xd, 8, 1), W(0x3a, 16, 2), W(0x6a, 16, 3), W(0x6c, 16, 3)]);
    // The length of the part is the limit, not that of the array.
    let beyond = || -> Result<_, OutOfBound> { Ok(io_read!(&dev, .bytes[build: 2..7][try: 5])) };
    assert_eq!(beyond(), Err(OutOfBound { start: 5, end: 6, len: 5 }));
    assert_eq!(log(&dev), []);
    Ok(())
}

#[test]
fn an_index_can_be_the_first_step() {
    let dev = regs();
    let (chan, bytes) = (io_project!(&dev, .chan), io_project!(&dev, .bytes));
    io_write!(chan, [2].ctrl, 1);
    io_write!(bytes, [build: 4], 2);
    io_write!(io_project!(chan, [1]), .data[0], 3);
    assert_eq!(log(&dev), [W(0x30, 32, 1), W(0xc, 8, 2), W(0x28, 16, 3)]);
}

#[test]
fn values_need_no_annotation() {
    let accesses = seen(|dev| {
        io_write!(dev, .word, (1 << 31) + 5);
        io_write!(dev, .half, (-1_i16 as u16) >> 1);
        io_write!(dev, .long, "x".len() as _);
        let copied = io_read!(dev, .chan[0].count);
        io_write!(dev, .chan[0].ctrl, copied);
    });
    assert_eq!(
        accesses,
        [
            W(0x4, 32, 0x8000_0005),
            W(0x78, 16, 0x7fff),
            W(0x70, 64, 1),
            fresh(0x14, 32),
            W(0x10, 32, 0x1716_1514),
        ]
    );
}

#[test]
fn macros_can_be_nested() {
    let accesses = seen(|dev| {
        io_write!(dev, .bytes[panic: usize::from(io_read!(dev, .chan[0].data[0])) & 7], {
            io_write!(dev, .byte, 1);
            io_read!(io_project!(dev, .chan[1]), .count) as u8
        });
    });
    assert_eq!(accesses, [fresh(0x18, 16), W(0x7a, 8, 1), fresh(0x24, 32), W(0x8, 8, 0x24)]);
}
