// Wrong assumption: a register type knows where it is.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(#[io(at = 0x10)] u32);

fn main() {}
