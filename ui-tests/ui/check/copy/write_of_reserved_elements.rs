// Wrong assumption: an element of an array of reserved bytes can be written alone.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    a: u32,
    _reserved: [Reserved<4>; 3],
}

fn write_of_reserved_elements<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_project!(regs, ._reserved[1]).copy_write(Reserved::ZERO);
}

fn main() {}
