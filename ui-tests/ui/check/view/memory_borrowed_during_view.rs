// Wrong assumption: memory may be used by reference while a view of it is alive.
use io_core::prelude::*;

fn main() {
    let mut word = 0_u32;
    let view = SysMem::from_mut(&mut word);
    word += 1;
    view.write_val(word);
}
