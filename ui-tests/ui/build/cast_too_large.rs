// Wrong assumption: the region is large enough for the block.
use io_core::{Region, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    table: [u32; 0x80],
}

fn regs(bar: Mmio<Region<0x100>>) -> usize {
    bar.cast::<Regs>().size()
}

fn main() {
    let _used: fn(_) -> _ = regs;
}
