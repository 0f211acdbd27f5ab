// Wrong assumption: a union can be described as a struct.
use io_core::prelude::*;

mod bindings {
    #[repr(C)]
    pub union data {
        pub word: u32,
        pub nothing: (),
    }
}

#[io_struct(remote = bindings::data)]
struct Data {
    word: u32,
}

fn main() {}
