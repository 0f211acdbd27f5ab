// Wrong assumption: a view keeps its mapping alive.
use io_core::{FaultMem, prelude::*, vm::Mapping};

#[derive(IoStruct)]
#[repr(C)]
struct Header {
    kind: Le<u32>,
}

fn header(file: &std::fs::File) -> FaultMem<'static, Header> {
    let memory = Mapping::shared(file, 0, 4096).unwrap();
    FaultMem::of(&memory).try_cast().unwrap()
}

fn main() {}
