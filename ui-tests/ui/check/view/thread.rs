// Wrong assumption: a view of memory that threads must not share may go to one.
use core::cell::Cell;
use io_core::prelude::*;

fn to_another_thread(_: impl Send) {}

fn share(counter: SysMem<'static, Cell<u32>>) {
    to_another_thread(counter);
}

fn main() {}
