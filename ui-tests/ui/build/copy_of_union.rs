// The members of a union have different widths, so a device's copy is not defined.
use io_core::prelude::*;
use zerocopy::FromBytes;

#[derive(IoStruct, FromBytes)]
#[repr(C)]
union Word {
    word: Le<u32>,
    halves: [Le<u16>; 2],
}

#[derive(IoStruct, FromBytes)]
#[repr(C)]
struct Regs {
    kind: Le<u32>,
    value: Word,
}

fn copy(regs: Mmio<'_, Regs>) -> Regs {
    regs.copy_read()
}

fn main() {
    let _ = copy(unsafe { Mmio::from_raw(MmioRaw::new(0x1000)) });
}
