// Wrong assumption: a slice of counters can be overwritten by a copy.
use io_core::prelude::*;

fn reset(counters: Mmio<[Ro<u32>]>) {
    counters.copy_from_slice(&[Ro::from(0); 4]);
}

fn main() {}
