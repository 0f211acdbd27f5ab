//! A mask is a number or a value of the type.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = true)]
#[repr(transparent)]
struct Status(u16);

fn main() {}
