// Wrong assumption: a view keeps its memory alive.
use io_core::prelude::*;

fn main() {
    let view;
    {
        let mut word = 0_u32;
        view = SysMem::from_mut(&mut word);
    }
    view.write_val(1);
}
