// Wrong assumption: `CopyWritable` can be implemented for a block with a trailing slice.
use io_core::{layout::CopyWritable, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: Ro<u32>,
    entries: [u32],
}

impl CopyWritable for Ring {}

fn main() {}
