// Wrong assumption: a read over a backend that can fail gives the bare value.
use io_core::{backend::{MayFail, IoBackend, IoCapable}, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

#[derive(Debug)]
struct Unplugged;

fn ctrl<'a, B>(regs: impl Io<'a, Target = Regs, Backend = B>) -> u32
where
    B: IoBackend<Fail = MayFail<Unplugged>> + IoCapable<u32>,
{
    io_read!(regs, .ctrl)
}

fn main() {}
