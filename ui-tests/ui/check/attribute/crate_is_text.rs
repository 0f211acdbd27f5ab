// Wrong assumption: the path is quoted, as serde's is.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(crate = "io_core")]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn main() {}
