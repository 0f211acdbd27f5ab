// Wrong assumption: a struct with padding can be written byte by byte.
use io_core::vm::VmWriter;
use zerocopy::{Immutable, IntoBytes};

#[derive(IntoBytes, Immutable)]
#[repr(C)]
struct Event {
    kind: u8,
    time: u32,
}

fn send(user: &mut VmWriter<'_>, event: Event) {
    user.write_val(&event).unwrap();
}

fn main() {}
