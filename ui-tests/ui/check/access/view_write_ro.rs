// Wrong assumption: a view's method is less strict than the macro.
use io_core::prelude::*;

fn reset(status: Mmio<Ro<u32>>) {
    status.write_val(0);
}

fn main() {}
