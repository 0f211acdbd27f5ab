// Believes that a cursor over a user's memory may go to another thread, where that user may not be mapped.
use io_core::vm::VmReader;

fn to_another_thread(_: impl Send) {}

fn start(user: VmReader<'static>) {
    to_another_thread(user);
}

fn main() {}
