// try_read io_core; regs, [panic: i]

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::index(__io_core_view, i);
            io_core::expansion::try_read_element(__io_core_view)
        }
    }
}
