// Wrong assumption: the types of a generic struct are not compared.
#![forbid(unsafe_code)]

use io_core::prelude::*;

type Read<T> = Ro<T>;
type Write<T> = Wo<T>;

#[derive(IoStruct)]
#[ui_attributes::replace(Read, Write)]
#[repr(C)]
struct Regs<T: Copy> {
    a: [Read<Le<u32>>; 2],
    b: T,
}

fn main() {}
