// Wrong assumption: an array of reserved bytes can be copied alone.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    a: u32,
    _reserved: [Reserved<4>; 3],
}

fn slice_of_reserved<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_project!(regs, ._reserved).copy_from_slice(&[Reserved::ZERO; 3]);
}

fn main() {}
