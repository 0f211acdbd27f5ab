// Wrong assumption: safe code may implement the traits that expansions use.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Large {
    words: [u32; 64],
}

struct Fake;

impl io_core::expansion::Overlaid for Fake {
    type Value = Large;
}

fn main() {}
