// Wrong assumption: a newtype may contain a block.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
}

#[derive(IoValue)]
#[repr(transparent)]
struct First(Chan);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    first: Ro<First>,
}

fn main() {}
