//! Untyped regions, by offset and by location (rows of `docs/src/kernel-rows.md`), on a device that
//! logs accesses.
//!
//! | row | test |
//! |---|---|
//! | `read8/16/32/64(off)`, `write8..64` (offset first here) | `offsets_access_the_given_bytes` |
//! | `try_read8..64`, `try_write8..64` | `try_forms_access_the_given_bytes` |
//! | `offset_valid` | `every_offset_is_checked`, `offsets_near_the_largest_number_are_checked` |
//! | `read(loc)`, `write(loc, v)`, `update(loc, f)` | `locations_access_the_given_register` |
//! | `write_reg(v)` | `a_value_is_written_to_its_register` |
//! | `update(off, f)`, `try_update(off, f)` | `updates_access_the_given_bytes` |
//! | the alignment of the base | `accesses_that_the_region_does_not_align_are_checked_at_run_time` |
//!
//! `try_read(loc)` and the other `try_` forms are not needed: the bounds of a `Loc` are checked
//! already.

use io_core::{A8, Error, Loc, Region, RegionAlign, prelude::*};
use io_sim::SimView;

use crate::support::logger::{
    Access::{R, W},
    Bench, at, fresh, log, logger,
};

struct Nova;
type Bar = Region<0x10, A8, Nova>;

fn bar() -> Bench<Bar> {
    Bench::<Bar>::new_region(logger(0x20), 0x20).unwrap()
}

#[test]
fn offsets_access_the_given_bytes() {
    let dev = bar();
    assert_eq!((&dev).read_at::<u8>(0x1f), 0x1f);
    assert_eq!((&dev).read_at::<u16>(0x1e).to_le(), 0x1f1e);
    assert_eq!((&dev).read_at::<u32>(0x1c).to_le(), 0x1f1e_1d1c);
    assert_eq!((&dev).read_at::<u64>(0x18).to_le(), 0x1f1e_1d1c_1b1a_1918);
    (&dev).write_at::<u8>(0x0, 1);
    (&dev).write_at::<u16>(0x2, 2_u16.to_le());
    (&dev).write_at::<u32>(0x4, 3_u32.to_le());
    (&dev).write_at::<u64>(0x8, 4_u64.to_le());
    assert_eq!(
        log(&dev),
        [
            fresh(0x1f, 8),
            fresh(0x1e, 16),
            fresh(0x1c, 32),
            fresh(0x18, 64),
            W(0x0, 8, 1),
            W(0x2, 16, 2),
            W(0x4, 32, 3),
            W(0x8, 64, 4),
        ]
    );
}

#[test]
fn try_forms_access_the_given_bytes() {
    let dev = bar();
    assert_eq!((&dev).try_read_at::<u8>(0x3), Ok(3));
    assert_eq!((&dev).try_read_at::<u16>(0x2).map(u16::to_le), Ok(0x0302));
    assert_eq!((&dev).try_read_at::<u32>(0x10).map(u32::to_le), Ok(0x1312_1110));
    assert_eq!((&dev).try_read_at::<u64>(0x18).map(u64::to_le), Ok(0x1f1e_1d1c_1b1a_1918));
    assert_eq!((&dev).try_write_at::<u8>(0x1, 1), Ok(()));
    assert_eq!((&dev).try_write_at::<u16>(0x1e, 2_u16.to_le()), Ok(()));
    assert_eq!((&dev).try_write_at::<u32>(0x4, 3_u32.to_le()), Ok(()));
    assert_eq!((&dev).try_write_at::<u64>(0x8, 4_u64.to_le()), Ok(()));
    assert_eq!(
        log(&dev),
        [
            fresh(0x3, 8),
            fresh(0x2, 16),
            fresh(0x10, 32),
            fresh(0x18, 64),
            W(0x1, 8, 1),
            W(0x1e, 16, 2),
            W(0x4, 32, 3),
            W(0x8, 64, 4),
        ]
    );
}

/// The expected result of a read or write of `size` bytes at `offset`.
fn verdict(offset: usize, size: usize) -> Result<(), Error> {
    match offset.checked_add(size) {
        Some(end) if end <= 0x20 => match offset % size {
            0 => Ok(()),
            _ => Err(Error::Misaligned { address: offset, align: size }),
        },
        _ => Err(Error::OutOfRange { offset, size, limit: 0x20 }),
    }
}

type Accesses = (
    usize,
    fn(SimView<'_, Bar>, usize) -> Result<u64, Error>,
    fn(SimView<'_, Bar>, usize) -> Result<(), Error>,
);

const ACCESSES: [Accesses; 4] = [
    (1, |v, o| v.try_read_at::<u8>(o).map(u64::from), |v, o| v.try_write_at::<u8>(o, 0x77)),
    (
        2,
        |v, o| v.try_read_at::<u16>(o).map(|n| n.to_le().into()),
        |v, o| v.try_write_at::<u16>(o, 0x7777),
    ),
    (
        4,
        |v, o| v.try_read_at::<u32>(o).map(|n| n.to_le().into()),
        |v, o| v.try_write_at::<u32>(o, 0x7777_7777),
    ),
    (
        8,
        |v, o| v.try_read_at::<u64>(o).map(u64::to_le),
        |v, o| v.try_write_at::<u64>(o, 0x7777_7777_7777_7777),
    ),
];

fn check(offset: usize) {
    for (size, read, write) in ACCESSES {
        let dev = bar();
        let (expected, bits) = (verdict(offset, size), 8 * size as u32);
        let value = expected.map(|()| at(offset, bits));
        assert_eq!(read(dev.as_view(), offset), value, "{size} bytes at {offset:#x}");
        assert_eq!(write(dev.as_view(), offset), expected, "{size} bytes at {offset:#x}");
        let accesses = match expected {
            Ok(()) => {
                vec![fresh(offset, bits), W(offset, bits, 0x7777_7777_7777_7777 >> (64 - bits))]
            }
            Err(_) => vec![],
        };
        assert_eq!(log(&dev), accesses);
    }
}

#[test]
fn every_offset_is_checked() {
    (0..0x28).for_each(check);
}

#[test]
fn offsets_near_the_largest_number_are_checked() {
    (0..12).for_each(|before| check(usize::MAX - before));
    (0..12).for_each(|behind| check(isize::MAX as usize - 6 + behind));
}

#[test]
fn locations_access_the_given_register() {
    const ID: Loc<Bar, Ro<Le<u32>>> = Loc::at(0x0);
    const BELL: Loc<Bar, Wo<u8>> = Loc::at(0xf);
    const TAG: Loc<Bar, Be<u16>> = Loc::at(0x6);
    const LONG: Loc<Bar, Le<u64>> = Loc::at(0x8);
    let dev = bar();
    assert_eq!((&dev).read(ID), 0x0302_0100);
    (&dev).write(BELL, 0x5a);
    assert_eq!((&dev).read(TAG), 0x0607);
    (&dev).update(TAG, |v| v + 1);
    (&dev).write(LONG, 0x0102_0304_0506_0708);
    assert_eq!((&dev).read(LONG), 0x0102_0304_0506_0708);
    let long = 0x0102_0304_0506_0708;
    assert_eq!(
        log(&dev),
        [
            fresh(0x0, 32),
            W(0xf, 8, 0x5a),
            fresh(0x6, 16),
            fresh(0x6, 16),
            W(0x6, 16, 0x0806),
            W(0x8, 64, long),
            R(0x8, 64, long),
        ]
    );
}

#[test]
fn locations_outside_the_base_are_rejected() {
    use crate::support::panics::message_of;
    fn at<V>(offset: usize) -> Loc<Bar, V> {
        Loc::at(offset)
    }
    assert_eq!(at::<u8>(0xf).offset(), 0xf);
    assert_eq!(at::<[Le<u32>; 4]>(0x0).offset(), 0x0);
    let outside = |bytes, offset: usize| {
        format!(
            "a register of {bytes} at offset {offset:#x} does not fit into a base of 0x10 bytes"
        )
    };
    assert_eq!(message_of(|| at::<u8>(0x10)), outside("1 byte", 0x10));
    assert_eq!(message_of(|| at::<u32>(0xe)), outside("4 bytes", 0xe));
    assert_eq!(message_of(|| at::<u32>(usize::MAX - 1)), outside("4 bytes", usize::MAX - 1));
    assert_eq!(message_of(|| at::<[u8; 17]>(0)), outside("17 bytes", 0));
    let misaligned = "the register is at offset 0x2, but its type requires a multiple of 4";
    assert_eq!(message_of(|| at::<u32>(0x2)), misaligned);
    let misaligned = "the register is at offset 0x3, but its type requires a multiple of 2";
    assert_eq!(message_of(|| at::<u16>(0x3)), misaligned);
    fn on<A: RegionAlign>(offset: usize) -> Loc<Region<0x10, A, Nova>, u32> {
        Loc::at(offset)
    }
    assert_eq!(on::<io_core::A4>(4).offset(), 4);
    let base = |align: usize| {
        format!(
            "the register requires an alignment of 4, but its base has {align}: name the alignment \
             in the type: `Region<SIZE, A4>`"
        )
    };
    assert_eq!(message_of(|| on::<io_core::A2>(4)), base(2));
    assert_eq!(message_of(|| on::<io_core::A1>(4)), base(1));
}

#[test]
fn updates_access_the_given_bytes() {
    let dev = bar();
    (&dev).update_at::<Le<u16>>(0x1e, |v| v + 1);
    assert_eq!((&dev).try_update_at::<Be<u32>>(0x4, |v| v << 4), Ok(()));
    assert_eq!(
        log(&dev),
        [
            fresh(0x1e, 16),
            W(0x1e, 16, 0x1f1f),
            fresh(0x4, 32),
            W(0x4, 32, u64::from(0x4050_6070_u32.swap_bytes())),
        ]
    );
}

#[test]
fn updates_check_offsets_before_the_access() {
    use crate::support::panics::message_of;
    let dev = bar();
    let unreachable = |_| unreachable!("the place is checked first");
    let outside = Error::OutOfRange { offset: 0x1e, size: 4, limit: 0x20 };
    assert_eq!((&dev).try_update_at::<u32>(0x1e, unreachable), Err(outside));
    assert_eq!(message_of(|| (&dev).update_at::<u32>(0x1e, unreachable)), outside.to_string());
    let misaligned = Error::Misaligned { address: 0x6, align: 4 };
    assert_eq!((&dev).try_update_at::<u32>(0x6, unreachable), Err(misaligned));
    assert_eq!(message_of(|| (&dev).update_at::<u32>(0x6, unreachable)), misaligned.to_string());
    assert_eq!(log(&dev), []);
}

/// A register of 64 bits in a region that is aligned to 4 bytes only, and wider ones.
#[test]
fn accesses_that_the_region_does_not_align_are_checked_at_run_time() {
    use io_core::{A1, A2, A4};
    let dev = bar();
    let part = (&dev).try_region::<Region<0x20, A4>>().unwrap().subregion(0x4..0x20).unwrap();
    assert_eq!(part.try_read_at::<u64>(4).map(u64::to_le), Ok(0x0f0e_0d0c_0b0a_0908));
    assert_eq!(part.try_read_at::<u64>(8), Err(Error::Misaligned { address: 0xc, align: 8 }));
    assert_eq!(part.try_write_at::<u64>(0, 0), Err(Error::Misaligned { address: 0x4, align: 8 }));
    let bytes = (&dev).try_region::<Region<0x20, A1>>().unwrap().subregion(3..0x20).unwrap();
    let misaligned = Err(Error::Misaligned { address: 0x3, align: 2 });
    assert_eq!(bytes.try_update_at::<u16>(0, |v| v), misaligned);
    assert_eq!(bytes.try_read_at::<u16>(1).map(u16::to_le), Ok(0x0504));
    // The width of the accesses is decisive, not that of the value.
    let words = (&dev).try_region::<Region<0x20, A4>>().unwrap();
    words.write_at::<LoHi<Le<u64>>>(0x4, 1);
    let halves = (&dev).try_region::<Region<0x20, A2>>().unwrap();
    halves.write_at::<u16>(0x2, 0);
    assert_eq!(
        log(&dev),
        [fresh(0x8, 64), fresh(0x4, 16), W(0x4, 32, 1), W(0x8, 32, 0), W(0x2, 16, 0)]
    );
}

#[test]
fn a_value_is_written_to_its_register() {
    use io_core::Register;
    /// Two registers of one width: each value knows its own.
    #[derive(Clone, Copy, IoValue)]
    #[repr(transparent)]
    struct Ctrl(u16);
    #[derive(Debug, IoValue)]
    #[repr(u16)]
    enum Mode {
        On = 3,
    }
    impl Register for Ctrl {
        type Region = Bar;
        type Field = Be<Ctrl>;
        const LOC: Loc<Bar, Be<Ctrl>> = Loc::at(0x4);
    }
    impl Register for Mode {
        type Region = Bar;
        type Field = Wo<Le<Narrow<Mode, u32>>>;
        const LOC: Loc<Bar, Self::Field> = Loc::at(0x8);
    }
    let dev = bar();
    (&dev).write_reg(Ctrl((&dev).read(Ctrl::LOC).0 | 0x100));
    (&dev).write_reg(Mode::On);
    assert_eq!(log(&dev), [fresh(0x4, 16), W(0x4, 16, 0x0505), W(0x8, 32, 3)]);
}
