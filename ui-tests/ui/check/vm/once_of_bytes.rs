// Wrong assumption: eight bytes are read by one access because a word has as many.
use io_core::vm::VmReader;

fn next(ring: &mut VmReader<'_>) -> [u8; 8] {
    ring.read_once().unwrap()
}

fn main() {}
