// Wrong assumption: a shared word must be an atomic.
use core::sync::atomic::AtomicU32;
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: AtomicU32,
}

fn main() {}
