//! Single values in native byte order, and the effect of access kinds on memory.

use io_core::prelude::*;

use super::{Bar, Bench, Block, Status};
use crate::support::Bus;

pub(super) fn integers_are_in_native_order<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .byte, 0x81);
    bench.changed(0x0, &[0x81]);
    io_write!(io, .half, 0x1234);
    bench.changed(0x2, &0x1234_u16.to_ne_bytes());
    io_write!(io, .word, 0xdead_beef);
    bench.changed(0x4, &0xdead_beef_u32.to_ne_bytes());
    assert_eq!(io_read!(io, .byte), 0x81);
    assert_eq!(io_read!(io, .half), 0x1234);
    assert_eq!(io_read!(io, .word), 0xdead_beef);

    bench.put(0x0, &[1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(io_read!(io, .byte), 1);
    assert_eq!(io_read!(io, .half), u16::from_ne_bytes([3, 4]));
    assert_eq!(io_read!(io, .word), u32::from_ne_bytes([5, 6, 7, 8]));
}

#[cfg(target_pointer_width = "64")]
pub(super) fn words_of_64_bits_are_in_native_order<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    bench.put(0x8, &[1, 2, 3, 4, 5, 6, 7, 8]);
    let value = u64::from_ne_bytes([1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(io_read!(io, .long), value);
    io_write!(io, .long, !value);
    bench.changed(0x8, &[254, 253, 252, 251, 250, 249, 248, 247]);
    io_update!(io, .long, |v| v ^ !value);
    bench.changed(0x8, &[0; 8]);
}

pub(super) fn updates_read_and_write_one_value<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .word, 0x1111_1111);
    io_update!(io, .word, |v| v ^ 0x0300_0000);
    bench.changed(0x4, &0x1211_1111_u32.to_ne_bytes());
    io_project!(io, .half).write_val(7);
    io_project!(io, .half).update_val(|v| v * 3);
    bench.changed(0x2, &21_u16.to_ne_bytes());
    assert_eq!(io_project!(io, .half).try_update_val(|v| v - 21), Ok(()));
    bench.changed(0x2, &[0, 0]);
}

pub(super) fn signed_integers_keep_their_sign<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .sbyte, -2);
    bench.changed(0x1, &[0xfe]);
    io_write!(io, .shalf, i16::MIN);
    bench.changed(0x1c, &i16::MIN.to_ne_bytes());
    io_write!(io, .sword, -3);
    bench.changed(0x30, &(-3_i32).to_ne_bytes());
    assert_eq!(io_read!(io, .sbyte), -2);
    assert_eq!(io_read!(io, .shalf), i16::MIN);
    io_update!(io, .sword, |v| v.abs());
    bench.changed(0x30, &3_i32.to_ne_bytes());
}

pub(super) fn newtypes_are_stored_as_their_integer<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .status, Status(0x0102));
    bench.changed(0x1e, &[1, 2]);
    assert_eq!(io_read!(io, .status), Status(0x0102));
    io_update!(io, .status, |Status(bits)| Status(bits | 0x8000));
    bench.changed(0x1e, &[0x81, 2]);
}

pub(super) fn bytes_can_have_every_value<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let byte = io_project!(bar.cast::<Block>(), .byte);
    let step = if cfg!(miri) { 51 } else { 1 };
    for value in (0..=255).step_by(step) {
        byte.write_val(value);
        assert_eq!(bench.get::<1>(0), [value]);
        bench.put(0, &[!value]);
        assert_eq!(byte.read_val(), !value);
    }
}

pub(super) fn access_kinds_do_not_change_the_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    bench.put(0x34, &[0xff; 4]);
    assert_eq!(io_read!(io, .pending), u32::MAX);
    // Memory does not clear bits: it contains the value that was written.
    io_project!(io, .pending).clear_bits(0x0000_0402);
    bench.changed(0x34, &[2, 4, 0, 0]);
    io_write!(io, .bell, 0x0102_0304);
    bench.changed(0x38, &[4, 3, 2, 1]);
    bench.put(0x40, &[1, 0, 0, 0]);
    assert_eq!(io_read!(io, .chan[0].count), 1);
}

pub(super) fn write_flush_and_barriers_write_only_the_value<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let word = io_project!(bar.cast::<Block>(), .le32);
    word.write_flush(0x0a0b_0c0d);
    bench.changed(0x14, &[0xd, 0xc, 0xb, 0xa]);
    word.mb();
    word.rmb();
    word.wmb();
    word.dma_mb();
    word.dma_rmb();
    word.dma_wmb();
    bench.unchanged();
}

pub(super) fn is_gone_requires_all_ones<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    bench.put(0x0, &[0xff; 8]);
    assert!(io_project!(io, .byte).is_gone());
    assert!(io_project!(io, .half).is_gone());
    assert!(io_project!(io, .word).is_gone());
    for at in 0x4..0x8 {
        bench.put(at, &[0xfe]);
        assert!(!io_project!(io, .word).is_gone());
        bench.put(at, &[0xff]);
    }
}
