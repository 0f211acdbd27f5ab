// Wrong assumption: a cursor owns the bytes that it reads.
use io_core::vm::{Infallible, VmReader};

fn packet() -> VmReader<'static, Infallible> {
    let bytes = [0; 64];
    VmReader::from(&bytes[..])
}

fn main() {}
