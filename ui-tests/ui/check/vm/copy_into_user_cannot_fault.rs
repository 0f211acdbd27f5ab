// Wrong assumption: a copy into a user's memory cannot fault.
use io_core::vm::{Infallible, VmReader, VmWriter};

fn reply(text: &mut VmReader<'_, Infallible>, user: &mut VmWriter<'_>) -> usize {
    text.read(user)
}

fn main() {}
