// Wrong assumption: all bytes of a union are initialised if those of the described members are.
use io_core::prelude::*;

mod bindings {
    #[derive(Clone, Copy)]
    #[repr(C)]
    pub union value {
        pub word: u32,
        pub byte: u8,
    }
}

#[io_struct(remote = bindings::value)]
union Value {
    word: u32,
}

fn main() {
    let mut value = bindings::value { byte: 1 };
    println!("{}", io_read!(SysMem::from_mut(&mut value), .word));
}
