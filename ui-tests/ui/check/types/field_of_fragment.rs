// Wrong assumption: the derive computes the fragment as `1 + 1 * 2`, and sees a field of type `u64`.
#![forbid(unsafe_code)]

use io_core::{io_struct, prelude::*};

struct K<const N: u32>;

trait Pick {
    type T;
}

impl Pick for K<4> {
    type T = &'static u64;
}

impl Pick for K<3> {
    type T = u64;
}

macro_rules! block {
    ($e:expr) => {
        #[derive(IoStruct)]
        #[repr(C)]
        struct Inner {
            a: <K<{ $e * 2 }> as Pick>::T,
        }
    };
}

block!(1 + 1);

#[io_struct]
struct Outer {
    #[io(at = 0)]
    inner: Inner,
    #[io(at = 0, overlay)]
    raw: Le<u64>,
}

fn main() {
    let mut outer = Outer { inner: Inner { a: &7 }, raw: Default::default() };
    io_write!(SysMem::from_mut(&mut outer), .raw, 0x1234);
    let _ = &outer.inner.a;
}
