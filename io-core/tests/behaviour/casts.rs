//! Casts of untyped memory, and parts of regions (row `try_cast`; `cast`, `try_cast_slice`,
//! `try_region` and `subregion` have no counterpart in the kernel).

use io_core::{A1, A2, A8, Error, Region, prelude::*};

use crate::support::logger::{Access::W, Bench, fresh, log, logger};

#[derive(IoStruct)]
#[repr(C)]
struct Pair {
    first: Le<u32>,
    second: Le<u32>,
}

fn bar(size: usize) -> Bench<Region<0x10>> {
    Bench::<Region<0x10>>::new_region(logger(size), size).unwrap()
}

#[test]
fn casts_are_proved_at_compile_time() {
    let dev = bar(0x18);
    io_write!((&dev).cast::<Pair>(), .second, 1);
    let bytes = (&dev).cast::<[u8; 0x10]>();
    io_write!(bytes, [3], 2);
    // A cast checked at compile time by the array's length, at the array's offset.
    let words = io_project!((&dev).cast::<Nested>(), .bytes).cast::<[[u8; 3]; 2]>();
    io_write!(words, [1][2], 3);
    assert_eq!(log(&dev), [W(0x4, 32, 1), W(0x3, 8, 2), W(0xd, 8, 3)]);
}

#[derive(IoStruct)]
#[repr(C)]
struct Nested {
    head: [Le<u16>; 4],
    bytes: [u8; 8],
}

#[test]
fn try_cast_checks_the_actual_size() {
    let dev = bar(0x18);
    // Larger than the type guarantees, but not larger than the region.
    let triple = (&dev).try_cast::<[Pair; 3]>().unwrap();
    io_write!(triple, [2].second, 1);
    let bytes = (&dev).cast::<[u8; 0x10]>();
    let part = io_project!(bytes, [panic: 4..13]);
    // The memory may be larger than the type of the cast.
    io_write!(part.try_cast::<Pair>().unwrap(), .first, 2);
    assert_eq!(log(&dev), [W(0x14, 32, 1), W(0x4, 32, 2)]);
}

#[test]
fn casts_that_do_not_fit_are_rejected() {
    let dev = bar(0x10);
    let error = (&dev).try_cast::<[Pair; 3]>().unwrap_err();
    assert_eq!(error, Error::OutOfRange { offset: 0, size: 0x18, limit: 0x10 });
    assert_eq!(error.to_string(), "offset 0x0 + 24 bytes exceeds region of 0x10");
    let bytes = (&dev).cast::<[u8; 0x10]>();
    let error = io_project!(bytes, [panic: 2..]).try_cast::<Pair>().unwrap_err();
    assert_eq!(error, Error::Misaligned { address: 2, align: 4 });
    assert_eq!(error.to_string(), "address 0x2 is not a multiple of 4");
    let error = io_project!(bytes, [panic: ..7]).try_cast::<Pair>().unwrap_err();
    assert_eq!(error, Error::OutOfRange { offset: 0, size: 8, limit: 7 });
    assert!(io_project!(bytes, [panic: 2..10]).try_cast::<[Le<u16>; 4]>().is_ok());
    assert_eq!(log(&dev), []);
}

#[test]
fn try_cast_slice_covers_the_whole_region() {
    let dev = bar(0x18);
    let pairs = (&dev).try_cast_slice::<Pair>().unwrap();
    assert_eq!((pairs.len(), pairs.size()), (3, 0x18));
    io_write!(pairs, [panic: 2].first, 1);
    let bytes = (&dev).cast::<[u8; 0x10]>();
    let halves = io_project!(bytes, [panic: 2..8]).try_cast_slice::<Le<u16>>().unwrap();
    assert_eq!(halves.len(), 3);
    halves.last().unwrap().write_val(2);
    let none = io_project!(bytes, [panic: 4..4]).try_cast_slice::<Pair>().unwrap();
    assert_eq!((none.len(), none.size()), (0, 0));
    assert_eq!(log(&dev), [W(0x10, 32, 1), W(0x6, 16, 2)]);

    let error = io_project!(bytes, [panic: 1..5]).try_cast_slice::<Le<u16>>().unwrap_err();
    assert_eq!(error, Error::Misaligned { address: 1, align: 2 });
    let error = io_project!(bytes, [panic: 0..10]).try_cast_slice::<Pair>().unwrap_err();
    assert_eq!(error, Error::Length { expected: 10, found: 8 });
    assert_eq!(error.to_string(), "length 8 does not match the expected length 10");
    // The alignment is checked even if the slice is empty.
    let error = io_project!(bytes, [panic: 1..1]).try_cast_slice::<Pair>().unwrap_err();
    assert_eq!(error, Error::Misaligned { address: 1, align: 4 });
}

#[test]
fn try_region_makes_a_region_of_bytes() {
    let dev = bar(0x10);
    let bytes = (&dev).cast::<[u8; 0x10]>();
    let region = io_project!(bytes, [panic: 8..]).try_region::<Region<8, A8>>().unwrap();
    assert_eq!(region.size(), 8);
    region.write_at::<u32>(4, 7_u32.to_le());
    let odd = io_project!(bytes, [panic: 3..8]).try_region::<Region<5, A1>>().unwrap();
    odd.write_at::<u8>(4, 1);
    assert_eq!(log(&dev), [W(0xc, 32, 7), W(0x7, 8, 1)]);

    let refused = |range| io_project!(bytes, [panic: range]);
    assert_eq!(
        refused(4..12).try_region::<Region<0, A8>>().unwrap_err(),
        Error::Misaligned { address: 4, align: 8 }
    );
    assert_eq!(
        refused(8..12).try_region::<Region<8>>().unwrap_err(),
        Error::OutOfRange { offset: 0, size: 8, limit: 4 }
    );
    assert!(matches!(
        refused(8..11).try_region::<Region<0, A2>>().unwrap_err(),
        Error::Misaligned { align: 2, .. }
    ));
    // A region is untyped as well, so a larger size and alignment can be requested again.
    assert!((&dev).try_region::<Region<0x10, A8>>().is_ok());
    assert_eq!(
        (&dev).try_region::<Region<0x14>>().unwrap_err(),
        Error::OutOfRange { offset: 0, size: 0x14, limit: 0x10 }
    );
}

#[test]
fn subregions_access_their_range() {
    let dev = bar(0x40);
    let part = (&dev).subregion(0x10..0x30).unwrap();
    assert_eq!(part.size(), 0x20);
    part.write_at::<u32>(0x1c, 1_u32.to_le());
    part.subregion(0x8..0x10).unwrap().write_at::<u16>(0x6, 2_u16.to_le());
    part.subregion(0x0..0x8).unwrap().read_at::<u8>(0);
    io_read!(part.try_cast::<Pair>().unwrap(), .second);
    assert_eq!(log(&dev), [W(0x2c, 32, 1), W(0x1e, 16, 2), fresh(0x10, 8), fresh(0x14, 32)]);
    assert_eq!((&dev).subregion(0..0x40).unwrap().size(), 0x40);
    assert_eq!((&dev).subregion(0x40..0x40).unwrap().size(), 0);
}

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "one of the rejected ranges")]
fn subregions_out_of_range_or_misaligned_are_rejected() {
    let dev = bar(0x40);
    let refused = |range| (&dev).subregion(range).unwrap_err();
    let limit = 0x40;
    assert_eq!(refused(0x20..0x44), Error::OutOfRange { offset: 0x20, size: 0x24, limit });
    assert_eq!(refused(0x44..0x44), Error::OutOfRange { offset: 0x44, size: 0, limit });
    assert_eq!(refused(0..usize::MAX), Error::OutOfRange { offset: 0, size: usize::MAX, limit });
    assert!(matches!(refused(0x20..0x10), Error::OutOfRange { offset: 0x20, limit: 0x40, .. }));
    assert_eq!(refused(0x2..0x10), Error::Misaligned { address: 2, align: 4 });
    assert!(matches!(refused(0x4..0x9), Error::Misaligned { align: 4, .. }));
    // The end of the part is the limit, not the end of the region.
    let part = (&dev).subregion(0x10..0x20).unwrap();
    assert_eq!(
        part.subregion(0x8..0x14).unwrap_err(),
        Error::OutOfRange { offset: 8, size: 0xc, limit: 0x10 }
    );
    assert_eq!(
        part.try_read_at::<u32>(0x10).unwrap_err(),
        Error::OutOfRange { offset: 0x10, size: 4, limit: 0x10 }
    );
    assert_eq!(log(&dev), []);
}
