// Wrong assumption: a register can be two values.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(u16, u16);

fn main() {}
