// Wrong assumption: a field after a slice has an offset, options, and may be conditional.
use io_core::prelude::*;

#[io_struct]
struct Avail {
    idx: Le<u16>,
    ring: [Le<u16>],
    #[io(at = 0x10)]
    used_event: Le<u16>,
}

#[io_struct]
struct Used {
    idx: Le<u16>,
    ring: [Le<u16>],
    #[cfg(unix)]
    avail_event: Le<u16>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Value {
    idx: Le<u16>,
    #[io(followed_by = 7)]
    ring: [Le<u16>],
}

#[io_struct(size = 0x100)]
struct Sized {
    idx: Le<u16>,
    ring: [Le<u16>],
    used_event: Le<u16>,
}

fn main() {}
