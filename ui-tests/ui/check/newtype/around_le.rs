// Wrong assumption: byte order belongs into the newtype.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(Le<u32>);

fn main() {}
