// try_read io_core; regs, [panic: i]

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::index(__p, i);
            io_core::expansion::try_read_element(__p)
        }
    }
}
