// Wrong assumption: the other struct has one field only.
use io_core::prelude::*;

mod bindings {
    #[repr(C)]
    pub struct timer {
        pub load: u32,
        pub ctrl: u32,
    }
}

#[io_struct(remote = bindings::timer)]
struct Timer {
    load: u32,
}

fn main() {}
