// Wrong assumption: the size of a region identifies the device.
use io_core::{Loc, Region, prelude::*};

type Gpu = Region<0x1000>;
type Nic = Region<0x1000>;

const NIC_RESET: Loc<Nic, u32> = Loc::at(0x10);

fn start(gpu: Mmio<Gpu>) {
    gpu.write(NIC_RESET, 1)
}

fn main() {}
