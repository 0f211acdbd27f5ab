// Wrong assumption: an attribute after the derive does not change the layout of a value.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[ui_attributes::replace(transparent, C, align(8))]
#[repr(transparent)]
struct Status(u32);

fn main() {}
