// Wrong assumption: registers need no names.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
struct Timer(#[io(at = 0x04)] u32);

fn main() {}
