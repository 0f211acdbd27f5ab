// Wrong assumption: a register is made of bytes.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status([u8; 4]);

fn main() {}
