// Wrong assumption: any plain data of four bytes is read by one access.
use io_core::vm::VmReader;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Used {
    id: u16,
    len: u16,
}

fn next(ring: &mut VmReader<'_>) -> Used {
    ring.read_once().unwrap()
}

fn main() {}
