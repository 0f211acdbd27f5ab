// Wrong assumption: a register with no meaning yet is an empty enum.
use io_core::prelude::*;

#[derive(IoValue)]
enum Mode {}

fn main() {}
