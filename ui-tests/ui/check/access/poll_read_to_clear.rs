// Wrong assumption: a register that a read clears can be polled like any other.
use io_core::{ReadToClear, RwSideEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Nic {
    causes: ReadToClear<Le<u32>>,
    data: RwSideEffect<Le<u32>>,
}

fn wait<'a>(nic: impl Io<'a, Target = Nic, Backend: Bus32>, clock: &impl Clock, limit: Poll) {
    let _ = io_project!(nic, .causes).poll(clock, limit, |causes| causes & 1 != 0);
    let _ = io_project!(nic, .data).poll(clock, limit, |data| *data != 0);
}

fn main() {}
