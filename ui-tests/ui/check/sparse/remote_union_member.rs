// Wrong assumption: a member of a remote union may be described with another type, or be smaller.
use io_core::prelude::*;

#[repr(C)]
pub union Word {
    pub whole: u32,
    pub low: u16,
}

#[io_struct(remote = Word)]
union Signed {
    whole: i32,
}

#[repr(C)]
pub union Half {
    pub whole: u32,
    pub low: u16,
}

#[io_struct(remote = Half)]
union Low {
    low: u16,
}

#[repr(C)]
pub struct Pair {
    pub first: u32,
    pub second: u32,
}

/// Not a union.
#[io_struct(remote = Pair)]
union First {
    first: u32,
}

fn main() {}
