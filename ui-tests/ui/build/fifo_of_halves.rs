// Wrong assumption: a FIFO may take two accesses a value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    data: LoHi<u64>,
}

fn f(regs: Mmio<Regs>, words: &mut [u64]) {
    io_project!(regs, .data).read_fifo(words);
}

fn main() {
    f(unsafe { Mmio::from_raw(MmioRaw::new(8)) }, &mut []);
}
