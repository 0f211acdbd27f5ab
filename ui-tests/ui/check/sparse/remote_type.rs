// Wrong assumption: the field of the other struct is narrower than it is.
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
    ctrl: u16,
}

fn main() {}
