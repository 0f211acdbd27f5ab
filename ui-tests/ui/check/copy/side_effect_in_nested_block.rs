// Wrong assumption: a copy of a block may read a FIFO in a nested block, and only a derive is missing.
use io_core::{RoSideEffect, backend::IoCopyable, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Channel {
    data: [RoSideEffect<Le<u32>>; 2],
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    channels: [Channel; 4],
    status: Ro<Le<u32>>,
}

fn all<'a>(regs: impl Io<'a, Target = Regs, Backend: IoCopyable>) {
    let _ = regs.copy_read();
}

fn main() {}
