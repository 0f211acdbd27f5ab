//! Tuple structs: `.0.1` reaches the macro as one float literal.

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Inner(u32, u32, [FieldRef; 2]);

#[derive(IoStruct)]
#[repr(C)]
struct FieldRef(#[io(at = 0)] u16, #[io(at = 0x2)] u16);

#[derive(IoStruct)]
#[repr(C)]
struct Middle(u32, Inner);

#[derive(IoStruct)]
#[repr(C)]
struct Outer(Middle, u32);

fn outer() -> Outer {
    Outer(Middle(1, Inner(2, 3, [FieldRef(4, 5), FieldRef(6, 7)])), 8)
}

#[test]
fn tuple_fields_can_be_chained() {
    let mut memory = outer();
    let view = SysMem::from_mut(&mut memory);
    assert_eq!(io_read!(view, .1), 8);
    assert_eq!(io_read!(view, .0.0), 1);
    assert_eq!(io_read!(view, .0.1.0), 2);
    assert_eq!(io_read!(view, .0.1.1), 3);
    assert_eq!(io_read!(view, .0.1.2[1].0), 6);
    assert_eq!(io_read!(view, .0.1.2[build: 2 - 1].1), 7);
    let inner = io_project!(view, .0.1);
    io_write!(inner, .2[0].1, 50);
    io_update!(view, .0 .1 .0, |v| v + 20);
    assert_eq!(memory.0.1.2[0].1, 50);
    assert_eq!(memory.0.1.0, 22);
}

#[test]
fn tuple_fields_may_have_two_digits() {
    #[derive(IoStruct)]
    #[repr(C)]
    struct Many(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, Two, u8);

    #[derive(IoStruct)]
    #[repr(C)]
    struct Two(u8, u8);

    let mut memory = Many(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, Two(10, 11), 12);
    let view = SysMem::from_mut(&mut memory);
    assert_eq!(io_read!(view, .11), 12);
    assert_eq!(io_read!(view, .10.0), 10);
    assert_eq!(io_read!(view, .10.1), 11);
}
