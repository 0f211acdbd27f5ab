// Wrong assumption: a copy between infallible ranges may fault.
use io_core::vm::{Infallible, VmReader, VmWriter};

fn copy(from: &mut VmReader<'_, Infallible>, to: &mut VmWriter<'_, Infallible>) {
    from.read_fallible(to).unwrap();
}

fn main() {}
