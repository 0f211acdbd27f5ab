//! Projections and parts of slice views access the correct bytes.

use io_core::{Error, OutOfBound, prelude::*};

use super::{Bar, Bench, Block};
use crate::support::Bus;

pub(super) fn projections_access_their_field<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    for i in 0..3 {
        let at = 0x3c + 0xc * i;
        io_write!(io, .chan[panic: i].ctrl, 0x0101_0101 * (i as u32 + 1));
        bench.changed(at, &[i as u8 + 1; 4]);
        io_write!(io, .chan[panic: i].pair.1[1], 9);
        bench.changed(at + 11, &[9]);
        io_write!(io, .chan[panic: i].pair.0, 0x0201);
        bench.changed(at + 8, &[1, 2]);
    }
    let chan = io_project!(io, .chan[1]);
    assert_eq!((chan.size(), io.size()), (0xc, 0x78));
    assert_eq!(io_read!(chan, .ctrl), 0x0202_0202);
    let pair = io_project!(chan, .pair);
    assert_eq!((io_read!(pair, .0), io_read!(pair, .1[1])), (0x0201, 9));
    io_write!(io, .chan[build: 2].pair.1[build: 0], 4);
    bench.changed(0x5e, &[4]);
}

pub(super) fn elements_are_accessed_in_order<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = io_project!(bar.cast::<Block>(), .bytes);
    bench.put(0x60, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert_eq!((bytes.len(), bytes.is_empty()), (12, false));
    assert!(bytes.iter().map(|byte| byte.read_val()).eq(0..12));
    assert!(bytes.iter().rev().map(|byte| byte.read_val()).eq((0..12).rev()));
    assert_eq!(bytes.first().unwrap().read_val(), 0);
    assert_eq!(bytes.last().unwrap().read_val(), 11);
    assert_eq!(bytes.get(5).unwrap().read_val(), 5);
    assert_eq!(bytes.try_get(11).unwrap().read_val(), 11);
    for (i, byte) in bytes.iter().enumerate().skip(2) {
        byte.write_val(0x80 | i as u8);
        bench.changed(0x60 + i, &[0x80 | i as u8]);
    }
    let chans = io_project!(bar.cast::<Block>(), .chan);
    for (i, chan) in chans.as_slice().iter().enumerate() {
        io_write!(chan, .ctrl, 5);
        bench.changed(0x3c + 0xc * i, &[5, 0, 0, 0]);
    }
}

pub(super) fn split_at_separates_the_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = io_project!(bar.cast::<Block>(), .bytes);
    for at in 0..=12 {
        let (low, high) = bytes.split_at(at);
        assert_eq!((low.len(), high.len()), (at, 12 - at));
        low.fill(0x11);
        bench.expect(0x60, &vec![0x11; at]);
        bench.unchanged();
        high.fill(0x22);
        bench.expect(0x60 + at, &vec![0x22; 12 - at]);
        bench.unchanged();
    }
    assert_eq!(bytes.try_split_at(13).map(drop), Err(OutOfBound { start: 0, end: 13, len: 12 }));
}

pub(super) fn chunks_cover_every_byte<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = io_project!(bar.cast::<Block>(), .bytes);
    for size in [1, 4, 5, 12, 100] {
        let mut at = 0;
        for (n, chunk) in bytes.chunks(size).enumerate() {
            let len = chunk.len();
            assert_eq!(len, size.min(12 - at));
            chunk.fill(n as u8);
            bench.changed(0x60 + at, &vec![n as u8; len]);
            at += len;
        }
        assert_eq!(at, 12);
    }
}

pub(super) fn indices_out_of_bounds_change_nothing<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    let write = |i: usize, j: usize| -> Result<(), Error> {
        io_write!(io, .chan[try: i].pair.1[try: j], 1);
        Ok(())
    };
    assert_eq!(write(3, 0), Err(OutOfBound { start: 3, end: 4, len: 3 }.into()));
    assert_eq!(write(2, 2), Err(OutOfBound { start: 2, end: 3, len: 2 }.into()));
    bench.unchanged();
    assert_eq!(write(2, 1), Ok(()));
    bench.changed(0x5f, &[1]);
}
