// Wrong assumption: a layout view of a block can be read.
use io_core::{prelude::*};
use io_sim::LayoutView;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: u32,
}

fn id(view: LayoutView<'_, Regs>) -> u32 {
    io_read!(view, .id)
}

fn main() {}
