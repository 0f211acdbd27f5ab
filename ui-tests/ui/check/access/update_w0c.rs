// Wrong assumption: a bit that a written zero clears can be cleared by an update.
use io_core::{W0c, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Timer {
    status: W0c<Le<u32>>,
}

fn acknowledge(timer: Mmio<'_, Timer>) {
    io_update!(timer, .status, |status| status & !1);
    io_write!(timer, .status, !1);
}

fn main() {}
