// Wrong assumption: a register can be cleaned up.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

impl Drop for Mode {
    fn drop(&mut self) {}
}

fn main() {}
