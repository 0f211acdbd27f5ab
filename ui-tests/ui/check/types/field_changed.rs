// Wrong assumption: the derive checks the type of a field before another attribute changes it.
#![forbid(unsafe_code)]

use io_core::{io_struct, prelude::*};

type Number = u64;
type Pointer = &'static u64;

#[io_struct]
#[ui_attributes::replace(Number, Pointer)]
struct Regs {
    #[io(at = 0)]
    a: Number,
    #[io(at = 0, overlay)]
    raw: Le<u64>,
}

fn main() {
    let mut regs = Regs { a: &7, raw: Default::default() };
    io_write!(SysMem::from_mut(&mut regs), .raw, 0x1234);
    let _ = regs.a;
}
