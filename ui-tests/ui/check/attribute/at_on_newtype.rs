// Wrong assumption: the type of a register states its offset.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(#[io(at = 0x10)] u32);

fn main() {}
