// try_read io_core; regs, [panic: i]

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p.index(i);
            __p.try_read_val()
        }
    }
}
