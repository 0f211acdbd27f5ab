// Wrong assumption: a struct with a field that is not described can be borrowed as memory of a device.
use io_core::prelude::*;

mod bindings {
    #[derive(Debug)]
    #[repr(u32)]
    pub enum Lock {
        Free = 1,
    }

    #[repr(C)]
    pub struct desc {
        pub over: io_core::Overlay<u32>,
        pub lock: Lock,
    }
}

#[io_struct(remote = bindings::desc)]
struct Desc {
    #[io(opaque)]
    over: io_core::Overlay<u32>,
    #[io(opaque)]
    lock: bindings::Lock,
}

fn main() {
    let mut desc = bindings::desc { over: Default::default(), lock: bindings::Lock::Free };
    io_write!(SysMem::from_mut(&mut desc), .over, 77);
    println!("{:?}", desc.lock);
}
