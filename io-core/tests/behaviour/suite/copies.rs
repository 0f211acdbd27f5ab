//! Copies between the view and private memory, of every length and alignment.

use io_core::{CopyError, Width, backend::IoBackend, prelude::*};

use super::{Bar, Bench, Block, Pair, SIZE};
use crate::support::Bus;

/// `len` bytes that differ from the bench's and from their neighbours.
fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| 0xf0 ^ (i as u8).wrapping_mul(3)).collect()
}

pub(super) fn whole_blocks_are_copied<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = bar.cast::<[u8; SIZE]>();
    let mut out = [0; SIZE];
    bytes.copy_to_slice(&mut out);
    assert_eq!(out, bench.get(0));
    assert_eq!(bytes.copy_read(), bench.get(0));
    bench.unchanged();

    let pattern: [u8; SIZE] = pattern(SIZE).try_into().unwrap();
    bytes.copy_from_slice(&pattern);
    bench.changed(0, &pattern);
    bytes.copy_write([0xab; SIZE]);
    bench.changed(0, &[0xab; SIZE]);
}

/// Each start and length for which the accesses of a device differ.
pub(super) fn copies_change_only_their_part<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = bar.cast::<[u8; SIZE]>();
    let lens = if cfg!(miri) { vec![1, 4, 6] } else { (0..=24).collect() };
    for start in (0..if cfg!(miri) { 4 } else { 9 }).chain([SIZE - 24]) {
        for &len in &lens {
            let part = io_project!(bytes, [panic: start..start + len]);
            // One additional byte on each side, which the copy must not change.
            let mut out = vec![0x77; len + 2];
            part.copy_to_slice(&mut out[1..=len]);
            assert_eq!(out[1..=len], bench.get::<SIZE>(0)[start..start + len]);
            assert_eq!((out[0], out[len + 1]), (0x77, 0x77));
            part.copy_from_slice(&pattern(len));
            bench.changed(start, &pattern(len));
            part.fill(start as u8);
            bench.changed(start, &vec![start as u8; len]);
        }
    }
}

pub(super) fn structs_are_copied<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus>, bench: &Bench) {
    let io = bar.cast::<Block>();
    bench.put(0x3c, &[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 4, 5]);
    let chan = io_project!(io, .chan[0]).copy_read();
    assert_eq!((chan.ctrl.get(), chan.count.get()), (1, 2));
    assert_eq!((chan.pair.0.get(), chan.pair.1), (3, [4, 5]));
    let chan = io_project!(io, .chan[0]).try_copy_read().map(|chan| chan.ctrl.get());
    assert_eq!(chan, Ok(1));

    let pair = |n: u16| Pair(Le::<u16>::new(n), [9, 8]);
    io_project!(io, .chan[2].pair).copy_write(pair(0x0605));
    bench.changed(0x5c, &[5, 6, 9, 8]);
    assert_eq!(io_project!(io, .chan[2].pair).try_copy_write(pair(7)), Ok(()));
    bench.changed(0x5c, &[7, 0, 9, 8]);
}

pub(super) fn slices_of_structs_are_copied<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let pairs = io_project!(bar.cast::<Block>(), .pairs);
    let value = |n: u16| Pair(Le::<u16>::new(n), [1, 2]);
    pairs.copy_from_slice(&[value(3), value(4), value(0x0506)]);
    bench.changed(0x6c, &[3, 0, 1, 2, 4, 0, 1, 2, 6, 5, 1, 2]);
    let mut out = [value(0); 2];
    io_project!(pairs, [build: 1..]).copy_to_slice(&mut out);
    assert_eq!(out, [value(4), value(0x0506)]);
    assert_eq!(pairs.copy_read(), [value(3), value(4), value(0x0506)]);
}

pub(super) fn stated_widths_must_fit<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = bar.cast::<[u8; SIZE]>();
    let part = io_project!(bytes, [build: 4..12]);
    part.try_copy_from_slice_as::<u8>(&pattern(8)).unwrap();
    bench.changed(4, &pattern(8));
    part.try_copy_from_slice_as::<u16>(&[1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
    bench.changed(4, &[1, 2, 3, 4, 5, 6, 7, 8]);
    part.try_copy_from_slice_as::<u32>(&pattern(8)).unwrap();
    bench.changed(4, &pattern(8));
    let mut out = [0; 8];
    part.try_copy_to_slice_as::<u32>(&mut out).unwrap();
    assert_eq!(out[..], pattern(8));
    part.try_copy_to_slice_as::<u16>(&mut out).unwrap();
    assert_eq!(out[..], pattern(8));

    let word = io_project!(bar.cast::<Block>(), .be32);
    word.copy_write_as::<u16>(Be::<u32>::new(0x0102_0304));
    bench.changed(0x18, &[1, 2, 3, 4]);
    assert_eq!(word.copy_read_as::<u8>().get(), 0x0102_0304);
    assert_eq!(word.try_copy_write_as::<u32>(Be::<u32>::new(5)), Ok(()));
    bench.changed(0x18, &[0, 0, 0, 5]);
    assert_eq!(word.try_copy_read_as::<u32>().map(|v| v.get()), Ok(5));

    // A width of which address or size is not a multiple is rejected, over memory as well.
    let address = view_address(bytes);
    let error = |width, at, size| CopyError::Width { width, address: address + at, size };
    let mut out = [0; 8];
    assert_eq!(
        io_project!(bytes, [build: 2..8]).try_copy_to_slice_as::<u32>(&mut out[..6]),
        Err(error(Width::W32, 2, 6))
    );
    assert_eq!(
        io_project!(bytes, [build: 4..10]).try_copy_from_slice_as::<u32>(&[0; 6]),
        Err(error(Width::W32, 4, 6))
    );
    assert_eq!(
        io_project!(bytes, [build: 1..3]).try_copy_from_slice_as::<u16>(&[0; 2]),
        Err(error(Width::W16, 1, 2))
    );
    #[cfg(target_pointer_width = "64")]
    {
        let part = io_project!(bytes, [build: 8..24]);
        part.try_copy_from_slice_as::<u64>(&pattern(16)).unwrap();
        bench.changed(8, &pattern(16));
        let mut out = [0; 16];
        part.try_copy_to_slice_as::<u64>(&mut out).unwrap();
        assert_eq!(out[..], pattern(16));
        assert_eq!(
            io_project!(bytes, [build: 4..12]).try_copy_to_slice_as::<u64>(&mut out[..8]),
            Err(error(Width::W64, 4, 8))
        );
    }
    bench.unchanged();
}

fn view_address<'a, I: Io<'a>>(io: I) -> usize {
    <I::Backend as IoBackend>::as_ptr(io.as_view()).cast::<u8>().addr()
}

pub(super) fn fills_change_only_their_part<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let io = bar.cast::<Block>();
    io_project!(io, .bytes).fill(0x5a);
    bench.changed(0x60, &[0x5a; 12]);
    io_project!(io, .bytes[build: 1..4]).fill(0xa5);
    bench.changed(0x61, &[0xa5; 3]);
    io_project!(io, .pairs[1]).fill(1);
    bench.changed(0x70, &[1; 4]);
    io_project!(io, .le32).fill(0x10);
    assert_eq!(io_read!(io, .le32), 0x1010_1010);
    bench.changed(0x14, &[0x10; 4]);
    assert_eq!(io_project!(io, .half).try_fill(0xff), Ok(()));
    bench.changed(0x2, &[0xff; 2]);
}

pub(super) fn copies_of_no_bytes_change_nothing<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = bar.cast::<[u8; SIZE]>();
    for at in [0, 1, SIZE] {
        let none = io_project!(bytes, [panic: at..at]);
        assert_eq!((none.len(), none.size(), none.is_empty()), (0, 0, true));
        none.copy_to_slice(&mut []);
        none.copy_from_slice(&[]);
        none.fill(1);
        assert_eq!(none.iter().count(), 0);
    }
    io_project!(bar.cast::<Block>(), .pairs[build: 3..]).copy_to_slice(&mut []);
    bench.unchanged();
}

pub(super) fn fifo_slices_use_one_register<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let (half, mut out) = (io_project!(bar.cast::<Block>(), .be16), [0; 3]);
    half.write_fifo(&[1, 2, 0x0304]);
    bench.changed(0x12, &[3, 4]);
    half.read_fifo(&mut out);
    assert_eq!(out, [0x0304; 3]);
}

pub(super) fn different_lengths_are_errors<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let bytes = io_project!(bar.cast::<Block>(), .bytes);
    let error = |found| Err(CopyError::Length { expected: 12, found });
    let mut out = [7; 13];
    for found in [0, 1, 11, 13] {
        assert_eq!(bytes.try_copy_to_slice(&mut out[..found]), error(found));
        assert_eq!(bytes.try_copy_from_slice(&out[..found]), error(found));
        assert_eq!(bytes.try_copy_to_slice_as::<u8>(&mut out[..found]), error(found));
        assert_eq!(bytes.try_copy_from_slice_as::<u8>(&out[..found]), error(found));
    }
    assert_eq!(out, [7; 13]);
    bench.unchanged();
}
