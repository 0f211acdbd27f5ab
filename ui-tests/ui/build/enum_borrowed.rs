// Wrong assumption: a borrowed enum stays valid while other views of it exist.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    modes: [Ro<Mode>; 2],
}

fn main() {
    let mut regs = Regs { modes: [Ro::new(Mode::Off), Ro::new(Mode::On)] };
    drop(io_read!(SysMem::from_mut(&mut regs), .modes[0]));
}
