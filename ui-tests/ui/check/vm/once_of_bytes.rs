// Wrong assumption: eight bytes are read by one access, since a word has eight bytes.
use io_core::vm::VmReader;

fn next(ring: &mut VmReader<'_>) -> [u8; 8] {
    ring.read_once().unwrap()
}

fn main() {}
