//! A path with a literal index.

fn read(ring: io_core::Mmio<'_, [u32; 4]>) -> u32 {
    io_core::io_read!(ring, [2])
}

fn main() {}
