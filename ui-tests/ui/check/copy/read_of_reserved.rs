// Wrong assumption: reserved bytes can be read alone.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    a: u32,
    _reserved: Reserved<4>,
}

fn read_of_reserved<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_project!(regs, ._reserved).copy_read();
}

fn main() {}
