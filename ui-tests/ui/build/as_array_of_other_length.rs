// Wrong assumption: a constant range may be converted to an array of any length.
use io_core::prelude::*;

const START: usize = 2;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mac: [u8; 8],
}

fn main() {
    let mut regs = Regs { mac: [0; 8] };
    let regs = SysMem::from_mut(&mut regs);
    println!("{:?}", io_project!(regs, .mac[build: START..8].as_array::<8>()).copy_read());
}
