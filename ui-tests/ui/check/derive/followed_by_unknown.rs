// Wrong assumption: the field after a slice has another name, and can be written.
use io_core::prelude::*;

#[io_struct]
struct Avail {
    idx: Le<u16>,
    ring: [Le<u16>],
    used_event: Ro<Le<u16>>,
}

fn arm<'a>(avail: impl Io<'a, Target = Avail, Backend: Bus32>) {
    io_read!(avail, .used_evnet);
    io_write!(avail, .used_event, 1);
}

fn main() {}
