// Wrong assumption: a byte-aligned region has registers of 16 bits.
use io_core::{A1, Region, prelude::*};

fn enable<'a>(device: impl Io<'a, Target = Region<0x100, A1>, Backend: Bus32>) {
    device.write_at::<Wo<Le<u16>>>(0x10, 1);
}

fn main() {}
