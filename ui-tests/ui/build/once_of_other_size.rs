// Wrong assumption: a part of a value can be accessed by one access.
use io_core::vm::{PodOnce, VmReader};
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Used {
    id: u32,
    len: u32,
}

impl PodOnce for Used {
    type Word = u32;
}

fn main() {
    let _ = VmReader::from(&[0; 8][..]).read_once::<Used>();
}
