// Several mistakes at once: all of them are reported at once.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(sise = 4, bits = 32)]
struct Status<'a>(#[io] &'a u32);

fn main() {}
