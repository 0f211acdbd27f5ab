// Wrong assumption: safe code may choose the type in which offsets are computed.
#![forbid(unsafe_code)]

struct Ring {
    _head: u32,
    _entries: [u32],
}

impl io_core::expansion::HasTwin for Ring {
    type Twin = [u32; 64];
}

fn main() {}
