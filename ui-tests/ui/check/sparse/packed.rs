// Wrong assumption: the layout can be packed as well.
use io_core::prelude::*;

#[io_struct]
#[repr(C, packed)]
struct Timer {
    #[io(at = 0x01)]
    load: u32,
}

fn main() {}
