// write io_core; regs, [try: i], value()

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p.try_index(i)?;
            __p.write_val(value())
        }
    }
}
