//! A newtype that a field can hold.

#[derive(io_core::IoValue)]
#[repr(transparent)]
struct Status(u32);

fn main() {}
