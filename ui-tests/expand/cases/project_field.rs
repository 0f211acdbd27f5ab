//! A path of one step.

struct Regs {
    ctrl: u32,
}

fn project(regs: io_core::Mmio<'_, Regs>) {
    io_core::io_project!(regs, .ctrl);
}

fn main() {}
