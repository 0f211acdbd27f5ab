// Wrong assumption: a register's type can be chosen at run time.
use io_core::prelude::*;

trait Register {}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: u32,
    ctrl: dyn Register,
}

fn main() {}
