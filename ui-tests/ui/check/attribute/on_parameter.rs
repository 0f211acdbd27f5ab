// Wrong assumption: a parameter can have an offset.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Bank<#[io(at = 0x10)] T>(T);

fn main() {}
