// Wrong assumption: `ManuallyDrop` makes a field plain.
use core::mem::ManuallyDrop;
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    field: ManuallyDrop<u32>,
}

fn main() {}
