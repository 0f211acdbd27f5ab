//! `Le` and `Be`: the same value for the driver, different bytes in memory.

use core::{
    fmt::Debug,
    hash::{Hash, Hasher},
};
use std::hash::DefaultHasher;

use io_core::{
    Aliased, UnknownValue,
    layout::{FieldLayout, IoLayout},
    prelude::*,
};
use io_mem::vm::{VmReader, VmWriter};
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(Clone, Copy, Debug, Default, PartialEq, IoValue)]
#[repr(u16)]
enum Speed {
    Slow = 0x0102,
    #[default]
    Fast = 0x0304,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, IoValue)]
#[repr(transparent)]
struct Flags(u32);

impl Flags {
    const OWN: Self = Self(1 << 31);

    fn own(self) -> bool {
        self.0 & Self::OWN.0 != 0
    }
}

bitflags::bitflags! {
    #[derive(Clone, Copy, Debug, PartialEq, IoValue)]
    #[io(bits = u16)]
    #[repr(transparent)]
    struct Bits: u16 {
        const READY = 0x0102;
    }
}

#[test]
fn constants_of_every_type_have_the_bytes_of_their_order() {
    const LITTLE: (Le<u8>, Le<i16>, Le<u64>) = (Le::new(1), Le::new(-2), Le::new(0x0102));
    assert_eq!((LITTLE.0.as_bytes(), LITTLE.1.as_bytes()), (&[1][..], &[0xfe, 0xff][..]));
    assert_eq!(LITTLE.2.as_bytes(), [2, 1, 0, 0, 0, 0, 0, 0]);
    const BIG: (Be<u32>, Be<DmaAddr>) = (Be::new(0x0102_0304), Be::new(DmaAddr::new(0x0102)));
    assert_eq!(
        (BIG.0.as_bytes(), BIG.1.as_bytes()[6..].as_ref()),
        (&[1, 2, 3, 4][..], &[1, 2][..])
    );
    const SPEED: (Le<Speed>, Be<Speed>) = (Le::new(Speed::Slow), Be::new(Speed::Slow));
    assert_eq!((SPEED.0.as_bytes(), SPEED.1.as_bytes()), (&[2, 1][..], &[1, 2][..]));
    const FLAGS: Be<Flags> = Be::new(Flags::OWN);
    assert_eq!(FLAGS.as_bytes(), [0x80, 0, 0, 0]);
    const BITS: (Le<Bits>, Be<Bits>) =
        (Le::from_ne(Bits::READY.bits()), Be::from_ne(Bits::READY.bits()));
    assert_eq!((BITS.0.as_bytes(), BITS.1.as_bytes()), (&[2, 1][..], &[1, 2][..]));
    assert_eq!((BITS.0.get(), BITS.1.to_ne()), (Bits::READY, 0x0102));
    const NARROW: Be<Narrow<Speed, u32>> = Be::from_ne(Speed::Slow as u32);
    assert_eq!((NARROW.as_bytes(), NARROW.get()), (&[0, 0, 1, 2][..], Ok(Speed::Slow)));
}

#[test]
fn constants_contain_access_kinds_and_other_representations() {
    const OWNED: OwnBit<Be<Flags>> = OwnBit::from_inner(Be::new(Flags::OWN));
    const HALVES: (LoHi<Be<u64>>, HiLo<Le<u64>>, LoHi<u64>) = (
        LoHi::from_inner(Be::new(0x0102_0304_0506_0708)),
        HiLo::from_inner(Le::new(0x0102_0304_0506_0708)),
        LoHi::from_inner(0x0102_0304_0506_0708),
    );
    const NARROW: W1c<Be<Narrow<Speed, u64>>> =
        W1c::from_inner(Be::new(Narrow::from_inner(Speed::Slow)));
    const ALIASED: Rw<Le<Aliased<i8, u8>>> = Rw::from_inner(Le::new(Aliased::from_inner(0xff)));
    assert_eq!((OWNED, OWNED.get()), (OwnBit::new(Flags::OWN), Flags::OWN));
    assert_eq!(HALVES.0.as_bytes(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(HALVES.1.as_bytes(), [8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(HALVES.2.as_bytes(), 0x0102_0304_0506_0708_u64.to_ne_bytes());
    assert_eq!(NARROW.as_bytes(), [0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(NARROW.get(), Ok(Speed::Slow));
    assert_eq!((ALIASED, ALIASED.get()), (Rw::new(0xff), -1));
    const SIGNED: Le<Narrow<i8, u8>> = Le::new(Narrow::from_inner(-2));
    assert_eq!((SIGNED.get(), SIGNED.as_bytes()), (-2, &[0xfe][..]));
}

#[test]
fn values_are_converted_in_both_directions() {
    let (le, be): (Le<Flags>, Be<Bits>) = (Flags::OWN.into(), Bits::READY.into());
    assert_eq!((le.as_bytes(), be.as_bytes()), (&[0, 0, 0, 0x80][..], &[1, 2][..]));
    assert_eq!((Flags::from(le), Bits::from(be)), (Flags::OWN, Bits::READY));
    let (number, address): (Be<i64>, Le<DmaAddr>) = ((-5).into(), DmaAddr::new(7).into());
    assert_eq!((i64::from(number), DmaAddr::from(address)), (-5, DmaAddr::new(7)));
    assert_eq!((Le::<i32>::new(-1).get(), Le::<i32>::new(-1).to_ne()), (-1, u32::MAX));
    let (slow, unknown) = (Be::new(Speed::Slow), Be::<Speed>::from_ne(0x0201));
    assert_eq!((slow.get(), Speed::try_from(slow)), (Ok(Speed::Slow), Ok(Speed::Slow)));
    let error = UnknownValue::new(0x0201);
    assert_eq!((unknown.get(), Speed::try_from(unknown)), (Err(error), Err(error)));
}

#[test]
fn values_are_compared_by_their_number() {
    fn in_order<T: Ord + Copy + Debug + Hash>(values: [T; 3]) {
        let hash = |value: &T| {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            hasher.finish()
        };
        let mut sorted = [values[2], values[0], values[1]];
        sorted.sort();
        assert_eq!(sorted, values);
        assert!(values[0] != values[1] && hash(&values[0]) != hash(&values[1]));
        assert_eq!(hash(&values[2]), hash(&sorted[2]));
    }
    in_order([0x00ff, 0x0100, 0x0201].map(Le::<u16>::new));
    in_order([0x00ff, 0x0100, 0x0201].map(Be::<u16>::new));
    in_order([-1, 0, 0x0100].map(Le::<i32>::new));
    in_order([-1, 0, 0x0100].map(Be::<i32>::new));
    in_order([1, 2, 0x0100].map(|raw| Be::new(DmaAddr::new(raw))));
    assert!(Le::new(Speed::Slow) != Le::new(Speed::Fast));
}

#[test]
fn the_default_is_that_of_the_value() {
    assert_eq!((<Le<u32>>::default(), <Be<Flags>>::default()), (Le::new(0), Be::new(Flags(0))));
    assert_eq!(
        (<Le<Speed>>::default().get(), <Be<Speed>>::default().to_ne()),
        (Ok(Speed::Fast), 0x304)
    );
}

#[test]
fn text_is_that_of_the_value() {
    let (le, be) = (Le::<u16>::new(0x01ab), Be::<u16>::new(0x01ab));
    let text = "427 427 0x1ab 1AB 653 0b110101011";
    assert_eq!(format!("{le} {le:?} {le:#x} {le:X} {le:o} {le:#b}"), text);
    assert_eq!(format!("{be} {be:?} {be:#x} {be:X} {be:o} {be:#b}"), text);
    let known = [Le::new(Speed::Slow), Le::from_ne(1)];
    assert_eq!(format!("{known:?}"), "[Ok(Slow), Err(UnknownValue::<Speed>(0x1))]");
    assert_eq!(format!("{:>6}|{:?}", Le::<u8>::new(5), Be::new(Flags(1))), "     5|Flags(1)");
}

/// Memory with any bytes is a `Le<Speed>`, since only `get` decodes it.
#[test]
fn enums_in_a_byte_order_are_copied_both_ways() {
    #[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
    #[repr(C)]
    struct Entry {
        little: Le<Speed>,
        big: Ro<Be<Speed>>,
    }
    const ANY_BITS: [bool; 3] = [<Le<Speed>>::ANY_BITS, Entry::ANY_BITS, Speed::ANY_BITS];
    assert_eq!(ANY_BITS, [true, true, false]);
    assert_eq!(<Le<Speed>>::LAYOUT, <Le<u16>>::LAYOUT);
    assert!(matches!(<Be<Speed>>::LAYOUT, FieldLayout::Value { .. }));
    let mut memory = Entry::read_from_bytes(&[2, 1, 2, 1]).unwrap();
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .little, Speed::Fast);
    assert_eq!(io_read!(view, .little), Ok(Speed::Fast));
    let copy = view.copy_read();
    assert_eq!((copy.little.get(), copy.as_bytes()), (Ok(Speed::Fast), &[4, 3, 2, 1][..]));
    assert_eq!(copy.big.get(), Err(UnknownValue::new(0x0201)));
    io_project!(view, .little).copy_write(Le::new(Speed::Slow));
    assert_eq!(memory.little, Le::new(Speed::Slow));
}

/// No access kind requires the inner field: `get` decodes.
#[test]
fn access_kinds_contain_values_for_the_driver() {
    let flags = OwnBit::<Be<Flags>>::new(Flags::OWN);
    assert!(flags.get().own() && !OwnBit::<Be<Flags>>::new(Flags(1)).get().own());
    assert_eq!(Ro::<Le<u32>>::new(7).get(), 7);
    assert_eq!(W1c::<LoHi<Be<u64>>>::new(7).get(), 7);
    assert_eq!(Wo::<Be<Narrow<Speed, u32>>>::new(Speed::Slow).get(), Ok(Speed::Slow));
    assert_eq!(Rw::<Speed>::new(Speed::Slow).get(), Ok(Speed::Slow));
}

#[test]
fn cursors_read_and_write_them_by_one_access() {
    #[repr(align(4))]
    struct Memory([u8; 8]);
    let mut memory = Memory([1, 2, 3, 4, 1, 2, 0, 0]);
    let mut reader = VmReader::from(&memory.0[..]);
    assert_eq!(reader.read_once(), Ok(Be::<u32>::new(0x0102_0304)));
    assert_eq!(reader.read_once(), Ok(Be::new(Speed::Slow)));
    VmWriter::from(&mut memory.0[..]).write_once(&Le::new(Flags::OWN)).unwrap();
    assert_eq!(memory.0[..4], [0, 0, 0, 0x80]);
}
