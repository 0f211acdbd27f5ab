// Wrong assumption: a register of 32 bits holds a character.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Letter(char);

fn main() {}
