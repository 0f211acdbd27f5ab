// A crate that replaces `core` can hide the errors of a projection and of an attribute.

#![forbid(unsafe_code)]

extern crate self as core;

use io_core::{io_struct, prelude::*};

#[macro_export]
macro_rules! compile_error {
    ($($tokens:tt)*) => {
        0
    };
}

#[io_struct(sise = 4)]
struct Regs {
    #[io(at = 0)]
    ctrl: [u32; 4],
}

fn read<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, i: usize) -> u32 {
    io_read!(regs, .ctrl[i])
}

fn main() {}
