// A crate that replaces `core` can hide the errors of the macros.

#![forbid(unsafe_code)]

extern crate self as core;

use io_core::{io_struct, prelude::*};

#[macro_export]
macro_rules! compile_error {
    ($($tokens:tt)*) => {};
}

#[derive(IoStruct)]
struct Secret {
    r: &'static u64,
}

#[io_struct]
struct Outer {
    #[io(at = 0)]
    secret: Secret,
    #[io(at = 0, overlay)]
    raw: Le<u64>,
}

fn main() {
    static X: u64 = 7;
    let mut outer = Outer { secret: Secret { r: &X }, raw: Default::default() };
    io_write!(SysMem::from_mut(&mut outer), .raw, 0x1234);
    let _ = outer.secret.r;
}
