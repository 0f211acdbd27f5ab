// Wrong assumption: a cursor over user memory may be moved to another thread.
use io_core::vm::VmReader;

fn to_another_thread(_: impl Send) {}

fn start(user: VmReader<'static>) {
    to_another_thread(user);
}

fn main() {}
