// Wrong assumption: an overlay may start inside of a field.
use io_core::prelude::*;

#[io_struct]
struct Count {
    #[io(at = 0x00)]
    whole: u32,
    #[io(at = 0x02, overlay)]
    high: u16,
}

fn main() {}
