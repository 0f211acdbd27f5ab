// Wrong assumption: a description can add access kinds to the fields of another crate's struct.
use io_core::prelude::*;

mod bindings {
    #[repr(C)]
    pub struct timer {
        pub load: u32,
    }
}

#[io_struct(remote = bindings::timer)]
struct Timer {
    load: Ro<u32>,
}

fn main() {}
