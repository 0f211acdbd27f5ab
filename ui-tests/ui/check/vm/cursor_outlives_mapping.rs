// Wrong assumption: memory can be unmapped while a cursor is left.
use io_core::vm::{HasVmReaderWriter, Mapping};

fn unmap(memory: Mapping) {
    let mut reader = memory.reader();
    drop(memory);
    let _ = reader.read_val::<u32>();
}

fn main() {}
