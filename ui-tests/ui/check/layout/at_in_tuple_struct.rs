// Omits a field of a tuple struct.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc(u32, #[io(at = 8)] u32);

fn main() {}
