// Wrong assumption: the members of a union are not compared.
#![forbid(unsafe_code)]

use io_core::prelude::*;

type Number = u64;
type Pointer = &'static u64;

#[derive(IoStruct)]
#[ui_attributes::replace(Number, Pointer)]
#[repr(C)]
union Data {
    a: Number,
    b: u64,
}

fn main() {}
