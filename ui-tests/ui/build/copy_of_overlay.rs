// An overlay shares its bytes with other fields, so a device's copy is not defined.
use io_core::prelude::*;
use zerocopy::FromBytes;

#[io_struct]
#[derive(FromBytes)]
struct Uart {
    #[io(at = 0x0)]
    receive: Le<u32>,
    #[io(at = 0x0, overlay)]
    byte: u8,
    #[io(at = 0x4)]
    status: Le<u32>,
}

fn fill(uarts: RelaxedMmio<'_, [Uart]>) {
    uarts.fill(0);
}

fn main() {
    let _: fn(RelaxedMmio<'_, [Uart]>) = fill;
}
