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
