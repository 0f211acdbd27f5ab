// Wrong assumption: `bits` works on any struct.
use io_core::prelude::*;

struct Inside(u32);

#[derive(IoValue)]
#[io(bits = u32)]
#[repr(transparent)]
struct Status(Inside);

fn main() {}
