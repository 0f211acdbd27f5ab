// Wrong assumption: the owner of a mapping is passed as it is.
use io_core::{IoBase, backend::MmioBackend, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

struct Bar;

impl<'a> IoBase<'a> for &'a Bar {
    type Backend = MmioBackend;
    type Target = Regs;

    fn as_view(self) -> Mmio<'a, Regs> {
        unimplemented!()
    }
}

fn ctrl(bar: Bar) -> u32 {
    io_read!(bar, .ctrl)
}

fn main() {}
