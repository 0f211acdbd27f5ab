//! A register block of one field.

#[derive(io_core::IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn main() {}
