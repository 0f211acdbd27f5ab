// Wrong assumption: a copy needs `IoStruct` alone.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    addr: Le<u32>,
}

fn give(slot: SysMem<Desc>, desc: Desc) {
    slot.copy_write(desc);
}

fn main() {}
