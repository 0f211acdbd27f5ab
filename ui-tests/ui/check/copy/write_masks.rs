// Wrong assumption: a copy restores a block with bits that a written one clears.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue, zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable)]
#[io(w1c = 1)]
#[repr(transparent)]
struct Status(u32);

#[derive(Clone, Copy, IoStruct, zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable)]
#[repr(C)]
struct Regs {
    status: Le<u32>,
    mixed: [Status; 2],
}

fn main() {
    let mut regs = Regs { status: 0.into(), mixed: [Status(0); 2] };
    let view = SysMem::from_mut(&mut regs);
    view.copy_write(view.copy_read());
}
