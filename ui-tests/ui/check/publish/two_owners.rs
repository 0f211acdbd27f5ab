// Believes that two fields can hand a struct over.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    #[io(owner)]
    head: Owner<u32>,
    #[io(owner)]
    tail: Owner<u32>,
}

fn main() {}
