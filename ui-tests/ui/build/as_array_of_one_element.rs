// Wrong assumption: one element may be converted to an array.
use io_core::prelude::*;

const INDEX: usize = 2;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mac: [u8; 8],
}

fn main() {
    let mut regs = Regs { mac: [0; 8] };
    let regs = SysMem::from_mut(&mut regs);
    println!("{:?}", io_project!(regs, .mac[build: INDEX].as_array::<1>()).copy_read());
}
