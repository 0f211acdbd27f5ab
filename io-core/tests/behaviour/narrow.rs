//! `Narrow`, a value in the low bits of a wider register, and `Aliased`, a register with different
//! meanings for reads and writes.

use io_core::{
    Aliased, RwSideEffect, Width,
    layout::{FieldLayout, IoLayout},
    prelude::*,
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::logger::{
    Access::{R, W},
    bench, log, memory,
};

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(transparent)]
struct RxData(u16);

impl RxData {
    const BREAK: u16 = 1 << 10;
}

#[derive(IoStruct)]
#[io(size = 0x28)]
#[repr(C)]
struct Regs {
    queue_num: Rw<Le<Narrow<u16, u32>>>,
    line: Narrow<u8, u32>,
    signed: Be<Narrow<i16, u32>>,
    same: Le<Narrow<u32, u32>>,
    wide: LoHi<Le<Narrow<u32, u64>>>,
    data: RwSideEffect<Le<Aliased<RxData, Narrow<u8, u16>>>>,
    big: Be<Aliased<u16, i16>>,
    _reserved: [u8; 4],
    nested: Ro<Le<Narrow<Narrow<u8, u16>, u64>>>,
}

#[test]
fn an_access_has_the_width_of_the_register() {
    let dev = bench::<Regs>();
    dev.with(|logger| logger.memory.fill(0xee));
    assert_eq!(io_read!(&dev, .queue_num), 0xeeee);
    io_write!(&dev, .queue_num, 0x100);
    io_update!(&dev, .queue_num, |n| n + 1);
    io_write!(&dev, .signed, -2);
    assert_eq!(io_read!(&dev, .signed), -2);
    io_update!(&dev, .same, |v| v ^ 1);
    assert_eq!(io_read!(&dev, .nested), 0xee);
    assert_eq!(
        log(&dev),
        [
            R(0, 32, 0xeeee_eeee),
            W(0, 32, 0x100),
            R(0, 32, 0x100),
            W(0, 32, 0x101),
            // The upper bits are zero, also for a negative number.
            W(8, 32, 0xfeff_0000),
            R(8, 32, 0xfeff_0000),
            R(0xc, 32, 0xeeee_eeee),
            W(0xc, 32, 0xeeee_eeef),
            R(0x20, 64, 0xeeee_eeee_eeee_eeee),
        ]
    );
}

#[test]
fn a_64_bit_register_is_accessed_in_halves() {
    let dev = bench::<Regs>();
    io_write!(&dev, .wide, 0x1234_5678);
    assert_eq!(io_read!(&dev, .wide), 0x1234_5678);
    let halves = [W(0x10, 32, 0x1234_5678), W(0x14, 32, 0)];
    assert_eq!(log(&dev)[..2], halves);
}

#[test]
fn the_value_is_in_the_low_bits_of_the_number() {
    let mut word = Narrow::<u8, u32>::new(0x12);
    let view = SysMem::from_mut(&mut word);
    assert_eq!(view.read_val(), 0x12);
    view.write_val(0x34);
    assert_eq!((word.get(), word.as_bytes()), (0x34, &0x34_u32.to_ne_bytes()[..]));
    let noise = Narrow::<u8, u32>::read_from_bytes(&0xffff_ff01_u32.to_ne_bytes()).unwrap();
    assert_eq!((noise.get(), noise == Narrow::new(1)), (1, false));
    assert_eq!(format!("{noise:?}"), "Narrow(1)");
    assert_eq!(Narrow::<u8, u32>::default().get(), 0);
}

#[test]
fn aliased_registers_read_and_write_different_types() {
    let dev = bench::<Regs>();
    let uart = io_project!(&dev, .data);
    dev.with(|logger| logger.memory[0x18..0x1a].copy_from_slice(&[0x41, 0x04]));
    assert_eq!(uart.read_val(), RxData(RxData::BREAK | 0x41));
    uart.write_val(b'B');
    uart.write_fifo(b"CD");
    io_write!(&dev, .big, -2);
    assert_eq!(io_read!(&dev, .big), 0xfffe);
    let written = [0x42, 0x43, 0x44].map(|byte| W(0x18, 16, byte));
    assert_eq!(log(&dev)[1..4], written);
    assert_eq!(memory(&dev)[0x1a..0x1c], [0xff, 0xfe]);
}

#[test]
fn copies_contain_narrow_and_aliased_values() {
    #[derive(Clone, Copy, IoStruct, FromBytes, IntoBytes, Immutable)]
    #[repr(C)]
    struct Block {
        num: Le<Narrow<u16, u32>>,
        data: Rw<Be<Aliased<RxData, u16>>>,
        order: Rw<Narrow<u8, u16>>,
    }

    let dev = bench::<Block>();
    let num = Narrow::new(0x102).into();
    (&dev).copy_write(Block { num, data: Rw::new(0x304), order: Rw::new(5) });
    assert_eq!(memory(&dev)[..6], [2, 1, 0, 0, 3, 4]);
    assert_eq!(memory(&dev)[6..], 5_u16.to_ne_bytes());
    let copy = (&dev).copy_read();
    assert_eq!(copy.num.get(), 0x102);
    assert_eq!(copy.data.get(), RxData(0x304));
    assert_eq!(copy.order.get(), 5);
    let aliased = Aliased::<RxData, u16>::new(0x304);
    assert_eq!(
        (format!("{aliased:?}"), aliased.get()),
        ("Aliased(0x304)".to_owned(), RxData(0x304))
    );
}

#[test]
fn metadata_is_that_of_the_register() {
    const LITTLE: FieldLayout = <Le<u32>>::LAYOUT;
    assert_eq!((<Le<Narrow<u8, u32>>>::LAYOUT, Narrow::<i8, u32>::ANY_BITS), (LITTLE, true));
    assert_eq!(Aliased::<RxData, u16>::LAYOUT, u16::LAYOUT);
    assert!(matches!(Narrow::<u8, u64>::LAYOUT, FieldLayout::Value { width: Width::W64, .. }));
    assert!(Regs::FIELDS.iter().all(|field| field.any_bits));
}
