// Wrong assumption: bytes may be changed by reference while a cursor writes them.
use io_core::vm::VmWriter;

fn fill(bytes: &mut [u8]) {
    let mut writer = VmWriter::from(&mut *bytes);
    bytes[0] = 1;
    writer.fill_zeros(8);
}

fn main() {}
