// Wrong assumption: a cast makes a read-only register writable.
use io_core::prelude::*;

fn reset(status: Mmio<Ro<u32>>) {
    status.cast::<u32>().write_val(0);
}

fn main() {}
