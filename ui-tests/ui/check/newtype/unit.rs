// Omits the integer.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status;

fn main() {}
