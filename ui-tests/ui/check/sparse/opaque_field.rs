// Wrong assumption: any struct may have fields that are not described, and an opaque field is
// accessible or part of a copy.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[io_struct(size = 8)]
struct Timer {
    #[io(opaque)]
    reserved: u32,
    ctrl: u32,
}

#[derive(FromBytes, Immutable, IntoBytes)]
#[repr(C)]
pub struct Bindings {
    pub flags: u32,
    pub ctrl: u32,
}

#[io_struct(remote = Bindings)]
struct Regs {
    #[io(opaque)]
    flags: u32,
    ctrl: u32,
}

fn reset<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    regs.fill(0);
    regs.copy_read();
}

fn main() {}
