// Wrong assumption: a copy out of a user's memory cannot fault.
use io_core::vm::{Infallible, VmReader, VmWriter};

fn take(user: &mut VmReader<'_>, buffer: &mut VmWriter<'_, Infallible>) -> usize {
    buffer.write(user)
}

fn main() {}
