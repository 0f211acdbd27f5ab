// Wrong assumption: a copied `Le<Flags>` has the methods of `Flags`.
use io_core::prelude::*;

#[derive(Clone, Copy, Debug, IoValue)]
#[repr(transparent)]
struct Flags(u32);

impl Flags {
    fn own(self) -> bool {
        self.0 >> 31 != 0
    }
}

#[derive(Clone, Copy, IoStruct)]
#[repr(C)]
struct Desc {
    flags: Le<Flags>,
}

fn is_owned(desc: Desc) -> bool {
    desc.flags.own()
}

fn main() {}
