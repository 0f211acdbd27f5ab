// Wrong assumption: a copy between two users' memory cannot fault.
use io_core::vm::{VmReader, VmWriter};

fn forward(from: &mut VmReader<'_>, to: &mut VmWriter<'_>) -> usize {
    from.read(to)
}

fn main() {}
