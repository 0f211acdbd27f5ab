// Wrong assumption: one newtype serves every width.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status<T>(T);

fn main() {}
