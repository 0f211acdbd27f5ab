// Wrong assumption: the integer inside of `Be<_>` is the number.
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
    flags: Be<Flags>,
}

fn is_owned(desc: Desc) -> bool {
    desc.flags.0.own()
}

fn main() {}
