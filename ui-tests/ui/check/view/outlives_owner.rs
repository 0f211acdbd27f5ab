// Wrong assumption: a projection does not borrow the owner.
use io_core::{IoBase, backend::MmioBackend, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

struct Bar(MmioRaw<Regs>);

impl<'a> IoBase<'a> for &'a Bar {
    type Backend = MmioBackend;
    type Target = Regs;

    fn as_view(self) -> Mmio<'a, Regs> {
        // SAFETY: never run.
        unsafe { Mmio::from_raw(self.0) }
    }
}

fn unmap(bar: Bar) {
    let ctrl = io_project!(&bar, .ctrl);
    drop(bar);
    ctrl.write_val(0);
}

fn main() {}
