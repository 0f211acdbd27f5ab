// Wrong assumption: an option of a kind is switched on.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = true)]
#[repr(transparent)]
struct Status(u16);

fn main() {}
