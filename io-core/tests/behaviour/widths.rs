//! Copies of a device's registers access each field as an access to the field alone does.

use io_core::{CopyError, prelude::*};
use io_sim::{Device, RegisterModel, Simulated, field};
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes};

use crate::support::{
    flaky::{Broken, Flaky},
    logger::{
        Access::{B, R, W},
        Bench, bench, fresh, log,
    },
};

/// Widths, an array, reserved bytes, and values in halves of each order.
#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Mixed {
    byte: u8,
    _reserved: Reserved<1>,
    half: Le<u16>,
    low_first: LoHi<Le<u64>>,
    high_first: HiLo<Le<u64>>,
    big_low_first: LoHi<Be<u64>>,
    words: [Le<u16>; 2],
}

/// The accesses of a copy of a [`Mixed`] at an offset, as offset and bits.
fn accesses(start: usize) -> Vec<(usize, u32)> {
    let fields = [
        (0, 8),
        (2, 16),
        (4, 32),
        (8, 32),
        (16, 32),
        (12, 32),
        (24, 32),
        (20, 32),
        (28, 16),
        (30, 16),
    ];
    fields.iter().map(|(offset, bits)| (start + offset, *bits)).collect()
}

/// Returns the offsets and widths of the accesses since the last call.
fn places<T: ?Sized>(dev: &Bench<T>) -> Vec<(usize, u32)> {
    let place = |access: &_| match *access {
        R(offset, bits, _) | W(offset, bits, _) => (offset, bits),
        B(_) => panic!("no barrier is expected"),
    };
    log(dev).iter().map(place).collect()
}

#[test]
fn blocks_are_copied_by_the_accesses_of_their_fields() {
    let dev = bench::<Mixed>();
    let value = (&dev).copy_read();
    assert_eq!(places(&dev), accesses(0));
    assert_eq!(value.byte, 0);
    assert_eq!(value.low_first.get(), 0x0b0a_0908_0706_0504);
    assert_eq!(value.big_low_first.get(), 0x1415_1617_1819_1a1b);
    (&dev).copy_write(value);
    assert_eq!(places(&dev), accesses(0));
    (&dev).fill(0x11);
    assert_eq!(places(&dev), accesses(0));
    assert_eq!((&dev).try_copy_read().map(|value| value.half.get()), Ok(0x1111));
}

#[test]
fn reserved_bytes_are_zero_in_a_copy_and_not_written() {
    let dev = bench::<Mixed>();
    dev.with(|device| device.memory.fill(0xff));
    let value = (&dev).copy_read();
    assert_eq!(
        (value.as_bytes()[..4].to_vec(), value._reserved),
        (vec![255, 0, 255, 255], Reserved::ZERO)
    );
    (&dev).copy_write(FromZeros::new_zeroed());
    (&dev).fill(0);
    assert_eq!(dev.with(|device| device.memory[..4].to_vec()), [0, 0xff, 0, 0]);
}

/// The elements of an array of blocks, followed by a value.
#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Table {
    rows: [Mixed; 3],
    bytes: [[u8; 2]; 2],
}

#[test]
fn arrays_of_blocks_are_copied_block_by_block() {
    let rows = || (0..3).flat_map(|row| accesses(32 * row));
    let dev = bench::<Table>();
    let value = (&dev).copy_read();
    let all: Vec<_> = rows().chain((96..100).map(|offset| (offset, 8))).collect();
    assert_eq!(places(&dev), all);
    (&dev).copy_write(value);
    assert_eq!(places(&dev), all);
    let mut out = value.rows;
    io_project!(&dev, .rows).copy_to_slice(&mut out);
    assert!(places(&dev).into_iter().eq(rows()));
    io_project!(&dev, .rows).copy_from_slice(&out);
    assert!(places(&dev).into_iter().eq(rows()));
    io_project!(&dev, .rows[build: 1..]).fill(7);
    assert_eq!(places(&dev), [accesses(32), accesses(64)].concat());
    assert_eq!(io_project!(&dev, .rows).copy_read()[2].half.get(), 0x0707);
}

/// More groups than a constant plan has.
#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Long {
    a: [Mixed; 2],
    b: [Mixed; 2],
    c: [Mixed; 2],
    d: [Mixed; 2],
    e: [Mixed; 2],
    f: [Mixed; 2],
    g: [Mixed; 2],
    h: [Mixed; 2],
    i: [Mixed; 2],
    last: [u8; 4],
}

#[test]
fn blocks_of_many_groups_are_copied_by_the_same_accesses() {
    let dev = bench::<Long>();
    let value = (&dev).copy_read();
    let rows = (0..18).flat_map(|row| accesses(32 * row));
    let all: Vec<_> = rows.chain((576..580).map(|offset| (offset, 8))).collect();
    assert_eq!(places(&dev), all);
    assert_eq!(value.i[1].words[1].get(), u16::from_le_bytes([0x3e, 0x3f]));
    (&dev).copy_write(value);
    assert_eq!(places(&dev), all);
}

/// The ownership field is between fields of other widths.
#[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Slot {
    address: HiLo<Le<u64>>,
    len: Le<u16>,
    #[io(own_bit)]
    flags: OwnBit<Le<u16>>,
    tag: u8,
    _reserved: Reserved<3>,
}

#[test]
fn descriptors_are_handed_over_by_the_accesses_of_their_fields() {
    let dev = bench::<Slot>();
    let body = [(4, 32), (0, 32), (8, 16), (12, 8)];
    let slot = (&dev).consume(|flags| *flags == 0x0b0a).unwrap();
    let [first, rest @ ..] = &log(&dev)[..] else { panic!() };
    assert_eq!(*first, fresh(10, 16));
    let barrier = |access: &&_| !matches!(access, B(_));
    let place = |access: &_| match *access {
        R(offset, bits, _) | W(offset, bits, _) => (offset, bits),
        B(_) => unreachable!(),
    };
    assert!(rest.iter().filter(barrier).map(place).eq(body));
    assert_eq!(slot._reserved, Reserved::ZERO);
    (&dev).publish(slot);
    let published = log(&dev);
    let [start @ .., last] = &published[..] else { panic!() };
    assert!(start.iter().filter(barrier).map(place).eq(body));
    assert_eq!(*last, W(10, 16, 0x0b0a));
}

#[derive(Clone, Copy, IoStruct, FromBytes)]
#[repr(C)]
union Either {
    word: Le<u32>,
    halves: [Le<u16>; 2],
}

#[derive(Clone, Copy, IoStruct, FromBytes)]
#[repr(C)]
struct Choice {
    kind: Le<u32>,
    value: Either,
}

#[test]
fn a_union_on_a_device_is_copied_by_the_name_of_a_member() {
    let dev = bench::<Choice>();
    let shared = CopyError::Shared { offset: 4, size: 4 };
    assert_eq!((&dev).try_copy_read().map(drop), Err(shared));
    assert_eq!((&dev).try_fill(0), Err(shared));
    assert_eq!(log(&dev), []);
    assert_eq!(
        io_core::Error::from(shared).to_string(),
        "several fields share the 4 bytes at offset 0x4: copy one of these fields by name"
    );
    io_project!(&dev, .value.halves).copy_read();
    assert_eq!(places(&dev), [(4, 16), (6, 16)]);
    let mut memory = Choice::new_zeroed();
    assert!(SysMem::from_mut(&mut memory).try_copy_read().is_ok());
}

#[test]
fn fills_and_slices_use_the_stated_width() {
    let dev = bench::<[u8; 8]>();
    (&dev).fill_as::<u32>(1);
    assert_eq!(places(&dev), [(0, 32), (4, 32)]);
    io_project!(&dev, [build: 2..4]).fill_as::<u16>(2);
    assert_eq!(places(&dev), [(2, 16)]);
    let error = io_project!(&dev, [build: 1..4]).try_fill_as::<u16>(3);
    assert!(matches!(error, Err(CopyError::Width { address: 1, size: 3, .. })));
    let mut bytes = [0; 8];
    (&dev).copy_to_slice_as::<u64>(&mut bytes);
    assert_eq!((places(&dev), bytes), (vec![(0, 64)], [1, 1, 2, 2, 1, 1, 1, 1]));
    (&dev).copy_from_slice_as::<u16>(&bytes);
    assert_eq!(places(&dev), [(0, 16), (2, 16), (4, 16), (6, 16)]);
}

/// Memory for packets: the upper half of an access of more than 16 bits is lost.
struct PacketMemory([u16; 32]);

impl Device for PacketMemory {
    fn read(&mut self, offset: usize, _: io_core::Width) -> u64 {
        self.0[offset / 2].into()
    }

    fn write(&mut self, offset: usize, _: io_core::Width, value: u64) {
        self.0[offset / 2] = value as u16;
    }
}

#[test]
fn halfwords_arrive_in_a_memory_of_halfwords() {
    let device = Simulated::<[Le<u16>; 32], _>::new(PacketMemory([0; 32]));
    let packet: [Le<u16>; 32] = core::array::from_fn(|i| (i as u16 + 1).into());
    (&device).copy_from_slice(&packet);
    assert_eq!(device.with(|memory| memory.0), core::array::from_fn(|i| i as u16 + 1));
    assert_eq!((&device).copy_read(), packet);
}

#[derive(IoStruct)]
#[repr(C)]
struct NetConfig {
    mac: [Ro<u8>; 6],
    status: Ro<Le<u16>>,
}

#[test]
fn a_register_model_accepts_copies_without_a_stated_width() {
    let model = RegisterModel::<NetConfig>::new("net")
        .reset(field!(.mac[0]), 0x52)
        .reset(field!(.mac[5]), 0x57);
    let device = Simulated::<NetConfig, _>::new(model);
    let mut mac = [Ro::new(0); 6];
    io_project!(&device, .mac).copy_to_slice(&mut mac);
    assert_eq!(mac.map(Ro::get), [0x52, 0, 0, 0, 0, 0x57]);
    let rejected = device.with(|model| model.rejected().len());
    assert_eq!(rejected, 0);
    // A width that no register has is rejected.
    io_project!(&device, .mac).copy_to_slice_as::<u16>(&mut mac);
    assert_eq!(device.with(|model| model.rejected().len()), 3);
}

#[test]
fn a_stated_width_copies_a_union_as_bytes() {
    fn word(regs: Mmio<'_, Choice>) -> Choice {
        regs.fill_as::<u16>(0x11);
        regs.copy_read_as::<u32>()
    }
    let mut memory = [0_u32, 5];
    let raw = MmioRaw::from_ptr((&raw mut memory).cast::<Choice>());
    // SAFETY: the exclusive borrow of `memory` covers a `Choice`.
    let choice = word(unsafe { Mmio::from_raw(raw) });
    assert_eq!(choice.kind.get(), 0x1111_1111);
    let dev = bench::<Choice>();
    (&dev).copy_read_as::<u32>();
    assert_eq!(places(&dev), [(0, 32), (4, 32)]);
}

/// Reserved bytes under an overlay.
#[io_struct]
#[derive(Clone, Copy, FromBytes, IntoBytes, Immutable)]
struct Covered {
    #[io(at = 0)]
    _reserved: Reserved<4>,
    #[io(at = 0, overlay)]
    word: u32,
    #[io(at = 4)]
    last: u32,
}

#[test]
fn an_overlay_of_reserved_bytes_is_copied_by_its_name() {
    let dev = bench::<Covered>();
    let shared = CopyError::Shared { offset: 0, size: 4 };
    assert_eq!((&dev).try_copy_write(FromZeros::new_zeroed()), Err(shared));
    assert_eq!((&dev).try_copy_read().map(drop), Err(shared));
    assert_eq!(log(&dev), []);
}

#[test]
fn a_failed_copy_of_halves_counts_complete_bytes() {
    #[derive(Debug, PartialEq, IoStruct, FromBytes)]
    #[repr(C)]
    struct Counters {
        first: Le<u32>,
        low_first: LoHi<Le<u64>>,
        high_first: HiLo<Le<u64>>,
    }
    for (broken, done) in [(0..4, 0), (4..8, 4), (8..12, 8), (16..20, 12), (12..16, 12)] {
        let flaky = Flaky::<Counters>::new(broken.clone());
        let error = CopyError::Io { error: Broken { at: broken.start }, done };
        assert_eq!((&flaky).copy_read(), Err(error), "{broken:?}");
    }
    // The words of ascending halves are one run of accesses.
    let dev = bench::<[LoHi<Le<u64>>; 2]>();
    (&dev).copy_read();
    assert_eq!(places(&dev), [(0, 32), (4, 32), (8, 32), (12, 32)]);
}
