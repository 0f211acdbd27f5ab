// Wrong assumption: a macro in a type expands to the same type each time.
#![forbid(unsafe_code)]

use io_core::{io_struct, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Inner {
    a: ui_attributes::alternating!(&'static u64, u64),
}

#[io_struct]
struct Outer {
    #[io(at = 0)]
    inner: Inner,
    #[io(at = 0, overlay)]
    raw: Le<u64>,
}

fn main() {}
