//! Byte order: literal bytes in memory, on little- and big-endian processors.

use io_core::prelude::*;

use super::{Bar, Bench, Block};
use crate::support::Bus;

pub(super) fn little_endian_fields_have_literal_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .le16, 0x0102);
    bench.changed(0x10, &[0x02, 0x01]);
    io_write!(io, .le32, 0x0a0b_0c0d);
    bench.changed(0x14, &[0x0d, 0x0c, 0x0b, 0x0a]);
    bench.put(0x10, &[0xcd, 0xab]);
    bench.put(0x14, &[0x78, 0x56, 0x34, 0x12]);
    assert_eq!(io_read!(io, .le16), 0xabcd);
    assert_eq!(io_read!(io, .le32), 0x1234_5678);
    io_update!(io, .le32, |v| v + 0x80);
    bench.changed(0x14, &[0xf8, 0x56, 0x34, 0x12]);
}

pub(super) fn big_endian_fields_have_literal_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .be16, 0x0102);
    bench.changed(0x12, &[0x01, 0x02]);
    io_write!(io, .be32, 0x0a0b_0c0d);
    bench.changed(0x18, &[0x0a, 0x0b, 0x0c, 0x0d]);
    bench.put(0x12, &[0xab, 0xcd]);
    bench.put(0x18, &[0x12, 0x34, 0x56, 0x78]);
    assert_eq!(io_read!(io, .be16), 0xabcd);
    assert_eq!(io_read!(io, .be32), 0x1234_5678);
    io_update!(io, .be32, |v| v + 0x80);
    bench.changed(0x18, &[0x12, 0x34, 0x56, 0xf8]);
}

#[cfg(target_pointer_width = "64")]
pub(super) fn fields_of_64_bits_have_literal_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_write!(io, .le64, 0x0102_0304_0506_0708);
    bench.changed(0x20, &[8, 7, 6, 5, 4, 3, 2, 1]);
    io_write!(io, .be64, 0x0102_0304_0506_0708);
    bench.changed(0x28, &[1, 2, 3, 4, 5, 6, 7, 8]);
    bench.put(0x20, &[1, 0, 0, 0, 0, 0, 0, 0x80]);
    bench.put(0x28, &[1, 0, 0, 0, 0, 0, 0, 0x80]);
    assert_eq!(io_read!(io, .le64), 0x8000_0000_0000_0001);
    assert_eq!(io_read!(io, .be64), 0x0100_0000_0000_0080);
}

/// Copies from and to memory keep the byte order.
pub(super) fn copies_keep_the_byte_order<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    let (le, be) = (io_project!(io, .le32), io_project!(io, .be32));
    le.write_val(0x0a0b_0c0d);
    bench.changed(0x14, &[0xd, 0xc, 0xb, 0xa]);
    be.write_val(0x0a0b_0c0d);
    bench.changed(0x18, &[0xa, 0xb, 0xc, 0xd]);
    assert_eq!(le.copy_read().get(), 0x0a0b_0c0d);
    assert_eq!(be.copy_read().get(), 0x0a0b_0c0d);
    le.copy_write(Le::<u32>::new(0x0102_0304));
    bench.changed(0x14, &[4, 3, 2, 1]);
    be.copy_write(Be::<u32>::new(0x0102_0304));
    bench.changed(0x18, &[1, 2, 3, 4]);
    assert_eq!((le.read_val(), be.read_val()), (0x0102_0304, 0x0102_0304));
}
