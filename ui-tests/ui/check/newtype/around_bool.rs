// Wrong assumption: a flag register is a `bool`.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Enabled(bool);

fn main() {}
