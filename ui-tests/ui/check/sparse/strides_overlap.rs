// Wrong assumption: the elements of one array may overlap those of another one, or a register.
use io_core::prelude::*;

#[io_struct(size = 0x40)]
struct Woven {
    #[io(at = 0x00, stride = 0x10)]
    ctrl: [Le<u32>; 3],
    #[io(at = 0x08, stride = 0x08)]
    count: [Le<u32>; 4],
}

#[io_struct(size = 0x40)]
struct Between {
    #[io(at = 0x00, stride = 0x08)]
    ctrl: [Le<u32>; 4],
    #[io(at = 0x0c)]
    status: [Le<u32>; 2],
}

#[io_struct]
struct BeforeSlice {
    #[io(at = 0x00, stride = 0x08)]
    ctrl: [Le<u32>; 2],
    #[io(at = 0x08)]
    entries: [Le<u32>],
}

fn main() {}
