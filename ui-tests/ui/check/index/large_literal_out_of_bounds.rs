// Wrong assumption: the table has 256 entries.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    table: [Le<u32>; 128],
}

fn last<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    io_read!(regs, .table[255])
}

fn main() {}
