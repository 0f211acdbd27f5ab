//! Fields and attributes that exist only for some targets.

use io_core::prelude::*;

#[derive(IoStruct)]
#[cfg_attr(all(), io(size = 8), repr(C))]
struct Regs {
    #[cfg(any())]
    never: String,
    ctrl: u32,
    #[cfg(not(any()))]
    #[cfg_attr(all(), io(at = 4))]
    #[cfg_attr(any(), io(at = 8))]
    status: u32,
    #[cfg(any())]
    #[io(nonsense)]
    nor_this: &'static str,
}

#[derive(IoStruct)]
#[repr(C)]
struct Pair(#[cfg(any())] u64, #[cfg(not(any()))] u32, u32);

#[derive(IoValue)]
#[cfg_attr(all(), repr(transparent))]
struct Value(#[cfg(any())] String, u32);

#[test]
fn disabled_fields_do_not_exist() {
    let mut memory = Regs { ctrl: 1, status: 2 };
    let regs = SysMem::from_mut(&mut memory);
    #[cfg(any())]
    io_write!(regs, .never, 3);
    #[cfg(not(any()))]
    io_write!(regs, .status, 4);
    assert_eq!((io_read!(regs, .ctrl), io_read!(regs, .status)), (1, 4));
    assert_eq!(Regs::FIELDS.len(), 2);
}

#[test]
fn disabled_tuple_fields_are_not_counted() {
    let mut memory = Pair(1, 2);
    let pair = SysMem::from_mut(&mut memory);
    assert_eq!((io_read!(pair, .0), io_read!(pair, .1)), (1, 2));
    let mut value = Value(3);
    assert_eq!(SysMem::from_mut(&mut value).read_val().0, 3);
}

#[repr(C)]
struct Foreign {
    a: u32,
    c: Le<u16>,
    d: [u8; 2],
}

#[io_struct(remote = Foreign, size = 8)]
struct Described {
    a: u32,
    #[cfg(any())]
    never: Missing,
    #[cfg(not(any()))]
    #[io(at = 4)]
    c: Le<u16>,
    #[cfg_attr(all(), io(at = 6))]
    d: [u8; 2],
}

#[test]
fn disabled_fields_of_remote_structs_do_not_exist() {
    let mut memory = Foreign { a: 1, c: 2.into(), d: [3; 2] };
    let view: SysMem<'_, Described> = SysMem::from_mut(&mut memory);
    io_write!(view, .c, 5);
    assert_eq!((io_read!(view, .a), io_read!(view, .c), io_read!(view, .d[1])), (1, 5, 3));
    assert_eq!(Described::FIELDS.len(), 3);
}

#[io_struct(size = 0x20)]
#[derive(Default)]
struct Overlaid {
    #[io(at = 0)]
    a: u32,
    #[cfg(any())]
    #[io(at = 8)]
    b: u32,
    #[io(at = 8, overlay)]
    bw: Wo<u32>,
    #[io(at = 0x10)]
    c: u32,
}

/// Each field exists, or does not, in another way; `d` follows without an offset.
#[io_struct(size = 0x30)]
#[derive(Default)]
struct Conditional {
    #[io(at = 4, overlay)]
    aw: Wo<u16>,
    #[cfg(not(any()))]
    #[cfg(any())]
    #[io(at = 4)]
    a: Missing,
    #[cfg(not(any()))]
    #[io(at = 8)]
    b: u32,
    #[io(at = 8, overlay)]
    bw: Wo<u32>,
    #[cfg(any())]
    #[io(at = 0x10)]
    c: Missing,
    #[cfg(any())]
    #[io(at = 0x10, overlay)]
    cw: Missing,
    #[io(at = 0x18)]
    d: u32,
    e: u32,
    #[cfg(any())]
    #[io(at = 0x28)]
    f: u64,
    #[io(at = 0x28, overlay)]
    fw: Wo<u32>,
}

#[test]
fn an_overlay_keeps_its_offset_if_the_field_does_not_exist() {
    let place = |fields: &[io_core::layout::FieldInfo], name: &str| {
        fields.iter().find(|f| f.name == name).map(|f| (f.offset, f.size))
    };
    let overlaid = |name| place(Overlaid::FIELDS, name);
    assert_eq!((overlaid("b"), overlaid("bw")), (None, Some((8, 4))));
    assert_eq!((overlaid("c"), size_of::<Overlaid>()), (Some((0x10, 4)), 0x20));
    let names = ["aw", "a", "b", "bw", "c", "cw", "d", "e", "f", "fw"];
    let offsets = names.map(|name| place(Conditional::FIELDS, name).map(|place| place.0));
    let (d, e, fw) = (Some(0x18), Some(0x1c), Some(0x28));
    assert_eq!(offsets, [Some(4), None, Some(8), Some(8), None, None, d, e, None, fw]);
    assert_eq!(size_of::<Conditional>(), 0x30);
    let mut memory = Overlaid::default();
    let view = SysMem::from_mut(&mut memory);
    io_write!(view, .bw, 7);
    io_write!(view, .c, 8);
    assert_eq!(memory.c, 8);
}
