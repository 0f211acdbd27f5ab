// Wrong assumption: the type of a field of a remote struct need not be described.
use io_core::prelude::*;

mod bindings {
    #[repr(C)]
    pub union desc_u {
        pub addr: u64,
        pub words: [u32; 2],
    }

    #[repr(C)]
    pub struct desc {
        pub u: desc_u,
        pub len: u64,
    }
}

#[io_struct(remote = bindings::desc)]
struct Desc {
    u: bindings::desc_u,
    len: u64,
}

fn main() {}
