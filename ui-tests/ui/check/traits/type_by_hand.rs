// Wrong assumption: safe code may declare two types equal.
#![forbid(unsafe_code)]

struct Pointer(&'static u64);

impl io_core::expansion::IsType<u64> for Pointer {}

fn main() {}
