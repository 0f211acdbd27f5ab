// Wrong assumption: an enum is declared as a newtype is.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
enum Mode {
    Off,
}

fn main() {}
