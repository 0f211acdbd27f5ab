// Believes that the plan of a block can be read.
use io_core::{prelude::*};
use io_sim::Plan;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: u32,
}

fn id(plan: Plan<'_, Regs>) -> u32 {
    io_read!(plan, .id)
}

fn main() {}
