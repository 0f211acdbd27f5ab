// Wrong assumption: an alignment gives the register its stride.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(C, align(4))]
struct Status(u8);

fn main() {}
