// Wrong assumption: every step may be converted to an array, of any number of elements.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mac: [u8; 8],
}

fn convert(regs: Mmio<'_, Regs>, i: usize) {
    let _ = io_project!(regs, .mac.as_array::<8>());
    let _ = io_project!(regs, .mac[panic: i..i + 2].as_array::<2>());
    let _ = io_project!(regs, .mac[build: 0..2].as_array::<2>());
    let _ = io_project!(regs, .mac[build: ..].as_array::<2, 3>());
    let _ = io_project!(regs, .mac[build: ..].as_array::<'static>());
    let _ = io_project!(regs, .mac[build: ..].as_array::<8>(i));
    let _ = io_project!(regs, .mac[build: ..].as_array::<8>);
}

fn main() {}
