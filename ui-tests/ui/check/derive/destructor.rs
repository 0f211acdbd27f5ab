// Wrong assumption: device memory is cleaned up by `Drop`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

impl Drop for Regs {
    fn drop(&mut self) {}
}

fn main() {}
