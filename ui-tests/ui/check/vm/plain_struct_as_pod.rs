// Wrong assumption: a struct of integers is plain data without an implementation of `Pod`.
use io_core::vm::{VmIo, VmSpan};

#[repr(C)]
struct Event {
    kind: u32,
    time: u32,
}

fn take(memory: VmSpan<'_>) -> Event {
    memory.read_val(0).unwrap()
}

fn main() {}
