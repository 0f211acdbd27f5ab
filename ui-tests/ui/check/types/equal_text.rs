// Wrong assumption: types with the same text are the same type.
#![forbid(unsafe_code)]
#![allow(unused_braces)]

use io_core::prelude::*;
use zerocopy::FromBytes;

struct K<const N: u32>;

trait Pick {
    type T;
}

const FIRST: u32 = line!() + 13; // The line of field `a`.

impl Pick for K<FIRST> {
    type T = Le<u32>;
}

impl Pick for K<{ FIRST + 1 }> {
    type T = Wo<Le<u32>>;
}

#[derive(IoStruct, FromBytes)]
#[repr(C)]
struct Regs {
    a: <K<{ line!() }> as Pick>::T,
    b: <K<{ line!() }> as Pick>::T,
}

fn main() {
    let mut regs: Regs = zerocopy::transmute!([[1u8, 0, 0, 0], [2, 0, 0, 0]]);
    println!("{:?}", SysMem::from_mut(&mut regs).copy_read().b.get());
}
