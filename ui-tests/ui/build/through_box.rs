// Wrong assumption: an implementation by hand makes a `Box` a block.
use io_core::{layout::{FieldInfo, IoLayout, FieldLayout}, prelude::*};

struct Pair(u32, u32);

struct Ring(Box<Pair>);

// SAFETY: none; this is the mistake.
unsafe impl IoLayout for Box<Pair> {
    const LAYOUT: FieldLayout = FieldLayout::Block { fields: &[] };
}

// SAFETY: none; this is the mistake.
unsafe impl IoStruct for Box<Pair> {
    const FIELDS: &'static [FieldInfo] = &[];
}

// SAFETY: none; this is the mistake.
unsafe impl IoLayout for Ring {
    const LAYOUT: FieldLayout = FieldLayout::Block { fields: &[] };
}

// SAFETY: none; this is the mistake.
unsafe impl IoStruct for Ring {
    const FIELDS: &'static [FieldInfo] = &[];
}

fn second(ring: SysMem<Ring>) -> u32 {
    io_read!(ring, .0.1)
}

fn main() {}
