// Wrong assumption: a copy needs `IoStruct` alone.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    addr: Le<u32>,
}

fn take(desc: SysMem<Desc>) -> Desc {
    desc.copy_read()
}

fn main() {}
