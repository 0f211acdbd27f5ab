// Wrong assumption: the size in the data sheet is that of the fields, without the alignment.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(size = 48)]
#[repr(C, align(32))]
struct QueueHead {
    words: [Le<u32>; 12],
}

/// The same where the macro fills the bytes up to the size.
#[io_struct(size = 0x24)]
#[repr(align(0x10))]
struct Transfer {
    #[io(at = 0x08)]
    token: Le<u32>,
}

/// The same where a field determines the alignment.
#[derive(IoStruct)]
#[io(size = 12)]
#[repr(C)]
struct Entry {
    address: Le<u64>,
    len: Le<u32>,
}

fn main() {}
