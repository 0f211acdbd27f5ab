// Wrong assumption: one element may be converted to an array.
use io_core::prelude::*;

const INDEX: usize = 2;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mac: [u8; 8],
}

fn element(regs: Mmio<'_, Regs>) -> [u8; 1] {
    io_project!(regs, .mac[build: INDEX].as_array::<1>()).copy_read()
}

fn main() {}
