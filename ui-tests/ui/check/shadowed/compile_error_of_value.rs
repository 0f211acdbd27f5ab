// A crate that replaces `core` can hide the errors of `IoValue`.

#![forbid(unsafe_code)]

extern crate self as core;

use io_core::prelude::*;

#[macro_export]
macro_rules! compile_error {
    ($($tokens:tt)*) => {
        loop {}
    };
}

#[derive(Clone, Copy, IoValue)]
#[repr(transparent)]
struct Pointer(&'static u64);

#[derive(Clone, Copy, IoValue)]
enum Mode {
    Off,
}

fn main() {
    let mut pointer = Pointer(&7);
    SysMem::from_mut(&mut pointer);
}
