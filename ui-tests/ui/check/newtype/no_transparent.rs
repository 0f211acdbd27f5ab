// Wrong assumption: any newtype has the layout of its field.
use io_core::prelude::*;

#[derive(IoValue)]
struct Status(u32);

fn main() {}
