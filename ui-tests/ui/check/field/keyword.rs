// Wrong assumption: a field named by a keyword needs no `r#` in a path.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    r#type: u32,
}

fn kind(desc: SysMem<Desc>) -> u32 {
    io_read!(desc, .type)
}

fn main() {}
