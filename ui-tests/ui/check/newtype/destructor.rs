// Wrong assumption: a register can be cleaned up.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(u32);

impl Drop for Status {
    fn drop(&mut self) {}
}

fn main() {}
