//! Types that contain macro calls or fragments: the derives describe the types that the compiler
//! gives to the fields.

use core::marker::PhantomData;

use io_core::{layout::Descriptor, prelude::*};

macro_rules! le {
    () => {
        Le<u32>
    };
    ($ty:ty) => {
        Le<$ty>
    };
    ($ty:ty; $n:expr) => {
        [Le<$ty>; $n * 2]
    };
}

macro_rules! len {
    ($len:literal) => {
        $len
    };
}

macro_rules! private {
    () => {
        Private
    };
}

#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[repr(transparent)]
struct Private(u32);

/// A block whose types are the same text, and whose private field has a private type.
#[derive(Clone, Copy, Debug, IoStruct)]
#[io(size = 24)]
#[repr(C)]
pub(crate) struct Plain {
    /// The first word.
    pub(crate) a: le!(),
    #[io(at = 4)]
    b: [private!(); len!(2)],
    pub(crate) c: le!(u32; 1),
    d: PhantomData<[u8; line!() as usize]>,
    #[io(own_bit)]
    e: OwnBit<le!()>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Generic<T: Copy, const N: usize>
where
    T: Default,
{
    a: [le!(u32); N],
    b: [T; N],
    c: le!(u16; 1),
}

#[derive(IoStruct)]
#[repr(C)]
struct Ring<T> {
    head: le!(),
    generic: [T; len!(1)],
    entries: [le!(u16)],
}

#[derive(IoStruct)]
#[repr(C, align(4))]
struct Ram {
    bytes: [u8; 12],
}

#[derive(IoStruct)]
#[repr(C)]
union Either {
    word: le!(),
    bytes: [u8; len!(4)],
}

#[io_struct(size = 0x10)]
#[derive(Default)]
struct Sparse {
    #[io(at = 0)]
    a: le!(),
    #[io(at = 0, overlay)]
    b: Wo<le!()>,
    #[io(at = 8)]
    c: le!(u16),
}

#[repr(C)]
struct Foreign {
    a: Le<u32>,
    b: [Le<u16>; 2],
}

#[io_struct(remote = Foreign)]
struct Described {
    a: le!(),
    b: le!(u16; 1),
}

#[test]
fn types_with_macros_have_the_layout_of_the_field() {
    let mut memory = Plain {
        a: 1.into(),
        b: [Private(2); 2],
        c: [3.into(); 2],
        d: PhantomData,
        e: OwnBit::new(5),
    };
    let plain = SysMem::from_mut(&mut memory);
    assert_eq!(
        (io_read!(plain, .a), io_read!(plain, .b[1]), io_read!(plain, .c[1])),
        (1, Private(2), 3)
    );
    assert_eq!((size_of::<<Plain as Descriptor>::OwnBit>(), Plain::OWN_BIT_OFFSET), (4, 20));
    assert_eq!(Plain::FIELDS[2].size, 8);
}

#[test]
fn generic_unsized_and_overlapping_blocks_may_contain_macros() {
    let mut memory = Generic::<u8, 4> { a: [1.into(); 4], b: [7; 4], c: [9.into(); 2] };
    let generic = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(generic, .b[3]), io_read!(generic, .c[1])), (7, 9));
    let mut ram = Ram { bytes: [0; 12] };
    ram.bytes[8..].copy_from_slice(&[1, 3, 2, 4]);
    let ring = io_project!(SysMem::from_mut(&mut ram), .bytes);
    let ring = ring.try_cast_tail::<Ring<u32>>(2).unwrap();
    io_write!(ring, .head, 1);
    io_write!(ring, .generic[0], 2);
    assert_eq!((io_read!(ring, .head), io_read!(ring, .generic[0])), (1, 2));
    assert_eq!(io_read!(ring, .entries[panic: 0]) + io_read!(ring, .entries[panic: 1]), 0x703);
    let mut memory = Either { word: 5.into() };
    assert_eq!(io_read!(SysMem::from_mut(&mut memory), .bytes[0]), 5);
    let mut memory = Sparse::default();
    let sparse = SysMem::from_mut(&mut memory);
    io_write!(sparse, .b, 6);
    assert_eq!((io_read!(sparse, .a), io_read!(sparse, .c)), (6, 0));
    let mut memory = Foreign { a: 1.into(), b: [2.into(); 2] };
    let described: SysMem<'_, Described> = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(described, .a), io_read!(described, .b[1])), (1, 2));
}

struct Number<const N: u32>;

trait Pick {
    type OwnBit;
    type Body;
}

impl Pick for Number<4> {
    type OwnBit = OwnBit<u32>;
    type Body = [u32; 3];
}

impl Pick for Number<3> {
    type OwnBit = OwnBit<u64>;
    type Body = [u32; 2];
}

macro_rules! descriptor {
    ($name:ident, $number:expr) => {
        #[derive(Clone, Copy, IoStruct)]
        #[repr(C)]
        struct $name {
            body: <Number<{ $number * 2 }> as Pick>::Body,
            #[io(own_bit)]
            own_bit: <Number<{ $number * 2 }> as Pick>::OwnBit,
        }
    };
}

descriptor!(Selected, 1 + 1);

#[test]
fn the_ownership_field_has_the_type_of_the_field() {
    assert_eq!((size_of::<Selected>(), size_of::<<Selected as Descriptor>::OwnBit>()), (16, 4));
    assert_eq!(Selected::OWN_BIT_OFFSET, 12);
    let mut memory = Selected { body: [1, 2, 3], own_bit: OwnBit::new(0) };
    SysMem::from_mut(&mut memory).publish_with(7, |_| {});
    assert_eq!((memory.body, memory.own_bit), ([1, 2, 3], OwnBit::new(7)));
}

/// Attributes after the derive that change nothing that it relies on.
#[derive(IoStruct)]
#[ui_attributes::replace(unused, used)]
#[repr(C)]
struct Attributed {
    a: u16,
    b: u16,
    #[io(at = 4)]
    c: Le<u32>,
}

#[io_struct(size = 0x10)]
#[ui_attributes::replace(unused, used)]
#[derive(Default)]
struct SparseAttributed {
    #[io(at = 0)]
    a: u16,
    #[io(at = 8)]
    b: Le<u32>,
}

#[test]
fn attributes_after_the_derive_may_remain() {
    let mut memory = Attributed { a: 1, b: 2, c: 3.into() };
    let view = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(view, .a), io_read!(view, .b), io_read!(view, .c)), (1, 2, 3));
    let mut memory = SparseAttributed { a: 4, b: 5.into(), ..Default::default() };
    let view = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(view, .a), io_read!(view, .b), view.size()), (4, 5, 16));
}
