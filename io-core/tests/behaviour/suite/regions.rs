//! Untyped regions: offsets, locations, casts, sub-regions.

use io_core::{A4, CopyError, Error, Loc, LocArray, Region, backend::IoBackend, loc, prelude::*};

use super::{Bar, Bench, Block, Pair, SIZE};
use crate::support::Bus;

pub(super) fn offsets_access_the_given_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    assert_eq!(bar.size(), SIZE);
    bar.write_at::<u8>(0x3, 0x81);
    bench.changed(0x3, &[0x81]);
    bar.write_at::<u16>(0x2, 0x1234);
    bench.changed(0x2, &0x1234_u16.to_ne_bytes());
    bar.write_at::<u32>(SIZE - 4, 0xdead_beef);
    bench.changed(SIZE - 4, &0xdead_beef_u32.to_ne_bytes());
    assert_eq!(bar.read_at::<u16>(0x2), 0x1234);
    assert_eq!(bar.read_at::<u32>(SIZE - 4), 0xdead_beef);
    assert_eq!(bar.read_at::<u8>(SIZE - 4), 0xdead_beef_u32.to_ne_bytes()[0]);

    assert_eq!(bar.try_write_at::<u8>(0x5, 1), Ok(()));
    assert_eq!(bar.try_write_at::<u16>(0x6, 2), Ok(()));
    assert_eq!(bar.try_write_at::<u32>(0x8, 3), Ok(()));
    bench.expect(0x5, &[1]);
    bench.expect(0x6, &2_u16.to_ne_bytes());
    bench.changed(0x8, &3_u32.to_ne_bytes());
    assert_eq!(bar.try_read_at::<u8>(0x5), Ok(1));
    assert_eq!(bar.try_read_at::<u16>(0x6), Ok(2));
    assert_eq!(bar.try_read_at::<u32>(0x8), Ok(3));
}

#[derive(Debug, PartialEq, IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On = 0x10,
}

pub(super) fn typed_offsets_encode_the_value<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    bar.write_at::<Be<u32>>(0x4, 0x0102_0304);
    bench.changed(0x4, &[1, 2, 3, 4]);
    assert_eq!(bar.read_at::<Le<u32>>(0x4), 0x0403_0201);
    assert_eq!(bar.read_at::<Ro<Be<u16>>>(0x6), 0x0304);

    bar.write_at::<Mode>(0x3, Mode::On);
    bench.changed(0x3, &[0x10]);
    assert_eq!(bar.read_at::<Mode>(0x3), Ok(Mode::On));
    assert_eq!(bar.read_at::<Mode>(0x4).unwrap_err().raw(), 1);

    // Two accesses of 32 bits: aligned to their width, inside the region as a whole.
    bar.write_at::<LoHi<Le<u64>>>(0x4, 0x0102_0304_0506_0708);
    bench.changed(0x4, &[8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(bar.try_read_at::<HiLo<Le<u64>>>(0x4), Ok(0x0102_0304_0506_0708));
    let outside = Error::OutOfRange { offset: SIZE - 4, size: 8, limit: SIZE };
    assert_eq!(bar.try_read_at::<HiLo<Le<u64>>>(SIZE - 4), Err(outside));
    let misaligned = Error::Misaligned { address: start_of(bar) + 6, align: 4 };
    assert_eq!(bar.try_write_at::<LoHi<Le<u64>>>(0x6, 0), Err(misaligned));
    bench.unchanged();
}

#[cfg(target_pointer_width = "64")]
pub(super) fn offsets_of_64_bit_values_are_checked<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    bar.write_at::<u64>(0x8, 0x0102_0304_0506_0708);
    bench.changed(0x8, &0x0102_0304_0506_0708_u64.to_ne_bytes());
    assert_eq!(bar.read_at::<u64>(0x8), 0x0102_0304_0506_0708);
    assert_eq!(bar.try_write_at::<u64>(SIZE - 8, !0), Ok(()));
    bench.changed(SIZE - 8, &[0xff; 8]);
    assert_eq!(bar.try_read_at::<u64>(SIZE - 8), Ok(!0));
    let error = Error::OutOfRange { offset: SIZE - 4, size: 8, limit: SIZE };
    assert_eq!(bar.try_read_at::<u64>(SIZE - 4), Err(error));
    let error = Error::Misaligned { address: start_of(bar) + 4, align: 8 };
    assert_eq!(bar.try_write_at::<u64>(4, 0), Err(error));
}

pub(super) fn byte_ranges_are_read_written_and_filled<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    bar.try_write_bytes(0x3, &[1, 2, 3, 4, 5]).unwrap();
    bench.changed(0x3, &[1, 2, 3, 4, 5]);
    let mut bytes = [0; 3];
    bar.try_read_bytes(0x4, &mut bytes).unwrap();
    assert_eq!(bytes, [2, 3, 4]);
    bar.try_fill_bytes(SIZE - 7, 7, 0xa5).unwrap();
    bench.changed(SIZE - 7, &[0xa5; 7]);
    let error = CopyError::OutOfRange { offset: SIZE - 1, size: 2, limit: SIZE };
    assert_eq!(bar.try_read_bytes(SIZE - 1, &mut [0; 2]), Err(error));
    assert_eq!(bar.try_write_bytes(SIZE - 1, &[0; 2]), Err(error));
    assert_eq!(bar.try_fill_bytes(SIZE - 1, 2, 0), Err(error));
    assert_eq!(bar.try_write_bytes(SIZE, &[]), Ok(()));
    bench.unchanged();
}

pub(super) fn locations_access_the_given_register<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    const FIRST: Loc<Bar, Le<u32>> = Loc::at(0x4);
    const LAST: Loc<Bar, Be<u16>> = Loc::at(SIZE - 2);
    bar.write(FIRST, 0x0102_0304);
    bench.changed(0x4, &[4, 3, 2, 1]);
    bar.write(LAST, 0x0102);
    bench.changed(SIZE - 2, &[1, 2]);
    assert_eq!((bar.read(FIRST), bar.read(LAST)), (0x0102_0304, 0x0102));
    io_update!(bar, build: LAST, |v| v << 4);
    bench.changed(SIZE - 2, &[0x10, 0x20]);
    io_project!(bar, build: FIRST).write_val(5);
    bench.changed(0x4, &[5, 0, 0, 0]);
}

pub(super) fn locations_of_parts_access_the_given_register<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    type Part = Region<0x20, A4, Pair>;
    const PARTS: LocArray<Bar, Part, 2> = LocArray::at(0x14, 0x40);
    const LAST: Loc<Part, [Le<u16>; 4]> = Loc::at(0x18);
    for (part, value) in PARTS.iter().zip([1, 2]) {
        let view = bar.at(part);
        assert_eq!(view.size(), 0x20);
        view.write(LAST.element(3), value);
        bar.write(loc!(part, build: LAST).element(0), value + 2);
        view.update_at::<Le<u32>>(0, |v| v | 0xff);
    }
    bench.expect(0x14, &[0xff]);
    bench.expect(0x2c, &[3, 0]);
    bench.expect(0x32, &[1, 0]);
    bench.expect(0x54, &[0xff]);
    bench.expect(0x6c, &[4, 0]);
    bench.changed(0x72, &[2, 0]);
}

pub(super) fn casts_view_the_same_bytes<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    io_write!(bar.try_cast::<Block>().ok().unwrap(), .byte, 0x42);
    bench.changed(0x0, &[0x42]);
    let words = bar.try_cast_slice::<Le<u16>>().ok().unwrap();
    assert_eq!((words.len(), words.size()), (SIZE / 2, SIZE));
    io_write!(words, [panic: SIZE / 2 - 1], 0x0708);
    bench.changed(SIZE - 2, &[8, 7]);
    let region = bar.cast::<[u8; SIZE]>().try_region::<Region<0x40>>().ok().unwrap();
    assert_eq!(region.size(), SIZE);
    region.write_at::<u8>(SIZE - 1, 0);
    bench.changed(SIZE - 1, &[0]);

    let bytes = io_project!(bar.cast::<[u8; SIZE]>(), [build: 2..10]);
    let pair = bytes.try_cast::<Pair>().ok().unwrap();
    io_write!(pair, .1[1], 3);
    bench.changed(0x5, &[3]);
    let error = Error::Misaligned { address: start_of(bar) + 2, align: 4 };
    assert_eq!(bytes.try_cast::<Le<u32>>().map(drop).unwrap_err(), error);
    assert_eq!(bytes.try_cast_slice::<Le<u32>>().map(drop).unwrap_err(), error);
    assert_eq!(bytes.try_region::<Region>().map(drop).unwrap_err(), error);
    let error = Error::OutOfRange { offset: 0, size: SIZE, limit: 8 };
    assert_eq!(bytes.try_cast::<[u8; SIZE]>().map(drop).unwrap_err(), error);
    assert_eq!(bytes.try_region::<Region<SIZE>>().map(drop).unwrap_err(), error);
    let error = Error::Length { expected: 8, found: 6 };
    assert_eq!(bytes.try_cast_slice::<[u8; 3]>().map(drop).unwrap_err(), error);
}

pub(super) fn subregions_view_their_range<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let part = bar.subregion(0x10..0x20).ok().unwrap();
    assert_eq!(part.size(), 0x10);
    part.write_at::<u32>(0xc, 0);
    bench.changed(0x1c, &[0; 4]);
    let last = part.subregion(0x8..0x10).ok().unwrap();
    last.write_at::<u8>(0, 0xcc);
    bench.changed(0x18, &[0xcc]);
    assert_eq!(last.try_read_at::<u8>(8), Err(Error::OutOfRange { offset: 8, size: 1, limit: 8 }));
    assert_eq!(bar.subregion(SIZE..SIZE).ok().unwrap().size(), 0);

    let refused = |range| bar.subregion(range).map(drop).unwrap_err();
    let limit = SIZE;
    assert_eq!(
        refused(0x40..SIZE + 8),
        Error::OutOfRange { offset: 0x40, size: SIZE - 0x38, limit }
    );
    let address = start_of(bar) + 4;
    assert_eq!(refused(4..0x10), Error::Misaligned { address, align: 8 });
}

pub(super) fn offsets_that_do_not_fit_are_errors<'a>(
    bar: impl Io<'a, Target = Bar, Backend: Bus>,
    bench: &Bench,
) {
    let error = |offset, size| Error::OutOfRange { offset, size, limit: SIZE };
    for offset in [SIZE - 3, SIZE, SIZE + 4, usize::MAX - 3, usize::MAX] {
        assert_eq!(bar.try_read_at::<u32>(offset), Err(error(offset, 4)));
        assert_eq!(bar.try_write_at::<u32>(offset, 1), Err(error(offset, 4)));
    }
    for offset in [SIZE, usize::MAX] {
        assert_eq!(bar.try_read_at::<u8>(offset), Err(error(offset, 1)));
        assert_eq!(bar.try_write_at::<u8>(offset, 1), Err(error(offset, 1)));
    }
    assert_eq!(bar.try_read_at::<u16>(SIZE - 1), Err(error(SIZE - 1, 2)));
    assert_eq!(bar.try_write_at::<u16>(SIZE - 1, 1), Err(error(SIZE - 1, 2)));
    for offset in [1, 2, 3, 5] {
        let address = start_of(bar) + offset;
        let error = Err(Error::Misaligned { address, align: 4 });
        assert_eq!(bar.try_read_at::<u32>(offset), error);
        assert_eq!(bar.try_write_at::<u32>(offset, 1), error.map(drop));
    }
    let address = start_of(bar) + 7;
    assert_eq!(bar.try_read_at::<u16>(7), Err(Error::Misaligned { address, align: 2 }));
    bench.unchanged();
}

/// The start of the region, which addresses in errors are relative to.
fn start_of<'a, I: Io<'a, Target = Bar>>(bar: I) -> usize {
    <I::Backend as IoBackend>::as_ptr(bar.as_view()).cast::<u8>().addr()
}
