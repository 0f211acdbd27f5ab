// Gets everything wrong at once, and is told so at once.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(sise = 4, bits = 32)]
struct Status<'a>(#[io] &'a u32);

fn main() {}
